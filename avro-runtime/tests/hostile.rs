//! What hostile schemas and data may cost beside memory: stack and time.

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use avro_runtime::{DecodeError, DecodeErrorKind, Limit, Resolver};

/// The types that the tests of several crates share.
#[path = "../../tests/shared/generated/mod.rs"]
pub mod shared;
use shared::com::acme::Item;

/// Runs it on a stack of two megabytes, as a thread has, and measures.
fn on_a_thread(work: impl FnOnce() + Send + 'static) {
    let begin = Instant::now();
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(work);
    thread.unwrap().join().unwrap();
    let taken = begin.elapsed();
    assert!(taken < Duration::from_secs(60), "{taken:?}");
}

fn is_limit<T>(read: &Result<T, DecodeError>, limit: Limit) -> bool {
    let kind = read.as_ref().err().map(DecodeError::kind);
    kind == Some(&DecodeErrorKind::LimitExceeded(limit))
}

/// An `Item` with a field that the reader does not have.
fn item_with(schema: &str) -> String {
    format!(
        r#"{{"type": "record", "name": "Item", "namespace": "com.acme", "fields": [
            {{"name": "extra", "type": {schema}}},
            {{"name": "sku", "type": "string"}}, {{"name": "quantity", "type": "int"}}]}}"#
    )
}

/// Reads as an `Item` and with `dynamic`.
fn crosses(writer: &str, datum: &[u8], limit: Limit) {
    let resolver = Resolver::<Item>::new(writer).unwrap();
    assert!(
        is_limit(&resolver.decode(datum), limit),
        "{:?}",
        resolver.decode(datum)
    );
    let reader = Schema::new(<Item as avro_runtime::AvroSchema>::SCHEMA).unwrap();
    let dynamic = DynamicReader::new(&reader, &Schema::new(writer).unwrap()).unwrap();
    assert!(
        is_limit(&dynamic.read(datum), limit),
        "{:?}",
        dynamic.read(datum)
    );
}

/// A block of as many items as a long can say.
const MOST: [u8; 10] = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];

#[test]
fn items_without_bytes_that_are_skipped_are_counted() {
    on_a_thread(|| {
        let empty = r#"{"type": "array", "items": {"type": "record", "name": "E", "fields": []}}"#;
        crosses(&item_with(empty), &MOST, Limit::Items);
        let nested = r#"{"type": "array", "items": {"type": "record", "name": "E", "fields": [
            {"name": "n", "type": "null"}, {"name": "inner", "type":
                {"type": "record", "name": "F", "fields": [{"name": "n", "type": "null"}]}}]}}"#;
        crosses(&item_with(nested), &MOST, Limit::Items);
    });
}

/// Records of two records each, which take no bytes at all: 2 to the power of 60.
#[test]
fn empty_records_without_bytes_that_are_skipped_are_counted() {
    on_a_thread(|| {
        let mut record = r#"{"type": "record", "name": "R0", "fields": []}"#.to_owned();
        for level in 1..60 {
            record = format!(
                r#"{{"type": "record", "name": "R{level}", "fields": [
                    {{"name": "a", "type": {record}}}, {{"name": "b", "type": "R{}"}}]}}"#,
                level - 1
            );
        }
        crosses(&item_with(&record), &[0, 0], Limit::Items);
        let schema = Schema::new(&record).unwrap();
        assert!(is_limit(
            &Value::from_datum(&schema, &[]),
            Limit::Allocation
        ));
    });
}

/// Of each record so many arrays stand inside one another, and each takes one byte.
#[test]
fn arrays_inside_records_take_no_more_stack_than_there_is() {
    on_a_thread(|| {
        let (open, close) = (
            r#"{"type": "array", "items": "#.repeat(200),
            "}".repeat(200),
        );
        let nested = format!(
            r#"{{"type": "record", "name": "Deep", "fields": [
                {{"name": "next", "type": {open}"Deep"{close}}}]}}"#
        );
        let datum = vec![2; 200 * 128];
        let schema = Schema::new(&nested).unwrap();
        assert!(is_limit(&Value::from_datum(&schema, &datum), Limit::Depth));
        crosses(&item_with(&nested), &datum, Limit::Depth);
        let text = r#"{"next":"#.to_owned() + &"[".repeat(200);
        let read = Value::from_json(&schema, &text.repeat(128));
        assert!(is_limit(&read, Limit::Depth), "{read:?}");
    });
}

/// Each item is a long list of fields that take no bytes and that the reader does not have.
#[test]
fn fields_without_bytes_are_passed_over_together() {
    on_a_thread(|| {
        let nulls = (0..20_000).map(|number| format!(r#"{{"name": "n{number}", "type": "null"}}"#));
        let nulls: Vec<String> = nulls.collect();
        let item = |fields: &str| {
            format!(
                r#"{{"type": "array", "items": {{"type": "record", "name": "E", "fields": [{fields}]}}}}"#
            )
        };
        let writer = Schema::new(&item(&nulls.join(", "))).unwrap();
        let reader = Schema::new(&item(r#"{"name": "x", "type": "int", "default": 1}"#)).unwrap();
        let dynamic = DynamicReader::new(&reader, &writer).unwrap();
        // A million items.
        let datum = [0x80, 0x89, 0x7a, 0];
        assert!(dynamic.read(&datum).is_ok());
    });
}

/// A chain of records of one name in many namespaces, each of which has a field that cannot be read.
#[test]
fn reasons_are_few_and_short() {
    on_a_thread(|| {
        const LENGTH: usize = 3_000;
        let mut writer = r#"{"type": "record", "name": "Root", "fields": [
            {"name": "r", "type": "n0.R"}, {"name": "all", "type": ["#
            .to_owned();
        for number in 0..LENGTH {
            let next = number + 1;
            write!(
                writer,
                r#"{{"type": "record", "name": "n{number}.R", "fields": [
                    {{"name": "x", "type": "string"}},
                    {{"name": "next", "type": "n{next}.R"}}]}}, "#
            )
            .unwrap();
        }
        write!(
            writer,
            r#"{{"type": "record", "name": "n{LENGTH}.R", "fields": []}}]}}]}}"#
        )
        .unwrap();
        let reader = r#"{"type": "record", "name": "Root", "fields": [{"name": "r", "type":
            {"type": "record", "name": "R", "fields": [
                {"name": "x", "type": "int"}, {"name": "next", "type": "R"}]}}]}"#;
        let (reader, writer) = (Schema::new(reader).unwrap(), Schema::new(&writer).unwrap());
        let error = DynamicReader::new(&reader, &writer).unwrap_err();
        assert!(
            error.to_string().len() < 100_000,
            "{}",
            error.to_string().len()
        );
    });
}
