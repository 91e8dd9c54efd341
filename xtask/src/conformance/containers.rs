//! Container files of other implementations: their objects, and what can be saved of damaged ones.

use std::fs::{self, File};
use std::path::Path;

use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::object_container::{Reader, Stream};
use serde::Deserialize;

use super::cases;
use super::table::{Case, Table};
use crate::Error;

/// A file, and what Java makes of it.
#[derive(Debug, Deserialize)]
struct Row {
    path: String,
    #[serde(rename = "java_1_12_0")]
    java: Verdict,
    codec: Option<String>,
    /// The objects as lines of Avro's JSON.
    expected_rows: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Verdict {
    ok: bool,
    /// The objects that were read, before an error if there was one.
    count: usize,
}

/// The objects of every file are those expected. Of one that Java cannot read as many are saved, and
/// what is wrong with it is told.
///
/// # Errors
///
/// If the table cannot be read.
pub(super) fn table(name: &str, folder: &Path) -> Result<Table, Error> {
    let rows: Vec<Row> = cases::load(&folder.join(format!("{name}.json")))?;
    let run = |row: Row| Case {
        outcome: outcome(&row, folder),
        id: row.path,
    };
    Ok(Table::new(name, rows.into_iter().map(run).collect()))
}

fn outcome(row: &Row, folder: &Path) -> Result<(), String> {
    let file = File::open(folder.join(&row.path)).map_err(|error| error.to_string())?;
    let reader = match Reader::<Value, _>::new(file) {
        Ok(reader) => reader,
        Err(_) if !row.java.ok && row.java.count == 0 => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    codec(row, &reader)?;
    let schema = Schema::new(reader.header().schema()).map_err(|error| error.to_string())?;
    let (values, losses) = salvage(reader);
    match (row.java.ok, &losses[..]) {
        (true, [loss, ..]) => return Err(format!("cannot be read: {loss}")),
        (false, []) => return Err("is read, and Java cannot read it".to_owned()),
        _ => {}
    }
    let saved_enough = match row.java.ok {
        true => values.len() == row.java.count,
        false => values.len() >= row.java.count,
    };
    if !saved_enough {
        let (ours, theirs) = (values.len(), row.java.count);
        return Err(format!("{ours} objects, and Java reads {theirs}"));
    }
    match &row.expected_rows {
        Some(rows) => equal(&schema, &values, &folder.join(rows)),
        None => Ok(()),
    }
}

fn codec(row: &Row, reader: &Reader<Value, Stream<File>>) -> Result<(), String> {
    let codec = String::from_utf8_lossy(reader.header().codec());
    match &row.codec {
        Some(expected) if *expected != codec => {
            Err(format!("its codec is {codec}, expected {expected}"))
        }
        _ => Ok(()),
    }
}

fn salvage(reader: Reader<Value, Stream<File>>) -> (Vec<Value>, Vec<String>) {
    let (mut values, mut losses) = (Vec::new(), Vec::new());
    for object in reader.salvage() {
        match object {
            Ok(value) => values.push(value),
            Err(loss) => losses.push(loss.to_string()),
        }
    }
    (values, losses)
}

/// The values are those of the lines, read with the file's schema. They are compared as values, where
/// a zero has no sign, or as text, where NaN is equal to itself.
fn equal(schema: &Schema, values: &[Value], rows: &Path) -> Result<(), String> {
    let text = fs::read_to_string(rows).map_err(|error| format!("{}: {error}", rows.display()))?;
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() != values.len() {
        let (objects, lines) = (values.len(), lines.len());
        return Err(format!("{objects} objects, expected {lines}"));
    }
    for (number, (value, line)) in values.iter().zip(lines).enumerate() {
        // Java writes a record without fields as nothing.
        let line = if line.is_empty() { "{}" } else { line };
        let expected =
            Value::from_json(schema, line).map_err(|error| format!("{line}: {error}"))?;
        let (read, wanted) = (value.to_json(), expected.to_json());
        if *value != expected && read != wanted {
            return Err(format!("object {number} is {read}, expected {wanted}"));
        }
    }
    Ok(())
}
