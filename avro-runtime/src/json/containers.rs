//! Arrays, maps, options, boxes and generated types as JSON.

#![allow(
    clippy::disallowed_types,
    reason = "HashMap is the user's choice, made where the order of the bytes does not matter"
)]

use core::hash::BuildHasher;
use std::collections::{BTreeMap, HashMap, btree_map, hash_map};

use super::{
    FieldFromJson, FieldToJson, Form, FromJson, JsonReader, JsonWriter, ToJson, read_tagged,
    repeated, write_branch,
};
use crate::codec::{Array, Boxed, FieldDecode, Map, Named, Nullable, NullableUnion};
use crate::error::Segment;
use crate::limits::memory;
use crate::{Decode, DecodeError, EncodeError};

impl<T: ToJson> FieldToJson<T> for Named {
    const BRANCH: &'static str = T::NAME;

    #[inline]
    fn write_json(value: &T, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        if !T::RECURSIVE {
            return value.write_json(w);
        }
        w.enter()?;
        value.write_json(w)?;
        w.leave();
        Ok(())
    }
}

impl<T: ToJson + FromJson> FieldFromJson<T> for Named {
    #[inline]
    fn read_json(value: &mut T, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        if !T::RECURSIVE {
            return value.read_json(r);
        }
        r.enter()?;
        value.read_json(r)?;
        r.leave();
        Ok(())
    }
}

impl<T, C: FieldToJson<T>> FieldToJson<Box<T>> for Boxed<C> {
    const BRANCH: &'static str = C::BRANCH;

    fn write_json(value: &Box<T>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        C::write_json(value, w)
    }
}

impl<T, C: FieldFromJson<T>> FieldFromJson<Box<T>> for Boxed<C> {
    fn read_json(value: &mut Box<T>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        r.charge(size_of::<T>())?;
        C::read_json(value, r)
    }
}

impl<T, C, const NULL_FIRST: bool> FieldToJson<Option<T>> for Nullable<C, NULL_FIRST>
where
    C: FieldToJson<T>,
{
    #[inline]
    fn write_json(value: &Option<T>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        match value {
            Some(value) => write_branch::<C, T>(value, w, C::BRANCH),
            None => {
                w.raw("null");
                Ok(())
            }
        }
    }
}

impl<T, C, const NULL_FIRST: bool> FieldFromJson<Option<T>> for Nullable<C, NULL_FIRST>
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
{
    #[inline]
    fn read_json(value: &mut Option<T>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        if r.eat_literal("null") {
            *value = None;
            return Ok(());
        }
        let value = value.get_or_insert_with(C::blank);
        if r.form() == Form::Plain {
            return C::read_json(value, r);
        }
        let is_branch = |name: &str| (name == C::BRANCH).then_some(());
        let names = [C::BRANCH].into_iter();
        read_tagged(r, is_branch, names, |(), r| C::read_json(value, r))
    }
}

impl<T: ToJson, const NULL: usize> FieldToJson<Option<T>> for NullableUnion<NULL> {
    fn write_json(value: &Option<T>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        match value {
            Some(value) => Named::write_json(value, w),
            None => {
                w.raw("null");
                Ok(())
            }
        }
    }
}

impl<T, const NULL: usize> FieldFromJson<Option<T>> for NullableUnion<NULL>
where
    T: ToJson + FromJson + for<'de> Decode<'de>,
{
    fn read_json(value: &mut Option<T>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        if r.eat_literal("null") {
            *value = None;
            return Ok(());
        }
        Named::read_json(value.get_or_insert_with(T::blank), r)
    }
}

impl<T, C: FieldToJson<T>> FieldToJson<Vec<T>> for Array<C> {
    const BRANCH: &'static str = "array";

    fn write_json(value: &Vec<T>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw("[");
        for (i, item) in value.iter().enumerate() {
            if i > 0 {
                w.raw(",");
            }
            if let Err(error) = C::write_json(item, w) {
                return Err(error.inside(Segment::Index(i)));
            }
        }
        w.raw("]");
        Ok(())
    }
}

impl<T, C> FieldFromJson<Vec<T>> for Array<C>
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
{
    fn read_json(value: &mut Vec<T>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        r.expect(b'[', "a JSON array")?;
        let mut length = 0;
        let mut more = !r.eat(b']');
        while more {
            r.count_item(memory::vec_growth::<T>(length))?;
            if length == value.len() {
                value.push(C::blank());
            }
            if let Some(item) = value.get_mut(length)
                && let Err(error) = C::read_json(item, r)
            {
                return Err(error.inside(Segment::Index(length)));
            }
            length += 1;
            more = r.eat(b',');
            if !more {
                r.expect(b']', "`,` or `]`")?;
            }
        }
        value.truncate(length);
        Ok(())
    }
}

