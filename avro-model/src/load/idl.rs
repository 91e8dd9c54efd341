//! Avro IDL (`.avdl`) → schemas in JSON, by the crate `avdl`, and the way back from each of their
//! parts to the place in the file.
//!
//! The crate reads what a file imports; here every file brings the types that it declares itself,
//! and the imported ones are sources of their own. It gives JSON without places, so an outline of
//! the file says where the names stand.

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
        for import in imports(&path, &text) {
            if import.is_file() && files.insert(import.clone()) && is_idl(&import) {
                open.push(import);
            }
        }
    }
}

/// The files that a text imports, resolved from the folder of its path.
fn imports(path: &Path, text: &str) -> Vec<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let imports = Outline::of(text).imports.into_iter();
    imports.map(|(import, _)| joined(folder, &import)).collect()
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
pub(super) fn derive(path: &Path, text: &str) -> Derived {
    let outline = Outline::of(text);
    let mut reports = Reports {
        path: &path.display().to_string(),
        text,
        outline: &outline,
        mistakes: Vec::new(),
    };
    let mut compiler = Idl2Schemata::new();
    let (types, warnings) = match compiler.extract(path) {
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
    let main = outline.main.as_ref().and_then(|_| main_schema(path));
    let mut derived = json::written(&outline, &declared(&outline, types), main.as_ref());
    derived.mistakes = mistakes;
    derived
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
fn main_schema(path: &Path) -> Option<Value> {
    let schema = Idl::new().convert(path).ok()?.json;
    (!json::is_definition(&schema)).then_some(schema)
}

/// What the crate reports, each with its place in this file.
struct Reports<'a> {
    path: &'a str,
    text: &'a str,
    outline: &'a Outline,
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
        let (file, place) = self.place(found);
        let message = match file {
            None => plain(&message),
            Some(file) => format!("{} (in {file}, which this file imports)", plain(&message)),
        };
        self.mistakes.push(Mistake {
            severity,
            message,
            place: place.unwrap_or(0..0),
            note: found.help().map(|help| help.to_string()).or(more),
        });
        for related in found.related().into_iter().flatten() {
            self.add(related, severity);
        }
    }

    /// Where it is in this file. If it is in another one: that, and where it is imported here.
    fn place(&self, found: &dyn miette::Diagnostic) -> (Option<String>, Option<Range<u32>>) {
        let Some(label) = found.labels().and_then(|mut labels| labels.next()) else {
            return (None, None);
        };
        let source = found.source_code();
        let span = source.and_then(|source| source.read_span(label.inner(), 0, 0).ok());
        match span.as_ref().and_then(|span| span.name()) {
            Some(name) if name != self.path => (Some(name.to_owned()), self.import(name)),
            _ => (
                None,
                self.range(&(label.offset()..label.offset() + label.len())),
            ),
        }
    }

    fn import(&self, file: &str) -> Option<Range<u32>> {
        let named = |path: &str| Path::new(path).file_name().map(ToOwned::to_owned);
        let mut imports = self.outline.imports.iter();
        let (_, place) = imports.find(|(path, _)| named(path) == named(file))?;
        self.range(place)
    }

    /// A range of bytes that lies on characters of the text.
    fn range(&self, place: &Range<usize>) -> Option<Range<u32>> {
        self.text.get(place.clone())?;
        Some(u32::try_from(place.start).ok()?..u32::try_from(place.end).ok()?)
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
