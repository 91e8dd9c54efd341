//! Null, boolean, numbers, strings, bytes and fixed as JSON.

use core::str::FromStr;

use super::number::Number;
use super::{FieldFromJson, FieldToJson, JsonReader, JsonWriter};
use crate::EncodeError;
use crate::codec::{Boolean, Bytes, Double, FixedBytes, Float, Int, Long, Null, Str};
use crate::error::{DecodeError, DecodeErrorKind};

impl FieldToJson<()> for Null {
    const BRANCH: &'static str = "null";

    fn write_json((): &(), w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw("null");
        Ok(())
    }
}

impl FieldFromJson<()> for Null {
    fn read_json((): &mut (), r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        if r.eat_literal("null") {
            Ok(())
        } else {
            Err(r.expected("null"))
        }
    }
}

impl FieldToJson<bool> for Boolean {
    const BRANCH: &'static str = "boolean";

    fn write_json(value: &bool, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw(if *value { "true" } else { "false" });
        Ok(())
    }
}

impl FieldFromJson<bool> for Boolean {
    fn read_json(value: &mut bool, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = r.eat_literal("true");
        if *value || r.eat_literal("false") {
            Ok(())
        } else {
            Err(r.expected("true or false"))
        }
    }
}

/// Whole numbers: digits alone, without fraction and exponent.
macro_rules! integer {
    ($codec:ty, $type:ty, $name:literal, $what:literal) => {
        impl FieldToJson<$type> for $codec {
            const BRANCH: &'static str = $name;

            #[inline]
            fn write_json(value: &$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                w.integer((*value).into());
                Ok(())
            }
        }

        impl FieldFromJson<$type> for $codec {
            fn read_json(value: &mut $type, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
                r.peek();
                if let Some((number, length)) = Number::whole(r.rest())
                    && let Ok(number) = number.try_into()
                {
                    *value = number;
                    r.skip(length);
                    return Ok(());
                }
                Err(r.wrong_number($what))
            }
        }
    };
}

integer!(Int, i32, "int", "a whole number of 32 bits");
integer!(Long, i64, "long", "a whole number of 64 bits");

/// Floating-point numbers, and strings for those that JSON does not have.
macro_rules! floating {
    ($codec:ty, $type:ty, $name:literal, $method:ident, $what:literal) => {
        impl FieldToJson<$type> for $codec {
            const BRANCH: &'static str = $name;

            #[inline]
            fn write_json(value: &$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                w.$method(*value);
                Ok(())
            }
        }

        impl FieldFromJson<$type> for $codec {
            fn read_json(value: &mut $type, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
                if r.peek() == Some(b'"') {
                    *value = not_finite(r, $what)?.into();
                    return Ok(());
                }
                let Some(number) = Number::scan(r.rest()) else {
                    return Err(r.wrong_number($what));
                };
                *value = match number.$method() {
                    Some(number) => number,
                    None => out_of_the_ordinary(r, number.length, $name)?,
                };
                r.skip(number.length);
                Ok(())
            }
        }
    };
}

floating!(
    Float,
    f32,
    "float",
    float,
    "a number, \"NaN\", \"Infinity\" or \"-Infinity\""
);
floating!(
    Double,
    f64,
    "double",
    double,
    "a number, \"NaN\", \"Infinity\" or \"-Infinity\""
);

/// A number that the standard library has to compute, which is not passed yet.
#[cold]
fn out_of_the_ordinary<T: FromStr + Into<f64> + Copy>(
    r: &mut JsonReader<'_>,
    length: usize,
    name: &'static str,
) -> Result<T, DecodeError> {
    let text = r.between(r.at(), r.at() + length);
    match text.parse::<T>() {
        Ok(number) if number.into().is_finite() => Ok(number),
        _ => {
            let error = r.error(DecodeErrorKind::OutOfRange(name));
            r.skip(length);
            Err(error)
        }
    }
}

/// One of the three strings.
#[cold]
fn not_finite(r: &mut JsonReader<'_>, what: &'static str) -> Result<f32, DecodeError> {
    let start = r.value_start();
    match r.string(what)?.as_ref() {
        "NaN" => Ok(f32::NAN),
        "Infinity" => Ok(f32::INFINITY),
        "-Infinity" => Ok(f32::NEG_INFINITY),
        _ => Err(DecodeError::new(DecodeErrorKind::Expected(what), start)),
    }
}

impl FieldToJson<String> for Str {
    const BRANCH: &'static str = "string";

    #[inline]
    fn write_json(value: &String, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.string(value);
        Ok(())
    }
}

impl FieldToJson<&str> for Str {
    const BRANCH: &'static str = "string";

    #[inline]
    fn write_json(value: &&str, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.string(value);
        Ok(())
    }
}

impl FieldFromJson<String> for Str {
    fn read_json(value: &mut String, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        r.string_into(value)
    }
}

impl FieldToJson<Vec<u8>> for Bytes {
    const BRANCH: &'static str = "bytes";

    fn write_json(value: &Vec<u8>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.bytes(value);
        Ok(())
    }
}

impl FieldToJson<&[u8]> for Bytes {
    const BRANCH: &'static str = "bytes";

    fn write_json(value: &&[u8], w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.bytes(value);
        Ok(())
    }
}

impl FieldFromJson<Vec<u8>> for Bytes {
    fn read_json(value: &mut Vec<u8>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        r.bytes(value)
    }
}

impl<const N: usize> FieldToJson<[u8; N]> for FixedBytes<N> {
    fn write_json(value: &[u8; N], w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.bytes(value);
        Ok(())
    }
}

impl<const N: usize> FieldFromJson<[u8; N]> for FixedBytes<N> {
    fn read_json(value: &mut [u8; N], r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = r.fixed()?;
        Ok(())
    }
}
