//! What a lenient run lets pass, and what it reads then.

use avro_model::codes::Code;
use avro_model::{
    Options, SchemaSet, SourceMap, bundle, canonical, compile, compile_text, compile_with, render,
};

fn run(text: &str) -> (SchemaSet, String) {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (set, found) = compile_with(&sources, &Options::new().lenient(true));
    (set, render::text(&sources, &found, false))
}

/// The canonical form of what a lenient run reads, if it finds no error.
fn form(text: &str) -> Option<String> {
    let set = compile_text(text).ok()?;
    let root = set.only_root()?;
    Some(canonical::form(&set, &root.schema))
}

/// One mistake of each kind that is let pass, on a line of its own.
const TOLERATED: &str = r#"{"type": "record", "name": "order-line", "namespace": "com.my-company", "fields": [
  {"name": "bad default", "type": "int", "default": "x"},
  {"name": "order", "type": "int", "order": "up", "aliases": "id"},
  {"name": "alias", "type": "int", "aliases": ["a-b", 3]},
  {"name": "again", "type": "int", "type": "long"},
  {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": "16"}},
  {"name": "inner", "type": {"type": {"type": "array", "items": {"type": ["null", "string"]}}}},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["A"], "default": "B"}},
  {"name": "endless", "type": {"type": "record", "name": "E", "fields": [{"name": "e", "type": "E", "default": {}}]}},
  {"name": "int", "type": {"type": "fixed", "name": "int", "size": 4}},
  {"name": "old", "type": "int", "aliases": ["comma"]},
  {"name": "comma", "type": "int"},
]}"#;

#[test]
fn what_others_accept_is_warned_about() {
    let (set, found) = run(TOLERATED);
    insta::assert_snapshot!(found);
    let (_, record) = set.types().next().unwrap();
    assert_eq!(record.fields().len(), 11);
    // What does not fit is left out.
    assert!(record.fields().iter().all(|field| field.default.is_none()));
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", TOLERATED).unwrap();
    assert!(compile(&sources).1.has_errors());
}

#[test]
fn what_is_read_is_what_others_read() {
    for (text, expected) in [
        (r#"{"type": "int", "type": "long"}"#, r#""long""#),
        (r#"{"type": {"type": {"type": "int"}}}"#, r#""int""#),
        (
            r#"{"name": "foo", "type": ["long", "string"], "default": 1}"#,
            r#"["long","string"]"#,
        ),
        (
            r#"{"type": "fixed", "name": "F", "size": "16"}"#,
            r#"{"name":"F","type":"fixed","size":16}"#,
        ),
        (
            r#"{"type": {"type": "fixed", "name": "D", "size": 10}, "logicalType": "decimal", "precision": 4}"#,
            r#"{"name":"D","type":"fixed","size":10}"#,
        ),
        (r#"["int",]"#, r#"["int"]"#),
    ] {
        assert_eq!(form(text).as_deref(), Some(expected), "{text}");
    }
}

/// A bundle holds the schema itself, and reads as what it was made of.
#[test]
fn a_bundle_leaves_needless_objects_out() {
    let text = r#"{"type": "record", "name": "a.R", "fields": [
        {"name": "x", "type": {"type": {"type": "array", "items": {"type": {"type": "fixed", "name": "F", "size": 2}}}}},
        {"name": "y", "type": {"type": ["null", "F"]}}]}"#;
    let set = compile_text(text).unwrap();
    let root = set.only_root().unwrap();
    let bundled = bundle::schema(&set, root);
    assert_eq!(
        bundled,
        concat!(
            r#"{"type":"record","name":"a.R","fields":["#,
            r#"{"name":"x","type":{"type":"array","items":{"type":"fixed","name":"F","size":2}}},"#,
            r#"{"name":"y","type":["null","F"]}]}"#
        )
    );
    assert_eq!(form(&bundled), form(text));
}

/// A default that takes one that does not fit goes with it.
#[test]
fn a_default_goes_with_the_one_that_it_takes() {
    let (set, found) = run(r#"{"type": "record", "name": "R", "fields": [
        {"name": "p", "default": {}, "type": {"type": "record", "name": "P", "fields": [
            {"name": "x", "type": "int", "default": "bad"}]}},
        {"name": "q", "type": "P", "default": {"x": 1}}]}"#);
    assert!(found.starts_with("warning[AVR050]"), "{found}");
    let (_, record) = set.types().next().unwrap();
    let defaults: Vec<_> = record
        .fields()
        .iter()
        .map(|f| f.default.is_some())
        .collect();
    assert_eq!(defaults, [false, true]);
}

