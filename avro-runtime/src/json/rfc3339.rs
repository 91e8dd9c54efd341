//! Dates and times as text: RFC 3339, both ways.
//!
//! What RFC 3339 has no text for, a year beyond 0 to 9999, is written as ISO 8601 allows, with a sign
//! and six digits. Read is what peers write besides: a time without its seconds, a space or small
//! letters between the parts, any number of decimals.

use crate::codec::Elapsed;
use crate::codec::calendar::SECONDS_PER_DAY;

/// Text on its way into JSON: ASCII that needs no escaping.
pub(super) struct Text {
    /// The longest is `+292278994-08-17T07:12:55.807000000Z`.
    bytes: [u8; 40],
    len: usize,
}

impl Text {
    /// `2025-01-31`, from days since 1970-01-01.
    pub(super) fn date(days: i64) -> Self {
        let mut text = Self::new();
        text.put_date(days);
        text
    }

    /// `12:30:00.000`, from units since midnight; a unit is a second with so many decimals.
    pub(super) fn time(count: i64, decimals: u32) -> Self {
        let mut text = Self::new();
        text.put_time(count, decimals);
        text
    }

    /// `2025-01-31T12:30:00.000`, from units since 1970-01-01T00:00:00.
    pub(super) fn local_timestamp(count: i64, decimals: u32) -> Self {
        let per_day = SECONDS_PER_DAY * 10_i64.pow(decimals);
        let mut text = Self::date(count.div_euclid(per_day));
        text.put(b'T');
        text.put_time(count.rem_euclid(per_day), decimals);
        text
    }

    /// `2025-01-31T12:30:00.000Z`, from units since 1970-01-01T00:00:00Z.
    pub(super) fn timestamp(count: i64, decimals: u32) -> Self {
        let mut text = Self::local_timestamp(count, decimals);
        text.put(b'Z');
        text
    }

    pub(super) fn as_str(&self) -> &str {
        let written = self.bytes.get(..self.len);
        written
            .and_then(|bytes| core::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    fn new() -> Self {
        Self {
            bytes: [0; 40],
            len: 0,
        }
    }

    fn put(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    /// A number in at least so many digits.
    fn put_digits(&mut self, mut number: u64, digits: u32) {
        let digits = digits.max(number.checked_ilog10().unwrap_or(0) + 1) as usize;
        let Some(places) = self.bytes.get_mut(self.len..self.len + digits) else {
            return;
        };
        for place in places.iter_mut().rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.len += digits;
    }

    fn put_date(&mut self, days: i64) {
        let (year, month, day) = civil(days);
        if (0..=9999).contains(&year) {
            self.put_digits(year.unsigned_abs(), 4);
        } else {
            self.put(if year < 0 { b'-' } else { b'+' });
            self.put_digits(year.unsigned_abs(), 6);
        }
        self.put(b'-');
        self.put_digits(month, 2);
        self.put(b'-');
        self.put_digits(day, 2);
    }

    fn put_time(&mut self, count: i64, decimals: u32) {
        let (count, per_second) = (count.unsigned_abs(), 10_u64.pow(decimals));
        let seconds = count / per_second;
        self.put_digits(seconds / 3600, 2);
        self.put(b':');
        self.put_digits(seconds / 60 % 60, 2);
        self.put(b':');
        self.put_digits(seconds % 60, 2);
        self.put(b'.');
        self.put_digits(count % per_second, decimals);
    }
}

/// Days from 0000-03-01, the end of a leap year's February, to 1970-01-01.
const SINCE_MARCH: i64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;

/// Year, month and day of a day after 1970-01-01, in the proleptic Gregorian calendar.
fn civil(days: i64) -> (i64, u64, u64) {
    // Years begin in March, so that a leap day is the last one of its year.
    let days = days + SINCE_MARCH;
    let (era, of_era) = (days.div_euclid(DAYS_PER_ERA), days.rem_euclid(DAYS_PER_ERA));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    // From March on, five months have 153 days.
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let year = year + 400 * era + i64::from(month >= 10);
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year, month.unsigned_abs(), day.unsigned_abs())
}

/// The days from 1970-01-01 to this date, if there is such a date.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year_from_march = if month < 3 { year - 1 } else { year };
    let (era, of_era) = (
        year_from_march.div_euclid(400),
        year_from_march.rem_euclid(400),
    );
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    let days = era * DAYS_PER_ERA + days - SINCE_MARCH;
    let exists = civil(days) == (year, month.unsigned_abs(), day.unsigned_abs());
    exists.then_some(days)
}

/// The days from 1970-01-01 to the date in this text.
pub(super) fn date(text: &str) -> Option<i64> {
    let mut scan = Scan(text.as_bytes());
    let days = scan.date()?;
    scan.end(days)
}

/// The time since midnight in this text.
pub(super) fn time(text: &str) -> Option<Elapsed> {
    let mut scan = Scan(text.as_bytes());
    let time = scan.time()?;
    scan.end(time)
}

/// The time since 1970-01-01T00:00:00 in this text, which has no offset.
pub(super) fn local_timestamp(text: &str) -> Option<Elapsed> {
    let mut scan = Scan(text.as_bytes());
    let timestamp = scan.date_time()?;
    scan.end(timestamp)
}

/// The time since 1970-01-01T00:00:00Z in this text, which has an offset.
pub(super) fn timestamp(text: &str) -> Option<Elapsed> {
    let mut scan = Scan(text.as_bytes());
    let local = scan.date_time()?;
    let offset = scan.offset()?;
    scan.end(Elapsed {
        seconds: local.seconds - offset,
        ..local
    })
}

/// What is left of a text.
struct Scan<'t>(&'t [u8]);

