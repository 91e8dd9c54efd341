//! What holds for every generated type, on random data of its schema.

use std::fmt::Debug;

use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::json::{FromJson, ToJson, avro, plain};
use avro_runtime::serde::Serialize;
use avro_runtime::serde::de::DeserializeOwned;
use avro_runtime::{AvroSchema, Decode, View, decode_into, from_datum, to_datum, view_datum};

const SEEDS: u64 = 60;

/// Random data of a schema; a type whose data are all alike needs one.
fn data<T: AvroSchema>() -> Vec<Vec<u8>> {
    let schema = Schema::new(T::SCHEMA).unwrap_or_else(|error| panic!("{}: {error}", T::FULLNAME));
    let values = (0..SEEDS).map(|seed| Value::random(&schema, seed));
    let data: Option<Vec<_>> = values.map(|value| Some(value?.to_datum())).collect();
    data.unwrap_or_else(|| panic!("{} has no data", T::FULLNAME))
}

/// Bytes to value, view and reused value and back, with the length as announced.
fn in_binary<T>()
where
    T: AvroSchema + Clone + PartialEq + Debug,
    for<'a> T::View<'a>: View<Owned = T>,
{
    let mut reused: Option<T> = None;
    for (seed, datum) in data::<T>().iter().enumerate() {
        let at = format!("{}, seed {seed}", T::FULLNAME);
        let value: T = from_datum(datum).unwrap_or_else(|error| panic!("{at}: {error}"));
        let written = to_datum(&value).unwrap();
        assert_eq!(value.encoded_len().unwrap(), written.len(), "{at}");
        assert!(value.bound() >= written.len(), "{at}");
        assert!(written.len() >= <T as Decode<'_>>::MIN_LEN, "{at}");
        assert_eq!(from_datum::<T>(&written).unwrap(), value, "{at}");

        let view = view_datum::<T>(datum).unwrap();
        assert_eq!(view.own(), value, "{at}");
        assert_eq!(T::shorten(&view).own(), value, "{at}");

        let over = reused.get_or_insert_with(|| value.clone());
        decode_into(over, datum).unwrap();
        assert_eq!(*over, value, "{at}");
    }
}

/// Text to value and back, over an older value and with white space; serde's, too. A view is
/// written like the owned value. How many texts were the same as serde's.
fn in_text<T>() -> usize
where
    T: AvroSchema + ToJson + FromJson + Serialize + DeserializeOwned + PartialEq + Debug,
    for<'a> T::View<'a>: ToJson,
{
    let as_serde = schema_as_serde(&serde_json::from_str(T::SCHEMA).unwrap());
    let mut reused = <T as Decode<'_>>::blank();
    let mut same = 0;
    for (seed, datum) in data::<T>().iter().enumerate() {
        let at = format!("{}, seed {seed}", T::FULLNAME);
        let value: T = from_datum(datum).unwrap();
        let view = view_datum::<T>(datum).unwrap();
        let text = plain::to_string(&value).unwrap();
        assert_eq!(plain::from_str::<T>(&text).unwrap(), value, "{at}: {text}");
        same_text::<T>(&plain::to_string(&view).unwrap(), &text, &at);
        let spaced = spaced(&text);
        plain::read_into(&mut reused, &spaced).unwrap();
        assert_eq!(reused, value, "{at}: {spaced}");
        let plain = text;
        let text = serde_json::to_string(&value).unwrap();
        if as_serde && !plain.contains("Infinity\"") && !plain.contains("\"NaN\"") {
            same_text::<T>(&plain, &text, &at);
            same += 1;
        }
        let read: T = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{at}: {e}: {text}"));
        assert_eq!(read, value, "{at}: {text}");
    }
    same
}

/// Whether serde writes values of the schema as plain JSON does: all but bytes, fixed, logical types
/// and unions of several branches, which serde tags in its own way.
fn schema_as_serde(schema: &serde_json::Value) -> bool {
    use serde_json::Value;
    match schema {
        Value::String(name) => name != "bytes",
        Value::Array(branches) => {
            branches.len() == 2
                && branches.contains(&Value::from("null"))
                && branches.iter().all(schema_as_serde)
        }
        Value::Object(schema) => {
            let inner = ["type", "items", "values"].map(|key| schema.get(key));
            let fields = schema.get("fields").and_then(Value::as_array);
            let fields = fields.into_iter().flatten();
            !schema.contains_key("logicalType")
                && schema.get("type") != Some(&Value::from("fixed"))
                && inner
                    .into_iter()
                    .flatten()
                    .chain(fields)
                    .all(schema_as_serde)
        }
        _ => false,
    }
}

/// The text with white space wherever it may stand.
fn spaced(text: &str) -> String {
    let mut out = String::from("\t");
    let (mut quoted, mut escaped) = (false, false);
    for char in text.chars() {
        if !quoted && "{}[],:".contains(char) {
            out.extend([' ', char, '\r', '\n']);
            out.push_str("         ");
        } else {
            out.push(char);
        }
        quoted ^= char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
    }
    out + " "
}

/// Avro's encoding is what `dynamic` writes, letter for letter, and each reads the other's.
fn in_avro_json<T>()
where
    T: AvroSchema + ToJson + FromJson + PartialEq + Debug,
    for<'a> T::View<'a>: ToJson,
{
    let schema = Schema::new(T::SCHEMA).unwrap();
    for (seed, datum) in data::<T>().iter().enumerate() {
        let at = format!("{}, seed {seed}", T::FULLNAME);
        let value: T = from_datum(datum).unwrap();
        // A codec of a user's own may write other data than it read.
        let datum = to_datum(&value).unwrap();
        let expected = Value::from_datum(&schema, &datum).unwrap();
        let text = avro::to_string(&value).unwrap();
        assert_eq!(avro::from_str::<T>(&text).unwrap(), value, "{at}: {text}");
        assert_eq!(Value::from_json(&schema, &text).unwrap(), expected, "{at}");
        same_text::<T>(&text, &expected.to_json(), &at);
        let view = view_datum::<T>(&datum).unwrap();
        same_text::<T>(&avro::to_string(&view).unwrap(), &expected.to_json(), &at);
    }
}

/// The entries of a `HashMap` have no order.
fn same_text<T: AvroSchema>(text: &str, other: &str, at: &str) {
    const WITH_HASH_MAP: [&str; 2] = ["acme.acme.Reading", "com.acme.Legacy"];
    if WITH_HASH_MAP.contains(&T::FULLNAME) {
        let json = |text| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(json(text), json(other), "{at}");
    } else {
        assert_eq!(text, other, "{at}");
    }
}

/// Data of the versions that are compiled in are read.
fn of_deployed<T>()
where
    T: AvroSchema + Debug,
{
    for version in T::DEPLOYED {
        let at = format!("version {} of {}", version.number, version.fullname);
        let resolver = version.resolver::<T>();
        let resolver = resolver.unwrap_or_else(|error| panic!("{at}: {error}"));
        let schema = Schema::new(version.schema).unwrap();
        for seed in 0..SEEDS {
            let datum = Value::random(&schema, seed).unwrap().to_datum();
            let value = resolver.decode(&datum);
            value.unwrap_or_else(|error| panic!("{at}, seed {seed}: {error}"));
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/every_type.rs"));

#[test]
fn every_deployed_version() {
    macro_rules! check {
        ($path:path) => {
            of_deployed::<$path>()
        };
    }
    use super::switched::*;
    every_type!(check);
}

#[test]
fn every_type_in_binary() {
    macro_rules! check {
        ($path:path) => {
            in_binary::<$path>()
        };
    }
    use super::switched::*;
    every_type!(check);
}

#[test]
fn every_type_in_text() {
    let mut same = 0;
    macro_rules! check {
        ($path:path) => {
            same += in_text::<$path>()
        };
    }
    use super::switched::*;
    every_type!(check);
    assert!(same > 1_000, "serde wrote {same} texts alike");
}

#[test]
fn every_type_in_the_json_of_avro() {
    macro_rules! check {
        ($path:path) => {
            in_avro_json::<$path>()
        };
    }
    use super::switched::*;
    every_type!(check);
}
