//! Schemas against the versions before them: does the registry take them, and do data keep their
//! meaning?
//!
//! What is compared is what has a history: a top-level schema, or any named type that was recorded
//! for itself. A renamed type is compared with the versions under the names that are its aliases,
//! and then with those under its own.

mod baseline;
mod modes;

use std::collections::BTreeSet;

use avro_model::codes::Code;
use avro_model::compat::{self, Mode, Subject};
use avro_model::diagnostic::{Diagnostic, Diagnostics};

use crate::Linked;
use crate::config::Config;
use crate::history::Deployable;

pub(crate) use baseline::{Baseline, Deployed};

/// Every finding about the deployed schemas whose names are selected.
pub(crate) fn check(
    config: &Config,
    linked: &Linked,
    selected: impl Fn(&str) -> bool,
) -> Diagnostics {
    let baseline = Baseline::of_history(&linked.history);
    let mut subjects = subjects(config, linked, &baseline);
    subjects.retain(|subject| selected(&subject.name));
    let mut found = compat::diagnose(&subjects);
    let gone = gone(config, linked, &baseline).into_iter();
    let gone = gone.filter(|(name, _)| selected(name));
    found.extend(gone.map(|(_, found)| found));
    found
}

/// The schemas that have versions before them, each in its mode.
pub(crate) fn subjects<'a>(
    config: &Config,
    linked: &'a Linked,
    baseline: &Baseline<'a>,
) -> Vec<Subject<'a>> {
    let (set, choices) = (&linked.set, &linked.choices);
    let defined: BTreeSet<&str> = Deployable::names(set).collect();
    let mut subjects = Vec::new();
    for (name, schema) in Deployable::all(set) {
        let former = schema.former(set).filter(|name| !defined.contains(name));
        let versions: Vec<_> = former
            .chain([name])
            .flat_map(|under| baseline.of(under).iter().map(move |it| (under, it)))
            .map(|(under, version)| version.compared((under != name).then_some(under)))
            .collect();
        if !versions.is_empty() {
            subjects.push(Subject {
                name: name.to_owned(),
                topics: modes::topics(config, name),
                mode: Some(modes::mode(config, choices, name)),
                schema: schema.side(set),
                versions,
            });
        }
    }
    subjects
}

/// What was there and is not any more, by name. Mode NONE says that nobody minds.
pub(crate) fn gone<'a>(
    config: &Config,
    linked: &Linked,
    baseline: &Baseline<'a>,
) -> Vec<(&'a str, Diagnostic)> {
    let (set, choices) = (&linked.set, &linked.choices);
    let known: BTreeSet<&str> = Deployable::all(set)
        .flat_map(|(name, schema)| schema.former(set).chain([name]))
        .collect();
    let gone = baseline.names().filter(|name| !known.contains(name));
    let minded = gone.filter(|name| modes::mode(config, choices, name) != Mode::None);
    let found = minded.filter_map(|name| Some((name, is_gone(name, baseline.of(name).last()?))));
    found.collect()
}

fn is_gone(name: &str, last: &Deployed<'_>) -> Diagnostic {
    let message = format!("no schema defines `{name}` any more, and others may have data of it");
    Diagnostic::new(Code::SchemaGone, last.place, message)
        .label(format!("{} of `{name}`", last.version))
        .note(format!(
            "if it was renamed, give the type its old name as an alias: \"aliases\": [\"{name}\"]"
        ))
        .note(format!(
            "if nobody writes or reads it any more, say so in avro.toml: [[override]] with select \
             = \"{name}\" and compatibility = \"NONE\""
        ))
}