impl Scan<'_> {
    fn end<T>(&self, found: T) -> Option<T> {
        self.0.is_empty().then_some(found)
    }

    /// The next byte, if it is one of these.
    fn eat(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        let found = wanted.contains(first).then_some(*first)?;
        self.0 = rest;
        Some(found)
    }

    fn digit(&mut self) -> Option<i64> {
        self.eat(b"0123456789").map(|byte| i64::from(byte - b'0'))
    }

    /// Two digits of a number below the bound.
    fn two(&mut self, bound: i64) -> Option<i64> {
        let number = self.digit()? * 10 + self.digit()?;
        (number < bound).then_some(number)
    }

    /// Four digits; behind a sign up to nine.
    fn year(&mut self) -> Option<i64> {
        let sign = self.eat(b"+-");
        let most = if sign.is_some() { 9 } else { 4 };
        let mut year = 0;
        for read in 0..most {
            match self.digit() {
                Some(digit) => year = year * 10 + digit,
                None if read >= 4 => break,
                None => return None,
            }
        }
        Some(if sign == Some(b'-') { -year } else { year })
    }

    fn date(&mut self) -> Option<i64> {
        let year = self.year()?;
        self.eat(b"-")?;
        let month = self.two(13)?;
        self.eat(b"-")?;
        let day = self.two(32)?;
        days(year, month, day)
    }

    fn time(&mut self) -> Option<Elapsed> {
        let hours = self.two(24)?;
        self.eat(b":")?;
        let minutes = hours * 60 + self.two(60)?;
        let (mut seconds, mut nanos) = (0, 0);
        if self.eat(b":").is_some() {
            seconds = self.two(60)?;
            if self.eat(b".").is_some() {
                nanos = self.nanos()?;
            }
        }
        Some(Elapsed {
            seconds: minutes * 60 + seconds,
            nanos,
        })
    }

    /// At least one decimal; what is finer than nanoseconds is cut off.
    fn nanos(&mut self) -> Option<u32> {
        let mut nanos = self.digit()?;
        let mut digits = 1;
        while let Some(digit) = self.digit() {
            if digits < 9 {
                nanos = nanos * 10 + digit;
                digits += 1;
            }
        }
        u32::try_from(nanos * 10_i64.pow(9 - digits)).ok()
    }

    fn date_time(&mut self) -> Option<Elapsed> {
        let days = self.date()?;
        self.eat(b"Tt ")?;
        let time = self.time()?;
        Some(Elapsed {
            seconds: days * SECONDS_PER_DAY + time.seconds,
            ..time
        })
    }

    /// Seconds by which the clocks are ahead of UTC.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.eat(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.two(24)?;
        self.eat(b":")?;
        let minutes = self.two(60)?;
        Some(sign * (hours * 60 + minutes) * 60)
    }
}
