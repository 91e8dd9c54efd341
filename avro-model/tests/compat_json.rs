//! What breaks JSON that another version wrote, for a reader that has its own schema alone.

use avro_model::compat::{Mode, Side, Subject, Version, diagnose_json};
use avro_model::{Options, SourceMap, compile_files, render};

/// What is said of a change in both directions, one finding a line.
fn says(mode: Mode, now: &str, deployed: &str, whole: bool) -> String {
    let mut sources = SourceMap::new();
    let new = sources.add("now.avsc", now).unwrap();
    let old = sources.add("deployed.avsc", deployed).unwrap();
    let [new, old] = [new, old].map(|file| {
        let (set, found) = compile_files(&sources, &[file], &Options::new());
        assert!(!found.has_errors(), "{found:?}");
        set
    });
    let subject = Subject {
        name: "R".to_owned(),
        topics: Vec::new(),
        mode: Some(mode),
        schema: Side::root(&new.roots()[0], &new),
        versions: vec![Version {
            name: "version 1".to_owned(),
            schema: Side::root(&old.roots()[0], &old),
        }],
    };
    let found = diagnose_json(&[subject]);
    if whole {
        return render::text(&sources, &found, false);
    }
    let lines = found
        .iter()
        .map(|found| format!("{}: {}", found.code, found.message));
    lines.collect::<Vec<_>>().join("\n")
}

fn record(fields: &str) -> String {
    format!("{{\"type\": \"record\", \"name\": \"R\", \"fields\": [{fields}]}}")
}

fn field(ty: &str) -> String {
    record(&format!("{{\"name\": \"f\", \"type\": {ty}}}"))
}

/// What the new version says of JSON of the one before it.
#[track_caller]
fn reads(now: &str, deployed: &str, expected: &[&str]) {
    let said = says(Mode::Backward, now, deployed, false);
    let said: Vec<&str> = said.lines().collect();
    assert_eq!(said, expected, "{now} reads {deployed}");
}

#[track_caller]
fn types(now: &str, deployed: &str, expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|said| said.replacen(": ", ": field `f` of record `R`: ", 1))
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    reads(&field(now), &field(deployed), &expected);
}

const TIMESTAMP: &str = r#"{"type": "long", "logicalType": "timestamp-millis"}"#;

#[test]
fn fields_go_by_name() {
    let (a, b) = (
        r#"{"name": "a", "type": "int"}"#,
        r#"{"name": "b", "type": "int"}"#,
    );
    let renamed = r#"{"name": "b", "type": "int", "aliases": ["a"]}"#;
    let both = |one: &str, other: &str| record(&format!("{one}, {other}"));
    reads(&record(a), &both(a, b), &[]);
    reads(&both(b, a), &both(a, b), &[]);
    reads(
        &both(a, b),
        &record(a),
        &["AVR121: field `b` of record `R` has no default, and JSON of the writer has no such key"],
    );
    reads(
        &record(renamed),
        &record(a),
        &[
            "AVR120: field `b` of record `R` is `a` in JSON of the writer: aliases do not count there, and the reader misses it",
        ],
    );
    let defaults = "AVR120: field `b` of record `R` is `a` in JSON of the writer: aliases do not count there, and the reader takes its default instead";
    let defaulted = renamed.replace("\"aliases\"", "\"default\": 0, \"aliases\"");
    reads(&record(&defaulted), &record(a), &[defaults]);
    // In binary data both read `a`.
    reads(&both(a, &defaulted), &record(a), &[defaults]);
}

#[test]
fn numbers_are_read_as_wider_ones() {
    types("\"double\"", "\"int\"", &[]);
    types("\"long\"", "\"int\"", &[]);
    types(
        "\"int\"",
        "\"long\"",
        &[
            "AVR123: in JSON the writer writes a number of 64 bits, and the reader expects a number of 32 bits",
        ],
    );
}

#[test]
fn bytes_and_text_are_not_the_same() {
    types(
        "\"string\"",
        "\"bytes\"",
        &["AVR123: in JSON the writer writes bytes in base64, and the reader expects a text"],
    );
    types(
        r#"{"type": "fixed", "name": "F", "size": 2}"#,
        "\"bytes\"",
        &[],
    );
}

