//! The big tables, made from other implementations' tests and verdicts.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::cases;
use super::checks::{self, Canonical};
use super::evolution;
use super::table::{Case, Table};
use crate::Error;

#[derive(Debug, Deserialize)]
struct SchemaCase {
    id: String,
    schema_text: String,
    #[serde(flatten)]
    expected: Canonical,
}

#[derive(Debug, Deserialize)]
struct Varint {
    #[serde(rename = "type")]
    ty: String,
    value: i64,
    hex: String,
}

/// A schema file, and what three implementations say: `true`, or why they refuse it.
#[derive(Debug, Deserialize)]
struct SchemaFile {
    path: String,
    #[serde(rename = "java_1_12_0")]
    java: Value,
    #[serde(rename = "rust_apache_avro_0_22_0")]
    rust: Value,
    #[serde(rename = "go_hamba_2_31_0")]
    go: Value,
    rabin_le_hex: Option<String>,
}

/// Runs every table that applies so far.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn tables(folder: &Path) -> Result<Vec<Table>, Error> {
    Ok(vec![
        valid("canonical_fingerprints", folder)?,
        valid("schemas_odd_valid", folder)?,
        schema_files("schema_files", folder)?,
        varints("varints", folder)?,
        evolution::cases("compat_cases", folder)?,
        evolution::pairs("evolution_pairs", folder)?,
        Table {
            counts: false,
            ..invalid("schemas_invalid", folder)?
        },
    ])
}

fn valid(name: &str, folder: &Path) -> Result<Table, Error> {
    schemas(name, folder, |case| {
        checks::valid(&case.schema_text, &case.expected)
    })
}

fn invalid(name: &str, folder: &Path) -> Result<Table, Error> {
    schemas(name, folder, |case| checks::invalid(&case.schema_text))
}

fn schemas(
    name: &str,
    folder: &Path,
    check: impl Fn(&SchemaCase) -> Result<(), String>,
) -> Result<Table, Error> {
    let rows: Vec<SchemaCase> = load(name, folder)?;
    let run = |case: SchemaCase| Case {
        outcome: check(&case),
        id: case.id,
    };
    Ok(Table::new(name, rows.into_iter().map(run).collect()))
}

fn varints(name: &str, folder: &Path) -> Result<Table, Error> {
    let rows: Vec<Varint> = load(name, folder)?;
    let run = |row: Varint| Case {
        id: row.hex.clone(),
        outcome: checks::varint(&row.ty, row.value, &row.hex),
    };
    Ok(Table::new(name, rows.into_iter().map(run).collect()))
}

/// Files on which the three implementations agree; where they do not, there is no verdict.
fn schema_files(name: &str, folder: &Path) -> Result<Table, Error> {
    let rows: Vec<SchemaFile> = load(name, folder)?;
    let mut cases = Vec::new();
    for row in rows {
        let accepted = [&row.java, &row.rust, &row.go].map(|verdict| *verdict == Value::Bool(true));
        let path = folder.join(&row.path);
        let text = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let outcome = match (accepted, String::from_utf8(text)) {
            ([true, true, true], Ok(text)) => {
                let rabin_le_hex = row.rabin_le_hex;
                checks::valid(
                    &text,
                    &Canonical {
                        rabin_le_hex,
                        ..Canonical::default()
                    },
                )
            }
            ([false, false, false], Ok(text)) => checks::invalid(&text),
            ([true, true, true], Err(_)) => Err("valid, and no UTF-8".into()),
            _ => continue,
        };
        cases.push(Case {
            id: row.path,
            outcome,
        });
    }
    Ok(Table::new(name, cases))
}

fn load<T: serde::de::DeserializeOwned>(name: &str, folder: &Path) -> Result<Vec<T>, Error> {
    cases::load(&folder.join(format!("{name}.json")))
}
