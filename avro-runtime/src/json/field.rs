//! The helpers that generated bodies call: one line per field, the field's name for errors.

use super::record::same;
use super::{FieldFromJson, FieldToJson, Fields, JsonReader, JsonWriter};
use crate::codec::FieldDecode;
use crate::error::DecodeErrorKind;
use crate::{DecodeError, EncodeError};

/// Appends a field; `key` is the literal before its value: `{"id":`, and `,"count":` later on.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn write<C: FieldToJson<T>, T>(
    value: &T,
    w: &mut JsonWriter<'_>,
    key: &'static str,
) -> Result<(), EncodeError> {
    w.raw(key);
    match C::write_json(value, w) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(name_of(key))),
    }
}

/// The name within a key and its punctuation: two bytes before it, two behind.
pub(super) fn name_of(key: &str) -> &str {
    key.get(2..key.len().saturating_sub(2)).unwrap_or_default()
}

/// Reads a field in place.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn read<C: FieldFromJson<T>, T>(
    value: &mut T,
    r: &mut JsonReader<'_>,
    field: &'static str,
) -> Result<(), DecodeError> {
    match C::read_json(value, r) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// Reads the field with this index in place if its key is what comes next; `key` is the literal that
/// [`write()`] takes, so that fields in the schema's order cost a comparison with a constant each.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn read_next<C: FieldFromJson<T>, T>(
    value: &mut T,
    r: &mut JsonReader<'_>,
    fields: &mut Fields,
    index: usize,
    key: &'static str,
) -> Result<(), DecodeError> {
    if r.is_next(fields, index, key) {
        read::<C, T>(value, r, name_of(key))
    } else {
        Ok(())
    }
}

/// Gives a field that is missing its default, which is in Avro's binary encoding. There may be one for
/// every element of an array, so that it is paid for out of what is left of the limits.
///
/// # Errors
/// A limit that is crossed.
pub fn default<C: FieldDecode<'static, T>, T>(
    value: &mut T,
    r: &mut JsonReader<'_>,
    datum: &'static [u8],
    field: &'static str,
) -> Result<(), DecodeError> {
    match r.instead(datum, |r| C::decode_into(value, r)) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// Appends a value that is no field: the content of a fixed.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn write_value<C: FieldToJson<T>, T>(
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
pub fn read_value<C: FieldFromJson<T>, T>(
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
    let text = text.as_ref();
    let index = symbols.iter().position(|symbol| same(symbol, text));
    match index.and_then(|index| all.get(index)) {
        Some(symbol) => {
            *value = *symbol;
            Ok(())
        }
        None => {
            let kind = DecodeErrorKind::UnknownSymbol(text.into());
            Err(DecodeError::new(kind, start))
        }
    }
}
