//! Whole datums: the functions that people call.

use crate::{AvroSchema, Decode, DecodeError, EncodeError, Limits, Reader, Writer};

/// The value in Avro's binary encoding.
///
/// # Errors
/// A value outside the range of its logical type, or deeper than the default limit.
pub fn to_datum<T: AvroSchema>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::new();
    encode_into(value, &mut out)?;
    Ok(out)
}

/// Appends the value in Avro's binary encoding. A buffer used again for message after message is
/// not reallocated. On error the buffer is as it was.
///
/// # Errors
/// A value outside the range of its logical type, or deeper than the default limit.
#[inline]
pub fn encode_into<T: AvroSchema>(value: &T, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    encode_into_with(value, out, Limits::default())
}

/// Appends the value in Avro's binary encoding, within the depth of these limits; the other limits
/// are those of readers alone. On error the buffer is as it was.
///
/// # Errors
/// Those of [`encode_into`].
#[inline]
pub fn encode_into_with<T: AvroSchema>(
    value: &T,
    out: &mut Vec<u8>,
    limits: Limits,
) -> Result<(), EncodeError> {
    let mut w = Writer::with_limits(out, value.bound(), limits);
    match value.encode(&mut w) {
        Ok(()) => {
            w.finish();
            Ok(())
        }
        Err(error) => Err(error.in_type(T::FULLNAME)),
    }
}

/// Reads a datum within the default limits.
///
/// # Errors
/// Bytes that are no datum of the schema, that cross a limit, or that are left over.
#[inline]
pub fn from_datum<T: AvroSchema>(datum: &[u8]) -> Result<T, DecodeError> {
    from_datum_with(datum, Limits::default())
}

/// Reads a datum within these limits.
///
/// # Errors
/// Those of [`from_datum`].
#[inline]
pub fn from_datum_with<T: AvroSchema>(datum: &[u8], limits: Limits) -> Result<T, DecodeError> {
    let mut value = T::blank();
    decode_into_with(&mut value, datum, limits)?;
    Ok(value)
}

/// Reads a datum over an older value, keeping its allocations where they can serve. On error the
/// value is valid but unspecified.
///
/// # Errors
/// Those of [`from_datum`].
#[inline]
pub fn decode_into<T: AvroSchema>(value: &mut T, datum: &[u8]) -> Result<(), DecodeError> {
    decode_into_with(value, datum, Limits::default())
}

/// Reads a datum over an older value, within these limits.
///
/// # Errors
/// Those of [`from_datum`].
#[inline]
pub fn decode_into_with<T: AvroSchema>(
    value: &mut T,
    datum: &[u8],
    limits: Limits,
) -> Result<(), DecodeError> {
    read_whole::<T, T>(value, datum, limits)
}

/// Reads a datum without copying its strings and bytes: the view borrows them.
///
/// # Errors
/// Those of [`from_datum`].
#[inline]
pub fn view_datum<T: AvroSchema>(datum: &[u8]) -> Result<T::View<'_>, DecodeError> {
    view_datum_with::<T>(datum, Limits::default())
}

/// Reads a datum without copying its strings and bytes, within these limits.
///
/// # Errors
/// Those of [`from_datum`].
#[inline]
pub fn view_datum_with<T: AvroSchema>(
    datum: &[u8],
    limits: Limits,
) -> Result<T::View<'_>, DecodeError> {
    let mut view = <T::View<'_> as Decode<'_>>::blank();
    read_whole::<T, T::View<'_>>(&mut view, datum, limits)?;
    Ok(view)
}

#[inline]
fn read_whole<'de, T: AvroSchema, V: Decode<'de>>(
    value: &mut V,
    datum: &'de [u8],
    limits: Limits,
) -> Result<(), DecodeError> {
    let mut r = Reader::with_limits(datum, limits);
    match value.decode_into(&mut r).and_then(|()| r.finish()) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_type(T::FULLNAME)),
    }
}
