//! Protocol files: their types are schemas, their messages are nobody's business.

use std::path::Path;

use avro_model::schema::{Definition, SchemaKind};
use avro_model::{Options, SourceMap, bundle, canonical, compile, compile_with, load, render};

/// What the compiler says of a protocol, as people see it.
fn findings(text: &str) -> String {
    let mut sources = SourceMap::new();
    sources.add("orders.avpr", text).unwrap();
    let (_, found) = compile(&sources);
    render::text(&sources, &found, false)
}

#[test]
fn the_types_of_a_protocol_are_linked_with_those_of_other_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/protocol");
    let sources = load::load(&[&folder]).unwrap();
    let (set, found) = compile(&sources);
    assert_eq!(render::text(&sources, &found, false), "");
    let names: Vec<&str> = set.types().map(|(_, ty)| ty.fullname.as_str()).collect();
    assert_eq!(
        names,
        [
            "org.example.depot.State",
            "org.example.Hash",
            "org.example.depot.Parcel",
            "org.example.depot.NotHere",
            "org.example.scale.Weight"
        ]
    );
    let (not_here, ty) = set.types().nth(3).unwrap();
    assert!(matches!(&ty.definition, Definition::Record(record) if record.is_error));
    // Each is a top-level schema, and stands alone when it is written out.
    let roots: Vec<_> = set.roots().iter().map(|root| &root.schema.kind).collect();
    assert_eq!(roots.len(), 5);
    assert!(
        roots
            .iter()
            .all(|kind| matches!(kind, SchemaKind::Named(_)))
    );
    let alone = bundle::schema(&set, &set.roots()[3]);
    let again = avro_model::compile_text(&alone).unwrap();
    assert_eq!(
        canonical::form(&again, &again.only_root().unwrap().schema),
        canonical::form_of_type(&set, not_here),
    );
}

#[test]
fn the_namespace_is_that_of_the_fullname() {
    for (head, expected) in [
        (r#""protocol": "P""#, "T"),
        (r#""protocol": "P", "namespace": "a.b""#, "a.b.T"),
        (r#""protocol": "c.d.P", "namespace": "a.b""#, "c.d.T"),
        (r#""protocol": "P", "namespace": """#, "T"),
    ] {
        let text = format!(r#"{{{head}, "types": [{{"type": "fixed", "name": "T", "size": 1}}]}}"#);
        let mut sources = SourceMap::new();
        sources.add("p.avpr", text).unwrap();
        let (set, found) = compile(&sources);
        assert_eq!(found.iter().count(), 0, "{head}");
        let (_, ty) = set.types().next().unwrap();
        assert_eq!(ty.fullname.as_str(), expected, "{head}");
    }
}

/// Null counts as if the attribute were not there, as it does in a schema.
#[test]
fn attributes_of_a_protocol_that_are_null() {
    insta::assert_snapshot!(findings(
        r#"{"protocol": "P", "namespace": null, "types": null, "doc": null}"#
    ));
}

/// An exception stands beside what it excepts, and covers it.
#[test]
fn exceptions_stand_in_protocols_too() {
    let text = r#"{"protocol": "P", "types": [{"type": "enum", "name": "E", "symbols": ["A"],
        "lint": {"allow": {"AVR043": "there is one"}}}]}"#;
    let mut sources = SourceMap::new();
    sources.add("p.avpr", text).unwrap();
    let (_, found) = compile_with(&sources, &Options::new());
    assert_eq!(found.iter().count(), 0);
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
    findings_point_into_the_protocol: r#"{
  "protocol": "Orders", "namespace": "com.my-company",
  "types": [
    {"type": "record", "name": "Order", "fields": [{"name": "total", "type": "Mony"}]},
    {"type": "fixed", "name": "Money", "size": 8},
    "Order",
    ["null", "Order"]
  ],
  "messages": {"get": {"request": "anything", "response": 3}}
}"#;
    a_protocol_without_a_name: r#"{"namespace": "a", "types": []}"#;
    a_protocol_with_a_bad_name: r#"{"protocol": "order-book", "types": {}}"#;
    a_protocol_with_a_number_for_a_name: r#"{"protocol": 3}"#;
    a_schema_in_a_protocol_file: r#"{"type": "fixed", "name": "F", "size": 1}"#;
}

#[test]
fn a_protocol_in_a_schema_file_is_told_where_it_belongs() {
    let mut sources = SourceMap::new();
    let text = r#"{"protocol": "Orders", "types": []}"#;
    sources.add("orders.avsc", text).unwrap();
    let (_, found) = compile(&sources);
    insta::assert_snapshot!(render::text(&sources, &found, false));
}
