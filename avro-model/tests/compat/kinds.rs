//! Each kind of incompatibility: its location, the source text it points at, its sentence and notes.

use avro_model::compat::Kind;

use super::{agree, compared, differ, record};

#[test]
fn name_mismatch() {
    let found = compared(
        r#"{"type": "fixed", "name": "a.New", "size": 4}"#,
        r#"{"type": "fixed", "name": "a.Old", "size": 4}"#,
    );
    assert_eq!(found.lines(), ["NAME_MISMATCH /name /name"]);
    assert_eq!(found.texts(), (r#""a.New""#, r#""a.Old""#));
    assert_eq!(
        found.only().message,
        "fixed `a.New` is not the writer's fixed `a.Old`: their unqualified names differ, and no \
         alias of the reader's names the writer's"
    );
    assert_eq!(
        found.only().notes,
        [
            "if it was renamed, only an alias in the reader's schema cures it: \"aliases\": \
          [\"a.Old\"] on `a.New`; else keep the old name"
        ]
    );
}

#[test]
fn names_match_without_namespaces_and_aliases_with_them() {
    let fixed = |name: &str, aliases: &str| {
        format!(r#"{{"type": "fixed", "name": "{name}", "size": 4, "aliases": [{aliases}]}}"#)
    };
    agree(&fixed("a.X", ""), &fixed("b.X", ""));
    agree(&fixed("a.X", r#""b.Y""#), &fixed("b.Y", ""));
    agree(&fixed("a.X", r#""Y""#), &fixed("a.Y", ""));
    let lines = ["NAME_MISMATCH /name /name"];
    differ(&fixed("a.X", r#""Y""#), &fixed("b.Y", ""), &lines);
    // The writer's aliases say nothing.
    differ(&fixed("a.X", ""), &fixed("a.Y", r#""X""#), &lines);
    let notes = compared(&fixed("a.X", ""), &fixed("a.Y", r#""X""#));
    assert_eq!(
        notes.only().notes[1],
        "the writer's alias `a.X` does not count: aliases are taken from the reader's schema alone"
    );
}

#[test]
fn fixed_size_mismatch() {
    let found = compared(
        r#"{"type": "fixed", "name": "a.F", "size": 4}"#,
        r#"{"type": "fixed", "name": "a.F", "size": 16}"#,
    );
    assert_eq!(found.lines(), ["FIXED_SIZE_MISMATCH /size /size"]);
    assert_eq!(found.texts(), ("4", "16"));
    let only = found.only();
    assert_eq!(only.message, "fixed `a.F` has 4 bytes, the writer's has 16");
    assert_eq!(
        only.notes,
        ["a fixed keeps its size: add a field with a fixed of another name, or use bytes"]
    );
}

#[test]
fn missing_enum_symbols() {
    let found = compared(
        r#"{"type": "enum", "name": "a.E", "symbols": ["A", "C"]}"#,
        r#"{"type": "enum", "name": "a.E", "symbols": ["D", "A", "B", "C"]}"#,
    );
    assert_eq!(found.lines(), ["MISSING_ENUM_SYMBOLS /symbols /symbols"]);
    assert_eq!(found.texts(), (r#"["A", "C"]"#, r#""D""#));
    let only = found.only();
    assert_eq!(
        only.message,
        "enum `a.E` has no default and lacks what the writer may write: `D`, `B`"
    );
    assert_eq!(
        only.notes,
        [
            "add the symbols to the reader's enum, or give it a `default`, the symbol that stands \
          for unknown ones"
        ]
    );
}

#[test]
fn an_enum_default_takes_in_missing_symbols() {
    agree(
        r#"{"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}"#,
        r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#,
    );
}

#[test]
fn reader_field_missing_default_value() {
    let found = compared(
        &record(r#"{"name": "a", "type": "int"}, {"name": "b", "type": "string"}"#),
        &record(r#"{"name": "a", "type": "int"}"#),
    );
    let line = "READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 /fields";
    assert_eq!(found.lines(), [line]);
    assert_eq!(found.texts(), (r#""b""#, r#""R""#));
    let only = found.only();
    assert_eq!(
        only.message,
        "field `b` of record `a.b.R` has no default, and the writer's record has no such field"
    );
    assert_eq!(only.notes, ["give `b` a default in the reader's schema"]);
    assert_eq!(only.reader.within.as_ref().unwrap().as_str(), "a.b.R");
}

#[test]
fn a_default_or_an_alias_fills_a_field_and_a_writers_alias_does_not() {
    let writer = record(r#"{"name": "date", "type": "long", "aliases": ["time"]}"#);
    agree(
        &record(r#"{"name": "time", "type": "long", "default": 0}"#),
        &writer,
    );
    agree(
        &record(r#"{"name": "time", "type": ["null", "long"], "default": null}"#),
        &writer,
    );
    agree(
        &record(r#"{"name": "when", "type": "long", "aliases": ["date"]}"#),
        &writer,
    );

    let found = compared(&record(r#"{"name": "time", "type": "long"}"#), &writer);
    assert_eq!(found.only().kind, Kind::ReaderFieldMissingDefaultValue);
    assert_eq!(
        found.only().notes,
        [
            "`a.b.R` has the field as `date` and names `time` as its alias, which does not count: \
          aliases are taken from the reader's schema alone",
            "only an alias in the reader's schema cures it: \"aliases\": [\"date\"] on `time`; where \
          that schema is deployed already, keep `time` and add `date` beside it"
        ]
    );
}

#[test]
fn a_field_that_looks_renamed_is_pointed_out() {
    let found = compared(
        &record(r#"{"name": "amount", "type": "long"}, {"name": "id", "type": "long"}"#),
        &record(r#"{"name": "id", "type": "long"}, {"name": "sum", "type": "long"}"#),
    );
    assert_eq!(
        found.only().notes[1],
        "if it is the writer's `sum` renamed, an alias in the reader's schema says so: \
         \"aliases\": [\"sum\"]"
    );
}

#[test]
fn an_enum_default_is_no_default_of_the_field() {
    let field = r#"{"name": "e", "type":
        {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}}"#;
    let found = compared(&record(field), &record(r#"{"name": "x", "type": "int"}"#));
    assert_eq!(found.lines(), ["TYPE_MISMATCH /fields/0/type /fields"]);
    assert_eq!(
        found.only().message,
        "field `e` of record `a.b.R` has no default, and the writer's record `a.b.R` has no such \
         field; the default of enum `a.b.E` is for unknown symbols alone"
    );
    assert_eq!(
        found.only().notes,
        ["give `e` a default in the reader's schema"]
    );
}

#[test]
fn a_field_that_answers_to_several_is_refused() {
    let found = compared(
        &record(r#"{"name": "a", "type": "int", "aliases": ["b"]}"#),
        &record(r#"{"name": "b", "type": "int"}, {"name": "a", "type": "int"}"#),
    );
    assert_eq!(found.lines(), ["NAME_MISMATCH /fields/0 /fields"]);
    assert_eq!(
        found.only().message,
        "field `a` of record `a.b.R` answers to several fields of the writer's: `a`, `b`"
    );
}

#[test]
fn type_mismatch() {
    let found = compared(
        &record(r#"{"name": "n", "type": "int"}"#),
        &record(r#"{"name": "x", "type": "int"}, {"name": "n", "type": "long"}"#),
    );
    assert_eq!(
        found.lines(),
        ["TYPE_MISMATCH /fields/0/type /fields/1/type"]
    );
    assert_eq!(found.texts(), (r#""int""#, r#""long""#));
    let only = found.only();
    assert_eq!(
        only.message,
        "field `n` of record `a.b.R`: the reader's int cannot be read from the writer's long"
    );
    assert_eq!(
        only.notes,
        [
            "only the other way round: the wider long is read from int",
            "keep long; or let the reader's type be a union that has both; or add a field of the new \
          type under another name"
        ]
    );
    let position = found.sources[0].position(only.reader.span);
    assert_eq!((position.line, position.column), (1, 86));
}

#[test]
fn promotions_are_those_of_the_specification() {
    let types = [
        "null", "boolean", "int", "long", "float", "double", "bytes", "string",
    ];
    let promoted = [
        ("long", "int"),
        ("float", "int"),
        ("double", "int"),
        ("float", "long"),
        ("double", "long"),
        ("double", "float"),
        ("bytes", "string"),
        ("string", "bytes"),
    ];
    for reader in types {
        for writer in types {
            let found = compared(&format!("{reader:?}"), &format!("{writer:?}"));
            let expected = reader == writer || promoted.contains(&(reader, writer));
            let is_compatible = found.comparison.is_compatible();
            assert_eq!(is_compatible, expected, "{reader} reads {writer}");
            if !expected {
                assert_eq!(found.lines(), ["TYPE_MISMATCH / /"]);
            }
        }
    }
}

#[test]
fn decimals_on_bytes_and_fixed_are_never_read_as_each_other() {
    let bytes = r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#;
    let fixed = r#"{"type": "fixed", "name": "F", "size": 2, "logicalType": "decimal",
        "precision": 4, "scale": 2}"#;
    differ(bytes, fixed, &["TYPE_MISMATCH / /"]);
    differ(fixed, bytes, &["TYPE_MISMATCH / /"]);
    let found = compared(bytes, fixed);
    assert_eq!(
        found.only().message,
        "the reader's bytes cannot be read from the writer's fixed `F`"
    );
    assert_eq!(
        found.only().notes[0],
        "bytes and fixed are never read as each other, whatever logical type they carry"
    );
}

#[test]
fn items_and_values_have_places_of_their_own() {
    let nested = |inner: &str| {
        format!(r#"{{"type": "array", "items": {{"type": "map", "values": "{inner}"}}}}"#)
    };
    agree(&nested("long"), &nested("int"));
    differ(
        &nested("int"),
        &nested("string"),
        &["TYPE_MISMATCH /items/values /items/values"],
    );
}

#[test]
fn every_incompatibility_is_reported() {
    let found = compared(
        &record(
            r#"{"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A"]}},
               {"name": "f", "type": {"type": "fixed", "name": "F", "size": 1}},
               {"name": "g", "type": {"type": "fixed", "name": "G", "size": 1}},
               {"name": "n", "type": {"type": "array", "items": "int"}},
               {"name": "new", "type": "int"},
               {"name": "u", "type": ["null"]}"#,
        ),
        &record(
            r#"{"name": "u", "type": ["null", "int"]},
               {"name": "n", "type": {"type": "array", "items": "string"}},
               {"name": "g", "type": {"type": "fixed", "name": "H", "size": 2}},
               {"name": "f", "type": {"type": "fixed", "name": "F", "size": 2}},
               {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["B"]}}"#,
        ),
    );
    assert_eq!(
        found.lines(),
        [
            "MISSING_ENUM_SYMBOLS /fields/0/type/symbols /fields/4/type/symbols",
            "FIXED_SIZE_MISMATCH /fields/1/type/size /fields/3/type/size",
            "NAME_MISMATCH /fields/2/type/name /fields/2/type/name",
            "FIXED_SIZE_MISMATCH /fields/2/type/size /fields/2/type/size",
            "TYPE_MISMATCH /fields/3/type/items /fields/1/type/items",
            "READER_FIELD_MISSING_DEFAULT_VALUE /fields/4 /fields",
            "MISSING_UNION_BRANCH /fields/5/type/1 /fields/0/type/1",
        ]
    );
}
