//! Logical types as JSON: strings that people and peers can read.

use core::fmt::Write;

use super::{FieldJson, JsonReader, JsonWriter};
use crate::EncodeError;
use crate::codec::decimal::fit;
use crate::codec::{BigDecimal, DecimalBytes, DecimalFixed, DurationFixed};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::types::{Decimal, Duration};

/// Reads a string and what it stands for.
pub(super) fn read_parsed<T>(
    r: &mut JsonReader<'_>,
    what: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, DecodeError> {
    let start = r.value_start();
    let text = r.string(what)?;
    parse(&text).ok_or_else(|| DecodeError::new(DecodeErrorKind::Expected(what), start))
}

/// Appends a value whose text needs no escaping, in quotes.
fn write_quoted(w: &mut JsonWriter<'_>, value: impl core::fmt::Display) {
    let mut text = String::new();
    // A `String` takes all that is written to it.
    let _ = write!(text, "{value}");
    w.symbol(&text);
}

/// Reads a decimal that fits the schema, with the schema's scale.
fn read_decimal<const P: u32, const S: u32>(
    r: &mut JsonReader<'_>,
) -> Result<Decimal, DecodeError> {
    let start = r.value_start();
    let value: Decimal = read_parsed(r, "a decimal number in a string", |text| text.parse().ok())?;
    fit::<P, S>(&value).map_err(|_| DecodeError::new(DecodeErrorKind::OutOfRange("decimal"), start))
}

impl<const P: u32, const S: u32> FieldJson<Decimal> for DecimalBytes<P, S> {
    fn write_json(value: &Decimal, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        write_quoted(w, fit::<P, S>(value)?);
        Ok(())
    }

    fn read_json(value: &mut Decimal, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = read_decimal::<P, S>(r)?;
        Ok(())
    }
}

impl<const N: usize, const P: u32, const S: u32> FieldJson<Decimal> for DecimalFixed<N, P, S> {
    fn write_json(value: &Decimal, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        write_quoted(w, fit::<P, S>(value)?);
        Ok(())
    }

    fn read_json(value: &mut Decimal, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = read_decimal::<P, S>(r)?;
        Ok(())
    }
}

impl FieldJson<Decimal> for BigDecimal {
    fn write_json(value: &Decimal, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        write_quoted(w, value);
        Ok(())
    }

    fn read_json(value: &mut Decimal, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = read_parsed(r, "a decimal number in a string", |text| text.parse().ok())?;
        Ok(())
    }
}

impl FieldJson<Duration> for DurationFixed {
    fn write_json(value: &Duration, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        write_quoted(w, value);
        Ok(())
    }

    fn read_json(value: &mut Duration, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = read_parsed(r, "a duration like \"P3M15DT1.500S\"", |text| {
            text.parse().ok()
        })?;
        Ok(())
    }
}

#[cfg(feature = "uuid")]
mod uuid {
    use super::{EncodeError, read_parsed, write_quoted};
    use crate::DecodeError;
    use crate::codec::{Uuid, UuidFixed, UuidStr};
    use crate::json::{FieldJson, JsonReader, JsonWriter};

    /// The same string for both bases.
    macro_rules! uuid {
        ($codec:ty, $name:literal) => {
            impl FieldJson<uuid::Uuid> for $codec {
                fn write_json(
                    value: &uuid::Uuid,
                    w: &mut JsonWriter<'_>,
                ) -> Result<(), EncodeError> {
                    write_quoted(w, value.as_hyphenated());
                    Ok(())
                }

                fn read_json(
                    value: &mut uuid::Uuid,
                    r: &mut JsonReader<'_>,
                ) -> Result<(), DecodeError> {
                    *value = read_parsed(r, "a UUID in a string", |text| text.parse().ok())?;
                    Ok(())
                }
            }
        };
    }

    uuid!(UuidStr<Uuid>, "string");
    uuid!(UuidFixed<Uuid>, "fixed");
}
