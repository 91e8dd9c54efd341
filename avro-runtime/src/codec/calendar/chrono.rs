//! chrono: the years -262,143 to 262,142.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::{Elapsed, TimeLibrary};

/// The library `chrono`: `NaiveDate`, `NaiveTime`, `DateTime<Utc>`, `NaiveDateTime`.
#[derive(Debug)]
pub struct Chrono;

/// A second and its nanoseconds, unless it is a leap second.
fn elapsed(seconds: i64, of_second: &impl Timelike) -> Option<Elapsed> {
    let nanos = of_second.nanosecond();
    (nanos < 1_000_000_000).then_some(Elapsed { seconds, nanos })
}

impl TimeLibrary for Chrono {
    type Date = NaiveDate;
    type Time = NaiveTime;
    type Timestamp = DateTime<Utc>;
    type LocalTimestamp = NaiveDateTime;

    const DAY: NaiveDate = Self::LOCAL_EPOCH.date();
    const MIDNIGHT: NaiveTime = NaiveTime::MIN;
    const EPOCH: DateTime<Utc> = DateTime::UNIX_EPOCH;
    const LOCAL_EPOCH: NaiveDateTime = Self::EPOCH.naive_utc();

    fn to_days(date: &NaiveDate) -> Option<i32> {
        Some(date.to_epoch_days())
    }

    fn to_date(days: i32) -> Option<NaiveDate> {
        NaiveDate::from_epoch_days(days)
    }

    fn since_midnight(time: &NaiveTime) -> Option<Elapsed> {
        elapsed(time.num_seconds_from_midnight().into(), time)
    }

    fn to_time(since_midnight: Elapsed) -> Option<NaiveTime> {
        let seconds = u32::try_from(since_midnight.seconds).ok()?;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, since_midnight.nanos)
    }

    fn since_epoch(timestamp: &DateTime<Utc>) -> Option<Elapsed> {
        elapsed(timestamp.timestamp(), timestamp)
    }

    fn to_timestamp(since_epoch: Elapsed) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(since_epoch.seconds, since_epoch.nanos)
    }

    fn since_local_epoch(timestamp: &NaiveDateTime) -> Option<Elapsed> {
        Self::since_epoch(&timestamp.and_utc())
    }

    fn to_local_timestamp(since_local_epoch: Elapsed) -> Option<NaiveDateTime> {
        Self::to_timestamp(since_local_epoch).map(|timestamp| timestamp.naive_utc())
    }
}
