//! The libraries that the crate has.

use avro_runtime::codec::{Chrono, Jiff, Time, TimeLibrary};
use avro_runtime::{chrono, jiff, time};

/// A library, and how one makes its values without this crate.
pub(super) trait Peer: TimeLibrary {
    /// The first and the last date, in days since 1970-01-01.
    const DAYS: (i32, i32);
    /// The first and the last second that a timestamp may have.
    const SECONDS: (i64, i64);

    fn date(of: [i16; 3]) -> Self::Date;
    fn time(of: [i8; 3], nanos: u32) -> Self::Time;
    fn timestamp(date: Self::Date, time: Self::Time) -> Self::Timestamp;
    fn local(date: Self::Date, time: Self::Time) -> Self::LocalTimestamp;
}

impl Peer for Chrono {
    const DAYS: (i32, i32) = (-96_465_292, 95_026_236);
    const SECONDS: (i64, i64) = (-8_334_601_228_800, 8_210_266_876_799);

    fn date([year, month, day]: [i16; 3]) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(year.into(), month as u32, day as u32).unwrap()
    }

    fn time([hour, minute, second]: [i8; 3], nanos: u32) -> chrono::NaiveTime {
        let [hour, minute, second] = [hour as u32, minute as u32, second as u32];
        chrono::NaiveTime::from_hms_nano_opt(hour, minute, second, nanos).unwrap()
    }

    fn timestamp(
        date: chrono::NaiveDate,
        time: chrono::NaiveTime,
    ) -> chrono::DateTime<chrono::Utc> {
        date.and_time(time).and_utc()
    }

    fn local(date: chrono::NaiveDate, time: chrono::NaiveTime) -> chrono::NaiveDateTime {
        date.and_time(time)
    }
}

impl Peer for Jiff {
    const DAYS: (i32, i32) = (-4_371_587, 2_932_896);
    // Less than the dates: 25 hours, 59 minutes and 59 seconds at either end.
    const SECONDS: (i64, i64) = (-377_705_023_201, 253_402_207_200);

    fn date([year, month, day]: [i16; 3]) -> jiff::civil::Date {
        jiff::civil::date(year, month as i8, day as i8)
    }

    fn time([hour, minute, second]: [i8; 3], nanos: u32) -> jiff::civil::Time {
        jiff::civil::time(hour, minute, second, nanos as i32)
    }

    fn timestamp(date: jiff::civil::Date, time: jiff::civil::Time) -> jiff::Timestamp {
        jiff::tz::Offset::UTC
            .to_timestamp(date.to_datetime(time))
            .unwrap()
    }

    fn local(date: jiff::civil::Date, time: jiff::civil::Time) -> jiff::civil::DateTime {
        date.to_datetime(time)
    }
}

impl Peer for Time {
    const DAYS: (i32, i32) = (-4_371_587, 2_932_896);
    const SECONDS: (i64, i64) = (-377_705_116_800, 253_402_300_799);

    fn date([year, month, day]: [i16; 3]) -> time::Date {
        let month = time::Month::try_from(month as u8).unwrap();
        time::Date::from_calendar_date(year.into(), month, day as u8).unwrap()
    }

    fn time([hour, minute, second]: [i8; 3], nanos: u32) -> time::Time {
        time::Time::from_hms_nano(hour as u8, minute as u8, second as u8, nanos).unwrap()
    }

    fn timestamp(date: time::Date, time: time::Time) -> time::UtcDateTime {
        time::UtcDateTime::new(date, time)
    }

    fn local(date: time::Date, time: time::Time) -> time::PlainDateTime {
        time::PlainDateTime::new(date, time)
    }
}
