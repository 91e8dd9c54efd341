//! Parsing Canonical Form, fingerprints and identity.

use avro_model::fingerprint::{md5, rabin, sha256};
use avro_model::{SchemaSet, canonical, compile_text, identity};

fn form(text: &str) -> String {
    let set = compile(text);
    canonical::form(&set, &set.only_root().unwrap().schema)
}

fn identity(text: &str) -> [u8; 32] {
    let set = compile(text);
    identity::of(&set, &set.only_root().unwrap().schema)
}

fn compile(text: &str) -> SchemaSet {
    compile_text(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// One rule of the specification's "Transforming into Parsing Canonical Form" after the other.
#[test]
fn each_rule_of_the_transformation() {
    // [PRIMITIVES]
    assert_eq!(form(r#"{"type": "int"}"#), r#""int""#);
    // [FULLNAMES]
    assert_eq!(
        form(
            r#"{"type": "record", "name": "R", "namespace": "a.b", "fields": [
            {"name": "f", "type": {"type": "fixed", "name": "F", "size": 1}},
            {"name": "g", "type": "F"}]}"#
        ),
        r#"{"name":"a.b.R","type":"record","fields":[{"name":"f","type":{"name":"a.b.F","type":"fixed","size":1}},{"name":"g","type":"a.b.F"}]}"#
    );
    // [STRIP] and [ORDER]
    assert_eq!(
        form(
            r#"{"doc": "d", "symbols": ["A"], "default": "A", "aliases": ["X"], "x-own": 1,
            "type": "enum", "name": "E"}"#
        ),
        r#"{"name":"E","type":"enum","symbols":["A"]}"#
    );
    assert_eq!(
        form(
            r#"{"fields": [{"type": "int", "default": 1, "order": "ignore", "doc": "", "name": "f"}],
            "name": "R", "type": "record"}"#
        ),
        r#"{"name":"R","type":"record","fields":[{"name":"f","type":"int"}]}"#
    );
    assert_eq!(
        form(r#"{"items": "int", "type": "array"}"#),
        r#"{"type":"array","items":"int"}"#
    );
    assert_eq!(
        form(r#"{"values": "int", "type": "map"}"#),
        r#"{"type":"map","values":"int"}"#
    );
    // [STRINGS]
    assert_eq!(
        form(r#"{"type": "enum", "name": "\u0045", "symbols": ["\u0041"]}"#),
        r#"{"name":"E","type":"enum","symbols":["A"]}"#
    );
    // [WHITESPACE]
    assert_eq!(form("[ \"null\" ,\n\t\"int\" ]"), r#"["null","int"]"#);
}

/// The specification's record of a linked list of longs.
#[test]
fn a_recursive_record_names_itself() {
    let list = r#"{"type": "record", "name": "LongList", "aliases": ["LinkedLongs"], "fields": [
        {"name": "value", "type": "long"},
        {"name": "next", "type": ["null", "LongList"]}]}"#;
    assert_eq!(
        form(list),
        r#"{"name":"LongList","type":"record","fields":[{"name":"value","type":"long"},{"name":"next","type":["null","LongList"]}]}"#
    );
}

#[test]
fn a_definition_is_written_at_its_first_use_wherever_it_stands() {
    let forward = r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "F"},
        {"name": "b", "type": {"type": "fixed", "name": "F", "size": 1}}]}"#;
    let backward = r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": {"type": "fixed", "name": "F", "size": 1}}, {"name": "b", "type": "F"}]}"#;
    assert_eq!(form(forward), form(backward));
}

#[test]
fn an_error_is_written_as_a_record() {
    assert_eq!(
        form(r#"{"type": "error", "name": "E", "fields": []}"#),
        r#"{"name":"E","type":"record","fields":[]}"#
    );
}

/// Schemas and fingerprints of the Avro project's shared test data (schema-tests.txt).
#[test]
fn published_fingerprints() {
    let published = [
        (r#""null""#, 7_195_948_357_588_979_594),
        (r#"{"type": "boolean"}"#, -6_970_731_678_124_411_036),
        (r#""int""#, 8_247_732_601_305_521_295),
        (r#""long""#, -3_434_872_931_120_570_953),
        (r#""float""#, 5_583_340_709_985_441_680),
        (r#""double""#, -8_181_574_048_448_539_266),
        (r#""bytes""#, 5_746_618_253_357_095_269),
        (r#""string""#, -8_142_146_995_180_207_161),
    ];
    for (schema, fingerprint) in published {
        assert_eq!(rabin(&form(schema)) as i64, fingerprint, "{schema}");
    }
    assert_eq!(
        md5(&form(r#"{"type": "null"}"#))[..4],
        [0x9b, 0x41, 0xef, 0x67]
    );
    assert_eq!(sha256(&form("\"null\""))[..4], [0xf0, 0x72, 0xcb, 0xec]);
}

#[test]
fn identity_tells_apart_what_the_canonical_form_does_not() {
    let decimal = |precision, scale| {
        format!(
            r#"{{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}"#
        )
    };
    let millis = r#"{"type": "long", "logicalType": "timestamp-millis"}"#;
    let micros = r#"{"type": "long", "logicalType": "timestamp-micros"}"#;
    assert_eq!(form(millis), form(micros));
    assert_ne!(identity(millis), identity(micros));
    assert_ne!(identity(millis), identity("\"long\""));
    assert_eq!(form(&decimal(4, 2)), form(&decimal(6, 3)));
    assert_ne!(identity(&decimal(4, 2)), identity(&decimal(6, 3)));
    // Ignored logical types, own attributes and documentation change nothing.
    assert_eq!(identity(&decimal(2, 4)), identity("\"bytes\""));
    assert_eq!(
        identity(r#"{"type": "long", "logicalType": "own", "doc": "x"}"#),
        identity("\"long\"")
    );
    assert_eq!(
        identity(r#"{"type": "bytes", "logicalType": "decimal", "precision": 4}"#),
        identity(&decimal(4, 0))
    );
    assert_ne!(
        identity(r#"{"type": "fixed", "name": "F", "size": 16, "logicalType": "uuid"}"#),
        identity(r#"{"type": "fixed", "name": "F", "size": 16}"#)
    );
}
