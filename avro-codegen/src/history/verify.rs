//! Versions against avro.lock: none is changed, missing or added by hand.

use std::collections::{BTreeMap, BTreeSet};

use avro_model::codes::Code;
use avro_model::diagnostic::{Diagnostic, Diagnostics};
use avro_model::source::{SourceMap, Span};

use super::Version;
use super::lock::{self, Lock};
use super::version::Stored;

/// The versions that are listed and not there.
pub(super) fn nothing_missing(
    stored: &BTreeMap<String, Vec<Stored>>,
    lock: &Lock,
    found: &mut Diagnostics,
) {
    for (name, number) in lock.listed.keys() {
        let mut versions = stored.get(name).into_iter().flatten();
        let Some((_, places)) = lock.of(name, *number) else {
            continue;
        };
        if !versions.any(|version| version.number == *number) {
            let message = format!("version {number} of `{name}` is not in the history");
            let note = format!("restore `{name}/{number}.avsc`: what was deployed stays readable");
            found.push(Diagnostic::new(Code::VersionMissing, places.number, message).note(note));
        }
    }
}

/// The numbers of a schema's versions: from 1, without a gap. What the lock lists is no gap.
pub(super) fn numbers(
    name: &str,
    stored: &[Stored],
    lock: &Lock,
    sources: &SourceMap,
) -> Vec<Diagnostic> {
    let listed = lock.listed.keys().filter(|(listed, _)| listed == name);
    let there: BTreeSet<u32> = stored.iter().map(|version| version.number).collect();
    let known: BTreeSet<u32> = listed.map(|(_, number)| *number).chain(there).collect();
    let mut found = Vec::new();
    for version in stored {
        let before = version.number - 1;
        if before > 0 && !known.contains(&before) {
            let message = format!(
                "version {} of `{name}` is there, and version {before} is not",
                version.number
            );
            let place = Span::start_of(version.file);
            let note = format!(
                "restore `{before}.avsc`, or give `{}` the next number of those that are there",
                sources.source(version.file).path().display()
            );
            found.push(Diagnostic::new(Code::VersionGap, place, message).note(note));
        }
    }
    found
}

/// The text of a version against what the lock says of it.
pub(super) fn text(
    name: &str,
    version: Stored,
    lock: &Lock,
    sources: &SourceMap,
) -> Result<(), Vec<Diagnostic>> {
    let Stored { number, file } = version;
    let wrong = |code, message| Diagnostic::new(code, Span::start_of(file), message);
    let Some((expected, places)) = lock.of(name, number) else {
        let message = format!("version {number} of `{name}` is not listed in avro.lock");
        return Err(vec![wrong(Code::VersionNotLocked, message).note(
            "if it is what was deployed, `cargo avro freeze --adopt` lists it; a new version is \
             recorded by `cargo avro freeze`",
        )]);
    };
    if lock::digest(sources.source(file).text()) == expected.sha256 {
        return Ok(());
    }
    let message = format!("version {number} of `{name}` was changed after it was recorded");
    Err(vec![
        wrong(Code::VersionChanged, message)
            .also(places.sha256, "its SHA-256 was this one")
            .note("restore the file: data were written with what it was")
            .note("a change is a new version: `cargo avro freeze` records it"),
    ])
}

/// The identity of a version against what the lock says of it.
pub(super) fn identity(
    name: &str,
    version: Version,
    lock: &Lock,
) -> Result<Version, Vec<Diagnostic>> {
    let number = version.number;
    match lock.of(name, number) {
        Some((expected, places)) if expected.identity != version.digests.identity => {
            let message = format!("version {number} of `{name}` has another identity than this");
            Err(vec![
                Diagnostic::new(Code::IdentityChanged, places.identity, message)
                    .also(Span::start_of(version.file), "its text is what it was")
                    .note("restore avro.lock"),
            ])
        }
        _ => Ok(version),
    }
}
