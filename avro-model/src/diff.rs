//! Two sets of schemas → what changed between them, for a person who reads it.
//!
//! Everything that the source says counts: types, fields and symbols added, removed, renamed and
//! moved; types of fields, defaults, documentation, order, aliases, sizes, custom properties. What
//! a change does to data is the business of [`compat`](crate::compat).
//!
//! Types belong together if they have the same fullname, or if the new one names the old one as an
//! alias; fields likewise. A rename without an alias is a removal and an addition, which is what it
//! is to every reader of data. Top-level schemas without a name belong together by the names of
//! their files, or if there is one on each side.
//!
//! ```
//! use avro_model::diff;
//!
//! let old = r#"{"type": "record", "name": "Order", "fields": [
//!     {"name": "id", "type": "int"},
//!     {"name": "sum", "type": "double"}]}"#;
//! let new = r#"{"type": "record", "name": "Order", "fields": [
//!     {"name": "id", "type": "long"},
//!     {"name": "total", "type": "double", "aliases": ["sum"]},
//!     {"name": "note", "type": ["null", "string"], "default": null}]}"#;
//! let (old, new) = (avro_model::compile_text(old)?, avro_model::compile_text(new)?);
//!
//! let diff = diff::compare(&old, &new);
//! let changes: Vec<String> = diff.types[0]
//!     .changes
//!     .iter()
//!     .map(|change| format!("{} {change}", change.mark()))
//!     .collect();
//! assert_eq!(changes, [
//!     "~ field `id`: type: int -> long",
//!     "~ field `total`: renamed from `sum`",
//!     "+ field `note`: union { null, string } = null",
//! ]);
//! # Ok::<(), avro_model::TextError>(())
//! ```

mod change;
mod describe;
mod order;
mod pairs;
mod part;
mod types;

use std::collections::BTreeSet;

pub use change::{Attribute, Change, Declared, Part, TypeDiff, What};
pub use describe::describe;

use crate::schema::{SchemaKind, SchemaSet, TypeId};
use pairs::Pairs;

/// What changed between two sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The types that differ, and the top-level schemas without a name that do; in the order of
    /// their names.
    pub types: Vec<TypeDiff>,
}

impl Diff {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }
}

/// Compares all that the two sets hold.
#[must_use]
pub fn compare(old: &SchemaSet, new: &SchemaSet) -> Diff {
    let pairs = Pairs::new(old, new);
    let mut types = types::of_types(&pairs, |_| true, |_| true);
    types.extend(types::of_roots(&pairs));
    sorted(types)
}

/// Compares two named types and everything that they refer to.
#[must_use]
pub fn compare_types(
    (old, old_type): (&SchemaSet, TypeId),
    (new, new_type): (&SchemaSet, TypeId),
) -> Diff {
    let mut pairs = Pairs::new(old, new);
    pairs.join(old_type, new_type);
    let (before, after) = (reached(old, old_type), reached(new, new_type));
    sorted(types::of_types(
        &pairs,
        |id| before.contains(&id),
        |id| after.contains(&id),
    ))
}

fn sorted(mut types: Vec<TypeDiff>) -> Diff {
    types.sort_by(|a, b| a.name.cmp(&b.name));
    Diff { types }
}

/// A type and those that it refers to, directly or through others.
fn reached(set: &SchemaSet, from: TypeId) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::from([from]);
    let mut rest = vec![from];
    while let Some(id) = rest.pop() {
        for schema in set[id].schemas() {
            schema.visit(&mut |inner| {
                if let SchemaKind::Named(id) = inner.kind
                    && reached.insert(id)
                {
                    rest.push(id);
                }
            });
        }
    }
    reached
}
