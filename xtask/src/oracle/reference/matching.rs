//! Which of the writer's types, branches and fields is one of the reader's.

use crate::oracle::random::model::{Field, Model, Named, Schema};

/// How a reader's type or branch suits what the writer has; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The same fullname, or the same type without a name.
    Same,
    /// By one of the reader's aliases.
    Alias,
    /// By its unqualified name.
    Short,
    /// By promotion.
    Promoted,
}

/// How a named type suits another, by the names alone.
pub(crate) fn named(reader: &Named, writer: &Named) -> Option<Fit> {
    if reader.name == writer.name {
        Some(Fit::Same)
    } else if reader.aliases.contains(&writer.name) {
        Some(Fit::Alias)
    } else {
        (reader.name.short == writer.name.short).then_some(Fit::Short)
    }
}

/// How a schema suits another, neither being a union.
pub(crate) fn fit(
    (reader, read): (&Model, &Schema),
    (writer, written): (&Model, &Schema),
) -> Option<Fit> {
    match (read, written) {
        (Schema::Primitive(read, _), Schema::Primitive(written, _)) => {
            let is_promotion = written.promotions().contains(read);
            (read == written)
                .then_some(Fit::Same)
                .or(is_promotion.then_some(Fit::Promoted))
        }
        (Schema::Array(_), Schema::Array(_)) | (Schema::Map(_), Schema::Map(_)) => Some(Fit::Same),
        (Schema::Named(read), Schema::Named(written)) => {
            let (read, written) = (&reader.types[*read], &writer.types[*written]);
            named(read, written).filter(|_| read.is_of_kind(written))
        }
        _ => None,
    }
}

/// The reader's branch for a writer's schema that is no union.
pub(crate) fn branch<'m>(
    reader: (&Model, &'m [Schema]),
    writer: (&Model, &Schema),
) -> Option<(usize, &'m Schema, Fit)> {
    let branches = reader.1.iter().enumerate();
    let fits = branches
        .filter_map(|(index, branch)| Some((index, branch, fit((reader.0, branch), writer)?)));
    fits.min_by_key(|&(index, _, fit)| (fit, index))
}

/// A field of the reader's record and the writer's that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The writer's field, by its index.
    Written(usize, Fit),
    /// The writer has none.
    Absent,
    /// The writer has several.
    Ambiguous,
}

/// Where each field of the reader's comes from: from the writer's of its name, or else, of those
/// that are left, from one that an alias names.
pub(crate) fn sources(reader: &[Field], writer: &[Field]) -> Vec<Source> {
    let find = |name: &str| writer.iter().position(|field| field.name == name);
    let mut sources: Vec<Source> = reader
        .iter()
        .map(|field| find(&field.name).map_or(Source::Absent, |at| Source::Written(at, Fit::Same)))
        .collect();
    for (index, field) in reader.iter().enumerate() {
        for alias in &field.aliases {
            let Some(at) = find(alias) else { continue };
            let is_taken = |source: &Source| matches!(source, Source::Written(of, _) if *of == at);
            if sources.iter().any(is_taken) {
                continue;
            }
            sources[index] = match sources[index] {
                Source::Absent => Source::Written(at, Fit::Alias),
                _ => Source::Ambiguous,
            };
        }
    }
    sources
}
