//! A schema as it is → its next version, and the lock with it.

use avro_model::Options;
use avro_model::bundle;
use avro_model::json::laid_out;
use avro_model::schema::SchemaSet;
use avro_model::source::SourceMap;

use super::lock::{self, Digests};
use super::{Deployable, History, Version};

/// A version that is to be recorded.
#[derive(Debug)]
pub(crate) struct Next {
    pub(crate) name: String,
    pub(crate) number: u32,
    /// What its file will hold.
    pub(crate) text: String,
    digests: Digests,
}

/// The next version of a schema; nothing if it is what was deployed last.
///
/// # Errors
///
/// The reason why the schema cannot stand in one file.
pub(crate) fn next(
    history: &History,
    set: &SchemaSet,
    name: &str,
    schema: Deployable<'_>,
) -> Result<Option<Next>, String> {
    let versions = history.of(name);
    let bundled = schema.bundled(set);
    if versions
        .last()
        .is_some_and(|last| last.bundled() == bundled)
    {
        return Ok(None);
    }
    let (text, digests) = in_one_file(&bundled)
        .filter(|(_, digests)| digests.are_of(&schema.identity(set)))
        .ok_or_else(|| {
            format!("`{name}` cannot be written as one schema: it is nested too deep")
        })?;
    Ok(Some(Next {
        name: name.to_owned(),
        number: versions.last().map_or(1, |last| last.number + 1),
        text,
        digests,
    }))
}

/// The text of a version, and what it is when it is read again.
fn in_one_file(bundled: &str) -> Option<(String, Digests)> {
    let mut sources = SourceMap::new();
    sources.add("next.avsc", bundled).ok()?;
    let (set, _) = avro_model::compile_with(&sources, &Options::new().lenient(true));
    let root = set.only_root()?;
    let text = laid_out(&root.json);
    let digests = Digests::of(&text, &set, root);
    Some((text, digests))
}

impl History {
    /// The text of avro.lock with these versions.
    pub(crate) fn lock_with(&self, recorded: &[Next]) -> String {
        let mut listed = self.listed.clone();
        for next in recorded {
            let key = (next.name.clone(), next.number);
            listed.insert(key, next.digests.clone());
        }
        lock::write(&listed)
    }
}

impl Version {
    fn bundled(&self) -> String {
        bundle::schema(&self.set, self.root())
    }
}
