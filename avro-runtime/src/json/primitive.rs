//! Null, boolean, numbers, strings, bytes and fixed as JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{FieldJson, JsonReader, JsonWriter};
use crate::EncodeError;
use crate::codec::{Boolean, Bytes, Double, FixedBytes, Float, Int, Long, Null, Str};
use crate::error::{DecodeError, DecodeErrorKind};

impl FieldJson<()> for Null {
    fn write_json((): &(), w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw("null");
        Ok(())
    }

    fn read_json((): &mut (), r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        if r.eat_literal("null") {
            Ok(())
        } else {
            Err(r.expected("null"))
        }
    }
}

impl FieldJson<bool> for Boolean {
    fn write_json(value: &bool, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.raw(if *value { "true" } else { "false" });
        Ok(())
    }

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
        impl FieldJson<$type> for $codec {
            #[inline]
            fn write_json(value: &$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                w.integer(*value);
                Ok(())
            }

            #[inline]
            fn read_json(value: &mut $type, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
                let start = r.value_start();
                match r.number($what)?.parse() {
                    Ok(number) => {
                        *value = number;
                        Ok(())
                    }
                    Err(_) => Err(DecodeError::new(DecodeErrorKind::Expected($what), start)),
                }
            }
        }
    };
}

integer!(Int, i32, "int", "a whole number of 32 bits");
integer!(Long, i64, "long", "a whole number of 64 bits");

/// Floating-point numbers, and strings for those that JSON does not have.
macro_rules! floating {
    ($codec:ty, $type:ty, $name:literal, $write:ident, $what:literal) => {
        impl FieldJson<$type> for $codec {
            #[inline]
            fn write_json(value: &$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                w.$write(*value);
                Ok(())
            }

            #[inline]
            fn read_json(value: &mut $type, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
                let start = r.value_start();
                if r.peek() == Some(b'"') {
                    *value = match r.string($what)?.as_ref() {
                        "NaN" => <$type>::NAN,
                        "Infinity" => <$type>::INFINITY,
                        "-Infinity" => <$type>::NEG_INFINITY,
                        _ => {
                            return Err(DecodeError::new(DecodeErrorKind::Expected($what), start));
                        }
                    };
                    return Ok(());
                }
                match r.number($what)?.parse::<$type>() {
                    Ok(number) if number.is_finite() => {
                        *value = number;
                        Ok(())
                    }
                    _ => Err(DecodeError::new(DecodeErrorKind::OutOfRange($name), start)),
                }
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

impl FieldJson<String> for Str {
    #[inline]
    fn write_json(value: &String, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.string(value);
        Ok(())
    }

    #[inline]
    fn read_json(value: &mut String, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        let text = r.string("a string")?;
        value.clear();
        value.push_str(&text);
        Ok(())
    }
}

impl FieldJson<Vec<u8>> for Bytes {
    fn write_json(value: &Vec<u8>, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.base64(value);
        Ok(())
    }

    fn read_json(value: &mut Vec<u8>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        read_base64(value, r)
    }
}

impl<const N: usize> FieldJson<[u8; N]> for FixedBytes<N> {
    fn write_json(value: &[u8; N], w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        w.base64(value);
        Ok(())
    }

    fn read_json(value: &mut [u8; N], r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        let start = r.value_start();
        let mut bytes = Vec::new();
        read_base64(&mut bytes, r)?;
        match bytes.try_into() {
            Ok(bytes) => {
                *value = bytes;
                Ok(())
            }
            Err(_) => {
                let kind = DecodeErrorKind::Expected("base64 of as many bytes as the fixed has");
                Err(DecodeError::new(kind, start))
            }
        }
    }
}

/// Reads a base64 string, padded, of the standard alphabet.
fn read_base64(bytes: &mut Vec<u8>, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
    const WHAT: &str = "base64 in a string";
    let start = r.value_start();
    let text = r.string(WHAT)?;
    bytes.clear();
    match STANDARD.decode_vec(text.as_bytes(), bytes) {
        Ok(()) => Ok(()),
        Err(_) => Err(DecodeError::new(DecodeErrorKind::Expected(WHAT), start)),
    }
}
