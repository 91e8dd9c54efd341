//! What the compiler says: one small schema for each rule, and the folders of the field.

use std::path::Path;

use avro_model::{Diagnostics, Severity, SourceMap, compile, load, render};

/// The findings about one schema text, as people see them.
fn findings(text: &str) -> String {
    several(&[("schema.avsc", text)])
}

fn several(files: &[(&str, &str)]) -> String {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(*path, *text).unwrap();
    }
    let (_, found) = compile(&sources);
    render::text(&sources, &found, false)
}

/// The findings about a folder of fixtures, under paths that do not depend on the machine.
fn folder(name: &str) -> (SourceMap, Diagnostics) {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let loaded = load::load(&[fixtures.join(name)]).unwrap();
    let mut sources = SourceMap::new();
    for (_, source) in loaded.iter() {
        let path = source.path().strip_prefix(&fixtures).unwrap();
        sources.add(path, source.text()).unwrap();
    }
    let (_, found) = compile(&sources);
    (sources, found)
}

#[test]
fn three_files_with_seven_mistakes_give_seven_findings() {
    let (sources, found) = folder("seven");
    insta::assert_snapshot!(render::text(&sources, &found, false));
    assert_eq!(found.iter().count(), 7);
}

#[test]
fn the_deployed_forms_are_warned_about_with_the_fix() {
    let (sources, found) = folder("deployed");
    insta::assert_snapshot!(render::text(&sources, &found, false));
    let warnings: Vec<_> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
        .map(|finding| render::line(&sources, finding))
        .collect();
    insta::assert_snapshot!("the_deployed_forms_on_one_line_each", warnings.join("\n"));
}

macro_rules! rules {
    ($($name:ident: $text:expr;)+) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(findings($text));
        })+
    };
}

