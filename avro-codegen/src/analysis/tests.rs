use avro_model::schema::{Definition, SchemaSet, TypeId};
use avro_model::source::SourceMap;

use super::{Facts, Mappings, analyze};

fn facts(schemas: &str) -> (SchemaSet, Facts) {
    let mut sources = SourceMap::new();
    sources.add("test.avsc", schemas).unwrap();
    let (set, _) = avro_model::compile(&sources);
    let facts = analyze(&set, &Mappings::default());
    (set, facts)
}

fn id(set: &SchemaSet, name: &str) -> TypeId {
    set.find(name).unwrap()
}

/// The fields whose type, or a branch of it, is boxed: `Record.field`.
fn boxed(schemas: &str) -> Vec<String> {
    let (set, facts) = facts(schemas);
    let mut found = Vec::new();
    for (_, ty) in set.types() {
        let Definition::Record(record) = &ty.definition else {
            continue;
        };
        for field in &record.fields {
            let mut held = Vec::new();
            super::boxing::hold(&field.schema, &mut held);
            if held.iter().any(|held| facts.is_boxed(held.place)) {
                found.push(format!("{}.{}", ty.fullname, field.name));
            }
        }
    }
    found
}

const LIST: &str =
    r#"{"type": "record", "name": "List", "fields": [{"name": "next", "type": ["null", "List"]}]}"#;

#[test]
fn a_type_that_holds_itself_is_boxed_there() {
    assert_eq!(boxed(LIST), ["List.next"]);
}

#[test]
fn one_box_breaks_a_circle() {
    let schemas = r#"[
        {"type": "record", "name": "A", "fields": [{"name": "b", "type": ["null", "B"]}]},
        {"type": "record", "name": "B", "fields": [{"name": "c", "type": "C"}]},
        {"type": "record", "name": "C", "fields": [{"name": "a", "type": ["null", "A", "int"]}]}]"#;
    assert_eq!(boxed(schemas), ["C.a"]);
}

#[test]
fn arrays_and_maps_need_no_box() {
    let schemas = r#"{"type": "record", "name": "Tree", "fields": [
        {"name": "a", "type": {"type": "array", "items": "Tree"}},
        {"name": "b", "type": {"type": "map", "values": ["null", "Tree"]}}]}"#;
    assert!(boxed(schemas).is_empty());
    let (set, facts) = facts(schemas);
    assert!(facts.holds_itself(id(&set, "Tree")));
}

#[test]
fn the_shortest_datum_is_measured() {
    let schemas = r#"[
        {"type": "fixed", "name": "F", "size": 5},
        {"type": "record", "name": "Empty", "fields": []},
        {"type": "record", "name": "R", "fields": [
            {"name": "a", "type": "double"}, {"name": "b", "type": "float"}, {"name": "c", "type": "string"},
            {"name": "d", "type": ["F", "long"]}, {"name": "e", "type": "Empty"}, {"name": "f", "type": "F"}]}]"#;
    let (set, facts) = facts(schemas);
    assert_eq!(facts.min_len_of_type(id(&set, "Empty")), 0);
    // 8 + 4 + 1 + (1 + 1) + 0 + 5
    assert_eq!(facts.min_len_of_type(id(&set, "R")), 20);
}

#[test]
fn a_type_without_data_is_found() {
    let schemas = r#"[
        {"type": "record", "name": "Endless", "fields": [{"name": "a", "type": "Endless"}]},
        {"type": "record", "name": "Ends", "fields": [{"name": "a", "type": ["Ends", "null"]}]},
        {"type": "enum", "name": "None", "symbols": []},
        {"type": "record", "name": "Many", "fields": [{"name": "a", "type": {"type": "array", "items": "None"}}]}]"#;
    let (set, facts) = facts(schemas);
    let inhabited =
        ["Endless", "Ends", "None", "Many"].map(|name| facts.is_inhabited(id(&set, name)));
    assert_eq!(inhabited, [false, true, false, true]);
}

#[test]
fn traits_follow_the_parts() {
    let schemas = r#"[
        {"type": "record", "name": "Plain", "fields": [{"name": "a", "type": "int"}]},
        {"type": "record", "name": "Float", "fields": [{"name": "a", "type": ["null", "float"]}]},
        {"type": "record", "name": "Text", "fields": [{"name": "a", "type": {"type": "array", "items": "string"}}]},
        {"type": "record", "name": "List", "fields": [{"name": "a", "type": ["null", "List"]}]},
        {"type": "record", "name": "Outer", "fields": [{"name": "a", "type": "Float"}, {"name": "b", "type": "Text"}]}]"#;
    let (set, facts) = facts(schemas);
    let traits = ["Plain", "Float", "Text", "List", "Outer"].map(|name| {
        let traits = facts.traits_of_type(id(&set, name));
        (traits.copy, traits.eq, traits.hash, traits.borrows)
    });
    assert_eq!(
        traits,
        [
            (true, true, true, false),
            (true, false, false, false),
            (false, true, true, true),
            (false, true, true, false),
            (false, false, false, true),
        ]
    );
}

#[test]
fn the_blank_branch_leads_to_no_recursion() {
    let schemas = r#"[
        {"type": "record", "name": "Leaf", "fields": []},
        {"type": "record", "name": "A", "fields": [{"name": "a", "type": ["A", "Leaf", "long"]}]},
        {"type": "record", "name": "B", "fields": [{"name": "a", "type": ["B", "null"]}]}]"#;
    let (set, facts) = facts(schemas);
    let blank = |name| {
        let Definition::Record(record) = &set[id(&set, name)].definition else {
            unreachable!()
        };
        let avro_model::schema::SchemaKind::Union(branches) = &record.fields[0].schema.kind else {
            unreachable!()
        };
        facts.blank_branch(branches)
    };
    assert_eq!((blank("A"), blank("B")), (1, 1));
}
