//! Versions that were put into the history by hand → the lock that lists them.

use avro_model::diagnostic::Diagnostics;
use avro_model::source::SourceMap;

use super::{check, lock, open, version};
use crate::config::Config;
use crate::sources::Files;

/// The text of avro.lock with every version that is there, and the names and numbers of those
/// that it did not list.
///
/// # Errors
///
/// Everything that is wrong with the history besides.
pub(crate) fn adopt(
    config: &Config,
    sources: &SourceMap,
    files: &Files,
) -> Result<(String, Vec<(String, u32)>), Diagnostics> {
    let mut found = Diagnostics::new();
    let (mut lock, stored) = open(config, sources, files, &mut found);
    let mut adopted = Vec::new();
    for (name, versions) in &stored {
        for &version in versions {
            let key = (name.clone(), version.number);
            if lock.listed.contains_key(&key) {
                continue;
            }
            match version::link(name, version, sources) {
                Ok(version) => {
                    lock.add(key.clone(), version.digests, version.file);
                    adopted.push(key);
                }
                Err(mistakes) => found.extend(mistakes),
            }
        }
    }
    if !found.has_errors() {
        check(stored, &lock, sources, &mut found);
    }
    match found.has_errors() {
        true => Err(found),
        false => Ok((lock::write(&lock.listed), adopted)),
    }
}
