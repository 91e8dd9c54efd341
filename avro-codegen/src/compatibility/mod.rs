//! Schemas against their deployed versions: does the registry take them, and do data keep their
//! meaning?
//!
//! What is compared is what has a history: a top-level schema, or any named type that was recorded
//! for itself. A renamed type is compared with the versions under the names that are its aliases,
//! and then with those under its own.

mod modes;

use std::collections::BTreeSet;

use avro_model::codes::Code;
use avro_model::compat::{self, Mode, Side, Subject};
use avro_model::diagnostic::{Diagnostic, Diagnostics};
use avro_model::schema::SchemaKind;
use avro_model::source::Span;

use crate::Linked;
use crate::config::Config;
use crate::history::{Deployable, Version};

/// Every finding about the deployed schemas whose names are selected.
pub(crate) fn check(
    config: &Config,
    linked: &Linked,
    selected: impl Fn(&str) -> bool,
) -> Diagnostics {
    let mut subjects = subjects(config, linked);
    subjects.retain(|subject| selected(&subject.name));
    let mut found = compat::diagnose(&subjects);
    found.extend(
        gone(config, linked)
            .filter(|(name, _)| selected(name))
            .map(|(_, found)| found),
    );
    found
}

/// The schemas with deployed versions, each in its mode.
fn subjects<'a>(config: &Config, linked: &'a Linked) -> Vec<Subject<'a>> {
    let Linked {
        set,
        history,
        choices,
        ..
    } = linked;
    let defined: BTreeSet<&str> = Deployable::names(set).collect();
    let mut subjects = Vec::new();
    for (name, schema) in Deployable::all(set) {
        let former = schema.former(set).filter(|name| !defined.contains(name));
        let versions: Vec<_> = former
            .chain([name])
            .flat_map(|under| history.of(under).iter().map(move |it| (under, it)))
            .map(|(under, version)| compared(version, (under != name).then_some(under)))
            .collect();
        if !versions.is_empty() {
            subjects.push(Subject {
                name: name.to_owned(),
                topics: modes::topics(config, name),
                mode: modes::mode(config, choices, name),
                schema: schema.side(set),
                versions,
            });
        }
    }
    subjects
}

fn compared<'a>(version: &'a Version, under: Option<&str>) -> compat::Version<'a> {
    let number = version.number;
    compat::Version {
        name: match under {
            None => format!("version {number}"),
            Some(former) => format!("version {number} (then `{former}`)"),
        },
        schema: Side::root(version.root(), &version.set),
    }
}

/// What is deployed and not there any more, by name. Mode NONE says that nobody minds.
fn gone<'a>(
    config: &'a Config,
    linked: &'a Linked,
) -> impl Iterator<Item = (&'a str, Diagnostic)> + 'a {
    let Linked {
        set,
        history,
        choices,
        ..
    } = linked;
    let known: BTreeSet<&str> = Deployable::all(set)
        .flat_map(|(name, schema)| schema.former(set).chain([name]))
        .collect();
    let gone = history.names().filter(move |name| !known.contains(name));
    let minded = gone.filter(|name| modes::mode(config, choices, name) != Mode::None);
    minded.filter_map(|name| Some((name, is_gone(name, history.of(name).last()?))))
}

fn is_gone(name: &str, latest: &Version) -> Diagnostic {
    let message = format!("no schema defines `{name}` any more, and it is deployed");
    Diagnostic::new(Code::SchemaGone, name_of(latest), message)
        .label(format!("version {} of `{name}`", latest.number))
        .note(format!(
            "if it was renamed, give the type its old name as an alias: \"aliases\": [\"{name}\"]"
        ))
        .note(format!(
            "if nobody writes or reads it any more, say so in avro.toml: [[override]] with select \
             = \"{name}\" and compatibility = \"NONE\""
        ))
}

/// Where a version has its name; of a schema without one, its beginning.
fn name_of(version: &Version) -> Span {
    match version.root().schema.kind {
        SchemaKind::Named(id) => version.set[id].name_span,
        _ => Span::start_of(version.file),
    }
}
