//! The corpora's tables about compatibility, with the verdicts of Java.

use std::fs;
use std::path::Path;

use avro_model::compat::Mode;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::cases;
use super::compat::{self, Answer, Question};
use super::table::{Case, Table};
use crate::Error;

/// A pair or a chain of versions.
#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    mode: String,
    reader: Option<Box<RawValue>>,
    writer: Option<Box<RawValue>>,
    new: Option<Box<RawValue>>,
    #[serde(default)]
    previous: Vec<Box<RawValue>>,
    compatible: bool,
    reference: Reference,
}

#[derive(Debug, Deserialize)]
struct Reference {
    java_1_12_0: Value,
}

/// Two versions of a schema, and what Java says both ways: a verdict, or why it refuses a schema.
#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    old: String,
    new: String,
    backward: Value,
    forward: Value,
}

/// Small cases, gathered from the tests of other implementations. Where their sources and Java
/// differ, Java decides, because registries ask it; where Java refuses a schema, the source does.
pub(super) fn cases(name: &str, folder: &Path) -> Result<Table, Error> {
    let rows: Vec<Row> = load(name, folder)?;
    let run = |row: Row| Case {
        outcome: case(&row),
        id: row.id,
    };
    Ok(Table::new(name, rows.into_iter().map(run).collect()))
}

fn case(row: &Row) -> Result<(), String> {
    let expected = java(&row.reference.java_1_12_0)?.unwrap_or(Answer {
        compatible: row.compatible,
        ..Answer::default()
    });
    let previous: Vec<&str> = row.previous.iter().map(|text| text.get()).collect();
    let question = match (&row.reader, &row.writer, &row.new) {
        (Some(reader), Some(writer), None) => Question::Pair(reader.get(), writer.get()),
        (None, None, Some(new)) => {
            let mode: Mode = row.mode.parse().map_err(|_| row.mode.clone())?;
            Question::Versions(new.get(), &previous, mode)
        }
        _ => return Err("neither a pair nor a chain of versions".into()),
    };
    compat::verdict(&question, &expected)
}

/// Real schemas and what became of them, both ways. Where Java refuses one of the two there is no
/// verdict, and no case.
pub(super) fn pairs(name: &str, folder: &Path) -> Result<Table, Error> {
    let rows: Vec<Pair> = load(name, folder)?;
    let mut cases = Vec::new();
    for row in rows {
        let text = |path: &str| {
            let path = folder.join(path);
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let (old, new) = (text(&row.old)?, text(&row.new)?);
        for (way, reader, writer, verdict) in [
            ("backward", &new, &old, &row.backward),
            ("forward", &old, &new, &row.forward),
        ] {
            if let Some(expected) = java(verdict)? {
                cases.push(Case {
                    id: format!("{}-{way}", row.id),
                    outcome: compat::verdict(&Question::Pair(reader, writer), &expected),
                });
            }
        }
    }
    Ok(Table::new(name, cases))
}

/// Java's answer; nothing if it gave none.
fn java(value: &Value) -> Result<Option<Answer>, String> {
    if value.get("error").is_some() {
        return Ok(None);
    }
    let answer: Answer =
        serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    let incompatibilities = answer.incompatibilities.unwrap_or_default();
    Ok(Some(Answer {
        incompatibilities: Some(incompatibilities),
        ..answer
    }))
}

fn load<T: serde::de::DeserializeOwned>(name: &str, folder: &Path) -> Result<Vec<T>, Error> {
    cases::load(&folder.join(format!("{name}.json")))
}
