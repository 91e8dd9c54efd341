//! The project's own table about compatibility.

use std::collections::BTreeSet;
use std::path::Path;

use avro_model::compat::Mode;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::cases;
use super::compat::{self, Answer, Question, Reason};
use super::own::{parsed, run};
use super::table::{Case, Table};
use crate::Error;

#[derive(Debug, Deserialize)]
struct Row<'a> {
    id: String,
    #[serde(borrow)]
    reader: Option<&'a RawValue>,
    #[serde(borrow)]
    writer: Option<&'a RawValue>,
    #[serde(borrow)]
    new: Option<&'a RawValue>,
    /// Oldest first.
    #[serde(borrow, default)]
    previous: Vec<&'a RawValue>,
    /// What a pair must come to, and nothing else.
    #[serde(default)]
    incompatibilities: Vec<Reason>,
    #[serde(default)]
    semantic: Vec<Reason>,
    /// The modes in which the new version is compatible, in any order; in the others it is not.
    #[serde(default)]
    modes: Vec<String>,
}

/// A pair with its answer, or versions with the modes that accept them. A kind or mode without a
/// case is a failure.
///
/// # Errors
///
/// If the table cannot be read.
pub(super) fn compat(name: &str, folder: &Path) -> Result<Table, Error> {
    let mut named = BTreeSet::new();
    let mut table = run(name, folder, |row| {
        let case: Row<'_> = parsed(row)?;
        let reasons = case.incompatibilities.iter().chain(&case.semantic);
        named.extend(reasons.map(|reason| reason.kind.clone()));
        named.extend(case.modes.iter().cloned());
        Ok(Case {
            outcome: outcome(&case),
            id: case.id,
        })
    })?;
    let missing: Vec<&str> = compat::kinds()
        .filter(|kind| !named.contains(*kind))
        .collect();
    table.cases.push(Case {
        id: "every kind and mode".into(),
        outcome: match missing.is_empty() {
            true => Ok(()),
            false => Err(format!("no case has {}", missing.join(", "))),
        },
    });
    Ok(table)
}

/// One verdict that the table gives: a new version after the previous ones, in a mode.
#[derive(Debug)]
pub(crate) struct Ruling {
    pub(crate) id: String,
    pub(crate) mode: Mode,
    pub(crate) new: String,
    /// Oldest first.
    pub(crate) previous: Vec<String>,
    pub(crate) compatible: bool,
}

/// The verdicts of the table: of a pair the one that its reader follows its writer, of versions
/// one for each mode.
///
/// # Errors
///
/// If the table cannot be read.
pub(crate) fn rulings(folder: &Path) -> Result<Vec<Ruling>, Error> {
    let file = folder.join("compat.json");
    let rows: Vec<Box<RawValue>> = cases::load(&file)?;
    let mut all = Vec::new();
    for row in &rows {
        let case: Row<'_> = parsed(row).map_err(|error| format!("{}: {error}", file.display()))?;
        all.extend(rulings_of(&case));
    }
    Ok(all)
}

fn rulings_of(case: &Row<'_>) -> Vec<Ruling> {
    let ruling = |mode, new: &RawValue, previous: &[&RawValue], compatible| Ruling {
        id: case.id.clone(),
        mode,
        new: new.get().to_owned(),
        previous: previous.iter().map(|text| text.get().to_owned()).collect(),
        compatible,
    };
    match (case.reader, case.writer, case.new) {
        (Some(reader), Some(writer), None) => {
            let compatible = case.incompatibilities.is_empty();
            vec![ruling(Mode::Backward, reader, &[writer], compatible)]
        }
        (None, None, Some(new)) => {
            let accepts = |mode: Mode| case.modes.iter().any(|word| word == mode.as_str());
            let modes = Mode::ALL.into_iter();
            modes
                .map(|mode| ruling(mode, new, &case.previous, accepts(mode)))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn outcome(case: &Row<'_>) -> Result<(), String> {
    match (case.reader, case.writer, case.new) {
        (Some(reader), Some(writer), None) => {
            let expected = Answer {
                compatible: case.incompatibilities.is_empty(),
                incompatibilities: Some(case.incompatibilities.clone()),
                semantic: Some(case.semantic.clone()),
            };
            compat::verdict(&Question::Pair(reader.get(), writer.get()), &expected)
        }
        (None, None, Some(new)) => modes(case, new.get()),
        _ => Err("neither a pair nor a chain of versions".into()),
    }
}

fn modes(case: &Row<'_>, new: &str) -> Result<(), String> {
    let previous: Vec<&str> = case.previous.iter().map(|text| text.get()).collect();
    let unknown = |word: &&String| word.parse::<Mode>().is_err();
    if let Some(word) = case.modes.iter().find(unknown) {
        return Err(format!("`{word}` is no mode"));
    }
    for mode in Mode::ALL {
        let expected = Answer {
            compatible: case.modes.iter().any(|accepts| accepts == mode.as_str()),
            ..Answer::default()
        };
        compat::verdict(&Question::Versions(new, &previous, mode), &expected)
            .map_err(|why| format!("{mode}: {why}"))?;
    }
    Ok(())
}
