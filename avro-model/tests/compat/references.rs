//! References: recursion, types that are met again, depth.

use avro_model::SchemaSet;
use avro_model::compat::{Side, compare};

use super::{agree, differ, linked, record};

#[test]
fn recursion_ends_and_references_are_followed() {
    let list = |value: &str| {
        format!(
            r#"{{"type": "record", "name": "List", "fields": [
                {{"name": "next", "type": ["null", "List"]}},
                {{"name": "value", "type": "{value}"}}]}}"#
        )
    };
    agree(&list("long"), &list("int"));
    differ(
        &list("int"),
        &list("string"),
        &["TYPE_MISMATCH /fields/1/type /fields/1/type"],
    );
}

#[test]
fn a_shared_type_is_reported_where_it_is_met_first() {
    let two = |inner: &str| {
        record(&format!(
            r#"{{"name": "a", "type": {{"type": "record", "name": "P", "fields": [
                {{"name": "x", "type": "{inner}"}}]}}}},
               {{"name": "b", "type": "P"}}"#
        ))
    };
    differ(
        &two("int"),
        &two("string"),
        &["TYPE_MISMATCH /fields/0/type/fields/0/type /fields/0/type/fields/0/type"],
    );
}

/// Java compares the branches of unions from a root of their own, and remembers what it found.
#[test]
fn what_was_met_in_a_union_first_keeps_the_location_from_there() {
    let two = |inner: &str| {
        record(&format!(
            r#"{{"name": "a", "type": ["null", {{"type": "record", "name": "P", "fields": [
                {{"name": "x", "type": "{inner}"}}]}}]}},
               {{"name": "b", "type": "P"}}"#
        ))
    };
    differ(
        &two("int"),
        &two("string"),
        &[
            "MISSING_UNION_BRANCH /fields/0/type/1 /fields/0/type/1",
            "TYPE_MISMATCH /fields/0/type /fields/0/type",
        ],
    );
}

#[test]
fn references_may_lead_as_deep_as_there_are_types() {
    let chain = |last: &str| {
        let types: Vec<String> = (0..20_000)
            .map(|n| match n {
                19_999 => format!(
                    r#"{{"type": "record", "name": "T{n}", "fields": [
                        {{"name": "x", "type": "{last}"}}]}}"#
                ),
                _ => format!(
                    r#"{{"type": "record", "name": "T{n}", "fields": [
                        {{"name": "x", "type": "T{}"}}]}}"#,
                    n + 1
                ),
            })
            .collect();
        format!("[{}]", types.join(","))
    };
    let (_, reader) = linked("reader.avsc", &chain("int"));
    let (_, writer) = linked("writer.avsc", &chain("string"));
    let named = |set: &SchemaSet| {
        let name = avro_model::name::Fullname::parse("T0").unwrap();
        set.find(&name).unwrap()
    };
    let found = compare(
        Side::named(named(&reader), &reader),
        Side::named(named(&writer), &writer),
    );
    let [only] = &found.incompatibilities[..] else {
        panic!("{} findings", found.incompatibilities.len());
    };
    assert_eq!(
        only.reader.location.matches("/fields/0/type").count(),
        20_000
    );
}
