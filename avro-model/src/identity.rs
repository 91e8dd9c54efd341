//! Linked schema → identity: whether two schemas describe the same values.
//!
//! The canonical form strips logical types, so that schemas with equal fingerprints may hold
//! different values: milliseconds and microseconds, decimals of different scale. The identity is
//! the SHA-256 of the canonical form with the valid logical type, precision and scale of every
//! place written into it.

use crate::canonical;
use crate::fingerprint::sha256;
use crate::schema::{Schema, SchemaSet, TypeId};

/// The identity of a schema.
#[must_use]
pub fn of(set: &SchemaSet, schema: &Schema) -> [u8; 32] {
    sha256(&canonical::with_logical_types(set, schema))
}

/// The identity of a named type.
#[must_use]
pub fn of_type(set: &SchemaSet, id: TypeId) -> [u8; 32] {
    sha256(&canonical::type_with_logical_types(set, id))
}
