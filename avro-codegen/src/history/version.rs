//! Files of the history → versions, each linked by itself.

use std::collections::BTreeMap;
use std::path::Path;

use avro_model::Options;
use avro_model::codes::{Category, Code};
use avro_model::diagnostic::{Diagnostic, Diagnostics, Severity};
use avro_model::schema::{SchemaKind, SchemaSet};
use avro_model::source::{FileId, SourceMap, Span};

use super::Version;
use super::lock::Digests;
use crate::config::Config;

/// The extension of a version's file.
const EXTENSION: &str = "avsc";

/// A version by its place, not read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    pub(super) number: u32,
    pub(super) file: FileId,
}

/// The files by schema and number; what is neither is a finding.
pub(super) fn find(
    config: &Config,
    sources: &SourceMap,
    files: &[FileId],
    found: &mut Diagnostics,
) -> BTreeMap<String, Vec<Stored>> {
    let mut stored: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    for &file in files {
        let path = sources.source(file).path();
        match config.in_history(path).and_then(place) {
            Some((name, number)) => stored
                .entry(name)
                .or_default()
                .push(Stored { number, file }),
            None => found.push(stray(config, path, file)),
        }
    }
    for versions in stored.values_mut() {
        versions.sort_by_key(|version| version.number);
    }
    stored
}

/// `<fullname>/<n>.avsc` → the name and the number.
fn place(path: &Path) -> Option<(String, u32)> {
    let mut parts = path.iter().map(|part| part.to_str());
    let (name, file) = (parts.next()??, parts.next()??);
    let number = file.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let is_number = number.bytes().all(|digit| digit.is_ascii_digit()) && !number.starts_with('0');
    let number = number.parse().ok().filter(|_| is_number)?;
    parts.next().is_none().then(|| (name.to_owned(), number))
}

fn stray(config: &Config, path: &Path, file: FileId) -> Diagnostic {
    let message = format!("`{}` is no deployed version", config.shown(path));
    Diagnostic::new(Code::StrayVersion, Span::start_of(file), message).note(format!(
        "a version stands at `{}/<fullname>/<n>.avsc`, counted from 1; any other schema belongs \
         into a folder that `schemas` or `reference` names",
        config.shown(&config.history_folder())
    ))
}

/// Links a version by itself.
pub(super) fn link(
    name: &str,
    stored: Stored,
    sources: &SourceMap,
) -> Result<Version, Vec<Diagnostic>> {
    let Stored { number, file } = stored;
    let options = Options::new().lenient(true).category(Category::Minimal);
    let (set, found) = avro_model::compile_files(sources, &[file], &options);
    let errors = found.into_iter();
    let errors = errors.filter(|finding| finding.severity == Severity::Error);
    let mut errors: Vec<_> = errors
        .map(|error| unreadable(name, number, error))
        .collect();
    errors.extend(another(name, number, &set));
    match set.only_root() {
        Some(root) if errors.is_empty() => {
            let digests = Digests::of(sources.source(file).text(), &set, root);
            Ok(Version {
                number,
                file,
                digests,
                set,
            })
        }
        _ => Err(errors),
    }
}

/// What is wrong with the schema, as something that is wrong with the history.
fn unreadable(name: &str, number: u32, error: Diagnostic) -> Diagnostic {
    let message = format!("version {number} of `{name}`: {}", error.message);
    let note = match error.code {
        Code::UndefinedName => {
            "a version is read by itself: put every type that it names into it, as a schema \
             registry shows it"
        }
        _ => "put the schema there as it was deployed, as a schema registry shows it",
    };
    Diagnostic {
        code: Code::UnreadableVersion,
        message,
        notes: vec![note.to_owned()],
        ..error
    }
}

/// The version defines a type of another name than its folder's.
fn another(name: &str, number: u32, set: &SchemaSet) -> Option<Diagnostic> {
    let root = set.only_root()?;
    let SchemaKind::Named(id) = root.schema.kind else {
        return None;
    };
    let ty = &set[id];
    let note = format!(
        "versions of `{}` stand in a folder of that name; a renamed type has the old name as an \
         alias, and is compared with the versions under both",
        ty.fullname
    );
    (ty.fullname.as_str() != name).then(|| {
        let message = format!("version {number} of `{name}` defines `{}`", ty.fullname);
        Diagnostic::new(Code::VersionOfAnotherName, ty.name_span, message).note(note)
    })
}
