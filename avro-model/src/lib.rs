//! Front end of the Avro schema compiler: `.avsc` text to linked schemas, with diagnostics.
//!
//! | pass | module | from → to |
//! |---|---|---|
//! | 0 | [`load`] | paths → [`SourceMap`] |
//! | 1 | [`json`] | text → JSON with places |
//! | 2 | [`parse`] | JSON → surface schema ([`ast`]) |
//! | 3 | [`link`] | surface schemas → [`SchemaSet`] |
//! | 4 | [`check`] | what the specification demands, and lints |
//!
//! A mistake poisons the smallest unit: malformed JSON its file, a bad definition its name.
//! Each pass runs over all that is sound, so that one run finds every mistake.
//!
//! Vocabulary: to *link* is to bind a name to its definition. *Schema resolution* is the
//! specification's word for reader against writer, which is none of this crate's business.

pub mod ast;
pub mod bundle;
pub mod canonical;
pub mod check;
pub mod codes;
pub mod default;
pub mod diagnostic;
pub mod fingerprint;
pub mod identity;
pub mod json;
pub mod link;
pub mod load;
mod logical;
pub mod name;
pub mod parse;
pub mod render;
pub mod schema;
pub mod source;
mod text;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use schema::SchemaSet;
pub use source::SourceMap;
pub use text::{TextError, compile_text};

use source::FileId;

/// Compiles all sources together: references may cross files in any direction.
///
/// The set holds every type and top-level schema that is sound; a caller that needs all of them
/// asks [`Diagnostics::has_errors`] first. The findings are in the order of paths and places.
/// Both depend on the sources' paths and texts alone, not on the order in which they were added.
#[must_use]
pub fn compile(sources: &SourceMap) -> (SchemaSet, Diagnostics) {
    let mut found = Diagnostics::new();
    let (files, broken) = read(sources, &mut found);
    let surface: Vec<_> = files
        .iter()
        .map(|(id, json)| parse::parse(*id, stem(sources, *id), json, &mut found))
        .collect();
    let linked = link::link(&surface, &broken, sources, &mut found);
    check::check(&linked, &mut found);
    found.sort_by_path(sources);
    (linked.into_sound(), found)
}

/// The JSON of every file, in the order of paths, and the texts that are no JSON.
fn read<'s>(
    sources: &'s SourceMap,
    found: &mut Diagnostics,
) -> (Vec<(FileId, json::Value)>, Vec<&'s str>) {
    let mut files = Vec::new();
    let mut broken = Vec::new();
    for id in sources.by_path() {
        let text = sources.source(id).text();
        match json::parse(id, text, found) {
            Some(json) => files.push((id, json)),
            None => broken.push(text),
        }
    }
    (files, broken)
}

/// The file's name without its extension.
fn stem(sources: &SourceMap, id: FileId) -> String {
    let stem = sources.source(id).path().file_stem();
    stem.map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
