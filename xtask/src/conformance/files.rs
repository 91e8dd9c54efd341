//! The corpora's schema files, alone and in groups: which are accepted, and what is generated.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::cases;
use super::checks::{self, Canonical};
use super::compiles::Unit;
use super::table::{Case, Table};
use crate::Error;

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

impl SchemaFile {
    fn verdicts(&self) -> [bool; 3] {
        [&self.java, &self.rust, &self.go].map(|verdict| *verdict == Value::Bool(true))
    }
}

/// Files that refer to each other, in an order in which Java reads them.
#[derive(Debug, Deserialize)]
struct Group {
    group: String,
    parse_order: Vec<String>,
}

/// What Java accepts is valid, and what all three refuse is not.
///
/// # Errors
///
/// If the table or a file cannot be read.
pub(super) fn alone(name: &str, folder: &Path) -> Result<Table, Error> {
    let mut cases = Vec::new();
    for row in rows(folder)? {
        let outcome = match (row.verdicts(), text(folder, &row.path)) {
            ([true, ..], Ok(text)) => {
                let rabin_le_hex = row.rabin_le_hex;
                let expected = Canonical {
                    rabin_le_hex,
                    ..Canonical::default()
                };
                checks::valid(&text, &expected)
            }
            ([true, ..], Err(why)) => Err(format!("valid, and not read: {why}")),
            ([false, false, false], Ok(text)) => checks::invalid(&text),
            _ => continue,
        };
        cases.push(Case {
            id: row.path,
            outcome,
        });
    }
    Ok(Table::new(name, cases))
}

/// The files of a group are valid together.
///
/// # Errors
///
/// If the table or a file cannot be read.
pub(super) fn groups(name: &str, folder: &Path) -> Result<Table, Error> {
    let mut cases = Vec::new();
    for group in groups_of(folder)? {
        let unit = unit(folder, group.group, &group.parse_order)?;
        cases.push(Case {
            outcome: checks::valid_together(&unit.files),
            id: unit.id,
        });
    }
    Ok(Table::new(name, cases))
}

/// Every file that Java accepts alone, and every group.
///
/// # Errors
///
/// If a table or a file cannot be read.
pub(super) fn units(folder: &Path) -> Result<Vec<Unit>, Error> {
    let mut units = Vec::new();
    for row in rows(folder)? {
        if let [true, ..] = row.verdicts() {
            let path = row.path.clone();
            units.push(unit(folder, row.path, &[path])?);
        }
    }
    for group in groups_of(folder)? {
        units.push(unit(folder, group.group, &group.parse_order)?);
    }
    Ok(units)
}

fn unit(folder: &Path, id: String, paths: &[String]) -> Result<Unit, Error> {
    let files = paths
        .iter()
        .map(|path| Ok((PathBuf::from(path), text(folder, path)?)))
        .collect::<Result<_, String>>()?;
    Ok(Unit { id, files })
}

fn rows(folder: &Path) -> Result<Vec<SchemaFile>, Error> {
    cases::load(&folder.join("schema_files.json"))
}

fn groups_of(folder: &Path) -> Result<Vec<Group>, Error> {
    cases::load(&folder.join("multifile_groups.json"))
}

fn text(folder: &Path, path: &str) -> Result<String, String> {
    let path = folder.join(path);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}