rules! {
    attributes_that_are_null: r#"{"type": "record", "name": "com.acme.R", "aliases": null, "fields": [
  {"name": "a", "type": {"type": "fixed", "name": "Hash", "namespace": null, "size": 8}},
  {"name": "b", "type": {"type": "enum", "name": "Suit", "symbols": ["HEARTS"], "default": null}, "order": null},
  {"name": "c", "type": {"type": "long", "logicalType": null}, "doc": null}]}"#;
    defaults_that_are_not_finite: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "double", "default": "nan"},
  {"name": "b", "type": ["float", "null"], "default": "-INF"},
  {"name": "c", "type": "double", "default": 1e999},
  {"name": "d", "type": "float", "default": "1.5"}]}"#;
    logical_types_misspelled_on_fields: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "long", "logicalType": "timestamp_millis"},
  {"name": "b", "type": {"type": "bytes", "logicalType": "Decimal", "precision": 4}}]}"#;
    json_missing_comma: "{\n  \"type\": \"array\"\n  \"items\": \"int\"\n}";
    json_unclosed: r#"{"type": "record", "name": "R", "fields": ["#;
    json_not_a_value: r#"{"type": int}"#;
    json_more_than_one: r#""int" "long""#;
    json_bad_number: r#"{"type": "fixed", "name": "F", "size": 016}"#;
    json_bad_escape: r#"{"type": "fixed", "name": "F\x", "size": 16}"#;
    json_open_string: "{\"type\": \"int\n}";
    json_open_comment: "/* a schema\n\"int\"";
    json_trailing_comma: r#"["null", "int",]"#;
    json_duplicate_key: r#"{"type": "fixed", "name": "A", "name": "B", "size": 2}"#;
    json_byte_order_mark: "\u{feff}{\"type\": \"string\"}";
    not_a_schema: r#"{"type": "array", "items": 3}"#;
    array_without_items: r#"{"type": "array"}"#;
    map_without_values: r#"{"type": "map", "value": "int"}"#;
    record_without_fields: r#"{"type": "record", "name": "R"}"#;
    record_without_name: r#"{"type": "record", "fields": []}"#;
    enum_without_symbols: r#"{"type": "enum", "name": "E", "default": "A"}"#;
    object_without_type: r#"{"name": "R", "fields": []}"#;
    field_without_type: r#"{"type": "record", "name": "R", "fields": [{"name": "a"}]}"#;
    field_without_name: r#"{"type": "record", "name": "R", "fields": [{"type": "int"}]}"#;
    field_that_is_no_object: r#"{"type": "record", "name": "R", "fields": ["int"]}"#;
    symbols_that_are_no_array: r#"{"type": "enum", "name": "E", "symbols": "A"}"#;
    schema_where_a_type_name_belongs: r#"{"type": {"type": "int"}}"#;
    size_as_string: r#"{"type": "fixed", "name": "F", "size": "16"}"#;
    size_negative: r#"{"type": "fixed", "name": "F", "size": -1}"#;
    attributes_of_the_wrong_kind: r#"{"type": "record", "name": "R", "namespace": 1, "aliases": "Q", "fields": [
  {"name": 7, "type": "int"}, {"name": "a", "type": 7}, {"name": "b", "type": {"type": null}},
  {"name": "c", "type": {"type": "enum", "name": "E", "symbols": ["A", 2], "default": 3}},
  {"name": "d", "type": "int", "aliases": [null], "order": 1}]}"#;
    size_missing: r#"{"type": "fixed", "name": "F"}"#;
    unknown_order: r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int", "order": "up"}]}"#;
    doc_that_is_no_string: r#"{"type": "fixed", "name": "F", "size": 1, "doc": 16}"#;
    bad_names: r#"{"type": "record", "name": "1R", "namespace": "com.my-company",
  "fields": [{"name": "fürs Erste", "type": "int", "aliases": ["a-b"]}]}"#;
    names_that_no_quotes_hold: r#"{"type": "record", "name": "a\"b", "namespace": "a\\b", "fields": [
  {"name": "a\u0000", "type": {"type": "enum", "name": "E", "symbols": ["\n"], "default": "\n"}}]}"#;
    bad_symbol: r#"{"type": "enum", "name": "E", "symbols": ["A-B"], "default": "A-B"}"#;
    primitive_name: r#"{"type": "fixed", "name": "int", "size": 4}"#;
    primitive_name_in_a_namespace: r#"{"type": "fixed", "name": "com.acme.int", "size": 4}"#;
    ignored_namespace: r#"{"type": "fixed", "name": "com.acme.F", "namespace": "org.other", "size": 4}"#;
    undefined_name: r#"{"type": "array", "items": "com.acme.Nothing"}"#;
    undefined_complex_type: r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "array", "items": "int"}]}"#;
    misspelled_name: r#"{"type": "record", "name": "com.acme.R", "fields": [
  {"name": "a", "type": {"type": "fixed", "name": "Money", "size": 8}},
  {"name": "b", "type": "Mony"}, {"name": "c", "type": "sting"}]}"#;
    name_of_another_namespace: r#"{"type": "record", "name": "com.acme.R", "fields": [
  {"name": "a", "type": {"type": "fixed", "name": "Money", "namespace": "com.bank", "size": 8}},
  {"name": "b", "type": "Money"}]}"#;
    null_namespace_reference: r#"[{"type": "fixed", "name": "Hash", "size": 8},
  {"type": "record", "name": "com.acme.R", "fields": [{"name": "b", "type": "Hash"}]}]"#;
    name_that_java_takes_for_another_type: r#"[{"type": "fixed", "name": "Hash", "size": 8},
  {"type": "record", "name": "com.acme.R", "fields": [
    {"name": "first", "type": "Hash"},
    {"name": "second", "type": {"type": "fixed", "name": "Hash", "size": 16}},
    {"name": "third", "type": "Hash"}]}]"#;
    alias_of_another_field: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "int"}, {"name": "b", "type": "int", "aliases": ["a"]}]}"#;
    alias_of_another_type: r#"[{"type": "fixed", "name": "a.Cost", "size": 8, "aliases": ["Price"]},
  {"type": "fixed", "name": "a.Price", "size": 8}]"#;
    duplicate_definition: r#"[{"type": "fixed", "name": "a.F", "size": 8},
  {"type": "fixed", "name": "F", "namespace": "a", "size": 8}]"#;
    duplicate_field: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "int"},
  {"name": "a", "type": "long"}]}"#;
    duplicate_symbol: r#"{"type": "enum", "name": "E", "symbols": ["A", "B", "A"], "default": "A"}"#;
    duplicate_branch: r#"["long", {"type": "long", "logicalType": "timestamp-millis"}]"#;
    nested_union: r#"["null", ["int", "string"]]"#;
    unknown_enum_default: r#"{"type": "enum", "name": "E", "symbols": ["UNKNOWN"], "default": "UNKNWON"}"#;
    enum_without_default: r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#;
    default_deep_inside: r#"{"type": "record", "name": "R", "fields": [{"name": "a",
  "type": {"type": "array", "items": {"type": "map", "values": ["null", "int"]}},
  "default": [{"x": 1}, {"y": null, "z": "no"}]}]}"#;
    default_out_of_range: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "int", "default": 2147483648},
  {"name": "b", "type": "long", "default": 1.0},
  {"name": "c", "type": "float", "default": 1e39}]}"#;
    default_of_named_types: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": {"type": "fixed", "name": "F", "size": 2}, "default": "\u00ff"},
  {"name": "b", "type": "bytes", "default": "\u0100"},
  {"name": "c", "type": {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}, "default": "B"},
  {"name": "d", "type": {"type": "record", "name": "P", "fields": [{"name": "x", "type": "int"}]}, "default": {}}]}"#;
    defaults_that_were_meant_otherwise: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "int", "default": "3"}, {"name": "b", "type": "long", "default": 2.0},
  {"name": "c", "type": "boolean", "default": "true"}, {"name": "d", "type": "string", "default": 7},
  {"name": "e", "type": ["null", "double"], "default": "1.5"}, {"name": "f", "type": ["null", "int"], "default": "null"},
  {"name": "g", "type": {"type": "enum", "name": "E", "symbols": ["OPEN"], "default": "OPEN"}, "default": "OPNE"},
  {"name": "h", "type": {"type": "array", "items": "string"}, "default": "x"},
  {"name": "i", "type": "string", "default": null},
  {"name": "j", "type": ["null", {"type": "map", "values": "int"}], "default": {"x": "1"}}]}"#;
    misspelled_attributes: r#"[{"type": "map", "value": "int"}, {"type": "array", "item": "int"},
  {"type": "record", "name": "R", "field": []}, {"type": "fixed", "name": "F", "Size": 2},
  {"type": "record", "name": "S", "fields": [{"nam": "a", "typ": "int"}, {"name": "b", "tpye": "int"},
    {"name": "c", "type": "int", "order": "desc"}, {"name": "d", "type": "int", "aliases": "e"}, {"name": "f", "type": null}]}]"#;
    json_bare_word: r#"{"type": string}"#;
    json_bare_key: r#"{type: "string"}"#;
    json_word_of_python: r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": ["null", "int"], "default": None}]}"#;
    json_single_quotes: r#"{'type': 'string'}"#;
    nested_union_of_complex_types: r#"["null", [{"type": "array", "items": "int"}, "string"]]"#;
    default_that_never_ends: r#"{"type": "record", "name": "R", "fields": [{"name": "r", "type": "R", "default": {}}]}"#;
    default_with_a_foreign_member: r#"{"type": "record", "name": "R", "fields": [
  {"name": "p", "type": {"type": "record", "name": "P", "fields": []}, "default": {"x": 1}},
  {"name": "q", "type": {"type": "record", "name": "Q", "fields": [{"name": "count", "type": "int", "default": 0}]}, "default": {"cuont": 1}}]}"#;
    a_default_that_takes_a_bad_default_is_not_blamed: r#"{"type": "record", "name": "R", "fields": [
  {"name": "p", "default": {}, "type": {"type": "record", "name": "P", "fields": [
    {"name": "x", "type": "int", "default": "bad"}]}}]}"#;
    logical_type_on_the_wrong_type: r#"{"type": "int", "logicalType": "timestamp-millis"}"#;
    decimal_parameters: r#"["null",
  {"type": "bytes", "logicalType": "decimal"},
  {"type": "fixed", "name": "D", "size": 2, "logicalType": "decimal", "precision": 5}]"#;
    decimal_parameters_of_every_kind: r#"["null",
  {"type": "array", "items": {"type": "bytes", "logicalType": "decimal", "precision": 0}},
  {"type": "map", "values": {"type": "bytes", "logicalType": "decimal", "precision": "9"}},
  {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": -1},
  {"type": "int", "logicalType": 5},
  {"type": "string", "logicalType": "decimal", "precision": 9}]"#;
    logical_type_misspelled: r#"{"type": "long", "logicalType": "timestamp-milis"}"#;
    logical_type_of_ones_own: r#"{"type": "long", "logicalType": "com.acme.distance"}"#;
    logical_type_on_a_field: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2},
  {"name": "b", "type": ["null", "string"], "logicalType": "uuid"},
  {"name": "c", "type": {"type": "array", "items": "long"}, "logicalType": "date"},
  {"name": "d", "type": {"type": "int", "logicalType": "date"}, "logicalType": "date"}]}"#;
    default_inside_a_type: r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": {"type": "string", "default": "x"}, "default": "y"},
  {"name": "b", "type": {"type": "array", "items": "int", "default": []}},
  {"name": "c", "type": ["null", {"type": "string", "default": "x"}]},
  {"name": "d", "type": {"type": "fixed", "name": "F", "size": 1, "default": "x"}}]}"#;
    one_run_finds_what_is_wrong_around_a_mistake: r#"{"type": "record", "fields": [
  {"name": "a", "type": {"type": "map"}},
  {"name": "b", "type": "int", "default": null},
  {"name": "c", "type": {"type": "record", "name": "P", "fields": [{"name": "x", "type": "Nothing"}]}, "default": 5},
  {"name": "d", "type": ["P", "P"]}]}"#;
}

