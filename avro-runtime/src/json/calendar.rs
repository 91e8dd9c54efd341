//! Dates, times and timestamps, the same for every library: in plain JSON strings, in Avro's
//! encoding numbers.

use super::logical::read_parsed;
use super::rfc3339::{self, Text};
use super::{FieldFromJson, FieldToJson, Form, JsonReader, JsonWriter};
use crate::codec::calendar::{Units, from_base, out_of_range};
use crate::codec::{
    Date, Int, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, Long, TimeLibrary,
    TimeMicros, TimeMillis, TimestampMicros, TimestampMillis, TimestampNanos,
};
use crate::{DecodeError, EncodeError};

/// Through the number that stands in a datum, so that text and datum are rounded alike.
macro_rules! text {
    ($name:ident, $type:ident, $base:ident, $what:literal, $write:expr, $read:expr) => {
        impl<L: TimeLibrary> FieldToJson<L::$type> for $name<L> {
            const BRANCH: &'static str = $base::BRANCH;

            fn write_json(value: &L::$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                let Some(base) = Self::to_base(value) else {
                    return Err(out_of_range::<Self>());
                };
                match w.form() {
                    Form::Plain => w.symbol($write(base.into()).as_str()),
                    Form::Avro => w.integer(base.into()),
                }
                Ok(())
            }
        }

        impl<L: TimeLibrary> FieldFromJson<L::$type> for $name<L> {
            fn read_json(value: &mut L::$type, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
                if r.form() == Form::Avro {
                    let (start, mut base) = (r.value_start(), 0);
                    $base::read_json(&mut base, r)?;
                    *value = from_base::<Self>(base, start)?;
                    return Ok(());
                }
                *value = read_parsed(r, $what, |text| {
                    let base: i64 = $read(text)?;
                    Self::from_base(base.try_into().ok()?)
                })?;
                Ok(())
            }
        }
    };
}

text!(
    Date,
    Date,
    Int,
    "a date like \"2025-01-31\"",
    Text::date,
    rfc3339::date
);

/// Text with this many decimals of a second.
macro_rules! decimals {
    ($name:ident, $type:ident, $base:ident, $form:ident, $decimals:literal, $what:literal) => {
        text!(
            $name,
            $type,
            $base,
            $what,
            |base| Text::$form(base, $decimals),
            |text| rfc3339::$form(text)?.count(10_i64.pow($decimals))
        );
    };
}

/// Both kinds of timestamp with so many decimals.
macro_rules! timestamps {
    ($name:ident, $local:ident, $decimals:literal) => {
        decimals!(
            $name,
            Timestamp,
            Long,
            timestamp,
            $decimals,
            "a timestamp like \"2025-01-31T12:30:00Z\""
        );
        decimals!(
            $local,
            LocalTimestamp,
            Long,
            local_timestamp,
            $decimals,
            "a timestamp without offset like \"2025-01-31T12:30:00\""
        );
    };
}

decimals!(
    TimeMillis,
    Time,
    Int,
    time,
    3,
    "a time like \"12:30:00.000\""
);
decimals!(
    TimeMicros,
    Time,
    Long,
    time,
    6,
    "a time like \"12:30:00.000000\""
);
timestamps!(TimestampMillis, LocalTimestampMillis, 3);
timestamps!(TimestampMicros, LocalTimestampMicros, 6);
timestamps!(TimestampNanos, LocalTimestampNanos, 9);
