//! Numbers: one pass over the grammar that gathers the value; the standard library computes
//! what is out of the ordinary.

use super::nearest::{exact, nearest};
use crate::raw;

/// The digits whose value certainly fits 64 bits.
const DIGITS: usize = 19;

/// A number at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// How many bytes it takes.
    pub(super) length: usize,
    negative: bool,
    /// The value of all digits, as if the point were behind them; only up to [`DIGITS`] of them.
    digits: u64,
    count: usize,
    /// Of ten, by which the digits are to be multiplied.
    power: i32,
}

impl Number {
    /// The number at the start of these bytes, if there is one (RFC 8259, section 6).
    #[inline(always)]
    pub(super) fn scan(bytes: &[u8]) -> Option<Self> {
        match Self::scan_near(bytes) {
            Some(number) => Some(number),
            None => Self::scan_any(bytes),
        }
    }

    /// The same for a number of no more than 19 digits without exponent, which ends within [`NEAR`]
    /// bytes. `None` says nothing about others.
    #[inline(always)]
    fn scan_near(bytes: &[u8]) -> Option<Self> {
        let (mut number, others) = Self::scan_near_whole(bytes)?;
        if bytes.get(number.length) != Some(&b'.') {
            return Some(number);
        }
        let start = number.length + 1;
        let count = (others >> start).trailing_zeros() as usize;
        number.length = start + count;
        number.count += count;
        if count == 0 || number.count > DIGITS || number.length >= NEAR {
            return None;
        }
        if let b'e' | b'E' = bytes.get(number.length)? {
            return None;
        }
        let power = *POWERS.get(count)?;
        number.digits = number.digits * power + digits(bytes.get(start..)?, count)?;
        number.power = -(count as i32);
        Some(number)
    }

    /// The same for a whole number, or what stands before the point; with a bit for each of the
    /// bytes that is no digit.
    #[inline(always)]
    fn scan_near_whole(bytes: &[u8]) -> Option<(Self, u64)> {
        let others = others_than_digits(bytes)?;
        let negative = bytes.first() == Some(&b'-');
        let start = usize::from(negative);
        let count = (others >> start).trailing_zeros() as usize;
        let length = start + count;
        if !(1..=DIGITS).contains(&count) || length >= NEAR {
            return None;
        }
        if let b'e' | b'E' = bytes.get(length)? {
            return None;
        }
        let value = bytes.get(start..)?;
        if count > 1 && value.first() == Some(&b'0') {
            return None;
        }
        let number = Self {
            length,
            negative,
            digits: digits(value, count)?,
            count,
            power: 0,
        };
        Some((number, others))
    }

    /// The same for any number.
    #[inline(never)]
    fn scan_any(bytes: &[u8]) -> Option<Self> {
        let (mut number, mut rest) = Self::scan_whole(bytes)?;
        if let [b'.', fraction @ ..] = rest {
            let whole = number.count;
            rest = number.take_digits(fraction);
            let count = number.count - whole;
            if count == 0 {
                return None;
            }
            number.power = i32::try_from(count).map_or(i32::MIN, |count| -count);
        }
        if let [b'e' | b'E', exponent @ ..] = rest {
            let (power, behind) = scan_exponent(exponent)?;
            number.power = number.power.saturating_add(power);
            rest = behind;
        }
        number.length = bytes.len() - rest.len();
        Some(number)
    }

    /// The sign and the digits before a fraction.
    #[inline(always)]
    fn scan_whole(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (negative, rest) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let mut number = Self {
            length: 0,
            negative,
            digits: 0,
            count: 0,
            power: 0,
        };
        let behind = number.take_digits(rest);
        match number.count {
            0 => return None,
            1 => {}
            _ if rest.first() == Some(&b'0') => return None,
            _ => {}
        }
        number.length = bytes.len() - behind.len();
        Some((number, behind))
    }

    #[inline(never)]
    fn scan_any_whole(bytes: &[u8]) -> Option<Self> {
        Self::scan_whole(bytes).map(|(number, _)| number)
    }

