//! Maps (specification, "Maps"): read in blocks of both forms, written as one block.
//!
//! Of duplicate keys the last counts.

#![allow(
    clippy::disallowed_types,
    reason = "HashMap is the user's choice, made where the order of the bytes does not matter"
)]

use core::hash::BuildHasher;
use core::marker::PhantomData;
use std::collections::{BTreeMap, HashMap};

use super::field::index_len;
use super::text::LENGTH_BOUND;
use super::{FieldCodec, FieldDecode, decode_new, resolve_new};
use crate::error::Segment;
use crate::limits::memory;
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// `map` of what `C` codes: a `BTreeMap`, whose equal values have equal bytes; a `HashMap` on
/// request; in views a vector of pairs, duplicates included.
#[derive(Debug)]
pub struct Map<C>(PhantomData<C>);

fn encode<'v, C: FieldCodec<T>, T: 'v>(
    entries: impl ExactSizeIterator<Item = (&'v String, &'v T)>,
    w: &mut Writer<'_>,
) -> Result<(), EncodeError> {
    if entries.len() > 0 {
        w.index(entries.len());
        for (key, value) in entries {
            w.bytes(key.as_bytes());
            if let Err(error) = C::encode(value, w) {
                return Err(error.inside(Segment::Key(key.as_str().into())));
            }
        }
    }
    w.array(&[0]);
    Ok(())
}

fn encoded_len<'v, C: FieldCodec<T>, T: 'v>(
    entries: impl ExactSizeIterator<Item = (&'v String, &'v T)>,
) -> Result<usize, EncodeError> {
    if entries.len() == 0 {
        return Ok(1);
    }
    let mut len = index_len(entries.len()) + 1;
    for (key, value) in entries {
        match C::encoded_len(value) {
            Ok(value) => len += index_len(key.len()) + key.len() + value,
            Err(error) => return Err(error.inside(Segment::Key(key.as_str().into()))),
        }
    }
    Ok(len)
}

fn bound<'v, C: FieldCodec<T>, T: 'v>(
    entries: impl ExactSizeIterator<Item = (&'v String, &'v T)>,
) -> usize {
    let entries = entries.map(|(key, value)| LENGTH_BOUND + key.len() + C::bound(value));
    LENGTH_BOUND + 1 + entries.sum::<usize>()
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

impl<T, C: FieldCodec<T>> FieldCodec<BTreeMap<String, T>> for Map<C> {
    fn encode(value: &BTreeMap<String, T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        encode::<C, T>(value.iter(), w)
    }

    fn encoded_len(value: &BTreeMap<String, T>) -> Result<usize, EncodeError> {
        encoded_len::<C, T>(value.iter())
    }

    fn bound(value: &BTreeMap<String, T>) -> usize {
        bound::<C, T>(value.iter())
    }
}

impl<'de, T, C: FieldDecode<'de, T>> FieldDecode<'de, BTreeMap<String, T>> for Map<C> {
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

impl<T, C: FieldCodec<T>, S> FieldCodec<HashMap<String, T, S>> for Map<C> {
    fn encode(value: &HashMap<String, T, S>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        encode::<C, T>(value.iter(), w)
    }

    fn encoded_len(value: &HashMap<String, T, S>) -> Result<usize, EncodeError> {
        encoded_len::<C, T>(value.iter())
    }

    fn bound(value: &HashMap<String, T, S>) -> usize {
        bound::<C, T>(value.iter())
    }
}

impl<'de, T, C, S> FieldDecode<'de, HashMap<String, T, S>> for Map<C>
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

impl<'de, T, C: FieldDecode<'de, T>> FieldDecode<'de, Vec<(&'de str, T)>> for Map<C> {
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
