//! The logical types `decimal` and `big-decimal` (specification, "Decimal").

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::magnitude::{Magnitude, shortest};

/// A decimal number: an unscaled whole number, and how many of its digits stand behind the point.
///
/// The scale is kept: `1.50` stays `1.50`. Equality, order and hash are those of the number, so
/// that `1.5 == 1.50`; compare [`scale`](Self::scale) too where the difference matters.
///
/// The unscaled number has up to [`MAX_BYTES`](Self::MAX_BYTES) bytes; 128 bits are kept without
/// allocation. Arithmetic is left to other crates: features `rust_decimal` and `bigdecimal` convert
/// from and to their types.
///
/// ```
/// use avro_runtime::types::Decimal;
/// let price: Decimal = "12.50".parse()?;
/// assert_eq!(price, Decimal::new(1250, 2));
/// assert_eq!(price.rescale(1)?.to_string(), "12.5");
/// assert!(price.rescale(0).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Decimal {
    unscaled: Unscaled,
    scale: i32,
}

#[derive(Clone, Debug)]
enum Unscaled {
    Small(i128),
    /// More than 128 bits: two's complement, big endian, as short as can be.
    Large(Box<[u8]>),
}

/// Why a decimal cannot have another scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RescaleError {
    /// A digit other than zero would be cut off.
    LosesDigits,
    /// The unscaled number would exceed [`Decimal::MAX_BYTES`].
    TooLarge,
}

/// A text that is no decimal number, or one of too many digits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseDecimalError;

impl Decimal {
    /// The largest unscaled number in bytes: 9,864 digits. It bounds the work that hostile
    /// data can cause.
    pub const MAX_BYTES: usize = 4096;

    /// The digits of the largest unscaled number, which has 32,767 bits and a sign.
    const MAX_DIGITS: usize = 9_864;

    /// How many zeros are written after the point before an exponent is.
    const MAX_LEADING_ZEROS: i64 = 64;

    /// The unscaled number divided by 10 to the power of the scale.
    pub const fn new(unscaled: i128, scale: i32) -> Self {
        Self {
            unscaled: Unscaled::Small(unscaled),
            scale,
        }
    }

    /// The unscaled number from two's complement, big endian, as Avro has it; no bytes are zero.
    /// `None` beyond [`MAX_BYTES`](Self::MAX_BYTES).
    pub fn from_be_bytes(bytes: &[u8], scale: i32) -> Option<Self> {
        let bytes = shortest(bytes);
        if bytes.len() > Self::MAX_BYTES {
            return None;
        }
        if bytes.len() > 16 {
            return Some(Self {
                unscaled: Unscaled::Large(bytes.into()),
                scale,
            });
        }
        let fill = if bytes.first().is_some_and(|byte| *byte >= 0x80) {
            0xff
        } else {
            0
        };
        let mut wide = [fill; 16];
        wide[16 - bytes.len()..].copy_from_slice(bytes);
        Some(Self::new(i128::from_be_bytes(wide), scale))
    }

    /// Calls with the unscaled number in two's complement, big endian, as short as can be.
    pub(crate) fn with_be_bytes<R>(&self, then: impl FnOnce(&[u8]) -> R) -> R {
        match &self.unscaled {
            Unscaled::Small(value) => then(shortest(&value.to_be_bytes())),
            Unscaled::Large(bytes) => then(bytes),
        }
    }

    /// The unscaled number in two's complement, big endian, as short as can be.
    pub fn to_be_bytes(&self) -> Vec<u8> {
        self.with_be_bytes(<[u8]>::to_vec)
    }

    /// The unscaled number in two's complement, big endian, filling these bytes, if they can hold
    /// it.
    #[must_use]
    pub(crate) fn fill_be_bytes(&self, fixed: &mut [u8]) -> bool {
        self.with_be_bytes(|bytes| {
            let Some(padding) = fixed.len().checked_sub(bytes.len()) else {
                return false;
            };
            let negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
            let (sign, number) = fixed.split_at_mut(padding);
            sign.fill(if negative { 0xff } else { 0 });
            number.copy_from_slice(bytes);
            true
        })
    }

