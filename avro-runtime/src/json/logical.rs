//! Logical types: in plain JSON strings that people and peers can read, in Avro's encoding the type
//! below.

use core::fmt::{Display, Write};

use super::{FieldFromJson, FieldToJson, Form, JsonReader, JsonWriter};
use crate::EncodeError;
use crate::codec::decimal::{fill_fixed, fit, from_binary, parse, to_binary, unfit};
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
fn write_quoted(w: &mut JsonWriter<'_>, value: impl Display) {
    let mut text = String::new();
    // A `String` takes all that is written to it.
    let _ = write!(text, "{value}");
    w.symbol(&text);
}

/// Reads a decimal number of any scale.
fn read_decimal(r: &mut JsonReader<'_>) -> Result<Decimal, DecodeError> {
    read_parsed(r, "a decimal number in a string", |text| text.parse().ok())
}

/// Reads a decimal that `fit` gives the schema's scale.
fn read_fitting(
    r: &mut JsonReader<'_>,
    fit: impl FnOnce(&Decimal) -> Result<Decimal, EncodeError>,
) -> Result<Decimal, DecodeError> {
    let start = r.value_start();
    let value = read_decimal(r)?;
    fit(&value).map_err(|error| unfit(&error, start))
}

/// The value with the schema's scale, if the fixed holds it too.
fn fit_fixed<const N: usize, const P: u32, const S: u32>(
    value: &Decimal,
) -> Result<Decimal, EncodeError> {
    fill_fixed::<N, P, S>(value)?;
    fit::<P, S>(value)
}

impl<const P: u32, const S: u32> FieldToJson<Decimal> for DecimalBytes<P, S> {
    const BRANCH: &'static str = "bytes";

    fn write_json(value: &Decimal, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        let value = fit::<P, S>(value)?;
        match w.form() {
            Form::Plain => write_quoted(w, value),
            Form::Avro => value.with_be_bytes(|bytes| w.bytes(bytes)),
        }
        Ok(())
    }
}

impl<const P: u32, const S: u32> FieldFromJson<Decimal> for DecimalBytes<P, S> {
    fn read_json(value: &mut Decimal, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = match r.form() {
            Form::Plain => read_fitting(r, fit::<P, S>)?,
            Form::Avro => {
                let (start, mut bytes) = (r.value_start(), Vec::new());
                r.bytes(&mut bytes)?;
                parse::<P, S>(&bytes, start)?
            }
        };
        Ok(())
    }
}

impl<const N: usize, const P: u32, const S: u32> FieldToJson<Decimal> for DecimalFixed<N, P, S> {
    fn write_json(value: &Decimal, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        match w.form() {
            Form::Plain => write_quoted(w, fit_fixed::<N, P, S>(value)?),
            Form::Avro => w.bytes(&fill_fixed::<N, P, S>(value)?),
        }
        Ok(())
    }
}

impl<const N: usize, const P: u32, const S: u32> FieldFromJson<Decimal> for DecimalFixed<N, P, S> {
    fn read_json(value: &mut Decimal, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = match r.form() {
            Form::Plain => read_fitting(r, fit_fixed::<N, P, S>)?,
            Form::Avro => {
                let start = r.value_start();
                parse::<P, S>(&r.fixed::<N>()?, start)?
            }
        };
        Ok(())
    }
}

impl FieldToJson<Decimal> for BigDecimal {
    const BRANCH: &'static str = "bytes";

    fn write_json(value: &Decimal, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        match w.form() {
            Form::Plain => write_quoted(w, value),
            Form::Avro => w.bytes(&to_binary(value)),
        }
        Ok(())
    }
}

impl FieldFromJson<Decimal> for BigDecimal {
    fn read_json(value: &mut Decimal, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = match r.form() {
            Form::Plain => read_decimal(r)?,
            Form::Avro => {
                let (start, mut bytes) = (r.value_start(), Vec::new());
                r.bytes(&mut bytes)?;
                from_binary(&bytes, start)?
            }
        };
        Ok(())
    }
}

impl FieldToJson<Duration> for DurationFixed {
    fn write_json(value: &Duration, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        match w.form() {
            Form::Plain => write_quoted(w, value),
            Form::Avro => w.bytes(&value.to_bytes()),
        }
        Ok(())
    }
}

impl FieldFromJson<Duration> for DurationFixed {
    fn read_json(value: &mut Duration, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        *value = match r.form() {
            Form::Plain => read_parsed(r, "a duration like \"P3M15DT1.500S\"", |text| {
                text.parse().ok()
            })?,
            Form::Avro => Duration::from_bytes(r.fixed()?),
        };
        Ok(())
    }
}

#[cfg(feature = "uuid")]
mod uuid {
    use super::{EncodeError, read_parsed, write_quoted};
    use crate::DecodeError;
    use crate::codec::{Uuid, UuidFixed, UuidStr};
    use crate::json::{FieldFromJson, FieldToJson, Form, JsonReader, JsonWriter};

    fn read(r: &mut JsonReader<'_>) -> Result<uuid::Uuid, DecodeError> {
        read_parsed(r, "a UUID in a string", |text| text.parse().ok())
    }

    impl FieldToJson<uuid::Uuid> for UuidStr<Uuid> {
        const BRANCH: &'static str = "string";

        fn write_json(value: &uuid::Uuid, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
            write_quoted(w, value.as_hyphenated());
            Ok(())
        }
    }

    impl FieldFromJson<uuid::Uuid> for UuidStr<Uuid> {
        fn read_json(value: &mut uuid::Uuid, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
            *value = read(r)?;
            Ok(())
        }
    }

    impl FieldToJson<uuid::Uuid> for UuidFixed<Uuid> {
        fn write_json(value: &uuid::Uuid, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
            match w.form() {
                Form::Plain => write_quoted(w, value.as_hyphenated()),
                Form::Avro => w.bytes(value.as_bytes()),
            }
            Ok(())
        }
    }

    impl FieldFromJson<uuid::Uuid> for UuidFixed<Uuid> {
        fn read_json(value: &mut uuid::Uuid, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
            *value = match r.form() {
                Form::Plain => read(r)?,
                Form::Avro => uuid::Uuid::from_bytes(r.fixed()?),
            };
            Ok(())
        }
    }
}
