//! Lines of JSON → rows, those of other languages beside ours.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::programs::PROGRAMS;
use super::{go, java, told_of};
use crate::Error;

/// What the programs said.
#[derive(Debug, Default)]
pub(super) struct Results {
    pub(super) programs: Vec<(&'static str, Vec<Row>)>,
}

/// A row: one thing done by several contestants.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    pub(super) record: String,
    #[serde(rename = "row")]
    pub(super) what: String,
    pub(super) unit: Unit,
    /// Records that one iteration writes or reads, where it is more than one.
    pub(super) records: Option<f64>,
    /// Bytes of their data, not compressed.
    pub(super) bytes: Option<f64>,
    pub(super) entries: Vec<Entry>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unit {
    /// Nanoseconds.
    Ns,
    /// Bytes of memory.
    Bytes,
    /// Calls of the allocator.
    Allocations,
}

/// A contestant.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Of its median round.
    pub(super) median: f64,
    /// By the first of its row, the median over the rounds; of another process it is the medians'.
    ratio: Option<f64>,
    /// Whether it was ended before it was done, so that the figure is a lower bound.
    #[serde(default)]
    pub(super) ended: bool,
}

impl Results {
    /// Everything that is kept.
    ///
    /// # Errors
    ///
    /// If a line is no row.
    pub(super) fn load(folder: &Path) -> Result<Self, Error> {
        let mut results = Self::default();
        let programs = PROGRAMS.iter().map(|(program, _)| *program);
        for program in programs.chain([java::NAME, go::NAME]) {
            for row in rows(folder, program)? {
                results.add(program, row);
            }
        }
        Ok(results)
    }

    /// Adds a row; contestants of another process stand beside those of ours.
    pub(super) fn add(&mut self, program: &'static str, row: Row) {
        let mut there = self.programs.iter_mut().flat_map(|(_, rows)| rows);
        if let Some(ours) = there.find(|it| it.record == row.record && it.what == row.what) {
            ours.entries.extend(row.entries);
            return;
        }
        match self.programs.iter_mut().find(|(name, _)| *name == program) {
            Some((_, rows)) => rows.push(row),
            None => self.programs.push((program, vec![row])),
        }
    }

    /// The rows of a program.
    pub(super) fn of(&self, program: &str) -> &[Row] {
        let found = self.programs.iter().find(|(name, _)| *name == program);
        found.map_or(&[], |(_, rows)| rows)
    }

    /// The row of this record and name.
    pub(super) fn row(&self, record: &str, what: &str) -> Option<&Row> {
        let mut rows = self.programs.iter().flat_map(|(_, rows)| rows);
        rows.find(|row| row.record == record && row.what == what)
    }
}

impl Unit {
    /// An amount as people read it.
    pub(super) fn shown(self, value: f64) -> String {
        let scaled = |size: f64, unit: &str| match value / size {
            small if small < 10.0 => format!("{small:.2} {unit}"),
            middling if middling < 100.0 => format!("{middling:.1} {unit}"),
            large => format!("{large:.0} {unit}"),
        };
        match self {
            Self::Ns if value < 1e4 => scaled(1.0, "ns"),
            Self::Ns if value < 1e7 => scaled(1e3, "µs"),
            Self::Ns if value < 1e10 => scaled(1e6, "ms"),
            Self::Ns => scaled(1e9, "s"),
            Self::Bytes => scaled(f64::from(1 << 20), "MiB"),
            Self::Allocations => format!("{value:.0}"),
        }
    }
}

impl Row {
    /// Of contestants whose names are how many elements they have: that, and the time for each
    /// element.
    pub(super) fn per_element(&self) -> Option<Vec<(f64, f64)>> {
        let each = self.entries.iter().map(|entry| {
            let elements: f64 = entry.name.replace(',', "").parse().ok()?;
            Some((elements, entry.median / elements))
        });
        each.collect()
    }

    /// The fastest contestant that has one of these names.
    pub(super) fn fastest(&self, names: &[&str]) -> Option<&Entry> {
        let named = |entry: &&Entry| names.contains(&entry.name.as_str());
        let found = self.entries.iter().filter(named);
        found.min_by(|a, b| a.median.total_cmp(&b.median))
    }

    /// A contestant's time by that of another.
    pub(super) fn ratio(&self, of: &Entry, by: &Entry) -> f64 {
        match (of.ratio, by.ratio) {
            (Some(of), Some(by)) => of / by,
            _ => of.median / by.median,
        }
    }

    /// A contestant's time by that of the first.
    pub(super) fn ratio_to_first(&self, of: &Entry) -> Option<f64> {
        Some(self.ratio(of, self.entries.first()?))
    }
}

fn rows(folder: &Path, program: &str) -> Result<Vec<Row>, Error> {
    let path = folder.join(format!("{program}.jsonl"));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&path).map_err(|error| told_of(&path, &error))?;
    let row = |line: &str| {
        serde_json::from_str(line).map_err(|error| format!("{}: {error}: {line}", path.display()))
    };
    let rows: Result<Vec<Row>, String> = text.lines().map(row).collect();
    Ok(rows?)
}
