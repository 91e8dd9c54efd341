//! Tables of data that are read: with another schema than the writer's, or malformed. Each runs with
//! `dynamic` and with types generated from the readers' schemas, and both are judged alike.

mod generated;
mod rows;

use avro_runtime::dynamic::{DynamicReader, Schema, Value};

use super::table::{Case, Table};
use crate::Error;
use crate::hex::hex;
use crate::workspace::Workspace;

pub(super) use rows::{malformed, resolution};

/// A datum of the writer's schema, and what the reader's makes of it.
#[derive(Debug)]
pub(super) struct Reading {
    id: String,
    writer: String,
    reader: String,
    datum: Vec<u8>,
    expected: Expected,
}

/// What must come of a datum.
#[derive(Debug)]
enum Expected {
    /// This value of the reader's schema.
    Value(Box<Value>),
    /// An error, for this reason.
    Error(String),
}

/// Runs one table both ways. A row that is none counts as a failure of its own.
///
/// # Errors
///
/// If the generated types do not compile.
pub(super) fn tables(
    name: &str,
    rows: Vec<(String, Result<Reading, String>)>,
    workspace: &Workspace,
) -> Result<[Table; 2], Error> {
    let (mut readings, mut failed) = (Vec::new(), Vec::new());
    for (id, row) in rows {
        match row {
            Ok(reading) => readings.push(reading),
            Err(why) => failed.push((id, why)),
        }
    }
    let with_failed = |mut cases: Vec<Case>| {
        cases.extend(failed.iter().map(|(id, why)| Case {
            id: id.clone(),
            outcome: Err(why.clone()),
        }));
        cases
    };
    let dynamic = readings.iter().map(|it| it.judged(dynamic(it))).collect();
    let generated = generated::run(name, &readings, workspace)?;
    Ok([
        Table::new(name, with_failed(dynamic)),
        Table::new(format!("{name}: generated"), with_failed(generated)),
    ])
}

/// What `dynamic` reads, in binary.
fn dynamic(reading: &Reading) -> Result<Vec<u8>, String> {
    let reader = Schema::new(&reading.reader).map_err(|error| error.to_string())?;
    let writer = Schema::new(&reading.writer).map_err(|error| error.to_string())?;
    let read = DynamicReader::new(&reader, &writer).map_err(|error| error.to_string())?;
    let value = read
        .read(&reading.datum)
        .map_err(|error| error.to_string())?;
    Ok(value.to_datum())
}

impl Reading {
    /// Holds what was read, in binary, against what must come of it.
    fn judged(&self, read: Result<Vec<u8>, String>) -> Case {
        let outcome = match (&self.expected, read) {
            (Expected::Value(expected), Ok(read)) => is(expected, &read),
            (Expected::Value(_), Err(error)) => Err(error),
            (Expected::Error(why), Ok(read)) => {
                Err(format!("read as {}, expected an error: {why}", hex(&read)))
            }
            (Expected::Error(_), Err(_)) => Ok(()),
        };
        Case {
            id: self.id.clone(),
            outcome,
        }
    }
}

/// Values are compared as text, where NaN is equal to itself and a zero has a sign.
fn is(expected: &Value, read: &[u8]) -> Result<(), String> {
    let read = Value::from_datum(expected.schema(), read).map_err(|error| error.to_string())?;
    let (read, wanted) = (read.to_json(), expected.to_json());
    match read == wanted {
        true => Ok(()),
        false => Err(format!("read as {read}, expected {wanted}")),
    }
}
