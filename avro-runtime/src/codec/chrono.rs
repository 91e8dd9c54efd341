//! Dates, times and timestamps as chrono's types.
//!
//! A time finer than the unit of its logical type is rounded towards minus infinity. Out of range,
//! both ways, is an error; so is a leap second, which none of the units can tell from its
//! successor.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::time::{
    Date, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis,
    TimestampMicros, TimestampMillis, TimestampNanos,
};
use super::{FieldCodec, FieldDecode, FieldView, Int, Long};
use crate::error::{DecodeErrorKind, EncodeErrorKind};
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// The library `chrono`: `NaiveDate`, `NaiveTime`, `DateTime<Utc>`, `NaiveDateTime`.
#[derive(Debug)]
pub struct Chrono;

/// How a logical type counts: the number that stands in the datum, and back.
pub(crate) trait Units {
    /// The Rust type.
    type Value;
    /// The number's type.
    type Base;
    /// The name in the specification.
    const LOGICAL_TYPE: &'static str;

    fn to_base(value: &Self::Value) -> Option<Self::Base>;
    fn from_base(base: Self::Base) -> Option<Self::Value>;
}

/// The codec traits for a logical type that has [`Units`].
macro_rules! codec {
    ($codec:ty, $type:ty, $base:ty) => {
        impl FieldCodec<$type> for $codec {
            #[inline]
            fn encode(value: &$type, w: &mut Writer<'_>) -> Result<(), EncodeError> {
                match <$codec as Units>::to_base(value) {
                    Some(base) => <$base>::encode(&base, w),
                    None => Err(out_of_range::<$codec>()),
                }
            }

            #[inline]
            fn encoded_len(value: &$type) -> Result<usize, EncodeError> {
                match <$codec as Units>::to_base(value) {
                    Some(base) => <$base>::encoded_len(&base),
                    None => Err(out_of_range::<$codec>()),
                }
            }

            #[inline(always)]
            fn bound(_: &$type) -> usize {
                <$base>::bound(&0)
            }
        }

        impl<'de> FieldDecode<'de, $type> for $codec {
            const MIN_LEN: usize = 1;

            #[inline(always)]
            fn blank() -> $type {
                Default::default()
            }

            #[inline]
            fn decode_into(value: &mut $type, r: &mut Reader<'de>) -> Result<(), DecodeError> {
                let start = r.position();
                let mut base = 0;
                <$base>::decode_into(&mut base, r)?;
                *value = from_base::<$codec>(base, start)?;
                Ok(())
            }

            #[inline]
            fn resolve_into(
                value: &mut $type,
                r: &mut Reader<'de>,
                p: Plan<'_>,
            ) -> Result<(), DecodeError> {
                let start = r.position();
                let mut base = 0;
                <$base>::resolve_into(&mut base, r, p)?;
                *value = from_base::<$codec>(base, start)?;
                Ok(())
            }
        }

        impl FieldView<$type, $type> for $codec {
            #[inline(always)]
            fn own(view: &$type) -> $type {
                *view
            }
        }
    };
}

#[cold]
pub(crate) fn out_of_range<C: Units>() -> EncodeError {
    EncodeError::new(EncodeErrorKind::OutOfRange(C::LOGICAL_TYPE))
}

/// What the number at this place stands for.
#[inline]
fn from_base<C: Units>(base: C::Base, start: usize) -> Result<C::Value, DecodeError> {
    match C::from_base(base) {
        Some(value) => Ok(value),
        None => {
            let kind = DecodeErrorKind::OutOfRange(C::LOGICAL_TYPE);
            Err(DecodeError::new(kind, start))
        }
    }
}

codec!(Date<Chrono>, NaiveDate, Int);
codec!(TimeMillis<Chrono>, NaiveTime, Int);
codec!(TimeMicros<Chrono>, NaiveTime, Long);
codec!(TimestampMillis<Chrono>, DateTime<Utc>, Long);
codec!(TimestampMicros<Chrono>, DateTime<Utc>, Long);
codec!(TimestampNanos<Chrono>, DateTime<Utc>, Long);
codec!(LocalTimestampMillis<Chrono>, NaiveDateTime, Long);
codec!(LocalTimestampMicros<Chrono>, NaiveDateTime, Long);
codec!(LocalTimestampNanos<Chrono>, NaiveDateTime, Long);

/// 1970-01-01, which is also chrono's default date.
const EPOCH: NaiveDate = NaiveDate::from_epoch_days(0).expect("chrono's range holds 1970");

impl Units for Date<Chrono> {
    type Value = NaiveDate;
    type Base = i32;
    const LOGICAL_TYPE: &'static str = "date";

