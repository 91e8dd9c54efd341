//! JSON, generated for every type, without serde between.
//!
//! [`plain`] is what Python and Go peers and HTTP APIs speak: union values untagged where that is
//! unambiguous, bytes and fixed as base64, dates, times and timestamps as RFC 3339 strings,
//! decimals and UUIDs as strings, `"NaN"`, `"Infinity"` and `"-Infinity"` as strings, the schema's
//! names as keys. [`JsonWriter`] and [`JsonReader`] carry the [`Form`], so that one generated
//! implementation serves every form.

mod calendar;
mod containers;
mod logical;
pub mod plain;
mod primitive;
mod reader;
mod record;
mod rfc3339;
mod text;
mod union;
mod writer;

pub use reader::JsonReader;
pub use record::Fields;
pub use union::{read_branch, read_union, write_branch};
pub use writer::JsonWriter;

use crate::error::DecodeErrorKind;
use crate::{DecodeError, EncodeError};

/// The way in which values stand in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// [`plain`].
    Plain,
}

/// Generated types that can be written and read as JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no JSON form",
    note = "for a generated type set `json = true` in avro.toml"
)]
pub trait Json {
    /// Appends the value.
    ///
    /// # Errors
    /// A value outside the range of its logical type.
    fn write_json(&self, w: &mut JsonWriter<'_>) -> Result<(), EncodeError>;

    /// Reads a value over this one.
    ///
    /// # Errors
    /// Text that is no JSON, or no value of the schema.
    fn read_json(&mut self, r: &mut JsonReader<'_>) -> Result<(), DecodeError>;
}

/// How the codec type of a field writes and reads a `T` as JSON.
pub trait FieldJson<T> {
    /// Appends the value.
    ///
    /// # Errors
    /// A value outside the range of its logical type.
    fn write_json(value: &T, w: &mut JsonWriter<'_>) -> Result<(), EncodeError>;

    /// Reads a value over this one.
    ///
    /// # Errors
    /// Text that is no JSON, or no value of the schema.
    fn read_json(value: &mut T, r: &mut JsonReader<'_>) -> Result<(), DecodeError>;
}

/// Appends a field; `key` is the literal before its value: `{"id":`, and `,"count":` later on.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn write<C: FieldJson<T>, T>(
    value: &T,
    w: &mut JsonWriter<'_>,
    key: &'static str,
) -> Result<(), EncodeError> {
    w.raw(key);
    match C::write_json(value, w) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field_of(key))),
    }
}

/// The name within a key literal.
#[cold]
fn field_of(key: &'static str) -> &'static str {
    key.trim_matches(['{', ',', '"', ':'])
}

/// Reads a field in place.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn read<C: FieldJson<T>, T>(
    value: &mut T,
    r: &mut JsonReader<'_>,
    field: &'static str,
) -> Result<(), DecodeError> {
    match C::read_json(value, r) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// Appends a value that is no field: the content of a fixed.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn write_value<C: FieldJson<T>, T>(
    value: &T,
    w: &mut JsonWriter<'_>,
) -> Result<(), EncodeError> {
    C::write_json(value, w)
}

/// Reads a value that is no field in place.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn read_value<C: FieldJson<T>, T>(
    value: &mut T,
    r: &mut JsonReader<'_>,
) -> Result<(), DecodeError> {
    C::read_json(value, r)
}

/// Reads one of an enum's symbols.
///
/// # Errors
/// A value that is no string, or a string that is no symbol.
pub fn read_symbol<T: Copy>(
    value: &mut T,
    all: &[T],
    symbols: &[&str],
    r: &mut JsonReader<'_>,
) -> Result<(), DecodeError> {
    let start = r.value_start();
    let text = r.string("a symbol of the enum as a string")?;
    let index = symbols.iter().position(|symbol| *symbol == text);
    match index.and_then(|index| all.get(index)) {
        Some(symbol) => {
            *value = *symbol;
            Ok(())
        }
        None => {
            let kind = DecodeErrorKind::UnknownSymbol(text.as_ref().into());
            Err(DecodeError::new(kind, start))
        }
    }
}
