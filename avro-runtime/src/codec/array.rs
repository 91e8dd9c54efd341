//! Arrays (specification, "Arrays"): read in blocks of both forms, written as one block.

use core::marker::PhantomData;

use super::field::index_len;
use super::text::LENGTH_BOUND;
use super::{FieldCodec, FieldDecode, resolve};
use crate::error::Segment;
use crate::resolve::{Items, Plan};
use crate::{DecodeError, EncodeError, Reader, Writer};

/// `array` of what `C` codes.
#[derive(Debug)]
pub struct Array<C>(PhantomData<C>);

impl<T, C: FieldCodec<T>> FieldCodec<Vec<T>> for Array<C> {
    #[inline]
    fn encode(value: &Vec<T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        if !value.is_empty() {
            w.index(value.len());
            C::encode_items(value, w)?;
        }
        w.array(&[0]);
        Ok(())
    }

    #[inline]
    fn encoded_len(value: &Vec<T>) -> Result<usize, EncodeError> {
        if value.is_empty() {
            return Ok(1);
        }
        let mut len = index_len(value.len()) + 1;
        for (i, item) in value.iter().enumerate() {
            match C::encoded_len(item) {
                Ok(item) => len += item,
                Err(error) => return Err(error.inside(Segment::Index(i))),
            }
        }
        Ok(len)
    }

    #[inline]
    fn bound(value: &Vec<T>) -> usize {
        LENGTH_BOUND + 1 + value.iter().map(C::bound).sum::<usize>()
    }
}

impl<'de, T, C: FieldDecode<'de, T>> FieldDecode<'de, Vec<T>> for Array<C> {
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
            filled += overwrite::<C, T>(value, filled, count, r)?;
        }
    }

    #[inline]
    fn resolve_into(
        value: &mut Vec<T>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let items = p.items(r)?;
        resolve_all::<C, T>(value, r, items)
    }
}

/// Reads every block of another writer's items, element by element, over those that are there.
#[inline]
fn resolve_all<'de, C: FieldDecode<'de, T>, T>(
    value: &mut Vec<T>,
    r: &mut Reader<'de>,
    items: Items<'_>,
) -> Result<(), DecodeError> {
    let mut filled = 0;
    loop {
        let count = r.block(items.min_len, size_of::<T>())?;
        if count == 0 {
            value.truncate(filled);
            return Ok(());
        }
        let end = filled + count;
        if end > value.len() {
            reserve(value, end - value.len());
        }
        while filled < end {
            if filled == value.len() {
                value.push(C::blank());
            }
            let item = &mut value[filled];
            if let Err(error) = resolve::<C, T>(item, r, items.plan) {
                return Err(error.inside(Segment::Index(filled)));
            }
            filled += 1;
        }
    }
}

/// Reads a block over the elements that are there, then behind them.
#[inline(always)]
fn overwrite<'de, C: FieldDecode<'de, T>, T>(
    value: &mut Vec<T>,
    filled: usize,
    count: usize,
    r: &mut Reader<'de>,
) -> Result<usize, DecodeError> {
    let mut done = 0;
    for item in value.iter_mut().skip(filled).take(count) {
        if let Err(error) = C::decode_into(item, r) {
            return Err(error.inside(Segment::Index(filled + done)));
        }
        done += 1;
    }
    if done < count {
        C::decode_items(value, count - done, r)?;
    }
    Ok(count)
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
        out.reserve_exact(n);
    } else {
        out.reserve(n);
    }
}

/// Reads element by element, each in its place in the vector.
#[inline]
pub(super) fn decode_each<'de, C: FieldDecode<'de, T> + ?Sized, T>(
    out: &mut Vec<T>,
    n: usize,
    r: &mut Reader<'de>,
) -> Result<(), DecodeError> {
    reserve(out, n);
    for _ in 0..n {
        let i = out.len();
        out.push(C::blank());
        if let Some(item) = out.last_mut()
            && let Err(error) = C::decode_into(item, r)
        {
            return Err(error.inside(Segment::Index(i)));
        }
    }
    Ok(())
}
