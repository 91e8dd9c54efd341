//! Attributes that are null: every attribute of every kind of schema, by one rule.

use avro_model::codes::Code;
use avro_model::{
    Diagnostics, Options, SchemaSet, Severity, SourceMap, bundle, canonical, compile_with, identity,
};

fn run(text: &str, lenient: bool) -> (SchemaSet, Diagnostics) {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    compile_with(&sources, &Options::new().lenient(lenient))
}

/// Every kind of schema inside a record of the namespace `sp`, with room for one more attribute.
const KINDS: [(&str, &str); 8] = [
    (
        "record",
        r#"{"type": "record", "name": "In", "fields": []@}"#,
    ),
    (
        "enum",
        r#"{"type": "enum", "name": "In", "symbols": ["A"]@}"#,
    ),
    ("fixed", r#"{"type": "fixed", "name": "In", "size": 12@}"#),
    (
        "fullname",
        r#"{"type": "fixed", "name": "sp.In", "size": 12@}"#,
    ),
    ("primitive", r#"{"type": "long"@}"#),
    ("array", r#"{"type": "array", "items": "int"@}"#),
    ("map", r#"{"type": "map", "values": "int"@}"#),
    ("reference", r#"{"type": "Outer"@}"#),
];

/// Every attribute that may be left out, and the kinds that have it.
const ATTRIBUTES: [(&str, &[&str]); 4] = [
    ("namespace", &["record", "enum", "fixed", "fullname"]),
    ("aliases", &["record", "enum", "fixed", "fullname"]),
    ("default", &["enum"]),
    (
        "logicalType",
        &[
            "record",
            "enum",
            "fixed",
            "fullname",
            "primitive",
            "array",
            "map",
            "reference",
        ],
    ),
];

fn inside(kind: &str, attribute: &str, of_field: &str) -> String {
    let ty = kind.replace('@', attribute);
    format!(
        r#"{{"type": "record", "name": "Outer", "namespace": "sp", "fields": [{{"name": "f", "type": ["null", {ty}]{of_field}}}]}}"#
    )
}

/// The findings about null in one text, with the text at their places.
fn nulls<'t>(text: &'t str, found: &Diagnostics) -> Vec<(Code, Severity, &'t str)> {
    let about = |code| matches!(code, Code::NullAttribute | Code::NullNamespace);
    found
        .iter()
        .filter(|found| about(found.code))
        .map(|found| {
            let span = found.span();
            (found.code, found.severity, &text[..span.end as usize])
        })
        .collect()
}

/// Whether both texts are one schema: its canonical form, logical types, and what is published.
fn assert_same(text: &str, without: &str) {
    let (set, _) = run(text, true);
    let (expected, _) = run(without, true);
    let (root, other) = (set.only_root().unwrap(), expected.only_root().unwrap());
    let forms = [(&set, root), (&expected, other)].map(|(set, root)| {
        (
            canonical::form(set, &root.schema),
            identity::of(set, &root.schema),
        )
    });
    assert_eq!(forms[0], forms[1], "{text}");
    let (_, record) = set.types().next().unwrap();
    let (_, plain) = expected.types().next().unwrap();
    for (field, plain) in record.fields().iter().zip(plain.fields()) {
        assert_eq!(
            (&field.aliases, field.order),
            (&plain.aliases, plain.order),
            "{text}"
        );
    }
    let published = bundle::schema(&set, root);
    let allowed = published.contains(r#""logicalType":null"#);
    assert_eq!(
        published.matches(":null").count(),
        usize::from(allowed),
        "{published}"
    );
    assert!(
        allowed || published == bundle::schema(&expected, other),
        "{published}"
    );
}

#[test]
fn null_counts_as_if_the_attribute_were_not_there() {
    for (key, owners) in ATTRIBUTES {
        for (kind, text) in KINDS.iter().filter(|(kind, _)| owners.contains(kind)) {
            let null = inside(text, &format!(r#", "{key}": null"#), "");
            let doubtful = key == "namespace" && *kind != "fullname";
            for lenient in [false, true] {
                let (_, found) = run(&null, lenient);
                let (code, severity) = match (doubtful, lenient) {
                    (false, _) => (Code::NullAttribute, Severity::Warning),
                    (true, true) => (Code::NullNamespace, Severity::Warning),
                    (true, false) => (Code::NullNamespace, Severity::Error),
                };
                let at = &null[..null.find(": null").unwrap() + ": null".len()];
                assert_eq!(nulls(&null, &found), [(code, severity, at)], "{null}");
                assert_eq!(
                    found.has_errors(),
                    severity == Severity::Error,
                    "{null}: {found:?}"
                );
            }
            assert_same(&null, &inside(text, "", ""));
        }
    }
}

#[test]
fn null_counts_as_nothing_on_a_field_too() {
    let (_, kind) = KINDS[4];
    for key in ["aliases", "order"] {
        let null = inside(kind, "", &format!(r#", "{key}": null"#));
        let (_, found) = run(&null, false);
        let at = &null[..null.find(": null").unwrap() + ": null".len()];
        assert_eq!(
            nulls(&null, &found),
            [(Code::NullAttribute, Severity::Warning, at)],
            "{null}"
        );
        assert!(!found.has_errors(), "{null}");
        assert_same(&null, &inside(kind, "", ""));
    }
}

/// Where an attribute has no meaning, or its null says nothing, the rule is silent.
#[test]
fn what_is_no_attribute_may_be_null() {
    for (kind, text) in KINDS {
        for key in ["doc", "owner", "items.note"] {
            let null = inside(
                text,
                &format!(r#", "{key}": null"#),
                r#", "doc": null, "default": null"#,
            );
            let (_, found) = run(&null, false);
            assert_eq!(nulls(&null, &found), [], "{kind} {key}");
            assert!(
                found.iter().all(|found| found.severity == Severity::Lint),
                "{null}: {found:?}"
            );
        }
    }
}

/// A name is in doubt only where a namespace is in force.
#[test]
fn a_null_namespace_at_the_top_is_a_warning() {
    let text = r#"{"type": "fixed", "name": "F", "namespace": null, "size": 1}"#;
    let (set, found) = run(text, false);
    assert_eq!(
        nulls(text, &found),
        [(
            Code::NullAttribute,
            Severity::Warning,
            &text[..text.find(": null").unwrap() + 6]
        )]
    );
    let root = set.only_root().unwrap();
    assert_eq!(
        bundle::schema(&set, root),
        r#"{"type":"fixed","name":"F","size":1}"#
    );
}

/// What must be there is missing, in a lenient run too.
#[test]
fn a_required_attribute_is_not_null() {
    for text in [
        r#"{"type": "fixed", "name": null, "size": 1}"#,
        r#"{"type": "fixed", "name": "F", "size": null}"#,
        r#"{"type": "record", "name": "R", "fields": null}"#,
        r#"{"type": "enum", "name": "E", "symbols": null}"#,
        r#"{"type": "array", "items": null}"#,
        r#"{"type": "map", "values": null}"#,
        r#"{"type": null}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": null, "type": "int"}]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": null}]}"#,
    ] {
        for lenient in [false, true] {
            let (_, found) = run(text, lenient);
            let places: Vec<_> = found
                .iter()
                .filter(|found| found.severity == Severity::Error)
                .map(|found| &text[found.span().start as usize..found.span().end as usize])
                .collect();
            assert_eq!(places, ["null"], "{text}");
        }
    }
}

/// The parameters of a decimal are ruled by its own clause: an invalid logical type is ignored.
#[test]
fn a_parameter_that_is_null_makes_the_logical_type_invalid() {
    for parameters in [r#""precision": null"#, r#""precision": 4, "scale": null"#] {
        let text = format!(r#"{{"type": "bytes", "logicalType": "decimal", {parameters}}}"#);
        let (set, found) = run(&text, false);
        let codes: Vec<_> = found.iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::InvalidLogicalType], "{text}");
        assert!(set.only_root().unwrap().schema.logical.is_none());
    }
}