#[test]
fn logical_types_have_forms_of_their_own_in_plain_json() {
    let said = "AVR123: in plain JSON the writer writes a number of 64 bits, and the reader expects an instant as text";
    types(TIMESTAMP, "\"long\"", &[said]);
    let micros = TIMESTAMP.replace("millis", "micros");
    types(&micros, TIMESTAMP, &[]);
    types(
        r#"{"type": "string", "logicalType": "uuid"}"#,
        "\"string\"",
        &[],
    );
    let local = micros.replace("timestamp", "local-timestamp");
    let said = "AVR123: in plain JSON the writer writes an instant as text, and the reader expects a local date and time as text";
    types(&local, TIMESTAMP, &[said]);
    let decimal = r#"{"type": "bytes", "logicalType": "decimal", "precision": 4}"#;
    let said = "AVR123: in plain JSON the writer writes bytes in base64, and the reader expects a decimal as text";
    types(decimal, "\"bytes\"", &[said]);
}

#[test]
fn the_default_of_an_enum_is_for_binary_data() {
    let symbols = |list: &str| {
        format!(
            "{{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [{list}], \"default\": \"A\"}}"
        )
    };
    let (few, many) = (symbols("\"A\""), symbols("\"A\", \"B\", \"C\""));
    types(&many, &few, &[]);
    let said = "AVR122: enum `E` lacks what JSON of the writer may hold: `B`, `C`";
    types(&few, &many, &[said]);
}

#[test]
fn branches_go_by_name_in_avro_json() {
    let fixed = |name: &str, more: &str| {
        format!("[\"null\", {{\"type\": \"fixed\", \"name\": \"{name}\", \"size\": 2{more}}}]")
    };
    let alias = ", \"aliases\": [\"a.F\"]";
    types(&fixed("a.F", ""), &fixed("a.F", ""), &[]);
    let said = "AVR124: the writer's branch `a.F` is `a.G` to the reader";
    types(&fixed("a.G", alias), &fixed("a.F", ""), &[said]);
    let said = "AVR124: the writer's branch `b.F` is `a.F` to the reader";
    types(&fixed("a.F", ""), &fixed("b.F", ""), &[said]);
    let said = "AVR124: the writer's branch `int` is `long` to the reader";
    types("[\"null\", \"long\"]", "[\"null\", \"int\"]", &[said]);
    let said = "AVR124: the reader's union has no branch for the writer's string";
    types(
        "[\"null\", \"int\"]",
        "[\"null\", \"int\", \"string\"]",
        &[said],
    );
    types("[\"int\", \"null\"]", "[\"null\", \"int\"]", &[]);
    types("[\"null\"]", "\"null\"", &[]);
}

#[test]
fn a_value_in_a_union_stands_in_an_object() {
    let said = "AVR124: in Avro JSON the writer writes the value by itself, and the reader expects it in an object";
    types("[\"null\", \"int\"]", "\"int\"", &[said]);
    let said = "AVR124: in Avro JSON the writer writes the value in an object, and the reader expects it by itself";
    let null = "AVR123: in JSON the writer writes null, and the reader expects a number of 32 bits";
    types("\"int\"", "[\"null\", \"int\"]", &[said, null]);
}

#[test]
fn shapes_that_differ_have_other_forms() {
    let said =
        "AVR123: in JSON the writer writes an array, and the reader expects a number of 32 bits";
    types("\"int\"", r#"{"type": "array", "items": "int"}"#, &[said]);
    types(
        r#"{"type": "array", "items": "long"}"#,
        r#"{"type": "array", "items": "int"}"#,
        &[],
    );
}

/// Both directions, each at the place in the new version; a recursive schema ends.
#[test]
fn a_break_is_shown_in_the_new_version() {
    let tree = |field: &str| {
        record(&format!(
            "\n  {{\"name\": \"next\", \"type\": [\"null\", \"R\"], \"default\": null}},\n  {field}"
        ))
    };
    let said = says(
        Mode::Full,
        &tree("{\"name\": \"total\", \"type\": \"long\", \"default\": 0, \"aliases\": [\"sum\"]}"),
        &tree("{\"name\": \"sum\", \"type\": \"long\"}"),
        true,
    );
    insta::assert_snapshot!(said);
}

#[test]
fn every_code_of_the_class_is_shown() {
    let said = says(
        Mode::Backward,
        &record(
            "\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"], \"default\": \"A\"}},\n  {\"name\": \"at\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}},\n  {\"name\": \"note\", \"type\": [\"null\", \"string\"]},\n  {\"name\": \"more\", \"type\": \"int\"}",
        ),
        &record(
            "\n  {\"name\": \"state\", \"type\": {\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}},\n  {\"name\": \"at\", \"type\": \"long\"},\n  {\"name\": \"note\", \"type\": \"string\"}",
        ),
        true,
    );
    insta::assert_snapshot!(said);
}
