//! Deployed versions: `avro-history/<fullname>/<n>.avsc`, and avro.lock beside the folder.
//!
//! Texts in, findings out: what is read from disk comes with the other sources, and is told apart
//! by its path.
//!
//! A version holds what was deployed, mistakes included, so it is read leniently. It is
//! self-contained, and linked as a set of its own: no schema can refer to it, and it refers to
//! none. It never changes; avro.lock holds the SHA-256 of its text and the identity of its schema.

mod adopt;
mod deployable;
mod lock;
mod record;
mod verify;
mod version;

use std::collections::BTreeMap;

use avro_model::diagnostic::Diagnostics;
use avro_model::schema::{Root, SchemaSet};
use avro_model::source::{FileId, SourceMap};

use crate::config::Config;
use crate::sources::Files;
use lock::{Digests, Listed, Lock};
use version::Stored;

pub(crate) use adopt::adopt;
pub(crate) use deployable::Deployable;
pub(crate) use record::{Next, next};

/// The name of the lock.
pub(crate) const LOCK: &str = "avro.lock";

/// The deployed versions of every schema, oldest first, by the name of their folder.
///
/// A name with a finding is left out, so that nothing is compared with what is in doubt.
#[derive(Debug, Default)]
pub(crate) struct History {
    versions: BTreeMap<String, Vec<Version>>,
    listed: Listed,
}

/// A deployed version, linked.
#[derive(Debug)]
pub(crate) struct Version {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) file: FileId,
    pub(crate) set: SchemaSet,
    digests: Digests,
}

/// Reads the versions, and checks them against avro.lock.
pub(crate) fn read(config: &Config, sources: &SourceMap, files: &Files) -> (History, Diagnostics) {
    let mut found = Diagnostics::new();
    let (lock, stored) = open(config, sources, files, &mut found);
    let versions = check(stored, &lock, sources, &mut found);
    let listed = lock.listed;
    (History { versions, listed }, found)
}

/// The lock, and the versions by their places; none if the lock cannot be read.
fn open(
    config: &Config,
    sources: &SourceMap,
    files: &Files,
    found: &mut Diagnostics,
) -> (Lock, BTreeMap<String, Vec<Stored>>) {
    let lock = lock::read(sources, files.lock, found);
    if found.has_errors() {
        return (Lock::default(), BTreeMap::new());
    }
    (lock, version::find(config, sources, &files.history, found))
}

/// Links the versions of every name that has no finding.
fn check(
    stored: BTreeMap<String, Vec<Stored>>,
    lock: &Lock,
    sources: &SourceMap,
    found: &mut Diagnostics,
) -> BTreeMap<String, Vec<Version>> {
    verify::nothing_missing(&stored, lock, found);
    let mut versions = BTreeMap::new();
    for (name, stored) in stored {
        let mut mistakes = verify::numbers(&name, &stored, lock, sources);
        let mut linked = Vec::with_capacity(stored.len());
        for version in stored {
            let version = verify::text(&name, version, lock, sources)
                .and_then(|()| version::link(&name, version, sources))
                .and_then(|version| verify::identity(&name, version, lock));
            match version {
                Ok(version) => linked.push(version),
                Err(found) => mistakes.extend(found),
            }
        }
        match mistakes.is_empty() {
            true => drop(versions.insert(name, linked)),
            false => found.extend(mistakes),
        }
    }
    versions
}

impl History {
    /// The versions under a name, oldest first.
    pub(crate) fn of(&self, name: &str) -> &[Version] {
        self.versions.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names under which something is deployed.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.versions.keys().map(String::as_str)
    }
}

impl Version {
    /// Its only top-level schema.
    pub(crate) fn root(&self) -> &Root {
        &self.set.roots()[0]
    }
}
