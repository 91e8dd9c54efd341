//! Bytes as the JSON of a type, in both forms.

use std::fmt::Debug;

use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::json::{FromJson, ToJson, avro, plain};
use avro_runtime::{AvroSchema, DecodeError, EncodeError, Limits, from_datum, to_datum};

use super::{LIMITS, bounded, is_limit, same, types};

/// Two bytes that choose a type, and a text.
///
/// It is read within the limits, plain and as Avro has it, the latter like `dynamic` reads it; and a
/// value is written as a text that is read as that value, and as a datum as well.
pub fn json(data: &[u8]) {
    let Some((ty, text)) = types::chosen(data) else {
        return;
    };
    if let Ok(text) = std::str::from_utf8(text) {
        (ty.json)(&ty.schema, text);
    }
}

/// The functions of one form.
struct Form<T> {
    read: fn(&str, Limits) -> Result<T, DecodeError>,
    write: fn(&T) -> Result<String, EncodeError>,
}

pub(super) fn check<T>(schema: &Schema, text: &str)
where
    T: AvroSchema + ToJson + FromJson + PartialEq + Debug,
{
    let _: Result<T, DecodeError> = comes_back(
        Form {
            read: plain::from_str_with,
            write: plain::to_string,
        },
        text,
    );
    let read = comes_back(
        Form {
            read: avro::from_str_with,
            write: avro::to_string,
        },
        text,
    );
    match (
        read,
        bounded(|| Value::from_json_with(schema, text, LIMITS)),
    ) {
        (Ok(_), Err(error)) => assert!(is_limit(&error), "dynamic: {error}"),
        // A logical type takes fewer values than its base type.
        (Err(error), Ok(value)) => {
            let read = from_datum::<T>(&value.to_datum());
            assert!(is_limit(&error) || read.is_err(), "{error}: {value:?}");
        }
        (Ok(read), Ok(value)) => {
            let value = from_datum::<T>(&value.to_datum()).unwrap();
            assert!(same(&read, &value), "{read:?}\n{value:?}");
        }
        (Err(_), Err(_)) => {}
    }
}

fn comes_back<T>(form: Form<T>, text: &str) -> Result<T, DecodeError>
where
    T: AvroSchema + PartialEq + Debug,
{
    let value = bounded(|| (form.read)(text, LIMITS))?;
    let written = (form.write)(&value).unwrap_or_else(|error| panic!("{value:?}: {error}"));
    let back = (form.read)(&written, Limits::default());
    let back = back.unwrap_or_else(|error| panic!("{written}: {error}"));
    assert!(same(&value, &back), "{written}: {value:?}\n{back:?}");
    let datum = to_datum(&value).unwrap_or_else(|error| panic!("{value:?}: {error}"));
    let back = from_datum::<T>(&datum).unwrap();
    assert!(same(&value, &back), "{value:?}\n{back:?}");
    Ok(value)
}

/// Why a plain text, and another one in Avro's encoding, cannot be read: the latter as a type and by
/// `dynamic`.
#[cfg(test)]
pub(super) fn refusals<T: AvroSchema + FromJson>(
    schema: &Schema,
    plain: &str,
    avro: &str,
) -> [Option<DecodeError>; 3] {
    [
        plain::from_str::<T>(plain).err(),
        avro::from_str::<T>(avro).err(),
        Value::from_json(schema, avro).err(),
    ]
}

/// The texts of a datum in both forms.
pub(super) fn of_datum<T: AvroSchema + ToJson>(datum: &[u8]) -> Option<[String; 2]> {
    let value = from_datum::<T>(datum).ok()?;
    Some([
        plain::to_string(&value).ok()?,
        avro::to_string(&value).ok()?,
    ])
}
