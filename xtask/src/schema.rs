//! A text → linked schema, as strictly as the compiler takes its inputs.

use avro_model::{SchemaSet, Severity, SourceMap, render};

/// Compiles one self-contained schema.
///
/// # Errors
///
/// The first error, with its place.
pub(crate) fn strict(text: &str) -> Result<SchemaSet, String> {
    all_strict(&source(text)?)
}

/// Compiles several texts together.
///
/// # Errors
///
/// The first error, with its place.
pub(crate) fn all_strict(sources: &SourceMap) -> Result<SchemaSet, String> {
    let (set, findings) = avro_model::compile(sources);
    let mut errors = findings.iter().filter(|f| f.severity == Severity::Error);
    match errors.next() {
        Some(error) => Err(render::line(sources, error)),
        None => Ok(set),
    }
}

/// One text as the compiler's input.
///
/// # Errors
///
/// If it is larger than a source may be.
pub(crate) fn source(text: &str) -> Result<SourceMap, String> {
    let mut sources = SourceMap::new();
    let added = sources.add("case.avsc", text);
    added.map_err(|_| "the schema is too large".to_owned())?;
    Ok(sources)
}
