//! What a case about compatibility asks: the verdict, and where the reasons stand.

use std::collections::BTreeSet;
use std::fmt;

use avro_model::compat::{self, Comparison, Kind, Mode, Side};
use avro_model::{SchemaSet, TextError, compile_text};
use serde::Deserialize;

/// Who is compared with whom.
pub(super) enum Question<'a> {
    /// A reader's schema with a writer's.
    Pair(&'a str, &'a str),
    /// A new version with the previous ones, oldest first.
    Versions(&'a str, &'a [&'a str], Mode),
}

/// The answer that a table expects; what is absent is not asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    pub(super) compatible: bool,
    pub(super) incompatibilities: Option<Vec<Reason>>,
    /// Kind and location in the reader's schema of each semantic finding.
    pub(super) semantic: Option<Vec<Reason>>,
}

/// A finding by its kind and place.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reason {
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Java's location, which is the reader's.
    #[serde(alias = "reader_location")]
    pub(super) location: Option<String>,
    pub(super) writer_location: Option<String>,
}

/// What was found, of all comparisons together.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) compatible: bool,
    incompatibilities: Vec<Reason>,
    semantic: Vec<Reason>,
}

/// Puts the question.
///
/// # Errors
///
/// What is wrong with the first schema that is not one.
pub(super) fn ask(question: &Question<'_>) -> Result<Found, TextError> {
    match question {
        Question::Pair(reader, writer) => {
            let (reader, writer) = (compile_text(reader)?, compile_text(writer)?);
            let comparison = compat::compare(side(&reader), side(&writer));
            Ok(Found::of(comparison.is_compatible(), [&comparison]))
        }
        Question::Versions(new, previous, mode) => {
            let new = compile_text(new)?;
            let previous: Result<Vec<SchemaSet>, TextError> =
                previous.iter().map(|text| compile_text(text)).collect();
            let previous = previous?;
            let previous: Vec<Side<'_>> = previous.iter().map(side).collect();
            let report = compat::check(side(&new), &previous, *mode);
            let comparisons = report.checks.iter().map(|check| &check.comparison);
            Ok(Found::of(report.is_compatible(), comparisons))
        }
    }
}

/// The verdict is this, and the reasons are these.
pub(super) fn verdict(question: &Question<'_>, expected: &Answer) -> Result<(), String> {
    let found = ask(question).map_err(|error| error.to_string())?;
    if found.compatible != expected.compatible {
        let word = |compatible| {
            if compatible {
                "compatible"
            } else {
                "incompatible"
            }
        };
        return Err(format!(
            "{} instead of {}: {}",
            word(found.compatible),
            word(expected.compatible),
            List(&found.incompatibilities)
        ));
    }
    same(
        &found.incompatibilities,
        expected.incompatibilities.as_deref(),
    )?;
    same(&found.semantic, expected.semantic.as_deref())
}

/// Which kinds and modes a table must have a case for.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    let semantic = compat::SemanticKind::ALL.map(compat::SemanticKind::as_str);
    let modes = Mode::ALL.map(Mode::as_str);
    let kinds = Kind::ALL.map(Kind::as_str).into_iter();
    kinds.chain(semantic).chain(modes)
}

fn side(set: &SchemaSet) -> Side<'_> {
    // Of one text there is one top-level schema.
    Side::root(&set.roots()[0], set)
}

/// Holds the findings against the expected ones as sets; Java repeats what it meets again.
fn same(found: &[Reason], expected: Option<&[Reason]>) -> Result<(), String> {
    let Some(expected) = expected else {
        return Ok(());
    };
    let asked = |reason: &Reason| {
        let of = |all: &[Reason], place: fn(&Reason) -> &Option<String>| {
            all.iter().all(|reason| place(reason).is_some())
        };
        let (location, writer) = (
            of(expected, |reason| &reason.location),
            of(expected, |reason| &reason.writer_location),
        );
        Reason {
            kind: reason.kind.to_uppercase(),
            location: reason.location.clone().filter(|_| location),
            writer_location: reason.writer_location.clone().filter(|_| writer),
        }
    };
    let sets = [found, expected].map(|all| all.iter().map(asked).collect::<BTreeSet<_>>());
    if sets[0] == sets[1] {
        return Ok(());
    }
    let [found, expected] = sets.map(Vec::from_iter);
    Err(format!("{} instead of {}", List(&found), List(&expected)))
}

impl Found {
    fn of<'c>(compatible: bool, comparisons: impl IntoIterator<Item = &'c Comparison>) -> Self {
        let mut found = Self {
            compatible,
            ..Self::default()
        };
        for comparison in comparisons {
            let reason = |kind: &str, reader: &compat::Place, writer: &compat::Place| Reason {
                kind: kind.to_owned(),
                location: Some(reader.location.clone()),
                writer_location: Some(writer.location.clone()),
            };
            let reasons = comparison.incompatibilities.iter();
            found
                .incompatibilities
                .extend(reasons.map(|one| reason(one.kind.as_str(), &one.reader, &one.writer)));
            let reasons = comparison.semantic.iter();
            found
                .semantic
                .extend(reasons.map(|one| reason(one.kind.as_str(), &one.reader, &one.writer)));
        }
        found
    }
}

struct List<'a>(&'a [Reason]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        let reasons: Vec<String> = self
            .0
            .iter()
            .map(|reason| {
                let place = reason.location.as_deref().unwrap_or("anywhere");
                match &reason.writer_location {
                    Some(writer) => format!("{} at {place} ({writer})", reason.kind),
                    None => format!("{} at {place}", reason.kind),
                }
            })
            .collect();
        f.write_str(&reasons.join(", "))
    }
}
