//! avro.lock: what each deployed version is, so that none changes unnoticed.
//!
//! ```toml
//! version = 1
//!
//! [[schema]]
//! name = "shop.Order"
//! version = 1
//! sha256 = "…"    # of the file's text, with "\n" at the ends of lines
//! identity = "…"  # of the schema
//! ```
//!
//! The entries are in the order of names and versions, so that two branches that add versions of
//! different schemas merge.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use avro_model::codes::Code;
use avro_model::diagnostic::{Diagnostic, Diagnostics};
use avro_model::fingerprint::sha256;
use avro_model::identity;
use avro_model::json::quote;
use avro_model::schema::{Root, SchemaSet};
use avro_model::source::{FileId, SourceMap, Span};
use toml::de::DeTable;

use crate::config::{Finding, Section};

/// The form of the file that is written and read.
const FORM: &str = "1";

const HEAD: &str = "\
# What is deployed, in the folder of the history. Written by `cargo avro freeze`; not to be edited.
";

/// What is listed of each version, by name and number.
pub(crate) type Listed = BTreeMap<(String, u32), Digests>;

/// What a version is, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digests {
    /// The SHA-256 of its text.
    pub(super) sha256: String,
    /// The identity of its schema.
    pub(super) identity: String,
}

/// A lock that was read.
#[derive(Debug, Default)]
pub(super) struct Lock {
    pub(super) listed: Listed,
    places: BTreeMap<(String, u32), Places>,
}

/// Where the lock says it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    pub(super) number: Span,
    pub(super) sha256: Span,
    pub(super) identity: Span,
}

impl Digests {
    /// Those of a version with this text and this schema.
    pub(super) fn of(text: &str, set: &SchemaSet, root: &Root) -> Self {
        Self {
            sha256: digest(text),
            identity: hex(&identity::of(set, &root.schema)),
        }
    }

    /// Whether they are those of a schema with this identity.
    pub(super) fn are_of(&self, identity: &[u8; 32]) -> bool {
        self.identity == hex(identity)
    }
}

impl Lock {
    /// Lists a version; there is no place for it but its file.
    pub(super) fn add(&mut self, key: (String, u32), digests: Digests, file: FileId) {
        let place = Span::start_of(file);
        let places = Places {
            number: place,
            sha256: place,
            identity: place,
        };
        self.places.insert(key.clone(), places);
        self.listed.insert(key, digests);
    }

    /// What is listed of a version, and where.
    pub(super) fn of(&self, name: &str, number: u32) -> Option<(&Digests, Places)> {
        let key = (name.to_owned(), number);
        Some((self.listed.get(&key)?, *self.places.get(&key)?))
    }
}

/// Reads the lock; its mistakes are findings in it.
pub(super) fn read(sources: &SourceMap, file: Option<FileId>, found: &mut Diagnostics) -> Lock {
    let Some(file) = file else {
        return Lock::default();
    };
    let mut findings = Vec::new();
    let lock = parse(sources.source(file).text(), file, &mut findings);
    found.extend(findings.into_iter().map(|finding| malformed(file, finding)));
    lock
}

fn parse(text: &str, file: FileId, findings: &mut Vec<Finding>) -> Lock {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().unwrap_or_default();
            findings.push(Finding::new(at, error.message()));
            return Lock::default();
        }
    };
    let mut section = Section::new("avro.lock", table.get_ref(), table.span(), findings);
    if section.number("version").as_deref() != Some(FORM) {
        let message = format!("this compiler reads locks with `version = {FORM}`");
        section.find(Finding::new(0..0, message));
        return Lock::default();
    }
    let entries = section.tables("schema", "[[schema]]", |section| entry(section, file));
    section.finish();
    let mut lock = Lock::default();
    for (key, digests, places) in entries {
        if lock.listed.insert(key.clone(), digests).is_some() {
            let at = places.number.start as usize..places.number.end as usize;
            let message = format!("version {} of `{}` is listed twice", key.1, key.0);
            findings.push(Finding::new(at, message));
        }
        lock.places.insert(key, places);
    }
    lock
}

fn entry(
    section: &mut Section<'_, '_, '_>,
    file: FileId,
) -> Option<((String, u32), Digests, Places)> {
    let (name, number) = (section.required("name"), section.integer("version"));
    let (sha256, identity) = (section.required("sha256"), section.required("identity"));
    let (number, sha256, identity) = (number?, sha256?, identity?);
    let places = Places {
        number: span(file, &number.at),
        sha256: span(file, &sha256.at),
        identity: span(file, &identity.at),
    };
    let digests = Digests {
        sha256: sha256.value,
        identity: identity.value,
    };
    Some(((name?.value, number.value), digests, places))
}

/// The text of a lock.
pub(crate) fn write(listed: &Listed) -> String {
    let mut text = format!("{HEAD}version = {FORM}\n");
    for ((name, number), Digests { sha256, identity }) in listed {
        let entry = [
            "\n[[schema]]".to_owned(),
            format!("name = {}", quote(name)),
            format!("version = {number}"),
            format!("sha256 = \"{sha256}\""),
            format!("identity = \"{identity}\""),
        ];
        text.push_str(&entry.join("\n"));
        text.push('\n');
    }
    text
}

fn malformed(file: FileId, finding: Finding) -> Diagnostic {
    let found = Diagnostic::new(
        Code::MalformedLock,
        span(file, &finding.at),
        finding.message,
    );
    let note = finding.note.unwrap_or_else(|| {
        "restore the file; or, if nothing in the history was changed, delete it and let `cargo \
         avro freeze --adopt` write it anew"
            .to_owned()
    });
    found.note(note)
}

fn span(file: FileId, at: &Range<usize>) -> Span {
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let (start, end) = (offset(at.start), offset(at.end));
    Span { file, start, end }
}

/// The SHA-256 of a version's text. Line endings do not count: Git may change them.
pub(super) fn digest(text: &str) -> String {
    hex(&sha256(&text.replace("\r\n", "\n")))
}

fn hex(bytes: &[u8; 32]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
