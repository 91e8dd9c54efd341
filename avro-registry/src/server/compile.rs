//! A schema as it was sent → what the store holds of it.
//!
//! Nothing here knows the store, so compiling cannot hold its lock.

use std::sync::Arc;

use avro_model::{Severity, SourceMap, fingerprint, render, source::FileId};

use super::normal;
use super::store::Schema;

/// A schema that was found to be one, together with what it refers to.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    /// Its text without white space between the tokens, or normalized.
    pub(super) schema: Schema,
    pub(super) meaning: Meaning,
}

/// The SHA-256 of the normalized text with all that it refers to in place: equal for two schemas
/// that say the same, whatever they refer to and whatever their texts look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning([u8; 32]);

/// The schema, if it is one together with the texts that it refers to; else every error, each with
/// its place. Each of these texts stands behind what to call it.
pub(super) fn compile(
    schema: Schema,
    referenced: &[(String, Arc<str>)],
    normalize: bool,
) -> Result<Compiled, String> {
    let mut sources = SourceMap::new();
    let file = add(&mut sources, "schema", &schema.text)?;
    for (place, text) in referenced {
        add(&mut sources, place, text)?;
    }
    let (set, found) = avro_model::compile(&sources);
    let errors = found
        .iter()
        .filter(|found| found.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|found| render::line(&sources, found)).collect();
    if !errors.is_empty() {
        return Err(errors.join("; "));
    }
    let root = set.roots().iter().find(|root| root.file == file);
    let root = root.ok_or("it holds no schema")?;
    let text = match normalize {
        true => normal::form(&set, &root.schema, |ty| ty.span.file == file),
        false => root.json.to_string(),
    };
    let whole = normal::form(&set, &root.schema, |_| true);
    Ok(Compiled {
        schema: Schema {
            text: text.into(),
            references: schema.references,
        },
        meaning: Meaning(fingerprint::sha256(&whole)),
    })
}

fn add(sources: &mut SourceMap, place: &str, text: &str) -> Result<FileId, String> {
    sources
        .add(place, text)
        .map_err(|_| format!("{place} is larger than 4 GiB"))
}
