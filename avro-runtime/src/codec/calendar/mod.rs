//! Dates, times and timestamps (specification, "Date" to "Local Timestamps"). Which Rust types
//! stand for them, a [`TimeLibrary`] says; units, rounding and errors are the same for all.
//!
//! A time finer than the unit of its logical type is rounded towards minus infinity. Out of range,
//! both ways, is an error: never another value. So is a leap second, which none of the units can
//! tell from its successor.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
mod time;

use core::marker::PhantomData;

#[cfg(feature = "chrono")]
pub use self::chrono::Chrono;
#[cfg(feature = "jiff")]
pub use self::jiff::Jiff;
#[cfg(feature = "time")]
pub use self::time::Time;
use super::{FieldCodec, FieldDecode, FieldView, Int, Long};
use crate::error::{DecodeErrorKind, EncodeErrorKind};
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// The Rust types of a library for dates and times, and what they count.
///
/// A conversion is `None` where the other side has no such value. Nothing is rounded here.
pub trait TimeLibrary {
    /// A day of the calendar.
    type Date: Copy;
    /// A time of the day.
    type Time: Copy;
    /// An instant, the same everywhere.
    type Timestamp: Copy;
    /// A date and time on a clock, wherever that hangs.
    type LocalTimestamp: Copy;

    /// 1970-01-01.
    const DAY: Self::Date;
    /// 00:00:00.
    const MIDNIGHT: Self::Time;
    /// 1970-01-01T00:00:00Z.
    const EPOCH: Self::Timestamp;
    /// 1970-01-01T00:00:00.
    const LOCAL_EPOCH: Self::LocalTimestamp;

    /// The days from 1970-01-01 to this date.
    fn to_days(date: &Self::Date) -> Option<i32>;
    /// The date so many days after 1970-01-01.
    fn to_date(days: i32) -> Option<Self::Date>;

    /// The time since midnight.
    fn since_midnight(time: &Self::Time) -> Option<Elapsed>;
    /// The time so long after midnight; less than a day is asked for.
    fn to_time(since_midnight: Elapsed) -> Option<Self::Time>;

    /// The time since 1970-01-01T00:00:00Z, leap seconds aside.
    fn since_epoch(timestamp: &Self::Timestamp) -> Option<Elapsed>;
    /// The instant so long after 1970-01-01T00:00:00Z.
    fn to_timestamp(since_epoch: Elapsed) -> Option<Self::Timestamp>;

    /// The time since 1970-01-01T00:00:00 on the same clock.
    fn since_local_epoch(timestamp: &Self::LocalTimestamp) -> Option<Elapsed>;
    /// The date and time so long after 1970-01-01T00:00:00.
    fn to_local_timestamp(since_local_epoch: Elapsed) -> Option<Self::LocalTimestamp>;
}

/// A length of time: whole seconds, rounded towards minus infinity, and nanoseconds from there on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    /// Seconds, below zero before the epoch.
    pub seconds: i64,
    /// Nanoseconds after that second, less than 1,000,000,000.
    pub nanos: u32,
}

const NANOS_PER_SECOND: i64 = 1_000_000_000;
pub(crate) const SECONDS_PER_DAY: i64 = 86_400;

impl Elapsed {
    /// How many units of which a second has `per_second`; what is finer is cut off, which rounds
    /// towards minus infinity.
    #[inline]
    pub(crate) fn count(self, per_second: i64) -> Option<i64> {
        let rest = i64::from(self.nanos) / (NANOS_PER_SECOND / per_second);
        // Through 128 bits: the seconds alone may exceed what seconds and fraction together do not.
        i64::try_from(i128::from(self.seconds) * i128::from(per_second) + i128::from(rest)).ok()
    }

    /// So many units of which a second has `per_second`.
    #[inline]
    fn of(count: i64, per_second: i64) -> Self {
        let nanos = count.rem_euclid(per_second) * (NANOS_PER_SECOND / per_second);
        Self {
            seconds: count.div_euclid(per_second),
            nanos: nanos as u32,
        }
    }

    #[inline]
    fn is_of_day(&self) -> bool {
        (0..SECONDS_PER_DAY).contains(&self.seconds)
    }
}

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

#[cold]
pub(crate) fn out_of_range<C: Units>() -> EncodeError {
    EncodeError::new(EncodeErrorKind::OutOfRange(C::LOGICAL_TYPE))
}

/// What the number at this place stands for.
#[inline]
pub(crate) fn from_base<C: Units>(base: C::Base, start: usize) -> Result<C::Value, DecodeError> {
    match C::from_base(base) {
        Some(value) => Ok(value),
        None => {
            let kind = DecodeErrorKind::OutOfRange(C::LOGICAL_TYPE);
            Err(DecodeError::new(kind, start))
        }
    }
}

