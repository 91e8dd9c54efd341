//! jiff: the years -9999 to 9999; for timestamps not quite, so that every one of them has a date
//! in every time zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::{Elapsed, SECONDS_PER_DAY, TimeLibrary};

/// The library `jiff`: `civil::Date`, `civil::Time`, `Timestamp`, `civil::DateTime`.
#[derive(Debug)]
pub struct Jiff;

/// jiff's nanoseconds have the sign of the seconds.
fn elapsed(duration: SignedDuration) -> Elapsed {
    let (seconds, nanos) = (duration.as_secs(), duration.subsec_nanos());
    match u32::try_from(nanos) {
        Ok(nanos) => Elapsed { seconds, nanos },
        Err(_) => Elapsed {
            seconds: seconds - 1,
            nanos: 1_000_000_000 - nanos.unsigned_abs(),
        },
    }
}

fn duration(elapsed: Elapsed) -> Option<SignedDuration> {
    let nanos = i64::from(elapsed.nanos);
    SignedDuration::from_secs(elapsed.seconds).checked_add(SignedDuration::from_nanos(nanos))
}

impl TimeLibrary for Jiff {
    type Date = Date;
    type Time = Time;
    type Timestamp = Timestamp;
    type LocalTimestamp = DateTime;

    const DAY: Date = Date::constant(1970, 1, 1);
    const MIDNIGHT: Time = Time::midnight();
    const EPOCH: Timestamp = Timestamp::UNIX_EPOCH;
    const LOCAL_EPOCH: DateTime = DateTime::from_parts(Self::DAY, Self::MIDNIGHT);

    fn to_days(date: &Date) -> Option<i32> {
        let seconds = date.duration_since(Self::DAY).as_secs();
        i32::try_from(seconds / SECONDS_PER_DAY).ok()
    }

    fn to_date(days: i32) -> Option<Date> {
        let duration = SignedDuration::from_secs(i64::from(days) * SECONDS_PER_DAY);
        Self::DAY.checked_add(duration).ok()
    }

    fn since_midnight(time: &Time) -> Option<Elapsed> {
        Some(elapsed(time.duration_since(Self::MIDNIGHT)))
    }

    fn to_time(since_midnight: Elapsed) -> Option<Time> {
        Self::MIDNIGHT.checked_add(duration(since_midnight)?).ok()
    }

    fn since_epoch(timestamp: &Timestamp) -> Option<Elapsed> {
        Some(elapsed(timestamp.as_duration()))
    }

    fn to_timestamp(since_epoch: Elapsed) -> Option<Timestamp> {
        let nanos = i32::try_from(since_epoch.nanos).ok()?;
        Timestamp::new(since_epoch.seconds, nanos).ok()
    }

    fn since_local_epoch(timestamp: &DateTime) -> Option<Elapsed> {
        Some(elapsed(timestamp.duration_since(Self::LOCAL_EPOCH)))
    }

    fn to_local_timestamp(since_local_epoch: Elapsed) -> Option<DateTime> {
        let duration = duration(since_local_epoch)?;
        Self::LOCAL_EPOCH.checked_add(duration).ok()
    }
}