fn write_map<'v, C: FieldToJson<T>, T: 'v>(
    entries: impl Iterator<Item = (&'v str, &'v T)>,
    w: &mut JsonWriter<'_>,
) -> Result<(), EncodeError> {
    let mut separator = "{";
    for (key, value) in entries {
        w.raw(separator);
        separator = ",";
        w.string(key);
        w.raw(":");
        if let Err(error) = C::write_json(value, w) {
            return Err(error.inside(Segment::Key(key.into())));
        }
    }
    w.raw(if separator == "{" { "{}" } else { "}" });
    Ok(())
}

/// Reads an object and hands over each entry; `insert` gives the key back if it is there already.
fn read_map<C, T>(
    r: &mut JsonReader<'_>,
    memory: fn(usize) -> usize,
    mut insert: impl FnMut(String, T) -> Result<(), String>,
) -> Result<(), DecodeError>
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
{
    r.expect(b'{', "a JSON object")?;
    let mut entries = 0;
    let mut more = !r.eat(b'}');
    while more {
        r.count_item(memory(entries + 1).saturating_sub(memory(entries)))?;
        entries += 1;
        let start = r.value_start();
        let key = r.string("a key")?.into_owned();
        r.expect(b':', "`:`")?;
        let mut value = C::blank();
        if let Err(error) = C::read_json(&mut value, r) {
            return Err(error.inside(Segment::Key(key.into())));
        }
        if let Err(key) = insert(key, value) {
            return Err(repeated(&key, start));
        }
        more = r.eat(b',');
        if !more {
            r.expect(b'}', "`,` or `}`")?;
        }
    }
    Ok(())
}

impl<T, C: FieldToJson<T>> FieldToJson<BTreeMap<String, T>> for Map<C> {
    const BRANCH: &'static str = "map";

    fn write_json(value: &BTreeMap<String, T>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        write_map::<C, T>(value.iter().map(|(key, value)| (key.as_str(), value)), w)
    }
}

impl<T, C> FieldFromJson<BTreeMap<String, T>> for Map<C>
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
{
    fn read_json(
        value: &mut BTreeMap<String, T>,
        r: &mut JsonReader<'_>,
    ) -> Result<(), DecodeError> {
        value.clear();
        read_map::<C, T>(r, memory::btree_map::<T>, |key, item| {
            match value.entry(key) {
                btree_map::Entry::Vacant(entry) => drop(entry.insert(item)),
                btree_map::Entry::Occupied(entry) => return Err(entry.key().clone()),
            }
            Ok(())
        })
    }
}

impl<T, C: FieldToJson<T>, S> FieldToJson<HashMap<String, T, S>> for Map<C> {
    const BRANCH: &'static str = "map";

    fn write_json(
        value: &HashMap<String, T, S>,
        w: &mut JsonWriter<'_>,
    ) -> Result<(), EncodeError> {
        write_map::<C, T>(value.iter().map(|(key, value)| (key.as_str(), value)), w)
    }
}

impl<T, C, S> FieldFromJson<HashMap<String, T, S>> for Map<C>
where
    C: FieldFromJson<T> + FieldDecode<'static, T>,
    S: BuildHasher + Default,
{
    fn read_json(
        value: &mut HashMap<String, T, S>,
        r: &mut JsonReader<'_>,
    ) -> Result<(), DecodeError> {
        value.clear();
        read_map::<C, T>(r, memory::hash_map::<T>, |key, item| {
            match value.entry(key) {
                hash_map::Entry::Vacant(entry) => drop(entry.insert(item)),
                hash_map::Entry::Occupied(entry) => return Err(entry.key().clone()),
            }
            Ok(())
        })
    }
}

/// A map in a view: the text is that of the owned map, in the order of the keys, and of equal keys
/// the last.
impl<T, C: FieldToJson<T>> FieldToJson<Vec<(&str, T)>> for Map<C> {
    const BRANCH: &'static str = "map";

    fn write_json(value: &Vec<(&str, T)>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        let entries: BTreeMap<&str, &T> = value.iter().map(|(key, value)| (*key, value)).collect();
        write_map::<C, T>(entries.into_iter(), w)
    }
}
