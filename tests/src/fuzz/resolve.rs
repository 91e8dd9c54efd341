//! Bytes as a datum of another version of a type's schema.

use std::fmt::Debug;

use avro_runtime::dynamic::{DynamicReader, Schema};
use avro_runtime::{AvroSchema, Resolver, View};

use super::decode::{beside_dynamic, older};
use super::{LIMITS, agree, bounded, evolve, types};

/// Two bytes that choose a type, some that change its schema into a writer's, and a datum.
///
/// The type's resolver and `dynamic` refuse the same schemas, and read the same values within the
/// limits: owned, as a view and over an older value.
pub fn resolve(data: &[u8]) {
    if let Some((ty, rest)) = types::chosen(data) {
        (ty.resolve)(&ty.schema, rest);
    }
}

pub(super) fn check<T>(schema: &Schema, data: &[u8])
where
    T: AvroSchema + PartialEq + Debug,
{
    let Some((writer, datum)) = evolve::evolved(T::SCHEMA, data) else {
        return;
    };
    let resolver = Resolver::<T>::new(&writer);
    let Ok(linked) = Schema::new(&writer) else {
        assert!(resolver.is_err(), "{writer}");
        return;
    };
    let dynamic = DynamicReader::new(schema, &linked);
    let (resolver, dynamic) = match (resolver, dynamic) {
        (Ok(resolver), Ok(dynamic)) => (resolver, dynamic),
        (Err(a), Err(b)) => return assert_eq!(a.to_string(), b.to_string(), "{writer}"),
        (a, b) => panic!("{writer}:\n{:?}\n{:?}", a.err(), b.err()),
    };
    let owned = bounded(|| resolver.decode_with(datum, LIMITS));
    let view = bounded(|| resolver.decode_view_with(datum, LIMITS));
    agree(&writer, &owned, &view.map(|view| view.own()));
    let mut over = older::<T>(schema, datum.len() as u64);
    let again = resolver.decode_into_with(&mut over, datum, LIMITS);
    agree(&writer, &owned, &again.map(|()| over));
    let value = bounded(|| dynamic.read_with(datum, LIMITS));
    beside_dynamic::<T>(&owned, value);
}