#[test]
fn files_may_repeat_a_definition_and_not_change_it() {
    let first = r#"{"type": "fixed", "name": "a.F", "size": 8}"#;
    let other = r#"{"type": "fixed", "name": "a.F", "size": 9}"#;
    insta::assert_snapshot!(several(&[
        ("a.avsc", first),
        ("b.avsc", first),
        ("c.avsc", other)
    ]));
}

#[test]
fn files_have_no_order() {
    let uses =
        r#"{"type": "record", "name": "com.acme.R", "fields": [{"name": "a", "type": "Hash"}]}"#;
    insta::assert_snapshot!(several(&[
        ("a.avsc", uses),
        (
            "b.avsc",
            r#"{"type": "fixed", "name": "com.acme.Hash", "size": 8}"#
        ),
        ("c.avsc", r#"{"type": "fixed", "name": "Hash", "size": 8}"#),
    ]));
}

/// Each logical type on each type: valid on those that the specification names, and on no other.
#[test]
fn logical_types_have_their_carriers() {
    let carriers = [
        ("null", ""),
        ("boolean", ""),
        ("int", "date time-millis"),
        (
            "long",
            "time-micros timestamp-millis timestamp-micros timestamp-nanos \
             local-timestamp-millis local-timestamp-micros local-timestamp-nanos",
        ),
        ("float", ""),
        ("double", ""),
        ("bytes", "decimal big-decimal"),
        ("string", "uuid"),
        (
            r#"fixed", "name": "F", "size": 12, "doc": ""#,
            "decimal duration",
        ),
        (
            r#"fixed", "name": "F", "size": 16, "doc": ""#,
            "decimal uuid",
        ),
        (r#"array", "items": "string"#, ""),
        (r#"map", "values": "string"#, ""),
        (r#"record", "name": "R", "fields": [], "doc": ""#, ""),
        (r#"enum", "name": "E", "symbols": ["A"], "default": "A"#, ""),
    ];
    let all: Vec<&str> = carriers
        .iter()
        .flat_map(|(_, valid)| valid.split_whitespace())
        .collect();
    for (carrier, valid) in carriers {
        for &logical in &all {
            let text = format!(
                r#"{{"type": "{carrier}", "logicalType": "{logical}", "precision": 4, "scale": 2}}"#
            );
            let said = findings(&text);
            let expected = valid.split_whitespace().any(|valid| valid == logical);
            assert_eq!(said.is_empty(), expected, "{text}: {said}");
            assert!(
                expected || said.starts_with("warning[AVR060]"),
                "{text}: {said}"
            );
        }
    }
}

#[test]
fn json_nested_too_deep() {
    // One long line would hide the rest of the golden.
    let deep = findings(&"[".repeat(513));
    let first: Vec<_> = deep.lines().take(2).collect();
    insta::assert_snapshot!(first.join("\n"));
}

#[test]
fn a_name_that_a_broken_file_mentions_is_not_reported() {
    let broken = r#"{"type": "fixed", "name": "Hash" "size": 8}"#;
    let user = r#"["Hash", "Cash"]"#;
    insta::assert_snapshot!(several(&[("a.avsc", broken), ("b.avsc", user)]));
}

#[test]
fn valid_schemas_are_passed_in_silence() {
    let texts = [
        "\"int\"",
        "// a comment\n{\"type\": /* another */ \"long\"}",
        r#"{"type": "fixed", "name": "F", "size": 0, "doc": null}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "double", "default": "NaN"}]}"#,
        r#"{"type": "record", "name": "record", "fields": [{"name": "next", "type": ["null", "record"]}]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "S"}, {"name": "b", "type": {"type": "fixed", "name": "S", "size": 1}}]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": ["null", "int"], "default": 1}]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "double", "default": 1}]}"#,
        r#"{"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"}"#,
        r#"{"type": "error", "name": "E", "fields": []}"#,
    ];
    for text in texts {
        assert_eq!(findings(text), "", "{text}");
    }
}

/// Machines write a schema on one line: what is shown is the place, not the line.
#[test]
fn of_a_long_line_the_surroundings_are_shown() {
    let fields: Vec<String> = (0..60)
        .map(|n| match n {
            40 => r#"{"name":"größe","type":"strin"}"#.to_owned(),
            59 => r#"{"name":"f3","type":"int"}"#.to_owned(),
            n => format!(r#"{{"name":"f{n}","type":"int"}}"#),
        })
        .collect();
    let fields = fields.join(",");
    let schema = format!("{{\"type\":\"record\",\n\"name\":\"R\",\"fields\":[{fields}]}}");
    insta::assert_snapshot!(findings(&schema));
}

#[test]
fn of_very_many_findings_the_errors_are_shown_first() {
    let fields: Vec<String> = (0..300)
        .map(|n| match n {
            299 => r#"{"name":"x","type":"nothing"}"#.to_owned(),
            n => format!(r#"{{"name":"f{n}","type":"int","default":"a{n}"}}"#),
        })
        .collect();
    let schema = format!(
        "{{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n{}]}}",
        fields.join(",\n")
    );
    let text = findings(&schema);
    assert!(
        text.ends_with("\n… and 100 errors more that are not shown\n"),
        "{text}"
    );
    assert_eq!(text.matches("error[").count(), 200);
}

/// Colours change nothing else.
#[test]
fn an_excerpt_in_colours_is_the_same_text() {
    let fields: Vec<String> = (0..60)
        .map(|n| format!(r#"{{"name":"f{}","type":"int"}}"#, n % 50))
        .collect();
    let schema = format!(
        r#"{{"type":"record","name":"R","fields":[{}]}}"#,
        fields.join(",")
    );
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", schema).unwrap();
    let (_, found) = compile(&sources);
    let colored = render::text(&sources, &found, true);
    let (first, rest) = colored.split_once('\u{1b}').unwrap();
    let rest = rest.split('\u{1b}');
    let plain = rest.fold(first.to_owned(), |plain, part| {
        plain + part.split_once('m').unwrap().1
    });
    assert_eq!(plain, render::text(&sources, &found, false));
}
