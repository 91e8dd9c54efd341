//! What a comparison of two sets says changed.

use avro_model::diff::{self, Diff};
use avro_model::name::Fullname;
use avro_model::source::Span;
use avro_model::{Options, SchemaSet, SourceMap, compile_with};

fn set(files: &[(&str, &str)]) -> SchemaSet {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(*path, *text).unwrap();
    }
    // What is deployed may have mistakes, such as the alias of a field that is still there.
    let (set, found) = compile_with(&sources, &Options::new().lenient(true));
    assert!(!found.has_errors(), "{found:?}");
    set
}

/// The comparison as lines: a type with its mark, then its changes, indented.
fn lines(diff: &Diff) -> Vec<String> {
    let mut lines = Vec::new();
    for ty in &diff.types {
        lines.push(format!("{} {} {}", ty.mark(), ty.keyword, ty.name));
        let changes = ty.changes.iter();
        lines.extend(changes.map(|change| format!("  {} {change}", change.mark())));
    }
    lines
}

#[track_caller]
fn check(old: &str, new: &str, expected: &[&str]) {
    let diff = diff::compare(&set(&[("a.avsc", old)]), &set(&[("a.avsc", new)]));
    assert_eq!(lines(&diff), expected);
    assert_eq!(diff.is_empty(), expected.is_empty());
}

fn record(fields: &str) -> String {
    format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#)
}

#[track_caller]
fn check_fields(old: &str, new: &str, expected: &[&str]) {
    let mut lines = vec!["~ record R"];
    lines.extend(expected);
    let lines = if expected.is_empty() { &[][..] } else { &lines };
    check(&record(old), &record(new), lines);
}

#[test]
fn layout_and_the_order_of_attributes_are_no_change() {
    let old = r#"{"type": "enum", "name": "a.E", "symbols": ["A", "B"], "doc": "x", "p": 1}"#;
    let new = r#"{"p": 1, "namespace": "a", "name": "E",
        "doc": "x", "symbols": ["A","B"], "type": "enum"}"#;
    check(old, new, &[]);
    check_fields(
        r#"{"name": "a", "type": "int", "order": "ascending", "aliases": ["b", "c"]}"#,
        r#"{"type": {"type": "int"}, "aliases": ["c", "b"], "name": "a"}"#,
        &[],
    );
}

#[test]
fn fields_come_and_go_with_their_types_and_defaults() {
    check_fields(
        r#"{"name": "a", "type": "int"}, {"name": "b", "type": {"type": "array", "items": "R"}}"#,
        r#"{"name": "c", "type": ["null", {"type": "map", "values": "string"}], "default": null},
           {"name": "a", "type": "int"}"#,
        &[
            "  + field `c`: union { null, map<string> } = null",
            "  - field `b`: array<R>",
        ],
    );
}

#[test]
fn everything_that_a_field_says_is_compared() {
    check_fields(
        r#"{"name": "a", "type": "int", "default": 1, "order": "ignore", "doc": "x",
            "aliases": ["b"], "p": [1, {"q": 2}], "r": true}"#,
        r#"{"name": "a", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2},
            "default": "", "doc": "y \"z\"", "p": [1, {"q": 3}], "s": null}"#,
        &[
            "  ~ field `a`: type: int -> bytes (decimal(9, 2))",
            r#"  ~ field `a`: default: 1 -> """#,
            "  ~ field `a`: order: ignore -> ascending",
            r#"  ~ field `a`: aliases removed: ["b"]"#,
            r#"  ~ field `a`: doc: "x" -> "y \"z\"""#,
            r#"  ~ field `a`: p: [1, {"q": 2}] -> [1, {"q": 3}]"#,
            "  ~ field `a`: s added: null",
            "  ~ field `a`: r removed: true",
        ],
    );
}

#[test]
fn a_default_may_come_and_go() {
    check_fields(
        r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int", "default": 2}"#,
        r#"{"name": "a", "type": "int", "default": 1}, {"name": "b", "type": "int"}"#,
        &[
            "  ~ field `a`: default added: 1",
            "  ~ field `b`: default removed: 2",
        ],
    );
}

