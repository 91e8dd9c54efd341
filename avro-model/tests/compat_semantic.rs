//! What is read without an error and means something else: beside the verdict, never part of it.

use avro_model::compat::{SemanticKind, Side, compare};
use avro_model::{Severity, compile_text};

/// `KIND severity reader-location writer-location message`, one a line.
fn found(reader: &str, writer: &str) -> Vec<String> {
    let (reader, writer) = (compile_text(reader).unwrap(), compile_text(writer).unwrap());
    let comparison = compare(
        Side::root(&reader.roots()[0], &reader),
        Side::root(&writer.roots()[0], &writer),
    );
    assert!(comparison.is_compatible(), "{comparison:#?}");
    let found = comparison.semantic.iter().map(|found| {
        let severity = match found.severity {
            Severity::Error => "error",
            _ => "warning",
        };
        assert!(!found.notes.is_empty());
        let (reader, writer) = (&found.reader.location, &found.writer.location);
        let message = &found.message;
        format!("{} {severity} {reader} {writer} {message}", found.kind)
    });
    found.collect()
}

fn decimal(precision: u32, scale: u32) -> String {
    format!(
        r#"{{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}"#
    )
}

fn logical(base: &str, name: &str) -> String {
    format!(r#"{{"type": "{base}", "logicalType": "{name}"}}"#)
}

#[test]
fn what_is_the_same_is_not_mentioned() {
    for schema in [
        decimal(4, 2),
        logical("long", "timestamp-millis"),
        r#"{"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}"#.to_owned(),
        r#"["null", "string"]"#.to_owned(),
    ] {
        assert_eq!(found(&schema, &schema), Vec::<String>::new());
    }
}

#[test]
fn decimals() {
    assert_eq!(
        found(&decimal(4, 2), &decimal(4, 3)),
        [
            "DECIMAL_SCALE error / / the writer's decimal has scale 3 and the reader's has scale 2: a \
          reader that does not rescale moves the point"
        ]
    );
    assert_eq!(
        found(&decimal(4, 2), &decimal(9, 2)),
        [
            "DECIMAL_PRECISION error / / the writer's decimal has precision 9 and the reader's has 4: \
          not every number of the writer's fits"
        ]
    );
    assert_eq!(
        found(&decimal(9, 2), &decimal(4, 2)),
        [
            "DECIMAL_PRECISION warning / / the writer's decimal has precision 4 and the reader's has \
          9: every number of the writer's fits"
        ]
    );
    let fixed = |scale: u32| {
        format!(
            r#"{{"type": "fixed", "name": "F", "size": 8, "logicalType": "decimal",
                "precision": 9, "scale": {scale}}}"#
        )
    };
    let kinds = found(&fixed(1), &fixed(2));
    assert!(
        kinds[0].starts_with("DECIMAL_SCALE error / / "),
        "{kinds:?}"
    );
}

#[test]
fn units_of_time() {
    let names = ["millis", "micros", "nanos"];
    for family in ["timestamp", "local-timestamp"] {
        for read in names {
            for written in names {
                let of = |unit| logical("long", &format!("{family}-{unit}"));
                let lines = found(&of(read), &of(written));
                assert_eq!(lines.is_empty(), read == written);
                assert!(
                    lines
                        .iter()
                        .all(|line| line.starts_with("TIME_UNIT error / / "))
                );
            }
        }
    }
    assert_eq!(
        found(
            &logical("long", "time-micros"),
            &logical("int", "time-millis")
        ),
        [
            "TIME_UNIT error / / the writer counts milliseconds, and the reader takes them for \
          microseconds"
        ]
    );
}

#[test]
fn an_instant_is_no_local_time() {
    let instant = logical("long", "timestamp-millis");
    let local = logical("long", "local-timestamp-millis");
    assert_eq!(
        found(&instant, &local),
        [
            "LOCAL_TIMESTAMP error / / the writer's local-timestamp-millis is read as \
          timestamp-millis: an instant and a local date and time are not the same"
        ]
    );
    assert!(found(&local, &instant)[0].starts_with("LOCAL_TIMESTAMP error"));
}

#[test]
fn other_logical_types() {
    let lines = found(&logical("int", "date"), &logical("int", "time-millis"));
    assert_eq!(
        lines,
        ["LOGICAL_TYPE error / / the writer's time-millis is read as date"]
    );
    let lines = found(&decimal(4, 2), r#""string""#);
    assert_eq!(
        lines,
        ["LOGICAL_TYPE error / / the bytes of a decimal and text are read as each other"]
    );
}

#[test]
fn a_logical_type_put_on_or_taken_off_is_a_warning() {
    assert_eq!(
        found(&logical("long", "timestamp-millis"), r#""long""#),
        [
            "LOGICAL_TYPE_ADDED warning / / the reader takes for timestamp-millis what the writer \
          writes without a logical type"
        ]
    );
    assert_eq!(
        found(r#""string""#, &logical("string", "uuid")),
        [
            "LOGICAL_TYPE_REMOVED warning / / the writer writes uuid, and the reader sees its base \
          type alone"
        ]
    );
}

#[test]
fn an_enum_default_that_swallows_symbols() {
    let lines = found(
        r#"{"type": "enum", "name": "a.E", "symbols": ["A", "U"], "default": "U"}"#,
        r#"{"type": "enum", "name": "a.E", "symbols": ["A", "B", "C"]}"#,
    );
    assert_eq!(
        lines,
        [
            "ENUM_DEFAULT error /symbols /symbols enum `a.E` takes for its default `U` what the \
          writer may write: `B`, `C`"
        ]
    );
}

#[test]
fn fields_branches_items_and_references_are_followed() {
    let schema = |order: &str, unit: &str| {
        let at = logical("long", &format!("timestamp-{unit}"));
        format!(
            r#"{{"type": "record", "name": "a.R", "fields": [
                {{"name": "u", "type": [{order}, {{"type": "record", "name": "P", "fields": [
                    {{"name": "at", "type": {{"type": "array", "items": {at}}}}},
                    {{"name": "next", "type": ["null", "R"], "default": null}}]}}]}},
                {{"name": "again", "type": "P"}}]}}"#
        )
    };
    assert_eq!(
        found(
            &schema(r#""null", "int""#, "millis"),
            &schema(r#""null""#, "nanos")
        ),
        ["TIME_UNIT error /fields/0/type/2/fields/0/type/items \
          /fields/0/type/1/fields/0/type/items field `at` of record `a.P`: the writer counts \
          nanoseconds, and the reader takes them for milliseconds"]
    );
}

#[test]
fn a_branch_is_chosen_as_schema_resolution_does() {
    // Of two longs that could take an int, and an int, the int is taken.
    let union = format!(r#"[{}, "int"]"#, logical("long", "timestamp-millis"));
    assert_eq!(found(&union, r#""int""#), Vec::<String>::new());
    assert_eq!(
        found(
            &union,
            r#"{"type": "long", "logicalType": "timestamp-millis"}"#
        )
        .len(),
        0
    );
    assert_eq!(found(&union, r#""long""#).len(), 1);
}

#[test]
fn kinds_have_distinct_names() {
    let mut names = SemanticKind::ALL.map(SemanticKind::as_str).to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), SemanticKind::ALL.len());
}
