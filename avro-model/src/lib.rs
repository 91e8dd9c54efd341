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
//! [`Options`] say which lints are made and how much is let pass; [`exceptions`] stand beside the
//! schema. Every finding has a [`codes::Code`].
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
pub mod compat;
pub mod count;
pub mod datum;
pub mod default;
pub mod diagnostic;
pub mod diff;
pub mod escape;
pub mod exceptions;
pub mod fingerprint;
#[cfg(test)]
mod growth;
pub mod identity;
pub mod json;
pub mod link;
#[cfg(feature = "load")]
pub mod load;
mod logical;
pub mod matching;
pub mod name;
mod options;
pub mod parse;
pub mod render;
pub mod schema;
pub mod shape;
pub mod source;
mod steps;
pub mod suggest;
mod text;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use options::Options;
pub use schema::SchemaSet;
pub use source::SourceMap;
pub use text::{TextError, compile_text, compile_with_references};

use link::Repeats;
use source::{FileId, Source};

/// Compiles all sources together: references may cross files in any direction.
///
/// The set holds every type and top-level schema that is sound; a caller that needs all of them
/// asks [`Diagnostics::has_errors`] first. The findings are in the order of paths and places.
/// Both depend on the sources' paths and texts alone, not on the order in which they were added.
///
/// Of the lints, those of [`Category::Basic`](codes::Category::Basic) are reported;
/// [`Diagnostics::up_to`] takes them away, [`compile_with`] reports others.
#[must_use]
pub fn compile(sources: &SourceMap) -> (SchemaSet, Diagnostics) {
    compile_with(sources, &Options::new())
}

/// The same, with a choice of what is reported and of how much is let pass.
#[must_use]
pub fn compile_with(sources: &SourceMap, options: &Options) -> (SchemaSet, Diagnostics) {
    compile_files(sources, &sources.by_path(), options)
}

/// The same for some files of a map, as if there were no others: so that findings can point into
/// several sets of schemas that know nothing of each other, such as the versions of one schema.
#[must_use]
pub fn compile_files(
    sources: &SourceMap,
    files: &[FileId],
    options: &Options,
) -> (SchemaSet, Diagnostics) {
    let order = sources.ordered(files.iter().copied());
    compile_in_order(sources, &order, options, Repeats::Mistakes)
}

/// The same for files in an order of the caller's.
fn compile_in_order(
    sources: &SourceMap,
    order: &[FileId],
    options: &Options,
    repeats: Repeats,
) -> (SchemaSet, Diagnostics) {
    let mut all = Diagnostics::new();
    let (files, broken) = read(sources, order, options, &mut all);
    let surface: Vec<_> = files
        .iter()
        .map(|(id, json)| {
            let source = sources.source(*id);
            let (format, stem) = (source.format(), stem(source));
            parse::parse(*id, format, stem, json, options.lenient, &mut all)
        })
        .collect();
    let linked = link::link_with(&surface, &broken, sources, repeats, &mut all);
    check::check_with(&linked, options, &mut all);

    let mut found = Diagnostics::new();
    found.extend(
        all.into_iter()
            .filter_map(|finding| options.applied(finding)),
    );
    exceptions::apply(&surface, &linked.copied, options, &mut found);
    found.sort_by_file(order);
    let mut set = linked.into_sound();
    if options.lenient {
        check::drop_unfit_defaults(&mut set);
    }
    (set, found)
}

/// The JSON of the files, in their order, and the texts that are no JSON.
fn read<'s>(
    sources: &'s SourceMap,
    order: &[FileId],
    options: &Options,
    found: &mut Diagnostics,
) -> (Vec<(FileId, json::Value)>, Vec<&'s str>) {
    let mut files = Vec::new();
    let mut broken = Vec::new();
    for &id in order {
        let source = sources.source(id);
        if source.had_byte_order_mark() {
            found.push(json::byte_order_mark(id));
        }
        let mistakes: Vec<_> = source.mistakes_in(id).collect();
        let sound = mistakes
            .iter()
            .all(|found| found.severity < Severity::Error);
        found.extend(mistakes);
        let (text, start) = (source.json(), source.json_start());
        let json = sound
            .then(|| json::parse_with(id, text, start, options.lenient, found))
            .flatten();
        match json {
            Some(json) => files.push((id, json)),
            None => broken.push(source.text()),
        }
    }
    (files, broken)
}

/// The file's name without its extension.
fn stem(source: &Source) -> String {
    let stem = source.path().file_stem();
    stem.map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
