//! Which of the writer's types, fields and branches answers to one of the reader's: the rules of
//! schema resolution (specification 1.12, "Schema Resolution", "Aliases") that a comparison of
//! schemas and the reading of data have in common.
//!
//! Where the specification leaves a choice among a union's branches, it is made by name before it
//! is made by promotion, and never by structure.

mod branches;

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Field, NamedType, Record, Schema, SchemaKind, SchemaSet};
use crate::shape::Shape;
use crate::steps::step;

pub use branches::Branches;

/// Whether the reader's type takes data of the writer's, by its name: equal unqualified names, or
/// an alias of the reader's that is the writer's fullname. Namespaces count in the alias alone, as
/// in Java's `schemaNameEquals`.
#[must_use]
pub fn same_name(reader: &NamedType, writer: &NamedType) -> bool {
    reader.fullname.short() == writer.fullname.short() || reader.aliases.contains(&writer.fullname)
}

/// The fields of a writer's record by their names.
///
/// It is made once for a record, so that finding the counterparts of all of a reader's fields
/// takes n log n steps.
#[derive(Clone, Debug)]
pub struct WriterFields<'w> {
    record: &'w Record,
    /// The index of the first field of each name.
    by_name: BTreeMap<&'w str, usize>,
}

impl<'w> WriterFields<'w> {
    /// The fields of this record.
    #[must_use]
    pub fn of(record: &'w Record) -> Self {
        let mut by_name = BTreeMap::new();
        for (index, field) in record.fields.iter().enumerate() {
            step();
            by_name.entry(field.name.as_str()).or_insert(index);
        }
        Self { record, by_name }
    }

    /// The writer's fields that a reader's field names, each with its index: by the reader's name
    /// first, then by its aliases in their order. More than one is ambiguous.
    #[must_use]
    pub fn counterparts(&self, reader: &Field) -> Vec<(usize, &'w Field)> {
        let mut seen = BTreeSet::new();
        let names = std::iter::once(&reader.name).chain(&reader.aliases);
        let indexes = names.filter_map(|name| {
            step();
            self.by_name.get(name.as_str()).copied()
        });
        let new = indexes.filter(|index| seen.insert(*index));
        new.map(|index| (index, &self.record.fields[index]))
            .collect()
    }
}

/// Whether a writer's primitive is read as another of the reader's (specification 1.12, "Schema
/// Resolution").
#[must_use]
pub fn promotes(reader: &SchemaKind, writer: &SchemaKind) -> bool {
    use SchemaKind::{Bytes, Double, Float, Int, Long, String};
    matches!(
        (reader, writer),
        (Long | Float | Double, Int)
            | (Float | Double, Long)
            | (Double, Float)
            | (Bytes, String)
            | (String, Bytes)
    )
}

/// How well a reader's branch suits what the writer writes; the smaller the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The same fullname, or the same type without a name.
    Same,
    /// By an alias of the reader's.
    Alias,
    /// By its unqualified name.
    Short,
    /// By promotion.
    Promoted,
}

/// The reader's branch that is taken for a writer's schema, which is no union, with its index.
///
/// It looks through all branches; [`Branches`] finds the branches for many types.
#[must_use]
pub fn branch<'r>(
    branches: &'r [Schema],
    reader: &'r SchemaSet,
    writer: Shape<'_>,
) -> Option<(usize, &'r Schema)> {
    let fits = branches.iter().enumerate().filter_map(|(index, branch)| {
        fit(Shape::of(branch, reader), writer).map(|fit| (fit, index, branch))
    });
    let best = fits.min_by_key(|(fit, index, _)| (*fit, *index))?;
    Some((best.1, best.2))
}

/// How a reader's schema suits a writer's, neither being a union; structure alone never does.
#[must_use]
pub fn fit(reader: Shape<'_>, writer: Shape<'_>) -> Option<Fit> {
    step();
    if let (Shape::Primitive(reader), Shape::Primitive(writer)) = (reader, writer)
        && promotes(reader, writer)
    {
        return Some(Fit::Promoted);
    }
    if reader.keyword() != writer.keyword() {
        return None;
    }
    let (Some(reader), Some(writer)) = (reader.definition(), writer.definition()) else {
        return Some(Fit::Same);
    };
    if reader.fullname == writer.fullname {
        Some(Fit::Same)
    } else if reader.aliases.contains(&writer.fullname) {
        Some(Fit::Alias)
    } else {
        same_name(reader, writer).then_some(Fit::Short)
    }
}