    /// Takes the digits that these bytes begin with, and gives the rest: without a branch for each
    /// digit, for nobody can foretell how many there are.
    #[inline(always)]
    fn take_digits<'t>(&mut self, mut rest: &'t [u8]) -> &'t [u8] {
        while let Some(word) = rest.first_chunk::<8>() {
            let (value, count) = leading_digits(u64::from_le_bytes(*word));
            self.append(value, count);
            rest = rest.get(count..).unwrap_or_default();
            if count < 8 {
                return rest;
            }
        }
        while let [byte, behind @ ..] = rest
            && byte.is_ascii_digit()
        {
            self.append(u64::from(byte - b'0'), 1);
            rest = behind;
        }
        rest
    }

    #[inline(always)]
    fn append(&mut self, value: u64, count: usize) {
        let power = POWERS.get(count).copied().unwrap_or_default();
        self.digits = self.digits.wrapping_mul(power).wrapping_add(value);
        self.count += count;
    }

    /// The whole number at the start of these bytes, with its length, if it is of 64 bits and has
    /// neither fraction nor exponent.
    #[inline(always)]
    pub(super) fn whole(bytes: &[u8]) -> Option<(i64, usize)> {
        let number = match Self::scan_near_whole(bytes) {
            Some((number, _)) => number,
            None => Self::scan_any_whole(bytes)?,
        };
        if number.count > DIGITS || matches!(bytes.get(number.length), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        let value = if number.negative {
            0_i64.checked_sub_unsigned(number.digits)
        } else {
            i64::try_from(number.digits).ok()
        };
        Some((value?, number.length))
    }

    /// The nearest double, if the number is not out of the ordinary.
    #[inline(always)]
    pub(super) fn double(self) -> Option<f64> {
        if self.count > DIGITS {
            return None;
        }
        let value = match exact(self.digits, self.power) {
            Some(value) => value,
            None => nearest(self.digits, self.power)?,
        };
        Some(if self.negative { -value } else { value })
    }

    /// The nearest float, if that is certain from the nearest double.
    #[inline(always)]
    pub(super) fn float(self) -> Option<f32> {
        /// What a double has more than a float, and half of that: then it was perhaps rounded to
        /// the middle between two floats, and lies on one side of it.
        const MORE: u64 = (1 << 29) - 1;
        const MIDDLE: u64 = 1 << 28;
        let double = self.double()?;
        (double.to_bits() & MORE != MIDDLE).then_some(double as f32)
    }
}

/// How many bytes are looked at at once. The numbers of ordinary data are shorter.
const NEAR: usize = 32;

/// A bit for each of the first [`NEAR`] bytes that is no digit; all those behind them are set.
#[inline(always)]
fn others_than_digits(bytes: &[u8]) -> Option<u64> {
    let (first, behind) = bytes.split_first_chunk::<16>()?;
    let second = raw::others_than_digits(behind.first_chunk::<16>()?);
    let others = raw::others_than_digits(first) | second << 16;
    Some(u64::from(others) | u64::MAX << NEAR)
}

static POWERS: [u64; DIGITS + 1] = {
    let mut powers = [1; DIGITS + 1];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// The value of so many digits, one at least: in words of eight, none of which waits for another.
#[inline(always)]
fn digits(mut bytes: &[u8], mut count: usize) -> Option<u64> {
    let mut value = 0_u64;
    while count > 8 {
        let (word, behind) = bytes.split_first_chunk::<8>()?;
        value = value * 100_000_000 + value_of(u64::from_le_bytes(*word), 8);
        bytes = behind;
        count -= 8;
    }
    let word = u64::from_le_bytes(*bytes.first_chunk::<8>()?);
    Some(value * *POWERS.get(count)? + value_of(word, count))
}

/// How many of eight bytes, the first of which is the lowest, are digits before another byte comes,
/// and their value.
#[inline(always)]
fn leading_digits(word: u64) -> (u64, usize) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let digits = word ^ (ONES * b'0' as u64);
    // The high bit of each byte that is no digit; one that is may mark those above it.
    let others = (digits.wrapping_add(ONES * (0x80 - 10)) | digits) & (ONES * 0x80);
    let count = others.trailing_zeros() as usize / 8;
    match count {
        0 => (0, 0),
        _ => (value_of(word, count), count),
    }
}

