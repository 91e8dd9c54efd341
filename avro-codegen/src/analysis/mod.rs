//! Linked schemas → [`Facts`]: what their shape allows and demands of Rust types.
//!
//! One question per file, each answered for all types at once by a fixpoint over the graph of
//! named types.

mod boxing;
mod cycles;
mod min_len;
mod traits;

use std::collections::BTreeSet;

use avro_model::schema::{Definition, Schema, SchemaKind, SchemaSet, TypeId};
use avro_model::source::Span;

use crate::config::LogicalTypes;

pub(crate) use traits::{Exception, Mappings, Traits, is_decimal};

/// The answers, by type or by place. A place is the span of its schema.
#[derive(Debug)]
pub(crate) struct Facts {
    /// References to named types that must stand behind a `Box`.
    boxed: BTreeSet<Span>,
    /// References to named types that may lead back to the type that they stand in.
    recursive: BTreeSet<Span>,
    /// By type: the least number of bytes of a datum; `None` if there is no datum.
    min_len: Vec<Option<u32>>,
    /// By type: how many records deep the smallest datum is.
    height: Vec<Option<u32>>,
    /// By type: whether its data may hold data of the same type.
    holds_itself: Vec<bool>,
    /// By type: the traits that its parts allow.
    traits: Vec<Traits>,
}

/// Answers every question. `mappings` are the Rust types that the user chose: they tell what can be
/// copied, compared, hashed and borrowed.
pub(crate) fn analyze(set: &SchemaSet, mappings: &Mappings) -> Facts {
    let cycles = boxing::boxing(set);
    Facts {
        recursive: cycles.recursive,
        min_len: min_len::min_len(set),
        height: min_len::height(set),
        holds_itself: cycles::recursive(set),
        traits: traits::traits(set, mappings, &cycles.boxed),
        boxed: cycles.boxed,
    }
}

impl Facts {
    /// Whether the reference at this place must be boxed, for the Rust type to have a size.
    pub(crate) fn is_boxed(&self, place: Span) -> bool {
        self.boxed.contains(&place)
    }

    /// Whether a datum of the type exists.
    pub(crate) fn is_inhabited(&self, id: TypeId) -> bool {
        self.height.get(id.index()).copied().flatten().is_some()
    }

    /// The least number of bytes of a type's datum; 0 where there is none.
    pub(crate) fn min_len_of_type(&self, id: TypeId) -> u32 {
        self.min_len
            .get(id.index())
            .copied()
            .flatten()
            .unwrap_or_default()
    }

    /// The least number of bytes of a schema's datum; 0 where there is none.
    pub(crate) fn min_len(&self, schema: &Schema) -> u32 {
        min_len::of_schema(schema, &self.min_len).unwrap_or_default()
    }

    /// The traits that a type's parts allow.
    pub(crate) fn traits_of_type(&self, id: TypeId) -> Traits {
        self.traits.get(id.index()).copied().unwrap_or(Traits::ALL)
    }

    /// The traits that a schema's parts allow, with these Rust types of logical types.
    pub(crate) fn traits_of(&self, schema: &Schema, logical: LogicalTypes) -> Traits {
        let known = traits::Known {
            types: &self.traits,
            boxed: &self.boxed,
        };
        traits::of_schema(schema, &known, logical)
    }

    /// Whether a type's data may hold data of the same type.
    pub(crate) fn holds_itself(&self, id: TypeId) -> bool {
        self.holds_itself.get(id.index()).copied().unwrap_or(true)
    }

    /// The branch that an empty value of a union takes: null, else the first that leads to no
    /// recursion, else the one that ends soonest.
    pub(crate) fn blank_branch(&self, branches: &[Schema]) -> usize {
        let null = branches
            .iter()
            .position(|branch| matches!(branch.kind, SchemaKind::Null));
        let straight = || {
            branches.iter().position(|branch| {
                !self.recursive.contains(&branch.span) && self.schema_height(branch).is_some()
            })
        };
        let soonest = || {
            (0..branches.len())
                .filter_map(|index| Some((self.schema_height(branches.get(index)?)?, index)))
                .min()
                .map(|(_, index)| index)
        };
        null.or_else(straight).or_else(soonest).unwrap_or_default()
    }

    fn schema_height(&self, schema: &Schema) -> Option<u32> {
        min_len::schema_height(schema, &self.height)
    }
}

/// The schemas of a type's parts: the fields of a record.
fn parts(set: &SchemaSet, id: TypeId) -> impl Iterator<Item = &Schema> {
    let fields = match &set[id].definition {
        Definition::Record(record) => record.fields.as_slice(),
        Definition::Enum(_) | Definition::Fixed(_) => &[],
    };
    fields.iter().map(|field| &field.schema)
}

#[cfg(test)]
mod tests;