    /// An upper bound for the length of [`to_be_bytes`](Self::to_be_bytes).
    pub(crate) fn bytes_bound(&self) -> usize {
        match &self.unscaled {
            Unscaled::Small(_) => 16,
            Unscaled::Large(bytes) => bytes.len(),
        }
    }

    /// The unscaled number, if it fits 128 bits.
    pub fn unscaled(&self) -> Option<i128> {
        match self.unscaled {
            Unscaled::Small(value) => Some(value),
            Unscaled::Large(_) => None,
        }
    }

    /// How many digits of the unscaled number stand behind the point; below zero, how many zeros
    /// follow it.
    pub const fn scale(&self) -> i32 {
        self.scale
    }

    /// How many digits the unscaled number has: the precision that it needs. 1 for zero.
    pub fn digits(&self) -> usize {
        match self.unscaled {
            Unscaled::Small(value) => {
                value.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1
            }
            Unscaled::Large(_) => self.parts().1.to_digits().len(),
        }
    }

    /// Whether the unscaled number has no more than this many digits; cheaper than counting them.
    pub(crate) fn fits(&self, digits: i64) -> bool {
        match &self.unscaled {
            Unscaled::Small(_) => self.digits() as i64 <= digits,
            Unscaled::Large(bytes) => {
                let Ok(digits) = usize::try_from(digits) else {
                    return false;
                };
                // The magnitude lies between 2 to the power of these. 2 to the power of 3.3219 is
                // less than 10, and of 3.322 more: mostly the length alone decides.
                let (least, most) = (8 * (bytes.len() - 1) - 1, 8 * bytes.len());
                if digits > Self::MAX_DIGITS || most as u64 <= digits as u64 * 33_219 / 10_000 {
                    return true;
                }
                least as u64 <= digits as u64 * 3_322 / 1_000
                    && self.parts().1 < Magnitude::power_of_ten(digits)
            }
        }
    }

    /// The same number with another scale.
    ///
    /// # Errors
    /// If a digit other than zero would be lost, or the unscaled number became too large.
    pub fn rescale(&self, scale: i32) -> Result<Self, RescaleError> {
        let shift = i64::from(scale) - i64::from(self.scale);
        if shift == 0 {
            return Ok(self.clone());
        }
        let power = shift.unsigned_abs() as usize;
        if let Some(done) = self.rescale_small(scale, shift, power) {
            return done;
        }
        let (negative, mut magnitude) = self.parts();
        if shift > 0 {
            if power > Self::MAX_DIGITS {
                return Err(RescaleError::TooLarge);
            }
            magnitude.scale_up(power);
        } else if power > Self::MAX_DIGITS || !magnitude.scale_down(power) {
            return Err(RescaleError::LosesDigits);
        }
        let bytes = magnitude.to_signed_be(negative);
        Self::from_be_bytes(&bytes, scale).ok_or(RescaleError::TooLarge)
    }

    /// Within 128 bits; `None` where that is too narrow.
    fn rescale_small(
        &self,
        scale: i32,
        shift: i64,
        power: usize,
    ) -> Option<Result<Self, RescaleError>> {
        let value = self.unscaled()?;
        if value == 0 {
            return Some(Ok(Self::new(0, scale)));
        }
        let factor = u32::try_from(power)
            .ok()
            .and_then(|power| 10_i128.checked_pow(power));
        if shift > 0 {
            let scaled = value.checked_mul(factor?)?;
            return Some(Ok(Self::new(scaled, scale)));
        }
        Some(match factor {
            Some(factor) if value % factor == 0 => Ok(Self::new(value / factor, scale)),
            _ => Err(RescaleError::LosesDigits),
        })
    }