/// What would leave the binary form in doubt, or has no meaning at all, stays an error.
#[test]
fn the_rest_stays_an_error() {
    for text in [
        r#"{"type": "fixed", "name": "F", "size": -1}"#,
        r#"{"type": "fixed", "name": "F", "size": 1.5}"#,
        r#"{"type": 3}"#,
        "int",
        "null",
        r#"["int", "int"]"#,
        r#"["null", ["int", "string"]]"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "a", "type": "int"}]}"#,
        r#"{"type": "enum", "name": "E", "symbols": ["A", "A"]}"#,
        r#"[{"type": "fixed", "name": "F", "size": 1}, {"type": "fixed", "name": "F", "size": 2}]"#,
        r#"{"type": "record", "name": "R", "fields": "none"}"#,
        r#"{"type": "record", "fields": []}"#,
        r#""Nothing""#,
    ] {
        assert_eq!(form(text), None, "{text}");
    }
}

/// Where implementations disagree, the specification decides. Each form, and what is found.
#[test]
fn contested_schemas() {
    use Code::{
        EnumWithoutDefault, IgnoredDoc, InvalidLogicalType, JsonSyntax, NestedType, NotASchema,
    };
    let decimal = |parameters: &str| {
        format!(r#"{{"type": "bytes", "logicalType": "decimal", {parameters}}}"#)
    };
    let field = |field: &str| {
        format!(r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", {field}}}]}}"#)
    };
    let cases: [(String, &[Code]); 16] = [
        // "error" is a record of a protocol; a schema file may hold one.
        (r#"{"type": "error", "name": "E", "fields": []}"#.to_owned(), &[]),
        // "Logical Types": invalid ones are ignored.
        (decimal(r#""precision": 5, "scale": -2"#), &[InvalidLogicalType]),
        (decimal(r#""precision": "5""#), &[InvalidLogicalType]),
        (decimal(r#""precision": -5"#), &[InvalidLogicalType]),
        (decimal(r#""precision": 5, "scale": 6"#), &[InvalidLogicalType]),
        (
            r#"{"type": "fixed", "name": "D", "size": 2, "logicalType": "decimal", "precision": 5}"#.to_owned(),
            &[InvalidLogicalType],
        ),
        // "Schema Declaration": in an object, `type` is a name.
        (r#"{"type": ["null", "int"]}"#.to_owned(), &[NestedType]),
        (r#"{"name": "f", "type": ["long", "string"], "default": 1}"#.to_owned(), &[NestedType]),
        // "Fixed": a size has no least value. "Enums": nor has the number of symbols.
        (r#"{"type": "fixed", "name": "F", "size": 0}"#.to_owned(), &[]),
        (r#"{"type": "enum", "name": "E", "symbols": []}"#.to_owned(), &[EnumWithoutDefault]),
        // "Records", field defaults: of any branch since 1.12.
        (field(r#""type": ["null", "int"], "default": 13"#), &[]),
        (field(r#""type": ["int", "null"], "default": null"#), &[]),
        // A schema is JSON: a string, an object or an array.
        ("null".to_owned(), &[NotASchema]),
        ("boolean".to_owned(), &[JsonSyntax]),
        // `doc` is a string; without effect, it does no harm.
        (r#"{"type": "fixed", "name": "F", "size": 1, "doc": true}"#.to_owned(), &[IgnoredDoc]),
        // "Names": a reference may stand in an object, and before the definition.
        (
            r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": {"type": "F"}},
                {"name": "b", "type": {"type": "fixed", "name": "F", "size": 1}}]}"#.to_owned(),
            &[],
        ),
    ];
    for (text, expected) in cases {
        let mut sources = SourceMap::new();
        sources.add("schema.avsc", text.as_str()).unwrap();
        let found: Vec<_> = compile(&sources).1.iter().map(|f| f.code).collect();
        assert_eq!(found, expected, "{text}");
    }
}
