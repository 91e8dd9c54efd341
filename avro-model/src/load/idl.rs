//! Avro IDL (`.avdl`) → schemas in JSON, by the crate `avdl`, and the way back from each of their
//! parts to the place in the file.
//!
//! Every file brings the types that it declares itself, and imported files are sources of their
//! own: what is wrong with one is said once, whoever imports it. The crate gives JSON without
//! places, so an outline of the file says where the names stand.

mod doc;
mod imports;
mod json;
mod outline;
mod tokens;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use avdl::{Idl, Idl2Schemata};
use serde_json::Value;

use super::files::Files;
use super::is_idl;
use crate::diagnostic::Severity;
use crate::source::{Derived, Mistake};

pub(super) use imports::Imports;
use imports::{Alone, imported};
use outline::Outline;

/// Adds the files that those in Avro IDL import. One that is not there is the compiler's finding.
pub(super) fn add_imports(files: &mut Files) {
    let mut open: Vec<PathBuf> = files
        .paths()
        .filter(|path| is_idl(path))
        .map(Path::to_owned)
        .collect();
    while let Some(path) = open.pop() {
        // What cannot be read is reported when it is read in earnest.
        let text = fs::read_to_string(&path).unwrap_or_default();
        for import in imported(&path, &Outline::of(&text)) {
            if import.is_file() && files.insert(import.clone()) && is_idl(&import) {
                open.push(import);
            }
        }
    }
}

/// A path inside a folder, without the steps back (`a/../b`) that imports begin with.
fn joined(folder: &Path, import: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for part in Path::new(import).components() {
        let steps_back = part.as_os_str() == ".." && path.file_name().is_some();
        if !(steps_back && path.pop()) {
            path.push(part);
        }
    }
    path
}

/// The schemas of a file, or what is wrong with it.
pub(super) fn derive(imports: &mut Imports, path: &Path, text: &str) -> Derived {
    let outline = Outline::of(text);
    let missing = missing_imports(path, &outline);
    if !missing.is_empty() {
        return Derived {
            mistakes: missing,
            ..json::written(text, &outline, &BTreeMap::new(), None)
        };
    }
    let alone = Alone::new(text, &outline, &imports.names(path, &outline));
    // The crate keeps every text for the whole run, so it takes a `&'static` one.
    let given: &'static str = alone.text.clone().leak();
    let name: &'static str = path.display().to_string().leak();
    let mut reports = Reports {
        text,
        alone: &alone,
        mistakes: Vec::new(),
    };
    let mut compiler = Idl2Schemata::new();
    let (types, warnings) = match compiler.extract_str_named(given, name) {
        Ok(output) => {
            let types = output.schemas.into_iter().map(|named| named.schema);
            (types.collect(), output.warnings)
        }
        Err(error) => {
            reports.add(error.as_ref(), Severity::Error);
            (Vec::new(), compiler.drain_warnings())
        }
    };
    for warning in warnings {
        reports.add(warning.as_ref(), Severity::Warning);
    }
    let mistakes = reports.mistakes;
    let main = outline.main.as_ref().and_then(|_| main_schema(given, name));
    let mut derived = json::written(text, &outline, &declared(&outline, types), main.as_ref());
    derived.mistakes = mistakes;
    derived
}

/// The imports of files that are not there.
fn missing_imports(path: &Path, outline: &Outline) -> Vec<Mistake> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let imports = outline.imports.iter();
    let missing = imports.filter(|import| !joined(folder, &import.path).is_file());
    missing
        .filter_map(|import| {
            let (start, end) = (import.place.start, import.place.end);
            Some(Mistake {
                severity: Severity::Error,
                message: format!("the imported file `{}` is not there", import.path),
                place: u32::try_from(start).ok()?..u32::try_from(end).ok()?,
                note: Some("write its path from the folder of this file".to_owned()),
            })
        })
        .collect()
}

