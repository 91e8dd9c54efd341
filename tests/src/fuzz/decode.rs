//! Bytes as a datum of a type's own schema.

use std::fmt::Debug;

use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::{
    AvroSchema, Decode, DecodeError, View, decode_into_with, from_datum, from_datum_with, to_datum,
    view_datum_with,
};

use super::{LIMITS, agree, bounded, is_limit, is_limit_of_dynamic, same, types};

/// Two bytes that choose a type, and a datum.
///
/// Owned, as a view, over an older value and with `dynamic` it is the same value or the same error,
/// within the limits; and a value is written as what is read as that value.
pub fn decode(data: &[u8]) {
    if let Some((ty, datum)) = types::chosen(data) {
        (ty.decode)(&ty.schema, datum);
    }
}

pub(super) fn check<T>(schema: &Schema, datum: &[u8])
where
    T: AvroSchema + PartialEq + Debug,
{
    let owned = bounded(|| from_datum_with::<T>(datum, LIMITS));
    let view = bounded(|| view_datum_with::<T>(datum, LIMITS));
    if let Ok(view) = &view {
        let (own, shortened) = (view.own(), T::shorten(view).own());
        assert!(same(&own, &shortened), "{own:?}\n{shortened:?}");
    }
    let viewed = view.map(|view| view.own());
    agree(&"as a view", &owned, &viewed);

    let mut over = older::<T>(schema, datum.len() as u64);
    let again = decode_into_with(&mut over, datum, LIMITS).map(|()| over);
    agree(&"over an older value", &owned, &again);

    let value = bounded(|| Value::from_datum_with(schema, datum, LIMITS));
    beside_dynamic(&owned, value);
    if let Ok(value) = owned {
        comes_back(&value, datum.len());
    }
}

/// Some value of the type, to be read over.
pub(super) fn older<T: AvroSchema>(schema: &Schema, seed: u64) -> T {
    let random = Value::random(schema, seed);
    let value = random.and_then(|value| from_datum(&value.to_datum()).ok());
    value.unwrap_or_else(T::blank)
}

/// `dynamic` reads what the type reads, and it is the same value. A logical type alone takes fewer
/// values than its base type, which is what `dynamic` reads.
pub(super) fn beside_dynamic<T: AvroSchema + PartialEq + Debug>(
    owned: &Result<T, DecodeError>,
    value: Result<Value, DecodeError>,
) {
    match (owned, value) {
        (Err(a), Err(b)) => {
            let in_time = a.offset() <= b.offset();
            assert!(
                in_time || is_limit(a) || is_limit_of_dynamic(&b),
                "{a}\n{b}"
            );
        }
        (Ok(_), Err(error)) => assert!(is_limit_of_dynamic(&error), "dynamic: {error}"),
        (Err(error), Ok(value)) => {
            let read = from_datum::<T>(&value.to_datum());
            assert!(is_limit(error) || read.is_err(), "{error}: {value:?}");
        }
        (Ok(owned), Ok(value)) => {
            let read = from_datum::<T>(&value.to_datum()).unwrap();
            assert!(same(owned, &read), "{owned:?}\n{read:?}");
        }
    }
}

/// What is read can be written, in the length that is told, and comes back.
fn comes_back<T: AvroSchema + PartialEq + Debug>(value: &T, datum: usize) {
    let written = to_datum(value).unwrap();
    assert_eq!(value.encoded_len().unwrap(), written.len());
    assert!(value.bound() >= written.len());
    let least = <T as Decode<'_>>::MIN_LEN;
    assert!(written.len() >= least && datum >= least, "{least}");
    let back = from_datum::<T>(&written).unwrap();
    assert!(same(value, &back), "{value:?}\n{back:?}");
}
