//! The big tables, made from other implementations' tests and verdicts.

use std::path::Path;

use serde::Deserialize;

use super::cases;
use super::checks::{self, Canonical};
use super::compiles;
use super::containers;
use super::contested;
use super::evolution;
use super::files;
use super::reading;
use super::table::{Case, Table};
use crate::Error;
use crate::workspace::Workspace;

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

/// Runs every table that applies so far; `own` is the folder of the project's own tables.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn tables(
    folder: &Path,
    own: &Path,
    workspace: &Workspace,
) -> Result<Vec<Table>, Error> {
    let [resolution, generated] = reading::tables(
        "resolution_cases",
        reading::resolution(&load("resolution_cases", folder)?),
        workspace,
    )?;
    let [malformed, malformed_generated] = reading::tables(
        "binary_malformed",
        reading::malformed(&load("binary_malformed", folder)?),
        workspace,
    )?;
    Ok(vec![
        valid("canonical_fingerprints", folder)?,
        valid("schemas_odd_valid", folder)?,
        files::alone("schema_files", folder)?,
        varints("varints", folder)?,
        evolution::cases("compat_cases", folder)?,
        evolution::pairs("evolution_pairs", folder)?,
        resolution,
        generated,
        malformed,
        malformed_generated,
        containers::table("containers", folder)?,
        invalid("schemas_invalid", folder)?,
        contested::table("schemas_contested", folder, own)?,
        files::groups("multifile_groups", folder)?,
        compiles::table("compiles", files::units(folder)?, workspace)?,
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

fn load<T: serde::de::DeserializeOwned>(name: &str, folder: &Path) -> Result<Vec<T>, Error> {
    cases::load(&folder.join(format!("{name}.json")))
}
