//! Dates, times and timestamps as strings, the same for every library.

use super::logical::read_parsed;
use super::rfc3339::{self, Text};
use super::{FieldJson, JsonReader, JsonWriter};
use crate::codec::calendar::{Units, out_of_range};
use crate::codec::{
    Date, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeLibrary, TimeMicros,
    TimeMillis, TimestampMicros, TimestampMillis, TimestampNanos,
};
use crate::{DecodeError, EncodeError};

/// Through the number that stands in a datum, so that text and datum are rounded alike.
macro_rules! text {
    ($name:ident, $type:ident, $what:literal, $write:expr, $read:expr) => {
        impl<L: TimeLibrary> FieldJson<L::$type> for $name<L> {
            fn write_json(value: &L::$type, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
                match Self::to_base(value) {
                    Some(base) => {
                        w.symbol($write(base.into()).as_str());
                        Ok(())
                    }
                    None => Err(out_of_range::<Self>()),
                }
            }

            fn read_json(value: &mut L::$type, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
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
    "a date like \"2025-01-31\"",
    Text::date,
    rfc3339::date
);

/// Text with this many decimals of a second.
macro_rules! decimals {
    ($name:ident, $type:ident, $form:ident, $decimals:literal, $what:literal) => {
        text!(
            $name,
            $type,
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
            timestamp,
            $decimals,
            "a timestamp like \"2025-01-31T12:30:00Z\""
        );
        decimals!(
            $local,
            LocalTimestamp,
            local_timestamp,
            $decimals,
            "a timestamp without offset like \"2025-01-31T12:30:00\""
        );
    };
}

decimals!(TimeMillis, Time, time, 3, "a time like \"12:30:00.000\"");
decimals!(TimeMicros, Time, time, 6, "a time like \"12:30:00.000000\"");
timestamps!(TimestampMillis, LocalTimestampMillis, 3);
timestamps!(TimestampMicros, LocalTimestampMicros, 6);
timestamps!(TimestampNanos, LocalTimestampNanos, 9);
