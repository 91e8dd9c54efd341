//! From a view's field to the owned value.

#![allow(
    clippy::disallowed_types,
    reason = "HashMap is the user's choice, made where the order of the bytes does not matter"
)]

use core::hash::BuildHasher;
use std::collections::{BTreeMap, HashMap};

use super::{
    Array, Boolean, Boxed, Bytes, Double, FixedBytes, Float, Int, Long, Map, Named, Null, Nullable,
    NullableUnion, Str,
};
use crate::View;

/// How a field of a view becomes a field of the owned type.
pub trait FieldView<V, T> {
    /// A copy that owns all its parts.
    fn own(view: &V) -> T;
}

/// Fields that have nothing to borrow.
macro_rules! copied {
    ($([$($generics:tt)*] $codec:ty),* $(,)?) => {$(
        impl<$($generics)* T: Clone> FieldView<T, T> for $codec {
            #[inline(always)]
            fn own(view: &T) -> T {
                view.clone()
            }
        }
    )*};
}

copied!(
    [] Null, [] Boolean, [] Int, [] Long, [] Float, [] Double, [const N: usize,] FixedBytes<N>,
);

impl FieldView<&str, String> for Str {
    #[inline(always)]
    fn own(view: &&str) -> String {
        (*view).to_owned()
    }
}

impl FieldView<&[u8], Vec<u8>> for Bytes {
    #[inline(always)]
    fn own(view: &&[u8]) -> Vec<u8> {
        view.to_vec()
    }
}

/// A decimal that is taken for bytes, which another scale changes.
impl FieldView<Vec<u8>, Vec<u8>> for Bytes {
    #[inline(always)]
    fn own(view: &Vec<u8>) -> Vec<u8> {
        view.clone()
    }
}

impl<V: View> FieldView<V, V::Owned> for Named {
    #[inline(always)]
    fn own(view: &V) -> V::Owned {
        view.own()
    }
}

impl<V, T, C: FieldView<V, T>> FieldView<Box<V>, Box<T>> for Boxed<C> {
    #[inline(always)]
    fn own(view: &Box<V>) -> Box<T> {
        Box::new(C::own(view))
    }
}

impl<V, T, C, const NULL_FIRST: bool> FieldView<Option<V>, Option<T>> for Nullable<C, NULL_FIRST>
where
    C: FieldView<V, T>,
{
    #[inline(always)]
    fn own(view: &Option<V>) -> Option<T> {
        view.as_ref().map(C::own)
    }
}

impl<V: View, const NULL: usize> FieldView<Option<V>, Option<V::Owned>> for NullableUnion<NULL> {
    #[inline(always)]
    fn own(view: &Option<V>) -> Option<V::Owned> {
        view.as_ref().map(V::own)
    }
}

impl<V, T, C, const SIZED: bool> FieldView<Vec<V>, Vec<T>> for Array<C, SIZED>
where
    C: FieldView<V, T>,
{
    fn own(view: &Vec<V>) -> Vec<T> {
        view.iter().map(C::own).collect()
    }
}

impl<V, T, C, const SIZED: bool> FieldView<Vec<(&str, V)>, BTreeMap<String, T>> for Map<C, SIZED>
where
    C: FieldView<V, T>,
{
    fn own(view: &Vec<(&str, V)>) -> BTreeMap<String, T> {
        let entries = view.iter();
        entries
            .map(|(key, value)| ((*key).to_owned(), C::own(value)))
            .collect()
    }
}

impl<V, T, C, S, const SIZED: bool> FieldView<Vec<(&str, V)>, HashMap<String, T, S>>
    for Map<C, SIZED>
where
    C: FieldView<V, T>,
    S: BuildHasher + Default,
{
    fn own(view: &Vec<(&str, V)>) -> HashMap<String, T, S> {
        let entries = view.iter();
        entries
            .map(|(key, value)| ((*key).to_owned(), C::own(value)))
            .collect()
    }
}