/// A codec type, and the codec traits through its [`Units`].
macro_rules! codec {
    ($(#[$doc:meta])* $name:ident, $type:ident, $base:ident, $blank:ident) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name<L>(PhantomData<L>);

        impl<L: TimeLibrary> FieldCodec<L::$type> for $name<L> {
            #[inline]
            fn encode(value: &L::$type, w: &mut Writer<'_>) -> Result<(), EncodeError> {
                match Self::to_base(value) {
                    Some(base) => $base::encode(&base, w),
                    None => Err(out_of_range::<Self>()),
                }
            }

            #[inline]
            fn encoded_len(value: &L::$type) -> Result<usize, EncodeError> {
                match Self::to_base(value) {
                    Some(base) => $base::encoded_len(&base),
                    None => Err(out_of_range::<Self>()),
                }
            }

            #[inline(always)]
            fn bound(_: &L::$type) -> usize {
                $base::bound(&0)
            }
        }

        impl<'de, L: TimeLibrary> FieldDecode<'de, L::$type> for $name<L> {
            const MIN_LEN: usize = 1;

            #[inline(always)]
            fn blank() -> L::$type {
                L::$blank
            }

            #[inline]
            fn decode_into(value: &mut L::$type, r: &mut Reader<'de>) -> Result<(), DecodeError> {
                let start = r.position();
                let mut base = 0;
                $base::decode_into(&mut base, r)?;
                *value = from_base::<Self>(base, start)?;
                Ok(())
            }

            #[inline]
            fn resolve_into(
                value: &mut L::$type,
                r: &mut Reader<'de>,
                p: Plan<'_>,
            ) -> Result<(), DecodeError> {
                let start = r.position();
                let mut base = 0;
                $base::resolve_into(&mut base, r, p)?;
                *value = from_base::<Self>(base, start)?;
                Ok(())
            }
        }

        impl<L: TimeLibrary> FieldView<L::$type, L::$type> for $name<L> {
            #[inline(always)]
            fn own(view: &L::$type) -> L::$type {
                *view
            }
        }
    };
}

codec! {
    /// `date` on `int`: days since 1970-01-01.
    Date, Date, Int, DAY
}

impl<L: TimeLibrary> Units for Date<L> {
    type Value = L::Date;
    type Base = i32;
    const LOGICAL_TYPE: &'static str = "date";

    #[inline]
    fn to_base(value: &L::Date) -> Option<i32> {
        L::to_days(value)
    }

    #[inline]
    fn from_base(base: i32) -> Option<L::Date> {
        L::to_date(base)
    }
}

/// A time of the day in one unit.
macro_rules! time {
    ($(#[$doc:meta])* $name:ident, $base:ident, $number:ty, $per_second:literal, $logical:literal) => {
        codec! { $(#[$doc])* $name, Time, $base, MIDNIGHT }

        impl<L: TimeLibrary> Units for $name<L> {
            type Value = L::Time;
            type Base = $number;
            const LOGICAL_TYPE: &'static str = $logical;

            #[inline]
            fn to_base(value: &L::Time) -> Option<$number> {
                let elapsed = L::since_midnight(value).filter(Elapsed::is_of_day)?;
                elapsed.count($per_second)?.try_into().ok()
            }

            #[inline]
            fn from_base(base: $number) -> Option<L::Time> {
                let elapsed = Elapsed::of(base.into(), $per_second);
                if elapsed.is_of_day() { L::to_time(elapsed) } else { None }
            }
        }
    };
}

time! {
    /// `time-millis` on `int`: milliseconds since midnight.
    TimeMillis, Int, i32, 1_000, "time-millis"
}
time! {
    /// `time-micros` on `long`: microseconds since midnight.
    TimeMicros, Long, i64, 1_000_000, "time-micros"
}

/// A timestamp of one kind in one unit.
macro_rules! timestamp {
    (
        $(#[$doc:meta])* $name:ident, $type:ident, $blank:ident,
        $per_second:literal, $logical:literal, $to:ident, $from:ident
    ) => {
        codec! { $(#[$doc])* $name, $type, Long, $blank }

        impl<L: TimeLibrary> Units for $name<L> {
            type Value = L::$type;
            type Base = i64;
            const LOGICAL_TYPE: &'static str = $logical;

            #[inline]
            fn to_base(value: &L::$type) -> Option<i64> {
                L::$to(value)?.count($per_second)
            }

            #[inline]
            fn from_base(base: i64) -> Option<L::$type> {
                L::$from(Elapsed::of(base, $per_second))
            }
        }
    };
    ($(#[$doc:meta])* $name:ident, $per_second:literal, $logical:literal) => {
        timestamp! {
            $(#[$doc])* $name, Timestamp, EPOCH, $per_second, $logical, since_epoch, to_timestamp
        }
    };
    ($(#[$doc:meta])* local $name:ident, $per_second:literal, $logical:literal) => {
        timestamp! {
            $(#[$doc])* $name, LocalTimestamp, LOCAL_EPOCH, $per_second, $logical,
            since_local_epoch, to_local_timestamp
        }
    };
}

timestamp! {
    /// `timestamp-millis` on `long`: milliseconds since 1970-01-01T00:00:00Z.
    TimestampMillis, 1_000, "timestamp-millis"
}
timestamp! {
    /// `timestamp-micros` on `long`: microseconds since 1970-01-01T00:00:00Z.
    TimestampMicros, 1_000_000, "timestamp-micros"
}
timestamp! {
    /// `timestamp-nanos` on `long`: nanoseconds since 1970-01-01T00:00:00Z.
    TimestampNanos, 1_000_000_000, "timestamp-nanos"
}
timestamp! {
    /// `local-timestamp-millis` on `long`: milliseconds since 1970-01-01T00:00:00, wherever that is.
    local LocalTimestampMillis, 1_000, "local-timestamp-millis"
}
timestamp! {
    /// `local-timestamp-micros` on `long`: microseconds since 1970-01-01T00:00:00, wherever that is.
    local LocalTimestampMicros, 1_000_000, "local-timestamp-micros"
}
timestamp! {
    /// `local-timestamp-nanos` on `long`: nanoseconds since 1970-01-01T00:00:00, wherever that is.
    local LocalTimestampNanos, 1_000_000_000, "local-timestamp-nanos"
}
