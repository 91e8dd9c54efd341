//! Unions that have a null branch.

use core::marker::PhantomData;

use super::{FieldCodec, FieldDecode, read_branch, resolve};
use crate::resolve::Plan;
use crate::{Decode, DecodeError, Encode, EncodeError, Reader, Writer};

/// `["null", T]` if `NULL_FIRST`, else `[T, "null"]`.
#[derive(Debug)]
pub struct Nullable<C, const NULL_FIRST: bool>(PhantomData<C>);

/// A union of three and more branches of which `NULL` is the index of null; the others are the
/// generated enum's, which writes and reads their indices itself.
#[derive(Debug)]
pub struct NullableUnion<const NULL: usize>;

impl<T, C: FieldCodec<T>, const NULL_FIRST: bool> FieldCodec<Option<T>>
    for Nullable<C, NULL_FIRST>
{
    #[inline(always)]
    fn encode(value: &Option<T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.index(usize::from(value.is_some() == NULL_FIRST));
        match value {
            Some(value) => C::encode(value, w),
            None => Ok(()),
        }
    }

    #[inline(always)]
    fn encoded_len(value: &Option<T>) -> Result<usize, EncodeError> {
        match value {
            Some(value) => Ok(1 + C::encoded_len(value)?),
            None => Ok(1),
        }
    }

    #[inline(always)]
    fn bound(value: &Option<T>) -> usize {
        // The branch takes one byte; an index is written where five have room.
        5 + value.as_ref().map_or(0, C::bound)
    }
}

impl<'de, T, C: FieldDecode<'de, T>, const NULL_FIRST: bool> FieldDecode<'de, Option<T>>
    for Nullable<C, NULL_FIRST>
{
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> Option<T> {
        None
    }

    #[inline(always)]
    fn decode_into(value: &mut Option<T>, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let branch = read_branch(r, 2)?;
        if (branch == 0) == NULL_FIRST {
            *value = None;
            return Ok(());
        }
        C::decode_into(value.get_or_insert_with(C::blank), r)
    }

    #[inline(always)]
    fn resolve_into(
        value: &mut Option<T>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let (branch, p) = p.branch(r)?;
        if (branch == 0) == NULL_FIRST {
            *value = None;
            return Ok(());
        }
        resolve::<C, T>(value.get_or_insert_with(C::blank), r, p)
    }
}

impl<T, const NULL: usize> FieldCodec<Option<T>> for NullableUnion<NULL>
where
    T: Encode + for<'de> Decode<'de>,
{
    #[inline(always)]
    fn encode(value: &Option<T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        match value {
            Some(value) => <super::Named as FieldCodec<T>>::encode(value, w),
            None => {
                w.index(NULL);
                Ok(())
            }
        }
    }

    #[inline(always)]
    fn encoded_len(value: &Option<T>) -> Result<usize, EncodeError> {
        match value {
            Some(value) => value.encoded_len(),
            None => Ok(super::field::index_len(NULL)),
        }
    }

    #[inline(always)]
    fn bound(value: &Option<T>) -> usize {
        value.as_ref().map_or(5, T::bound)
    }
}

impl<'de, T: Decode<'de>, const NULL: usize> FieldDecode<'de, Option<T>> for NullableUnion<NULL> {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> Option<T> {
        None
    }

    #[inline(always)]
    fn decode_into(value: &mut Option<T>, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let start = r.mark();
        if r.long()? == NULL as i64 {
            *value = None;
            return Ok(());
        }
        // The enum reads the index itself, and knows which ones there are.
        r.rewind(start);
        <super::Named as FieldDecode<'de, T>>::decode_into(value.get_or_insert_with(T::blank), r)
    }

    #[inline(always)]
    fn resolve_into(
        value: &mut Option<T>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let start = r.mark();
        if p.branch(r)?.0 == NULL {
            *value = None;
            return Ok(());
        }
        // The enum finds the branch itself.
        r.rewind(start);
        let value = value.get_or_insert_with(T::blank);
        <super::Named as FieldDecode<'de, T>>::resolve_into(value, r, p)
    }
}
