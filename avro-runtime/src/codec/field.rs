//! The helpers that generated bodies call: one line per field, the field's name for errors.

use super::text::LENGTH_BOUND;
use super::{FieldCodec, FieldDecode, FieldView};
use crate::{DecodeError, DecodeErrorKind, EncodeError, Reader, Writer};

/// Appends a field.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn write<C: FieldCodec<T>, T>(
    value: &T,
    w: &mut Writer<'_>,
    field: &'static str,
) -> Result<(), EncodeError> {
    match C::encode(value, w) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// Appends a field whose encoder stands out of line, once for all fields of its type.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn write_far<C: FieldCodec<T>, T>(
    value: &T,
    w: &mut Writer<'_>,
    field: &'static str,
) -> Result<(), EncodeError> {
    match encode_far::<C, T>(value, w) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// An encoder out of line.
#[inline(never)]
fn encode_far<C: FieldCodec<T>, T>(value: &T, w: &mut Writer<'_>) -> Result<(), EncodeError> {
    C::encode(value, w)
}

/// The exact encoded length of a field.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn len<C: FieldCodec<T>, T>(value: &T, field: &'static str) -> Result<usize, EncodeError> {
    match C::encoded_len(value) {
        Ok(len) => Ok(len),
        Err(error) => Err(error.in_field(field)),
    }
}

/// A length that the field's encoding should not exceed.
#[inline(always)]
pub fn bound<C: FieldCodec<T>, T>(value: &T) -> usize {
    C::bound(value)
}

/// Reads a field in place.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn read<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    field: &'static str,
) -> Result<(), DecodeError> {
    match C::decode_into(value, r) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// Reads a field in place whose decoder stands out of line, once for all fields of its type.
///
/// # Errors
/// Those of the codec, with the field's name in the path.
#[inline(always)]
pub fn read_far<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    field: &'static str,
) -> Result<(), DecodeError> {
    match far::<C, T>(value, r) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_field(field)),
    }
}

/// A decoder out of line.
#[inline(never)]
pub(super) fn far<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
) -> Result<(), DecodeError> {
    C::decode_into(value, r)
}

/// Appends a value that is no field: the payload of a union's branch, the content of a fixed.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn encode<C: FieldCodec<T>, T>(value: &T, w: &mut Writer<'_>) -> Result<(), EncodeError> {
    C::encode(value, w)
}

/// The exact encoded length of a value that is no field.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn encoded_len<C: FieldCodec<T>, T>(value: &T) -> Result<usize, EncodeError> {
    C::encoded_len(value)
}

/// Reads a value that is no field in place.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn decode<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
) -> Result<(), DecodeError> {
    C::decode_into(value, r)
}

/// Reads a new value: the payload of a union's branch that the value was not in before.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn decode_new<'de, C: FieldDecode<'de, T>, T>(r: &mut Reader<'de>) -> Result<T, DecodeError> {
    let mut value = C::blank();
    C::decode_into(&mut value, r)?;
    Ok(value)
}

/// An empty value of a field's type.
#[inline(always)]
pub fn blank<'de, C: FieldDecode<'de, T>, T>() -> T {
    C::blank()
}

/// The owned value of a view's field.
#[inline(always)]
pub fn own<C: FieldView<V, T>, V, T>(view: &V) -> T {
    C::own(view)
}

/// A schema's default that cannot be written as a literal, from its binary encoding.
///
/// # Panics
/// If the codec refuses these bytes or leaves some of them. The generator has proved that the codecs
/// of this crate do not, so that it is one of the user's own that cannot read its field's default.
#[track_caller]
pub fn default<C: FieldDecode<'static, T>, T>(datum: &'static [u8]) -> T {
    let mut r = Reader::new(datum);
    let mut value = C::blank();
    match C::decode_into(&mut value, &mut r).and_then(|()| r.finish()) {
        Ok(()) => value,
        Err(error) => panic!(
            "the codec `{}` cannot read the schema's default {datum:02x?}: {error}",
            core::any::type_name::<C>()
        ),
    }
}

/// Reads an enum's symbol by its index among all of them.
///
/// # Errors
/// An index that the enum does not have.
#[inline(always)]
pub fn read_symbol<T: Copy>(
    value: &mut T,
    all: &[T],
    r: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let start = r.position();
    let index = r.int()?;
    match usize::try_from(index).ok().and_then(|i| all.get(i)) {
        Some(symbol) => {
            *value = *symbol;
            Ok(())
        }
        None => Err(invalid_symbol(index, all.len(), start)),
    }
}

/// Appends the index of an enum's symbol or of a union's branch.
///
/// # Errors
/// None; the signature is that of the other writers.
#[inline(always)]
pub fn write_index(index: usize, w: &mut Writer<'_>) -> Result<(), EncodeError> {
    w.index(index);
    Ok(())
}

/// Reads the index of a union's branch, which is below `branches`.
///
/// # Errors
/// An index that the union does not have.
#[inline(always)]
pub fn read_branch(r: &mut Reader<'_>, branches: usize) -> Result<usize, DecodeError> {
    let start = r.position();
    let index = r.long()?;
    if (index as u64) < branches as u64 {
        Ok(index as usize)
    } else {
        Err(invalid_branch(index, branches, start))
    }
}

/// The error of the generated enum of a union for a branch that is not its own: the null that
/// [`NullableUnion`](super::NullableUnion) reads before it.
///
/// # Errors
/// Always.
#[cold]
pub fn unexpected_branch(
    branch: usize,
    branches: usize,
    r: &Reader<'_>,
) -> Result<(), DecodeError> {
    Err(invalid_branch(branch as i64, branches, r.position()))
}

#[cold]
#[inline(never)]
pub(crate) fn invalid_symbol(index: i32, symbols: usize, start: usize) -> DecodeError {
    let index = i64::from(index);
    DecodeError::new(DecodeErrorKind::InvalidSymbol { index, symbols }, start)
}

#[cold]
#[inline(never)]
fn invalid_branch(index: i64, branches: usize, start: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidBranch { index, branches }, start)
}

/// How many bytes a long takes: 1 to 10.
#[inline(always)]
pub(super) fn long_len(value: i64) -> usize {
    let zigzag = (value << 1 ^ value >> 63) as u64;
    // Seven bits a byte, and one byte for zero.
    (70 - (zigzag | 1).leading_zeros() as usize) / 7
}

/// How many bytes a block of so many elements takes, which take `items` bytes, with the end of
/// blocks behind it.
#[inline(always)]
pub(super) fn blocks_len(count: usize, items: usize, sized: bool) -> usize {
    let head = match sized {
        false => index_len(count),
        true => long_len((count as i64).wrapping_neg()) + index_len(items),
    };
    head + items + 1
}

/// The bound of such a block without its elements.
#[inline(always)]
pub(super) fn blocks_bound(sized: bool) -> usize {
    LENGTH_BOUND + 1 + if sized { LENGTH_BOUND } else { 0 }
}

/// How many bytes a length, a count, or the index of a symbol or branch takes.
#[inline(always)]
pub fn index_len(value: usize) -> usize {
    long_len(value as i64)
}
