//! Dates, times and timestamps: what the libraries for them have values for.

use std::ops::RangeInclusive;

use avro_model::schema::{Counted, LogicalType};

use crate::config::TimeTypes;

const SECONDS_PER_DAY: i64 = 86_400;

/// The ranges of a library.
pub(super) struct Calendar {
    /// Days since 1970-01-01.
    days: RangeInclusive<i64>,
    /// The same in words.
    years: &'static str,
    /// Seconds since 1970-01-01T00:00:00Z that a timestamp can lie in.
    seconds: RangeInclusive<i64>,
    /// The same in words.
    instants: &'static str,
}

impl Calendar {
    pub(super) fn of(types: TimeTypes) -> Option<Self> {
        match types {
            TimeTypes::Chrono => Some(Self {
                days: -96_465_292..=95_026_236,
                years: "in the years -262143 to 262142",
                seconds: -8_334_601_228_800..=8_210_266_876_799,
                instants: "in the years -262143 to 262142",
            }),
            TimeTypes::Jiff => Some(Self {
                days: -4_371_587..=2_932_896,
                years: "in the years -9999 to 9999",
                seconds: -377_705_023_201..=253_402_207_200,
                instants: "from -9999-01-02T01:59:59Z to 9999-12-30T22:00:00Z",
            }),
            TimeTypes::Time => Some(Self {
                days: -4_371_587..=2_932_896,
                years: "in the years -9999 to 9999",
                seconds: -377_705_116_800..=253_402_300_799,
                instants: "in the years -9999 to 9999",
            }),
            TimeTypes::Raw => None,
        }
    }

    /// What a number should stand for, if the library has no such value.
    pub(super) fn lacks(&self, number: i64, logical: LogicalType) -> Option<String> {
        let (fits, what) = match logical.count() {
            Some((Counted::Time, per_second)) => (
                (0..SECONDS_PER_DAY * i64::from(per_second)).contains(&number),
                format!("a time of day in {}", units(per_second)),
            ),
            Some((Counted::Timestamp, per_second)) => (
                self.seconds.contains(&seconds(number, per_second)),
                format!("a timestamp {}", self.instants),
            ),
            Some((Counted::LocalTimestamp, per_second)) => {
                let days = seconds(number, per_second).div_euclid(SECONDS_PER_DAY);
                let what = format!("a timestamp {}", self.years);
                (self.days.contains(&days), what)
            }
            None => (
                self.days.contains(&number),
                format!("a date {}", self.years),
            ),
        };
        (!fits).then_some(what)
    }
}

/// Whole seconds, rounded towards minus infinity.
fn seconds(count: i64, per_second: u32) -> i64 {
    count.div_euclid(per_second.into())
}

fn units(per_second: u32) -> &'static str {
    match per_second {
        1_000 => "milliseconds",
        _ => "microseconds",
    }
}
