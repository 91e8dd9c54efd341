//! The helpers that generated bodies call to read data of another writer's schema.

use super::field::far;
use super::{FieldDecode, read_symbol};
use crate::resolve::Plan;
use crate::{DecodeError, Reader};

/// Reads a value as the plan says: by the direct decoder where the schemas are the same here.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn resolve<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    p: Plan<'_>,
) -> Result<(), DecodeError> {
    if p.is_same() {
        C::decode_into(value, r)
    } else {
        other::<C, T>(value, r, p)
    }
}

/// The same where the schemas differ; out of line, for most fields are the same.
#[inline(never)]
fn other<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    p: Plan<'_>,
) -> Result<(), DecodeError> {
    let p = p.unwrapped(r)?;
    if p.is_same() {
        far::<C, T>(value, r)
    } else {
        C::resolve_into(value, r, p)
    }
}

/// The same of a field whose decoder stands out of line.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn resolve_far<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    p: Plan<'_>,
) -> Result<(), DecodeError> {
    if p.is_same() {
        far::<C, T>(value, r)
    } else {
        other::<C, T>(value, r, p)
    }
}

/// The same of a field that has a default, given in Avro's binary encoding.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn resolve_or<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    p: Plan<'_>,
    default: &'static [u8],
) -> Result<(), DecodeError> {
    if p.is_same() {
        C::decode_into(value, r)
    } else {
        other_or::<C, T>(value, r, p, default)
    }
}

/// The same of a field whose decoder stands out of line.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn resolve_or_far<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    p: Plan<'_>,
    default: &'static [u8],
) -> Result<(), DecodeError> {
    if p.is_same() {
        far::<C, T>(value, r)
    } else {
        other_or::<C, T>(value, r, p, default)
    }
}

#[inline(never)]
fn other_or<'de, C: FieldDecode<'de, T>, T>(
    value: &mut T,
    r: &mut Reader<'de>,
    p: Plan<'_>,
    default: &'static [u8],
) -> Result<(), DecodeError> {
    if p.is_default() {
        return r.instead(default, |r| far::<C, T>(value, r));
    }
    other::<C, T>(value, r, p)
}

/// What came of a field, with its name in the path of an error; a field that was skipped has none.
///
/// # Errors
/// The one given.
#[inline(always)]
pub fn in_field(
    read: Result<(), DecodeError>,
    field: u32,
    names: &[&'static str],
) -> Result<(), DecodeError> {
    match read {
        Ok(()) => Ok(()),
        Err(error) => Err(match names.get(field as usize) {
            Some(name) => error.in_field(name),
            None => error,
        }),
    }
}

/// Reads a new value as the plan says: the payload of a union's branch that the value was not in.
///
/// # Errors
/// Those of the codec.
#[inline(always)]
pub fn resolve_new<'de, C: FieldDecode<'de, T>, T>(
    r: &mut Reader<'de>,
    p: Plan<'_>,
) -> Result<T, DecodeError> {
    let mut value = C::blank();
    resolve::<C, T>(&mut value, r, p)?;
    Ok(value)
}

/// Reads the symbol of another enum.
///
/// # Errors
/// A symbol that this enum does not have.
#[inline]
pub fn resolve_symbol<T: Copy>(
    value: &mut T,
    all: &[T],
    r: &mut Reader<'_>,
    p: Plan<'_>,
) -> Result<(), DecodeError> {
    if p.is_same() {
        return read_symbol(value, all, r);
    }
    match all.get(p.symbol(r)?) {
        Some(symbol) => {
            *value = *symbol;
            Ok(())
        }
        None => Err(p.unreadable(r)),
    }
}
