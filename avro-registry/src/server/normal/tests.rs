use super::super::compile::compile;
use super::super::store::Schema;

/// The normalized text of a schema, with what it refers to under made-up places.
fn normalized(text: &str, referenced: &[&str]) -> String {
    let referenced: Vec<_> = referenced
        .iter()
        .zip(1..)
        .map(|(text, n)| (format!("s{n} version 1"), (*text).into()))
        .collect();
    let schema = Schema {
        text: text.into(),
        references: Vec::new(),
    };
    let compiled = compile(schema, &referenced, true).unwrap_or_else(|why| panic!("{text}: {why}"));
    compiled.schema.text.to_string()
}

/// The exact text, as Java's Avro writes it.
#[test]
fn every_attribute_has_its_place() {
    let text = r#"{"fields": [
        {"order": "ascending", "zz": {"b": 1, "a": [1, null]}, "aa": true, "type": {"type": "long", "logicalType": "timestamp-millis", "note": "n"},
         "name": "at", "aliases": ["w", "v"], "doc": "", "default": 0},
        {"name": "price", "order": "ignore",
         "type": {"scale": 2, "precision": 9, "logicalType": "decimal", "type": "bytes", "b": 1, "a": 2}},
        {"name": "whole", "type": {"scale": 0, "precision": 9, "logicalType": "decimal", "type": "bytes"}},
        {"name": "odd", "type": {"precision": 3, "logicalType": "no-such", "type": "int"}},
        {"name": "plain", "type": {"type": "int"}, "order": "descending"},
        {"name": "list", "type": {"items": {"values": "R", "type": "map", "m": 1}, "type": "array"}, "default": []},
        {"name": "kind", "type": {"symbols": ["A", "B"], "default": "A", "doc": "", "type": "enum", "namespace": "b", "name": "Kind"}},
        {"name": "hash", "type": {"size": 4, "name": "Hash", "type": "fixed", "x": 1, "aliases": ["c.Z", "Y"]}},
        {"name": "none", "type": {"size": 1, "name": "None", "namespace": "", "type": "fixed"}},
        {"name": "again", "type": ["null", "a.Hash", "b.Kind", "None"], "default": null}],
      "doc": "A \"record\".", "aliases": ["a.Old", "b.Older"], "z": 1, "y": "2", "name": "a.R", "type": "record"}"#;
    let expected = [
        r#"{"type":"record","name":"R","namespace":"a","doc":"A \"record\".","fields":["#,
        r#"{"name":"at","type":{"type":"long","logicalType":"timestamp-millis","note":"n"},"doc":"","default":0,"aliases":["v","w"],"aa":true,"zz":{"b":1,"a":[1,null]}},"#,
        r#"{"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2,"a":2,"b":1},"order":"ignore"},"#,
        r#"{"name":"whole","type":{"type":"bytes","logicalType":"decimal","precision":9}},"#,
        r#"{"name":"odd","type":{"type":"int","logicalType":"no-such","precision":3}},"#,
        r#"{"name":"plain","type":"int","order":"descending"},"#,
        r#"{"name":"list","type":{"type":"array","items":{"type":"map","values":"R","m":1}},"default":[]},"#,
        r#"{"name":"kind","type":{"type":"enum","name":"Kind","namespace":"b","symbols":["A","B"],"default":"A"}},"#,
        r#"{"name":"hash","type":{"type":"fixed","name":"Hash","size":4,"x":1,"aliases":["Y","c.Z"]}},"#,
        r#"{"name":"none","type":{"type":"fixed","name":"None","namespace":"","size":1}},"#,
        r#"{"name":"again","type":["null","Hash","b.Kind","None"],"default":null}],"#,
        r#""y":"2","z":1,"aliases":["Old","b.Older"]}"#,
    ]
    .concat();
    let once = normalized(text, &[]);
    assert_eq!(once, expected);
    assert_eq!(normalized(&once, &[]), once);
}

#[test]
fn what_is_defined_elsewhere_stands_there_by_its_name() {
    let point = r#"{"type":"record","name":"a.Point","fields":[{"name":"x","type":{"type":"enum","name":"Axis","symbols":[]}}]}"#;
    let line = r#"{"fields": [{"type": "Point", "name": "from"}, {"type": "b.Axis", "name": "axis"}], "name": "a.Line", "type": "record"}"#;
    let axis = r#"{"type":"fixed","name":"b.Axis","size":1}"#;
    assert_eq!(
        normalized(line, &[point, axis]),
        r#"{"type":"record","name":"Line","namespace":"a","fields":[{"name":"from","type":"Point"},{"name":"axis","type":"b.Axis"}]}"#
    );
}

/// A reference before its definition: the first use holds the definition.
#[test]
fn a_type_is_defined_where_it_is_used_first() {
    let forward = r#"{"type":"record","name":"R","fields":[{"name":"a","type":"F"},{"name":"b","type":{"type":"fixed","name":"F","size":1}}]}"#;
    let backward = r#"{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"fixed","name":"F","size":1}},{"name":"b","type":"F"}]}"#;
    assert_eq!(normalized(forward, &[]), backward);
    assert_eq!(normalized(backward, &[]), backward);
}

#[test]
fn schemas_without_a_name_are_normalized_too() {
    for (text, expected) in [
        (r#"{"type":"string"}"#, r#""string""#),
        (r#" [ "null" , {"type": "int"} ] "#, r#"["null","int"]"#),
        (
            r#"{"b":1,"type":"string","a":2}"#,
            r#"{"type":"string","a":2,"b":1}"#,
        ),
    ] {
        assert_eq!(normalized(text, &[]), expected);
    }
}
