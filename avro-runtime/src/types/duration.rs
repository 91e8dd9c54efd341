//! The logical type `duration` (specification, "Duration").

use core::fmt;
use core::str::FromStr;

/// An amount of time in three parts that do not convert into one another: a month has no fixed
/// number of days, and a day no fixed number of milliseconds.
///
/// The order is that of the parts, months first; it is not that of the time spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    /// Months.
    pub months: u32,
    /// Days.
    pub days: u32,
    /// Milliseconds.
    pub millis: u32,
}

impl Duration {
    /// A duration of these parts.
    pub const fn new(months: u32, days: u32, millis: u32) -> Self {
        Self {
            months,
            days,
            millis,
        }
    }

    /// The twelve bytes of the fixed: three little-endian numbers.
    pub fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.months.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.days.to_le_bytes());
        bytes[8..].copy_from_slice(&self.millis.to_le_bytes());
        bytes
    }

    /// The duration in these twelve bytes of a fixed.
    pub fn from_bytes(bytes: [u8; 12]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l] = bytes;
        Self {
            months: u32::from_le_bytes([a, b, c, d]),
            days: u32::from_le_bytes([e, f, g, h]),
            millis: u32::from_le_bytes([i, j, k, l]),
        }
    }
}

/// ISO 8601: `P3M15DT1.500S`, all parts present.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.millis / 1000, self.millis % 1000);
        write!(f, "P{}M{}DT{seconds}.{millis:03}S", self.months, self.days)
    }
}

/// A text that is not of the form `P3M15DT1.500S`, or whose numbers exceed 32 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseDurationError;

impl fmt::Display for ParseDurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a duration is written like P3M15DT1.500S")
    }
}

impl std::error::Error for ParseDurationError {}

impl FromStr for Duration {
    type Err = ParseDurationError;

    /// Reads what `Display` writes: months, days, and seconds with at most three decimals; any of
    /// the three may be missing.
    fn from_str(text: &str) -> Result<Self, ParseDurationError> {
        parse(text).ok_or(ParseDurationError)
    }
}

fn parse(text: &str) -> Option<Duration> {
    let parts = text.strip_prefix('P')?;
    let (date, time) = match parts.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (parts, None),
    };
    let (months, date) = part(date, 'M')?;
    let (days, date) = part(date, 'D')?;
    let millis = match time {
        Some(time) => seconds(time.strip_suffix('S')?)?,
        None => 0,
    };
    (date.is_empty() && !parts.is_empty()).then_some(Duration {
        months,
        days,
        millis,
    })
}

/// A number before its letter, or 0 if the letter is not there; and the rest.
fn part(text: &str, letter: char) -> Option<(u32, &str)> {
    match text.split_once(letter) {
        Some((number, rest)) => Some((digits(number)?, rest)),
        None => Some((0, text)),
    }
}

fn digits(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())?
}

/// Seconds with at most three decimals, in milliseconds.
fn seconds(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let scale = match fraction.len() {
        1 => 100,
        2 => 10,
        3 => 1,
        _ => return None,
    };
    digits(whole)?
        .checked_mul(1000)?
        .checked_add(digits(fraction)? * scale)
}
