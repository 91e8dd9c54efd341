//! Maps (specification, "Maps"): read in blocks of both forms, written as one block of either.
//!
//! Of duplicate keys the last counts.

#![allow(
    clippy::disallowed_types,
    reason = "HashMap is the user's choice, made where the order of the bytes does not matter"
)]

use core::hash::BuildHasher;
use core::marker::PhantomData;
use std::collections::{BTreeMap, HashMap};

use super::field::{blocks_bound, blocks_len, index_len};
use super::text::LENGTH_BOUND;
use super::{FieldCodec, FieldDecode, decode_new, resolve_new};
use crate::error::Segment;
use crate::limits::memory;
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// `map` of what `C` codes: a `BTreeMap`, whose equal values have equal bytes; a `HashMap` on
/// request; in views a vector of pairs, duplicates included. `SIZED` says how many bytes its entries
/// take, for readers that skip them.
#[derive(Debug)]
pub struct Map<C, const SIZED: bool = false>(PhantomData<C>);

fn encode<'v, C: FieldCodec<T>, const SIZED: bool, T: 'v>(
    entries: impl ExactSizeIterator<Item = (&'v String, &'v T)>,
    w: &mut Writer<'_>,
) -> Result<(), EncodeError> {
    if entries.len() > 0 {
        if SIZED {
            w.sized_block(entries.len(), |w| encode_each::<C, T>(entries, w))?;
        } else {
            w.index(entries.len());
            encode_each::<C, T>(entries, w)?;
        }
    }
    w.array(&[0]);
    Ok(())
}

#[inline(always)]
fn encode_each<'v, C: FieldCodec<T>, T: 'v>(
    entries: impl Iterator<Item = (&'v String, &'v T)>,
    w: &mut Writer<'_>,
) -> Result<(), EncodeError> {
    for (key, value) in entries {
        w.bytes(key.as_bytes());
        if let Err(error) = C::encode(value, w) {
            return Err(error.inside(Segment::Key(key.as_str().into())));
        }
    }
    Ok(())
}

fn encoded_len<'v, C: FieldCodec<T>, const SIZED: bool, T: 'v>(
    entries: impl ExactSizeIterator<Item = (&'v String, &'v T)>,
) -> Result<usize, EncodeError> {
    if entries.len() == 0 {
        return Ok(1);
    }
    let count = entries.len();
    let mut items = 0;
    for (key, value) in entries {
        match C::encoded_len(value) {
            Ok(value) => items += index_len(key.len()) + key.len() + value,
            Err(error) => return Err(error.inside(Segment::Key(key.as_str().into()))),
        }
    }
    Ok(blocks_len(count, items, SIZED))
}

fn bound<'v, C: FieldCodec<T>, const SIZED: bool, T: 'v>(
    entries: impl ExactSizeIterator<Item = (&'v String, &'v T)>,
) -> usize {
    let entries = entries.map(|(key, value)| LENGTH_BOUND + key.len() + C::bound(value));
    blocks_bound(SIZED) + entries.sum::<usize>()
}

