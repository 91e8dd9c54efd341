//! What a file in Avro IDL imports → the names that it may use.
//!
//! The crate `avdl` reads imports by itself, and refuses a type that both a file and one of its
//! imports declare. Java 1.12 takes it if both say the same, and [`link`](crate::link) asks just
//! that of all files. So the crate gets a text without imports, and behind the file's own types a
//! stand-in for each imported name: a `fixed` that nobody looks at, for types are linked by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::super::is_idl;
use super::joined;
use super::outline::Outline;
use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;
use crate::{json, link, parse};

/// The files that were looked at for what they declare, each once.
#[derive(Default)]
pub(in crate::load) struct Imports {
    files: BTreeMap<PathBuf, Declared>,
}

/// What one file declares, by fullname, and which files it imports.
#[derive(Default)]
struct Declared {
    names: Vec<String>,
    imports: Vec<PathBuf>,
}

impl Imports {
    /// The names that are declared in what a file imports, directly or through others, and not in
    /// the file itself.
    pub(super) fn names(&mut self, path: &Path, outline: &Outline) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        // By where they lead: through a link to a folder, a file has any number of paths.
        let known = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut seen = BTreeSet::from([known(path)]);
        let mut open = imported(path, outline);
        while let Some(path) = open.pop() {
            if seen.insert(known(&path)) {
                let declared = self.declared(path);
                names.extend(declared.names.iter().cloned());
                open.extend(declared.imports.iter().cloned());
            }
        }
        for own in &outline.names {
            names.remove(own);
        }
        names
    }

    fn declared(&mut self, path: PathBuf) -> &Declared {
        self.files
            .entry(path)
            .or_insert_with_key(|path| Declared::of(path))
    }
}

impl Declared {
    /// What cannot be read declares nothing here, and is reported where it is read in earnest.
    fn of(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        if !is_idl(path) {
            return Self {
                names: in_json(path, &text).unwrap_or_default(),
                imports: Vec::new(),
            };
        }
        let outline = Outline::of(&text);
        Self {
            imports: imported(path, &outline),
            names: outline.names,
        }
    }
}

/// The files that a file imports itself.
pub(super) fn imported(path: &Path, outline: &Outline) -> Vec<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let imports = outline.imports.iter();
    imports.map(|import| joined(folder, &import.path)).collect()
}

/// The names that a schema or a protocol in JSON declares.
fn in_json(path: &Path, text: &str) -> Option<Vec<String>> {
    let mut sources = SourceMap::new();
    let id = sources.add(path, text).ok()?;
    let source = sources.source(id);
    // What is wrong with the file is the compiler's finding.
    let mut found = Diagnostics::new();
    let json = json::parse_with(id, source.text(), 0, true, &mut found)?;
    let format = source.format();
    let file = parse::parse(id, format, String::new(), &json, true, &mut found);
    Some(link::declared(&file))
}

/// A text for the crate: without imports, and with a stand-in for each imported name.
pub(super) struct Alone {
    pub(super) text: String,
    /// Where the stand-ins are.
    inserted: Range<usize>,
}

impl Alone {
    /// Makes it of a file's text.
    pub(super) fn new(text: &str, outline: &Outline, names: &BTreeSet<String>) -> Self {
        let mut alone = text.to_owned();
        for import in &outline.imports {
            alone.replace_range(import.whole.clone(), &blanked(&text[import.whole.clone()]));
        }
        let stand_ins: String = names.iter().filter_map(|name| stand_in(name)).collect();
        // A text whose brackets do not match has a mistake that is found before any name.
        let at = outline.end.filter(|_| !stand_ins.is_empty());
        let inserted = at.map_or(0..0, |at| at..at + stand_ins.len());
        alone.insert_str(inserted.start, &stand_ins[..inserted.len()]);
        Self {
            text: alone,
            inserted,
        }
    }

    /// Where an offset of this text is in the file's own.
    pub(super) fn original(&self, offset: usize) -> usize {
        match offset {
            _ if offset <= self.inserted.start => offset,
            _ => offset
                .saturating_sub(self.inserted.len())
                .max(self.inserted.start),
        }
    }
}

/// Blanks in place of a text, with its line breaks.
fn blanked(text: &str) -> String {
    let blank = |byte: u8| match byte {
        b'\n' | b'\r' => byte as char,
        _ => ' ',
    };
    text.bytes().map(blank).collect()
}

/// A declaration of this name; nothing if it is no name of Avro IDL.
fn stand_in(fullname: &str) -> Option<String> {
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let (namespace, name) = fullname.rsplit_once('.').unwrap_or(("", fullname));
    fullname
        .split('.')
        .all(is_name)
        .then(|| format!("\n@namespace(\"{namespace}\") fixed `{name}`(1);"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Alone, Outline};

    #[test]
    fn places_in_front_of_the_stand_ins_stay() {
        let text = "protocol P {\n  import idl \"é.avdl\"; record R { a.E e; }\n} // end }\n";
        let names = BTreeSet::from(["a.E".to_owned(), "no-name".to_owned()]);
        let alone = Alone::new(text, &Outline::of(text), &names);
        let stand_in = "\n@namespace(\"a\") fixed `E`(1);";
        let expected = text.replace("import idl \"é.avdl\";", &" ".repeat(21));
        let (before, behind) = expected.split_once("\n} //").unwrap();
        assert_eq!(alone.text, format!("{before}\n{stand_in}}} //{behind}"));
        let end = text.find("} //").unwrap();
        for (offset, original) in [
            (0, 0),
            (end, end),
            (end + 1, end),
            (end + stand_in.len(), end),
            (end + stand_in.len() + 2, end + 2),
        ] {
            assert_eq!(alone.original(offset), original, "{offset}");
        }
    }

    #[test]
    fn a_text_with_a_missing_bracket_gets_none() {
        for text in ["protocol P { record R {", "record R { int a;", "}"] {
            let names = BTreeSet::from(["a.E".to_owned()]);
            assert_eq!(Alone::new(text, &Outline::of(text), &names).text, text);
        }
    }
}