#[test]
fn an_alias_makes_a_renaming() {
    check_fields(
        r#"{"name": "a", "type": "int"}"#,
        r#"{"name": "b", "type": "long", "aliases": ["a", "c"]}"#,
        &[
            "  ~ field `b`: renamed from `a`",
            "  ~ field `b`: type: int -> long",
            r#"  ~ field `b`: aliases added: ["c"]"#,
        ],
    );
    // The alias of a field that is still there renames nothing.
    check_fields(
        r#"{"name": "a", "type": "int"}"#,
        r#"{"name": "b", "type": "int", "aliases": ["a"]}, {"name": "a", "type": "int"}"#,
        &["  + field `b`: int"],
    );
    check_fields(
        r#"{"name": "a", "type": "int"}"#,
        r#"{"name": "b", "type": "int"}"#,
        &["  + field `b`: int", "  - field `a`: int"],
    );
}

#[test]
fn the_fewest_fields_move() {
    let field = |name: &str| format!(r#"{{"name": "{name}", "type": "int"}}"#);
    let fields = |names: &str| -> String {
        let fields: Vec<String> = names.split(' ').map(field).collect();
        fields.join(", ")
    };
    check_fields(
        &fields("a b c d e"),
        &fields("e a c x b d"),
        &[
            "  ~ field `e`: moved to the front",
            "  ~ field `c`: moved behind `a`",
            "  + field `x`: int",
        ],
    );
}

#[test]
fn properties_inside_a_type_are_compared_where_the_type_is_the_same() {
    let java = r#"{"type": "string", "avro.java.string": "String"}"#;
    check_fields(
        r#"{"name": "a", "type": {"type": "map", "values": "string"}}"#,
        &format!(r#"{{"name": "a", "type": {{"type": "map", "values": {java}}}}}"#),
        &[r#"  ~ field `a`: avro.java.string added: "String""#],
    );
    // The same property of another type inside is another property.
    check_fields(
        &format!(r#"{{"name": "a", "type": [{java}, {{"type": "bytes"}}]}}"#),
        r#"{"name": "a", "type": ["string", {"type": "bytes", "avro.java.string": "String"}]}"#,
        &[
            r#"  ~ field `a`: avro.java.string added: "String""#,
            r#"  ~ field `a`: avro.java.string removed: "String""#,
        ],
    );
}

#[test]
fn symbols_and_their_default_are_compared() {
    check(
        r#"{"type": "enum", "name": "E", "symbols": ["A", "B", "C", "D"], "default": "A"}"#,
        r#"{"type": "enum", "name": "E", "symbols": ["D", "A", "C", "X"], "default": "X", "aliases": ["F"]}"#,
        &[
            "~ enum E",
            r#"  ~ aliases added: ["F"]"#,
            r#"  ~ default: "A" -> "X""#,
            "  ~ symbol `D`: moved to the front",
            "  + symbol `X`",
            "  - symbol `B`",
        ],
    );
}

#[test]
fn a_fixed_has_a_size_and_perhaps_a_logical_type() {
    check(
        r#"{"type": "fixed", "name": "F", "size": 12, "logicalType": "duration", "doc": "x"}"#,
        r#"{"type": "fixed", "name": "F", "size": 16, "logicalType": "uuid"}"#,
        &[
            "~ fixed F",
            r#"  ~ doc removed: "x""#,
            "  ~ size: 12 -> 16",
            "  ~ logicalType: duration -> uuid",
        ],
    );
    check(
        r#"{"type": "fixed", "name": "F", "size": 12}"#,
        r#"{"type": "enum", "name": "F", "symbols": []}"#,
        &["~ enum F", "  ~ kind: fixed -> enum"],
    );
}

#[test]
fn types_come_go_and_are_renamed_wherever_they_stand() {
    let old = set(&[
        (
            "old/Order.avsc",
            r#"{"type": "record", "name": "a.Order", "fields": [
            {"name": "item", "type": {"type": "record", "name": "Item", "fields": []}}]}"#,
        ),
        (
            "old/Gone.avsc",
            r#"{"type": "fixed", "name": "a.Gone", "size": 1}"#,
        ),
    ]);
    let new = set(&[
        (
            "new/1.avsc",
            r#"{"type": "record", "name": "b.Thing", "aliases": ["a.Item"], "fields": []}"#,
        ),
        (
            "new/2.avsc",
            r#"{"type": "record", "name": "a.Order", "fields": [
            {"name": "item", "type": "b.Thing"}]}"#,
        ),
        (
            "new/3.avsc",
            r#"{"type": "error", "name": "a.New", "fields": []}"#,
        ),
    ]);
    assert_eq!(
        lines(&diff::compare(&old, &new)),
        [
            "- fixed a.Gone",
            "+ error a.New",
            "~ record b.Thing",
            "  ~ renamed from `a.Item`",
        ]
    );
    assert_eq!(lines(&diff::compare(&new, &new)), [""; 0]);
    // Backwards the alias is the old schema's, and joins nothing.
    assert_eq!(
        lines(&diff::compare(&new, &old)),
        [
            "+ fixed a.Gone",
            "+ record a.Item",
            "- error a.New",
            "~ record a.Order",
            "  ~ field `item`: type: b.Thing -> a.Item",
            "- record b.Thing",
        ]
    );
}