/// Reads all blocks and hands over each entry; `memory` is what so many entries take.
fn decode<'de, C: FieldDecode<'de, T>, T>(
    r: &mut Reader<'de>,
    memory: fn(usize) -> usize,
    insert: impl FnMut(&'de str, T),
) -> Result<(), DecodeError> {
    entries(r, 1 + C::MIN_LEN, memory, decode_new::<C, T>, insert)
}

/// The same of another writer's values.
fn resolve_all<'de, C: FieldDecode<'de, T>, T>(
    r: &mut Reader<'de>,
    p: Plan<'_>,
    memory: fn(usize) -> usize,
    insert: impl FnMut(&'de str, T),
) -> Result<(), DecodeError> {
    let values = p.items(r)?;
    let read = |r: &mut Reader<'de>| resolve_new::<C, T>(r, values.plan);
    entries(r, values.min_len, memory, read, insert)
}

#[inline(always)]
fn entries<'de, T>(
    r: &mut Reader<'de>,
    min_len: usize,
    memory: fn(usize) -> usize,
    read: impl Fn(&mut Reader<'de>) -> Result<T, DecodeError>,
    mut insert: impl FnMut(&'de str, T),
) -> Result<(), DecodeError> {
    let mut entries = 0_usize;
    loop {
        let count = r.block(min_len, 0)?;
        if count == 0 {
            return Ok(());
        }
        let before = memory(entries);
        entries = entries.saturating_add(count);
        r.charge(memory(entries).saturating_sub(before))?;
        for _ in 0..count {
            let key = r.str()?;
            match read(r) {
                Ok(value) => insert(key, value),
                Err(error) => return Err(error.inside(Segment::Key(key.into()))),
            }
        }
    }
}

impl<T, C: FieldCodec<T>, const SIZED: bool> FieldCodec<BTreeMap<String, T>> for Map<C, SIZED> {
    fn encode(value: &BTreeMap<String, T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        encode::<C, SIZED, T>(value.iter(), w)
    }

    fn encoded_len(value: &BTreeMap<String, T>) -> Result<usize, EncodeError> {
        encoded_len::<C, SIZED, T>(value.iter())
    }

    fn bound(value: &BTreeMap<String, T>) -> usize {
        bound::<C, SIZED, T>(value.iter())
    }
}

impl<'de, T, C, const SIZED: bool> FieldDecode<'de, BTreeMap<String, T>> for Map<C, SIZED>
where
    C: FieldDecode<'de, T>,
{
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> BTreeMap<String, T> {
        BTreeMap::new()
    }

    fn decode_into(
        value: &mut BTreeMap<String, T>,
        r: &mut Reader<'de>,
    ) -> Result<(), DecodeError> {
        value.clear();
        decode::<C, T>(r, memory::btree_map::<T>, |key, item| {
            value.insert(key.to_owned(), item);
        })
    }

    fn resolve_into(
        value: &mut BTreeMap<String, T>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        value.clear();
        resolve_all::<C, T>(r, p, memory::btree_map::<T>, |key, item| {
            value.insert(key.to_owned(), item);
        })
    }
}

impl<T, C, S, const SIZED: bool> FieldCodec<HashMap<String, T, S>> for Map<C, SIZED>
where
    C: FieldCodec<T>,
{
    fn encode(value: &HashMap<String, T, S>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        encode::<C, SIZED, T>(value.iter(), w)
    }

    fn encoded_len(value: &HashMap<String, T, S>) -> Result<usize, EncodeError> {
        encoded_len::<C, SIZED, T>(value.iter())
    }

    fn bound(value: &HashMap<String, T, S>) -> usize {
        bound::<C, SIZED, T>(value.iter())
    }
}

impl<'de, T, C, S, const SIZED: bool> FieldDecode<'de, HashMap<String, T, S>> for Map<C, SIZED>
where
    C: FieldDecode<'de, T>,
    S: BuildHasher + Default,
{
    const MIN_LEN: usize = 1;

    fn blank() -> HashMap<String, T, S> {
        HashMap::default()
    }

    fn decode_into(
        value: &mut HashMap<String, T, S>,
        r: &mut Reader<'de>,
    ) -> Result<(), DecodeError> {
        value.clear();
        decode::<C, T>(r, memory::hash_map::<T>, |key, item| {
            value.insert(key.to_owned(), item);
        })
    }

    fn resolve_into(
        value: &mut HashMap<String, T, S>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        value.clear();
        resolve_all::<C, T>(r, p, memory::hash_map::<T>, |key, item| {
            value.insert(key.to_owned(), item);
        })
    }
}

impl<'de, T, C, const SIZED: bool> FieldDecode<'de, Vec<(&'de str, T)>> for Map<C, SIZED>
where
    C: FieldDecode<'de, T>,
{
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> Vec<(&'de str, T)> {
        Vec::new()
    }

    fn decode_into(value: &mut Vec<(&'de str, T)>, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        value.clear();
        decode::<C, T>(r, memory::vec::<(&str, T)>, |key, item| {
            value.push((key, item))
        })
    }

    fn resolve_into(
        value: &mut Vec<(&'de str, T)>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        value.clear();
        resolve_all::<C, T>(r, p, memory::vec::<(&str, T)>, |key, item| {
            value.push((key, item))
        })
    }
}
