//! JSON, generated for every type, without serde between.
//!
//! [`plain`] is what Python and Go peers and HTTP APIs speak: union values untagged where that is
//! unambiguous, bytes and fixed as base64, dates, times and timestamps as RFC 3339 strings,
//! decimals and UUIDs as strings. [`avro`] is the encoding of the specification, which other
//! implementations of Avro read and write: union values tagged, bytes as characters, logical types
//! as the types below them. Both have the schema's names as keys, and `"NaN"`, `"Infinity"` and
//! `"-Infinity"` as strings.
//!
//! A key that an object has twice is an error in both: in a record, in a map, and in the object that
//! names a union's branch. RFC 8259 (section 4) leaves it open which of the two counts, and
//! programs disagree, so that a value could mean one thing where it is checked and another where it is
//! used. Of keys that are skipped nothing is known but that they are JSON.
//!
//! [`JsonWriter`] and [`JsonReader`] carry the [`Form`], so that one
//! generated implementation serves both.

pub mod avro;
mod calendar;
mod containers;
mod field;
mod fixed;
mod logical;
mod nearest;
mod number;
pub mod plain;
mod primitive;
mod reader;
mod record;
mod rfc3339;
mod skip;
mod string;
mod text;
mod union;
mod untagged;
mod whole;
mod writer;

pub use field::{default, read, read_next, read_symbol, read_value, write, write_value};
pub use fixed::NamedFixed;
pub use reader::JsonReader;
pub use record::Fields;
pub(crate) use record::repeated;
pub(crate) use union::read_tagged;
pub use union::{read_branch, read_union, write_ambiguous, write_branch};
pub use writer::JsonWriter;

use crate::{DecodeError, EncodeError};

/// The way in which values stand in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// [`plain`].
    Plain,
    /// [`avro`].
    Avro,
}

/// Generated types, and their views, that can be written as JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no JSON form",
    note = "for a generated type set `json = true` in avro.toml"
)]
pub trait ToJson {
    /// The fullname, or the stem of the file's name if the schema has no name; empty for the enum
    /// of a union inside another schema.
    const NAME: &'static str = "";

    /// Whether a value of the type may hold another of the same type, so that the depth has to be
    /// counted.
    const RECURSIVE: bool = true;

    /// What fixed types of the schema are called that have no Rust type of their own; see
    /// [`NamedFixed`].
    const FIXED: &'static [&'static str] = &[];

    /// Appends the value.
    ///
    /// # Errors
    /// A value outside the range of its logical type.
    fn write_json(&self, w: &mut JsonWriter<'_>) -> Result<(), EncodeError>;
}

/// Generated types that can be read from JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from JSON",
    note = "for a generated type set `json = true` in avro.toml"
)]
pub trait FromJson {
    /// Reads a value over this one.
    ///
    /// # Errors
    /// Text that is no JSON, or no value of the schema.
    fn read_json(&mut self, r: &mut JsonReader<'_>) -> Result<(), DecodeError>;
}

/// How the codec type of a field writes a `T` as JSON.
pub trait FieldToJson<T> {
    /// By what name a union tells that a value is of this type (specification, "JSON Encoding").
    /// Empty for a union, which is no branch, and for a codec of a whole field.
    const BRANCH: &'static str = "";

    /// Appends the value.
    ///
    /// # Errors
    /// A value outside the range of its logical type.
    fn write_json(value: &T, w: &mut JsonWriter<'_>) -> Result<(), EncodeError>;
}

/// How the codec type of a field reads a `T` from JSON.
pub trait FieldFromJson<T>: FieldToJson<T> {
    /// Reads a value over this one.
    ///
    /// # Errors
    /// Text that is no JSON, or no value of the schema.
    fn read_json(value: &mut T, r: &mut JsonReader<'_>) -> Result<(), DecodeError>;
}
