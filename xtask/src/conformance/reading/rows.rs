//! The rows of the tables, as they stand in their files.

use avro_runtime::dynamic::{Schema, Value};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Expected, Reading};
use crate::hex::{hex, unhex};

/// A datum of the writer's, in Avro's JSON encoding, and what the reader makes of it.
#[derive(Debug, Deserialize)]
struct ResolutionRow {
    writer: Box<RawValue>,
    datum: Box<RawValue>,
    writer_hex: Option<String>,
    reader: Box<RawValue>,
    /// `null` is a value here, and nothing where an error is expected.
    #[serde(default, deserialize_with = "some")]
    expected: Option<Box<RawValue>>,
    reader_hex: Option<String>,
    error: Option<String>,
}

/// Bytes that are read with the schema they claim to be of.
#[derive(Debug, Deserialize)]
struct MalformedRow {
    schema: Box<RawValue>,
    hex: Option<String>,
    hex_repeat: Option<Repeated>,
    note: String,
    /// Absent where an error is expected.
    #[serde(default, deserialize_with = "some")]
    value: Option<Box<RawValue>>,
    /// Java's verdict, where the table has one.
    #[serde(rename = "java_1_12_0")]
    java: Option<Verdict>,
}

#[derive(Debug, Deserialize)]
struct Repeated {
    unit: String,
    times: usize,
    then: String,
}

#[derive(Debug, Deserialize)]
struct Verdict {
    #[serde(default, deserialize_with = "some")]
    value: Option<Box<RawValue>>,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: String,
}

fn some<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Deserialize::deserialize(value).map(Some)
}

/// The rows of a table about schema resolution.
pub(in super::super) fn resolution(
    rows: &[Box<RawValue>],
) -> Vec<(String, Result<Reading, String>)> {
    rows.iter().map(|row| read(row, of_resolution)).collect()
}

/// The rows of a table of malformed and odd data.
pub(in super::super) fn malformed(
    rows: &[Box<RawValue>],
) -> Vec<(String, Result<Reading, String>)> {
    rows.iter().map(|row| read(row, of_malformed)).collect()
}

fn read<'r, R: Deserialize<'r>>(
    row: &'r RawValue,
    reading: fn(String, R) -> Result<Reading, String>,
) -> (String, Result<Reading, String>) {
    let id = match serde_json::from_str::<Named>(row.get()) {
        Ok(named) => named.id,
        Err(error) => return (row.get().to_owned(), Err(error.to_string())),
    };
    let row = serde_json::from_str(row.get()).map_err(|error| error.to_string());
    (id.clone(), row.and_then(|row| reading(id, row)))
}

fn of_resolution(id: String, row: ResolutionRow) -> Result<Reading, String> {
    let writer = schema("writer", &row.writer)?;
    let reader = schema("reader", &row.reader)?;
    let datum = match &row.writer_hex {
        Some(digits) => unhex(digits)?,
        None => value(&writer, &row.datum)?.to_datum(),
    };
    encoded(&writer, &row.datum, row.writer_hex.as_deref())?;
    let expected = match &row.expected {
        Some(expected) => {
            encoded(&reader, expected, row.reader_hex.as_deref())?;
            Expected::Value(Box::new(value(&reader, expected)?))
        }
        None => Expected::Error(row.error.unwrap_or_else(|| "none is given".to_owned())),
    };
    Ok(Reading {
        id,
        writer: row.writer.get().to_owned(),
        reader: row.reader.get().to_owned(),
        datum,
        expected,
    })
}

fn of_malformed(id: String, row: MalformedRow) -> Result<Reading, String> {
    let schema = schema("schema", &row.schema)?;
    let digits = match (row.hex, row.hex_repeat) {
        (Some(digits), _) => digits,
        (None, Some(it)) => it.unit.repeat(it.times) + &it.then,
        (None, None) => return Err("there are no bytes".to_owned()),
    };
    let expected = row.value.or(row.java.and_then(|java| java.value));
    let text = row.schema.get().to_owned();
    Ok(Reading {
        id,
        writer: text.clone(),
        reader: text,
        datum: unhex(&digits)?,
        expected: match expected {
            Some(expected) => Expected::Value(Box::new(value(&schema, &expected)?)),
            None => Expected::Error(row.note),
        },
    })
}

fn schema(side: &str, text: &RawValue) -> Result<Schema, String> {
    Schema::new(text.get()).map_err(|error| format!("{side}: {error}"))
}

fn value(schema: &Schema, text: &RawValue) -> Result<Value, String> {
    Value::from_json(schema, text.get()).map_err(|error| format!("{}: {error}", text.get()))
}

/// Both encodings must be the same value: the bytes are read, and the JSON is written.
fn encoded(schema: &Schema, text: &RawValue, digits: Option<&str>) -> Result<(), String> {
    let Some(digits) = digits else {
        return Ok(());
    };
    let value = value(schema, text)?;
    let written = hex(&value.to_datum());
    let read = Value::from_datum(schema, &unhex(digits)?).map_err(|error| error.to_string())?;
    match written == digits || read.to_json() == value.to_json() {
        true => Ok(()),
        false => Err(format!(
            "{} is written as {written}, expected {digits}",
            text.get()
        )),
    }
}
