//! A writer's datum, read with another schema: the value or the error that must come of it.

use std::path::Path;

use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::cases;
use super::table::{Case, Table};
use crate::Error;
use crate::hex::{hex, unhex};

/// A datum of the writer's, in Avro's JSON encoding, and what the reader makes of it.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
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

fn some<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Deserialize::deserialize(value).map(Some)
}

/// Runs the table with `dynamic`.
///
/// # Errors
///
/// If it cannot be read.
pub(super) fn cases(name: &str, folder: &Path) -> Result<Table, Error> {
    let rows: Vec<Row> = cases::load(&folder.join(format!("{name}.json")))?;
    let run = |row: Row| Case {
        outcome: outcome(&row),
        id: row.id,
    };
    Ok(Table::new(name, rows.into_iter().map(run).collect()))
}

fn outcome(row: &Row) -> Result<(), String> {
    let writer = schema("writer", &row.writer)?;
    let reader = schema("reader", &row.reader)?;
    let datum = match &row.writer_hex {
        Some(digits) => unhex(digits)?,
        None => value(&writer, &row.datum)?.to_datum(),
    };
    encoded(&writer, &row.datum, row.writer_hex.as_deref())?;
    let read = DynamicReader::new(&reader, &writer)
        .map_err(|error| error.to_string())
        .and_then(|it| it.read(&datum).map_err(|error| error.to_string()));
    match (&row.expected, read) {
        (Some(expected), Ok(read)) => {
            let expected = value(&reader, expected)?;
            let (read, wanted) = (read.to_json(), expected.to_json());
            if read != wanted {
                return Err(format!("read as {read}, expected {wanted}"));
            }
            encoded(
                &reader,
                row.expected.as_ref().unwrap_or(&row.datum),
                row.reader_hex.as_deref(),
            )
        }
        (Some(_), Err(error)) => Err(error),
        (None, Ok(read)) => Err(format!(
            "read as {}, expected an error: {}",
            read.to_json(),
            row.error.as_deref().unwrap_or("none is given")
        )),
        (None, Err(_)) => Ok(()),
    }
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