    fn is_negative(&self) -> bool {
        match &self.unscaled {
            Unscaled::Small(value) => *value < 0,
            Unscaled::Large(bytes) => bytes.first().is_some_and(|byte| *byte >= 0x80),
        }
    }

    fn is_zero(&self) -> bool {
        matches!(self.unscaled, Unscaled::Small(0))
    }

    /// Sign and magnitude of the unscaled number.
    fn parts(&self) -> (bool, Magnitude) {
        match &self.unscaled {
            Unscaled::Small(value) => (*value < 0, Magnitude::from_u128(value.unsigned_abs())),
            Unscaled::Large(bytes) => Magnitude::from_signed_be(bytes),
        }
    }

    fn to_digits(&self) -> String {
        match &self.unscaled {
            Unscaled::Small(value) => value.unsigned_abs().to_string(),
            Unscaled::Large(_) => self.parts().1.to_digits(),
        }
    }

    /// What two equal numbers have in common: the exponent of the first digit, and the digits
    /// without zeros at the end.
    fn normal(&self) -> (i64, String) {
        let mut digits = self.to_digits();
        let exponent = digits.len() as i64 - i64::from(self.scale);
        digits.truncate(digits.trim_end_matches('0').len());
        (exponent, digits)
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Unscaled::Small(a), Unscaled::Small(b)) = (&self.unscaled, &other.unscaled)
            && self.scale == other.scale
        {
            return a.cmp(b);
        }
        let sign = |of: &Self| {
            if of.is_zero() {
                0
            } else {
                1 - 2 * i32::from(of.is_negative())
            }
        };
        match (sign(self), sign(other)) {
            (0, 0) => Ordering::Equal,
            (a, b) if a != b => a.cmp(&b),
            (1, _) => self.normal().cmp(&other.normal()),
            _ => other.normal().cmp(&self.normal()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if self.is_zero() {
            return 0_u8.hash(state);
        }
        self.is_negative().hash(state);
        self.normal().hash(state);
    }
}

/// Zero, of scale 0.
impl Default for Decimal {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl From<i128> for Decimal {
    fn from(value: i128) -> Self {
        Self::new(value, 0)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::new(value.into(), 0)
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        Self::new(value.into(), 0)
    }
}

/// All digits, with as many behind the point as the scale says; with an exponent if the scale is
/// below zero or far beyond the digits.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.to_digits();
        let point = digits.len() as i64 - i64::from(self.scale);
        let text = if self.scale < 0 || point < -Self::MAX_LEADING_ZEROS {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{first}{dot}{rest}E{:+}", point - 1)
        } else if self.scale == 0 {
            digits
        } else if point <= 0 {
            format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize))
        } else {
            let (whole, fraction) = digits.split_at(point as usize);
            format!("{whole}.{fraction}")
        };
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Digits with at most one point among them, an optional sign and an optional exponent; the
    /// digits behind the point, less the exponent, make the scale.
    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        parse(text).ok_or(ParseDecimalError)
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let written = format!("{whole}{fraction}");
    if written.is_empty() || !written.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = match written.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    if digits.len() > Decimal::MAX_DIGITS {
        return None;
    }
    let scale = i32::try_from((fraction.len() as i64).checked_sub(exponent)?).ok()?;
    if let Ok(value) = digits.parse::<i128>() {
        return Some(Decimal::new(if negative { -value } else { value }, scale));
    }
    let bytes = Magnitude::from_digits(digits)?.to_signed_be(negative);
    Decimal::from_be_bytes(&bytes, scale)
}

impl fmt::Display for ParseDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal is written like -12.50 or 1.25E+3, with no more than 9,864 digits")
    }
}

impl std::error::Error for ParseDecimalError {}

impl fmt::Display for RescaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LosesDigits => "the new scale would cut off digits; round the number first",
            Self::TooLarge => "the number has too many digits for the new scale",
        })
    }
}

impl std::error::Error for RescaleError {}