/// The value of the first of eight bytes, which are digits; one at least.
#[inline(always)]
fn value_of(word: u64, count: usize) -> u64 {
    // Zeros before them; then neighbours are joined: to numbers below a hundred, below ten
    // thousand, and below 10^8.
    let digits = (word & (0x0f * 0x0101_0101_0101_0101)) << (64 - 8 * count);
    let pairs = (digits * 10 + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    (fours * 10_000 + (fours >> 32)) & 0xffff_ffff
}

/// The exponent behind its letter, and the rest. One beyond all numbers stays so.
fn scan_exponent(bytes: &[u8]) -> Option<(i32, &[u8])> {
    let (negative, mut rest) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut exponent = 0_i32;
    let start = rest.len();
    while let [byte, behind @ ..] = rest
        && byte.is_ascii_digit()
    {
        let digit = i32::from(byte - b'0');
        exponent = exponent.saturating_mul(10).saturating_add(digit);
        rest = behind;
    }
    let exponent = if negative { -exponent } else { exponent };
    (rest.len() < start).then_some((exponent, rest))
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn takes_what_the_grammar_takes() {
        for (text, length) in [
            ("0", 1),
            ("-0", 2),
            ("01", 0),
            ("-01", 0),
            ("-", 0),
            ("+1", 0),
            ("", 0),
            (".5", 0),
            ("1.", 0),
            ("1.e1", 0),
            ("1.5", 3),
            ("0.5,", 3),
            ("1e", 0),
            ("1e+", 0),
            ("1e5]", 3),
            ("1E-05", 5),
            ("10e+5x", 5),
            ("123456789012345678901234567890", 30),
            ("12345678.12345678e12345678901234567890", 38),
            ("NaN", 0),
            ("Infinity", 0),
        ] {
            for text in [text.to_owned(), in_text(text)] {
                let found = Number::scan(text.as_bytes()).map_or(0, |number| number.length);
                assert_eq!(found, length, "{text}");
            }
        }
    }

    #[test]
    fn whole_numbers_are_those_of_64_bits() {
        for text in [
            "0",
            "-1",
            "7",
            "12345678",
            "123456789",
            "9223372036854775807",
            "-9223372036854775808",
        ] {
            let expected = Some((text.parse().unwrap(), text.len()));
            assert_eq!(Number::whole(text.as_bytes()), expected, "{text}");
            assert_eq!(Number::whole(in_text(text).as_bytes()), expected, "{text}");
        }
        let mut text = String::new();
        for digit in "123456789012345678".chars() {
            text.push(digit);
            let expected = Some((text.parse().unwrap(), text.len()));
            assert_eq!(Number::whole(text.as_bytes()), expected, "{text}");
            assert_eq!(Number::whole(in_text(&text).as_bytes()), expected, "{text}");
        }
        for text in [
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999",
            "1.0",
            "1e3",
            "00",
            "-",
            "x",
        ] {
            assert_eq!(Number::whole(text.as_bytes()), None, "{text}");
            assert_eq!(Number::whole(in_text(text).as_bytes()), None, "{text}");
        }
    }

    /// What follows decides how a number is looked at.
    fn in_text(number: &str) -> String {
        number.to_owned() + &",]} \n".repeat(10)
    }

    /// Where the quick way gives a number, it is that of the standard library.
    #[track_caller]
    fn same(text: &str) -> bool {
        let alone = Number::scan(text.as_bytes()).unwrap();
        let number = Number::scan(in_text(text).as_bytes()).unwrap();
        assert_eq!(number.length, text.len());
        assert_eq!(number, alone, "{text}");
        let (float, double) = (number.float(), number.double());
        let bits = |value: f64| value.to_bits();
        let expected = bits(text.parse().unwrap());
        assert_eq!(double.map_or(expected, bits), expected, "{text}");
        let bits = |value: f32| value.to_bits();
        let expected = bits(text.parse().unwrap());
        assert_eq!(float.map_or(expected, bits), expected, "{text}");
        float.is_some()
    }

    #[test]
    fn the_quick_ways_round_like_the_standard_library() {
        let mut quick = 0;
        let mut seed = 1_u64;
        for _ in 0..200_000 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let digits = seed >> 11 >> (seed >> 3 & 31);
            let exponent = (seed >> 40) as i32 % 30;
            let point = digits.to_string().len() / 2;
            let (whole, fraction) = (
                digits / 10_u64.pow(point as u32),
                digits % 10_u64.pow(point as u32),
            );
            quick += usize::from(same(&format!("{digits}e{exponent}")));
            quick += usize::from(same(&format!("-{whole}.{fraction:0point$}5e-{exponent}")));
        }
        assert!(quick > 300_000, "{quick}");
        for text in [
            "0.0",
            "-0",
            "1e22",
            "1e23",
            "1e-22",
            "9007199254740992",
            "9007199254740993",
            // Between two floats, and a little beside.
            "16777217",
            "16777217.0000000001",
            "16777217.00000000000000001",
            "1e400",
            "1e-400",
            "1e99999999999",
            "0e99999999999",
        ] {
            same(text);
        }
    }
}