#[test]
fn schemas_without_a_name_are_joined_by_their_files() {
    let one = |path, text| set(&[(path, text)]);
    let diff = diff::compare(
        &one("v1.avsc", r#"["null", "int"]"#),
        &one("v2.avsc", r#"["null", "long"]"#),
    );
    assert_eq!(
        lines(&diff),
        [
            "~ union v2",
            "  ~ type: union { null, int } -> union { null, long }",
        ]
    );
    let diff = diff::compare(
        &set(&[("a.avsc", r#""int""#), ("b.avsc", r#""int""#)]),
        &set(&[
            ("b.avsc", r#""string""#),
            ("c.avsc", r#"{"type": "array", "items": "int"}"#),
        ]),
    );
    assert_eq!(
        lines(&diff),
        [
            "- int a",
            "~ string b",
            "  ~ type: int -> string",
            "+ array c",
        ]
    );
}

#[test]
fn one_type_is_compared_with_what_it_leads_to() {
    let old = set(&[
        (
            "a.avsc",
            r#"{"type": "record", "name": "A", "fields": [
            {"name": "b", "type": {"type": "fixed", "name": "B", "size": 1}}]}"#,
        ),
        ("c.avsc", r#"{"type": "fixed", "name": "C", "size": 1}"#),
        ("d.avsc", r#"{"type": "fixed", "name": "D", "size": 1}"#),
    ]);
    let new = set(&[
        (
            "a.avsc",
            r#"{"type": "record", "name": "A2", "fields": [
            {"name": "b", "type": "C"}, {"name": "self", "type": ["null", "A2"]}]}"#,
        ),
        ("b.avsc", r#"{"type": "fixed", "name": "B", "size": 2}"#),
        ("c.avsc", r#"{"type": "fixed", "name": "C", "size": 3}"#),
        ("d.avsc", r#"{"type": "fixed", "name": "D", "size": 2}"#),
    ]);
    let find = |set: &SchemaSet, name| set.find(&Fullname::parse(name).unwrap()).unwrap();
    let diff = diff::compare_types((&old, find(&old, "A")), (&new, find(&new, "A2")));
    assert_eq!(
        lines(&diff),
        [
            "~ record A2",
            "  ~ renamed from `A`",
            "  ~ field `b`: type: B -> C",
            "  + field `self`: union { null, A2 }",
            "- fixed B",
            "+ fixed C",
        ]
    );
}

#[test]
fn places_are_those_of_the_parts() {
    let old = r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "int"}]}"#;
    let new = r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "long"}, {"name": "c", "type": "int"}]}"#;
    let diff = diff::compare(&set(&[("old", old)]), &set(&[("new", new)]));
    let place = |text: &str, span: Option<Span>| {
        span.map(|span| text[span.start as usize..span.end as usize].to_owned())
    };
    let [ty] = &*diff.types else {
        panic!("{diff:?}")
    };
    assert_eq!(place(old, ty.old).as_deref(), Some(r#""R""#));
    let places: Vec<_> = ty
        .changes
        .iter()
        .map(|change| (place(old, change.old), place(new, change.new)))
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        places,
        [
            (text(r#""int""#), text(r#""long""#)),
            (None, text(r#""c""#)),
            (text(r#""b""#), None),
        ]
    );
}
