//! Null, boolean, numbers, strings, bytes and fixed as JSON.

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
                w.integer(*value);
                Ok(())
            }
        }

        impl FieldFromJson<$type> for $codec {
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
        impl FieldToJson<$type> for $codec {
            const BRANCH: &'static str = $name;

            #[inline]
            fn write_json(value: &$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                w.$write(*value);
                Ok(())
            }
        }

        impl FieldFromJson<$type> for $codec {
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
    #[inline]
    fn read_json(value: &mut String, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        let text = r.string("a string")?;
        value.clear();
        value.push_str(&text);
        Ok(())
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
