//! The project's own tables: small, one case per rule and type, written for this project.

use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::cases;
use super::checks::{self, Canonical};
use super::contested;
use super::own_compat;
use super::reading;
use super::table::{Case, Table};
use crate::Error;
use crate::workspace::Workspace;

/// A schema, as JSON in the table's JSON or, where it is to be no JSON, as text.
#[derive(Debug, Deserialize)]
struct Schema<'a> {
    #[serde(borrow)]
    schema: Option<&'a RawValue>,
    text: Option<String>,
}

impl Schema<'_> {
    fn text(&self) -> &str {
        self.schema
            .map(RawValue::get)
            .or(self.text.as_deref())
            .unwrap_or_default()
    }
}

#[derive(Debug, Deserialize)]
struct ValidCase {
    id: String,
    #[serde(flatten)]
    expected: Canonical,
    /// A finding that must be made though the schema is valid.
    finding: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: String,
}

#[derive(Debug, Deserialize)]
struct VarintCase {
    id: String,
    #[serde(rename = "type")]
    ty: String,
    /// Absent where the bytes are malformed.
    value: Option<i64>,
    hex: String,
}

/// Runs every own table.
///
/// # Errors
///
/// If one cannot be read.
pub(super) fn tables(folder: &Path, workspace: &Workspace) -> Result<Vec<Table>, Error> {
    let mut tables = vec![
        valid("canonical", folder)?,
        valid("valid", folder)?,
        invalid("invalid", folder)?,
        varints("varints", folder)?,
        own_compat::compat("compat", folder)?,
        contested::own("decisions", folder)?,
    ];
    let rows: Vec<Box<RawValue>> = cases::load(&folder.join("resolution.json"))?;
    let rows = reading::resolution(&rows);
    tables.extend(reading::tables("own/resolution", rows, workspace)?);
    let rows: Vec<Box<RawValue>> = cases::load(&folder.join("malformed.json"))?;
    let rows = reading::malformed(&rows);
    tables.extend(reading::tables("own/malformed", rows, workspace)?);
    Ok(tables)
}

fn valid(name: &str, folder: &Path) -> Result<Table, Error> {
    run(name, folder, |row| {
        let (case, schema): (ValidCase, Schema<'_>) = (parsed(row)?, parsed(row)?);
        let outcome = checks::valid(schema.text(), &case.expected).and_then(|()| {
            case.finding
                .as_deref()
                .map_or(Ok(()), |code| checks::warned(schema.text(), code))
        });
        Ok(Case {
            id: case.id,
            outcome,
        })
    })
}

fn invalid(name: &str, folder: &Path) -> Result<Table, Error> {
    run(name, folder, |row| {
        let (case, schema): (Named, Schema<'_>) = (parsed(row)?, parsed(row)?);
        Ok(Case {
            id: case.id,
            outcome: checks::invalid(schema.text()),
        })
    })
}

fn varints(name: &str, folder: &Path) -> Result<Table, Error> {
    run(name, folder, |row| {
        let case: VarintCase = parsed(row)?;
        let outcome = match case.value {
            Some(value) => checks::varint(&case.ty, value, &case.hex),
            None => checks::no_varint(&case.ty, &case.hex),
        };
        Ok(Case {
            id: case.id,
            outcome,
        })
    })
}

pub(super) fn run(
    name: &str,
    folder: &Path,
    mut check: impl FnMut(&RawValue) -> Result<Case, serde_json::Error>,
) -> Result<Table, Error> {
    let file = folder.join(format!("{name}.json"));
    let rows: Vec<Box<RawValue>> = cases::load(&file)?;
    let cases: Result<Vec<Case>, serde_json::Error> = rows.iter().map(|row| check(row)).collect();
    let cases = cases.map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Table::new(format!("own/{name}"), cases))
}

pub(super) fn parsed<'a, T: Deserialize<'a>>(row: &'a RawValue) -> Result<T, serde_json::Error> {
    serde_json::from_str(row.get())
}
