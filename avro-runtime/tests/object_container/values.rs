//! Values of schemas that are known at run time, and data of other versions.

use std::io::Cursor;

use avro_runtime::AvroSchema;
use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::object_container::{Codec, ErrorKind, Reader, ReaderSettings, WriterSettings};

use crate::shared::com::acme::{Item, Return};
use crate::{file, item, items, settings};

/// An earlier version, with a field more and another order.
const EARLIER: &str = r#"{"type": "record", "name": "Item", "namespace": "com.acme", "fields": [
    {"name": "quantity", "type": "int"}, {"name": "gone", "type": ["null", "string"]},
    {"name": "sku", "type": "string"}]}"#;

fn earlier(count: usize, codec: Codec) -> Vec<u8> {
    let schema = Schema::new(EARLIER).unwrap();
    let mut writer = settings(codec).create_as(Vec::new(), EARLIER).unwrap();
    for item in items(count) {
        let (sku, quantity) = (&item.sku, item.quantity);
        let json = format!(r#"{{"quantity": {quantity}, "gone": null, "sku": {sku:?}}}"#);
        writer
            .write(&Value::from_json(&schema, &json).unwrap())
            .unwrap();
    }
    writer.finish().unwrap()
}

#[test]
fn data_of_another_version_are_read_by_resolution() {
    for codec in Codec::ALL {
        let file = earlier(100, *codec);
        let reader = Reader::<Item, _>::new(&file[..]).unwrap();
        assert_eq!(reader.header().schema(), EARLIER);
        let read: Vec<_> = reader.map(Result::unwrap).collect();
        assert_eq!(read, items(100));
        let mut reader = Reader::<Item, _>::from_bytes(&file).unwrap();
        let mut number = 0;
        while let Some(block) = reader.next_block().unwrap() {
            for view in block {
                assert_eq!(view.unwrap().sku, item(number).sku);
                number += 1;
            }
        }
        assert_eq!(number, 100);
    }
}

#[test]
fn a_schema_that_cannot_be_read_is_refused_at_once() {
    let file = file(&items(1), settings(Codec::Null));
    let error = Reader::<Return, _>::from_bytes(&file).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Schema(_)));
    assert!(error.to_string().contains("com.acme.Item"), "{error}");
}

#[test]
fn values_have_the_schema_of_the_file_or_the_one_asked_for() {
    let file = earlier(3, Codec::Null);
    let first = Reader::<Value, _>::from_bytes(&file)
        .unwrap()
        .read()
        .unwrap()
        .unwrap();
    assert_eq!(
        first.to_json(),
        r#"{"quantity":0,"gone":null,"sku":"sku-0-"}"#
    );
    let schema = Schema::new(Item::SCHEMA).unwrap();
    let mut reader = ReaderSettings::new().open_as(&file[..], &schema).unwrap();
    let first = reader.read().unwrap().unwrap();
    assert_eq!(first.to_json(), r#"{"sku":"sku-0-","quantity":0}"#);
    let mut value = first;
    assert!(reader.read_into(&mut value).unwrap());
    assert_eq!(value.to_json(), r#"{"sku":"sku-1-x","quantity":1}"#);
}

#[test]
fn values_of_another_schema_are_not_written() {
    let schema = Schema::new(r#""long""#).unwrap();
    let value = Value::from_json(&schema, "1").unwrap();
    let mut writer = settings(Codec::Null)
        .create_as(Vec::new(), EARLIER)
        .unwrap();
    let error = writer.write(&value).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::OtherSchema { values, .. } if &**values == "\"long\"")
    );
}

#[test]
fn values_are_appended() {
    let mut cursor = Cursor::new(earlier(2, Codec::Snappy));
    let value = Reader::<Value, _>::from_bytes(cursor.get_ref().clone())
        .unwrap()
        .last()
        .unwrap()
        .unwrap();
    let mut writer = WriterSettings::new().append_values(&mut cursor).unwrap();
    writer.write(&value).unwrap();
    writer.finish().unwrap();
    let read: Vec<_> = Reader::<Item, _>::from_bytes(cursor.get_ref())
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(read, [item(0), item(1), item(1)]);
}

#[test]
fn a_schema_without_a_name_has_files_too() {
    let schema = Schema::new(r#"["null", "string"]"#).unwrap();
    let values = ["null", r#"{"string": "x"}"#].map(|it| Value::from_json(&schema, it).unwrap());
    let text = r#" [ "null", "string" ] "#;
    let mut writer = settings(Codec::Null).create_as(Vec::new(), text).unwrap();
    for value in &values {
        writer.write(value).unwrap();
    }
    let file = writer.finish().unwrap();
    let mut reader = Reader::<Value, _>::from_bytes(&file).unwrap();
    assert_eq!(reader.header().schema(), text);
    for value in values {
        assert_eq!(reader.read().unwrap(), Some(value));
    }
    assert_eq!(reader.read().unwrap(), None);
}
