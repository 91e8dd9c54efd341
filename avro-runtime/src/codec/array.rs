//! Arrays (specification, "Arrays"): read in blocks of both forms, written as one block of either.

use core::marker::PhantomData;

use super::field::{blocks_bound, blocks_len};
use super::{FieldCodec, FieldDecode, resolve};
use crate::error::Segment;
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// `array` of what `C` codes; `SIZED` says how many bytes its elements take, for readers that skip
/// them.
#[derive(Debug)]
pub struct Array<C, const SIZED: bool = false>(PhantomData<C>);

impl<T, C: FieldCodec<T>, const SIZED: bool> FieldCodec<Vec<T>> for Array<C, SIZED> {
    #[inline]
    fn encode(value: &Vec<T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        if !value.is_empty() {
            if SIZED {
                w.sized_block(value.len(), |w| C::encode_items(value, w))?;
            } else {
                w.index(value.len());
                C::encode_items(value, w)?;
            }
        }
        w.array(&[0]);
        Ok(())
    }

    #[inline]
    fn encoded_len(value: &Vec<T>) -> Result<usize, EncodeError> {
        if value.is_empty() {
            return Ok(1);
        }
        let mut items = 0;
        for (i, item) in value.iter().enumerate() {
            match C::encoded_len(item) {
                Ok(item) => items += item,
                Err(error) => return Err(error.inside(Segment::Index(i))),
            }
        }
        Ok(blocks_len(value.len(), items, SIZED))
    }

    #[inline]
    fn bound(value: &Vec<T>) -> usize {
        blocks_bound(SIZED) + value.iter().map(C::bound).sum::<usize>()
    }
}

impl<'de, T, C, const SIZED: bool> FieldDecode<'de, Vec<T>> for Array<C, SIZED>
where
    C: FieldDecode<'de, T>,
{
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> Vec<T> {
        Vec::new()
    }

    #[inline]
    fn decode_into(value: &mut Vec<T>, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        if C::IN_BULK {
            value.clear();
        }
        let mut filled = 0;
        loop {
            let count = r.block(C::MIN_LEN, size_of::<T>())?;
            if count == 0 {
                value.truncate(filled);
                return Ok(());
            }
            if C::IN_BULK {
                C::decode_items(value, count, r)?;
            } else {
                each(value, filled, count, C::blank, |item| {
                    C::decode_into(item, r)
                })?;
            }
            filled += count;
        }
    }

    #[inline]
    fn resolve_into(
        value: &mut Vec<T>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let items = p.items(r)?;
        let mut filled = 0;
        loop {
            let count = r.block(items.min_len, size_of::<T>())?;
            if count == 0 {
                value.truncate(filled);
                return Ok(());
            }
            each(value, filled, count, C::blank, |item| {
                resolve::<C, T>(item, r, items.plan)
            })?;
            filled += count;
        }
    }
}

/// Reads a block over the elements that are there from `filled` on, and behind them.
#[inline(always)]
pub(super) fn each<T>(
    value: &mut Vec<T>,
    filled: usize,
    count: usize,
    blank: fn() -> T,
    mut read: impl FnMut(&mut T) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let end = filled + count;
    if value.len() < end {
        // All of them at first, and then one loop over what is there.
        reserve(value, end - value.len());
        value.resize_with(end, blank);
    }
    for (i, item) in value.iter_mut().enumerate().skip(filled).take(count) {
        if let Err(error) = read(item) {
            return Err(error.inside(Segment::Index(i)));
        }
    }
    Ok(())
}

/// Writes element by element.
#[inline(always)]
pub(super) fn encode_each<C: FieldCodec<T> + ?Sized, T>(
    items: &[T],
    w: &mut Writer<'_>,
) -> Result<(), EncodeError> {
    for (i, item) in items.iter().enumerate() {
        if let Err(error) = C::encode(item, w) {
            return Err(error.inside(Segment::Index(i)));
        }
    }
    Ok(())
}

/// Makes room for so many more: no more than that in a vector that has none yet.
#[inline]
pub(super) fn reserve<T>(out: &mut Vec<T>, n: usize) {
    if out.capacity() == 0 {
        // Quicker than to let the empty one grow.
        *out = Vec::with_capacity(n);
    } else {
        out.reserve(n);
    }
}