/// The schemas of the types that the file itself declares, by fullname.
fn declared(outline: &Outline, types: Vec<Value>) -> BTreeMap<String, Value> {
    let mut by_name: BTreeMap<String, Value> = types
        .into_iter()
        .map(|schema| (json::fullname(&schema, None), schema))
        .collect();
    let own = outline.types.iter();
    own.filter_map(|ty| by_name.remove_entry(&ty.fullname))
        .collect()
}

/// The schema that the file as a whole stands for, unless it is one of its named types.
fn main_schema(text: &'static str, name: &'static str) -> Option<Value> {
    let schema = Idl::new().convert_str_named(text, name).ok()?.json;
    (!json::is_definition(&schema)).then_some(schema)
}

/// What the crate reports, each with its place in this file.
struct Reports<'a> {
    text: &'a str,
    /// The text that the crate was given.
    alone: &'a Alone,
    mistakes: Vec<Mistake>,
}

impl Reports<'_> {
    fn add(&mut self, found: &dyn miette::Diagnostic, severity: Severity) {
        // The innermost cause says what is wrong; those around it, what the crate was at.
        let causes = std::iter::successors(found.source(), |cause| cause.source());
        let message = causes
            .last()
            .map_or_else(|| found.to_string(), ToString::to_string);
        // What stands on further lines says what to do.
        let (message, more) = match message.split_once('\n') {
            Some((message, more)) => (message.to_owned(), Some(more.to_owned())),
            None => (message, None),
        };
        self.mistakes.push(Mistake {
            severity,
            message: plain(&message),
            place: self.place(found).unwrap_or(0..0),
            note: found.help().map(|help| help.to_string()).or(more),
        });
        for related in found.related().into_iter().flatten() {
            self.add(related, severity);
        }
    }

    /// Where it is in the file.
    fn place(&self, found: &dyn miette::Diagnostic) -> Option<Range<u32>> {
        let label = found.labels()?.next()?;
        let start = self.alone.original(label.offset());
        let end = self.alone.original(label.offset() + label.len());
        // A range that lies on characters of the text.
        self.text.get(start..end)?;
        Some(u32::try_from(start).ok()?..u32::try_from(end).ok()?)
    }
}

/// A message as ours are: it begins in lower case, and the place says the `line 2:35 ` or
/// `Line 2, char 35: ` before it.
fn plain(message: &str) -> String {
    let after_digits = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let line = message.strip_prefix(['l', 'L']);
    let rest = line.and_then(|rest| {
        let rest = rest.strip_prefix("ine ")?;
        let rest = &rest[rest.len() - after_digits(rest)..];
        let rest = rest
            .strip_prefix(':')
            .or_else(|| rest.strip_prefix(", char "))?;
        let rest = &rest[rest.len() - after_digits(rest)..];
        rest.strip_prefix(": ").or_else(|| rest.strip_prefix(' '))
    });
    let message = rest.unwrap_or(message).trim_end_matches('.');
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{joined, plain};

    #[test]
    fn messages_say_no_place() {
        for (message, expected) in [
            ("line 2:35 unexpected token `}`", "unexpected token `}`"),
            (
                "Line 21, char 8: Ignoring out-of-place documentation comment.",
                "ignoring out-of-place documentation comment",
            ),
            ("line of what?", "line of what?"),
            ("Undefined name: A.b", "undefined name: A.b"),
            ("", ""),
        ] {
            assert_eq!(plain(message), expected);
        }
    }

    #[test]
    fn imports_are_found_from_the_folder_of_the_file() {
        for (folder, import, expected) in [
            ("a/b", "c.avdl", "a/b/c.avdl"),
            ("a/b", "../c.avdl", "a/c.avdl"),
            ("a", "../../c.avdl", "../c.avdl"),
            ("", "x/../c.avdl", "c.avdl"),
            ("..", "../c.avdl", "../../c.avdl"),
        ] {
            assert_eq!(
                joined(Path::new(folder), import),
                Path::new(expected),
                "{folder} {import}"
            );
        }
    }
}
