//! time: the years -9999 to 9999; with that crate's feature `large-dates` a hundred times as many.

use time::{Date, PlainDateTime, UtcDateTime};

use super::{Elapsed, SECONDS_PER_DAY, TimeLibrary};

/// The library `time`: `Date`, `Time`, `UtcDateTime`, `PlainDateTime`.
#[derive(Debug)]
pub struct Time;

/// The Julian day of 1970-01-01.
const EPOCH_DAY: i32 = 2_440_588;

impl TimeLibrary for Time {
    type Date = Date;
    type Time = time::Time;
    type Timestamp = UtcDateTime;
    type LocalTimestamp = PlainDateTime;

    const DAY: Date = UtcDateTime::UNIX_EPOCH.date();
    const MIDNIGHT: time::Time = time::Time::MIDNIGHT;
    const EPOCH: UtcDateTime = UtcDateTime::UNIX_EPOCH;
    const LOCAL_EPOCH: PlainDateTime = PlainDateTime::new(Self::DAY, Self::MIDNIGHT);

    fn to_days(date: &Date) -> Option<i32> {
        Some(date.to_julian_day() - EPOCH_DAY)
    }

    fn to_date(days: i32) -> Option<Date> {
        Date::from_julian_day(days.checked_add(EPOCH_DAY)?).ok()
    }

    fn since_midnight(time: &time::Time) -> Option<Elapsed> {
        let (hours, minutes, seconds, nanos) = time.as_hms_nano();
        let minutes = i64::from(hours) * 60 + i64::from(minutes);
        Some(Elapsed {
            seconds: minutes * 60 + i64::from(seconds),
            nanos,
        })
    }

    fn to_time(since_midnight: Elapsed) -> Option<time::Time> {
        let part = |part: i64| u8::try_from(part).ok();
        let (minutes, seconds) = (since_midnight.seconds / 60, since_midnight.seconds % 60);
        let (hours, minutes) = (part(minutes / 60)?, part(minutes % 60)?);
        time::Time::from_hms_nano(hours, minutes, part(seconds)?, since_midnight.nanos).ok()
    }

    fn since_epoch(timestamp: &UtcDateTime) -> Option<Elapsed> {
        Some(Elapsed {
            seconds: timestamp.unix_timestamp(),
            nanos: timestamp.nanosecond(),
        })
    }

    fn to_timestamp(since_epoch: Elapsed) -> Option<UtcDateTime> {
        Self::to_local_timestamp(since_epoch).map(PlainDateTime::as_utc)
    }

    fn since_local_epoch(timestamp: &PlainDateTime) -> Option<Elapsed> {
        Self::since_epoch(&timestamp.as_utc())
    }

    fn to_local_timestamp(since_local_epoch: Elapsed) -> Option<PlainDateTime> {
        let seconds = since_local_epoch.seconds;
        let days = i32::try_from(seconds.div_euclid(SECONDS_PER_DAY)).ok()?;
        let since_midnight = Elapsed {
            seconds: seconds.rem_euclid(SECONDS_PER_DAY),
            ..since_local_epoch
        };
        let (date, time) = (Self::to_date(days)?, Self::to_time(since_midnight)?);
        Some(PlainDateTime::new(date, time))
    }
}