    fn to_base(value: &NaiveDate) -> Option<i32> {
        i32::try_from(value.signed_duration_since(EPOCH).num_days()).ok()
    }

    fn from_base(base: i32) -> Option<NaiveDate> {
        let days = Days::new(u64::from(base.unsigned_abs()));
        if base < 0 {
            EPOCH.checked_sub_days(days)
        } else {
            EPOCH.checked_add_days(days)
        }
    }
}

/// Nanoseconds within the second, unless the second is a leap second.
fn nanos_of_second(value: &impl Timelike) -> Option<u32> {
    Some(value.nanosecond()).filter(|nanos| *nanos < 1_000_000_000)
}

/// Units since midnight, `per_second` of them in a second.
fn to_time_units(value: &NaiveTime, per_second: u32) -> Option<i64> {
    let nanos = nanos_of_second(value)?;
    let seconds = i64::from(value.num_seconds_from_midnight());
    Some(seconds * i64::from(per_second) + i64::from(nanos / (1_000_000_000 / per_second)))
}

fn from_time_units(base: i64, per_second: u32) -> Option<NaiveTime> {
    let seconds = base.div_euclid(i64::from(per_second));
    let rest = base.rem_euclid(i64::from(per_second)) as u32;
    let nanos = rest * (1_000_000_000 / per_second);
    NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(seconds).ok()?, nanos)
}

impl Units for TimeMillis<Chrono> {
    type Value = NaiveTime;
    type Base = i32;
    const LOGICAL_TYPE: &'static str = "time-millis";

    fn to_base(value: &NaiveTime) -> Option<i32> {
        i32::try_from(to_time_units(value, 1_000)?).ok()
    }

    fn from_base(base: i32) -> Option<NaiveTime> {
        from_time_units(base.into(), 1_000)
    }
}

impl Units for TimeMicros<Chrono> {
    type Value = NaiveTime;
    type Base = i64;
    const LOGICAL_TYPE: &'static str = "time-micros";

    fn to_base(value: &NaiveTime) -> Option<i64> {
        to_time_units(value, 1_000_000)
    }

    fn from_base(base: i64) -> Option<NaiveTime> {
        from_time_units(base, 1_000_000)
    }
}

/// Units since 1970, `per_second` of them in a second: the seconds are rounded towards minus
/// infinity and the nanoseconds count up from there, so that cutting them rounds the same way.
fn to_timestamp(value: &DateTime<Utc>, per_second: i64) -> Option<i64> {
    let nanos = i64::from(nanos_of_second(value)?);
    let rest = nanos / (1_000_000_000 / per_second);
    // Through 128 bits: the seconds alone may exceed what seconds and fraction together do not.
    i64::try_from(i128::from(value.timestamp()) * i128::from(per_second) + i128::from(rest)).ok()
}

fn from_timestamp(base: i64, per_second: i64) -> Option<DateTime<Utc>> {
    let nanos = base.rem_euclid(per_second) * (1_000_000_000 / per_second);
    DateTime::from_timestamp(base.div_euclid(per_second), nanos as u32)
}

/// Both kinds of timestamp in one unit.
macro_rules! timestamp {
    ($codec:ty, $local:ty, $per_second:literal, $name:literal, $local_name:literal) => {
        impl Units for $codec {
            type Value = DateTime<Utc>;
            type Base = i64;
            const LOGICAL_TYPE: &'static str = $name;

            fn to_base(value: &DateTime<Utc>) -> Option<i64> {
                to_timestamp(value, $per_second)
            }

            fn from_base(base: i64) -> Option<DateTime<Utc>> {
                from_timestamp(base, $per_second)
            }
        }

        impl Units for $local {
            type Value = NaiveDateTime;
            type Base = i64;
            const LOGICAL_TYPE: &'static str = $local_name;

            fn to_base(value: &NaiveDateTime) -> Option<i64> {
                to_timestamp(&value.and_utc(), $per_second)
            }

            fn from_base(base: i64) -> Option<NaiveDateTime> {
                from_timestamp(base, $per_second).map(|value| value.naive_utc())
            }
        }
    };
}

timestamp!(
    TimestampMillis<Chrono>,
    LocalTimestampMillis<Chrono>,
    1_000,
    "timestamp-millis",
    "local-timestamp-millis"
);
timestamp!(
    TimestampMicros<Chrono>,
    LocalTimestampMicros<Chrono>,
    1_000_000,
    "timestamp-micros",
    "local-timestamp-micros"
);
timestamp!(
    TimestampNanos<Chrono>,
    LocalTimestampNanos<Chrono>,
    1_000_000_000,
    "timestamp-nanos",
    "local-timestamp-nanos"
);
