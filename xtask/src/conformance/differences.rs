//! The known differences: cases whose table says otherwise than the specification.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::cases;
use crate::Error;

/// One case in which we differ from its table on purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    table: String,
    id: String,
    /// The clause of the specification that decides, and what follows from it.
    clause: String,
}

/// The list; a case on it that passes is an error, so that it only shrinks.
#[derive(Debug)]
pub(crate) struct Differences(Vec<Difference>);

impl Differences {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or an entry gives no clause.
    pub(crate) fn load(file: &Path) -> Result<Self, Error> {
        let list: Vec<Difference> = cases::load(file)?;
        match list.iter().find(|entry| entry.clause.trim().is_empty()) {
            Some(entry) => Err(format!("{}: {} gives no clause", file.display(), entry.id).into()),
            None => Ok(Self(list)),
        }
    }

    /// The ids of a table's differences, with their clauses.
    pub(crate) fn of(&self, table: &str) -> BTreeMap<&str, &str> {
        let of_table = self.0.iter().filter(|entry| entry.table == table);
        of_table
            .map(|entry| (entry.id.as_str(), entry.clause.as_str()))
            .collect()
    }

    /// The tables named in the list that are none of these.
    pub(crate) fn outside<'a>(&'a self, tables: &[&str]) -> Vec<&'a str> {
        let named = self.0.iter().map(|entry| entry.table.as_str());
        named.filter(|name| !tables.contains(name)).collect()
    }
}
