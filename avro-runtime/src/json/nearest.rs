//! The nearest double to digits times a power of ten, for powers as they occur in data (Lemire,
//! "Number Parsing at a Gigabyte per Second", 2021).
//!
//! The digits are multiplied by the 128 leading bits of the power of five; the power of two goes to
//! the exponent. The product is exact but for its last bit, which decides nothing.

/// Powers of ten that a double has exactly.
static TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// The nearest double of few digits, where one multiplication or division of exact numbers gives it.
#[inline(always)]
pub(super) fn exact(digits: u64, power: i32) -> Option<f64> {
    if digits > 1 << 53 {
        return None;
    }
    let ten = *TENS.get(power.unsigned_abs() as usize)?;
    // With a sign, which processors convert in one step.
    let digits = digits as i64 as f64;
    Some(if power <= 0 {
        digits / ten
    } else {
        digits * ten
    })
}

/// The largest power, either way: 5^27 is the last that has no more than 64 bits, so that powers
/// are exact, and reciprocals exact enough that their products never have to be made again.
const MOST: i32 = 27;

/// The leading bits of 5^-27 to 5^27.
static FIVES: [u128; 2 * MOST as usize + 1] = {
    let mut fives = [0; 2 * MOST as usize + 1];
    let mut i = 0;
    while i < fives.len() {
        fives[i] = five(i as i32 - MOST);
        i += 1;
    }
    fives
};

/// The 128 leading bits of a power of five, rounded up.
const fn five(power: i32) -> u128 {
    let five = 5_u128.pow(power.unsigned_abs());
    if power >= 0 {
        return five << five.leading_zeros();
    }
    // Long division, bit by bit: of one by it, until there are 128 bits.
    let (mut quotient, mut rest) = (0_u128, 1);
    while quotient >> 127 == 0 {
        rest *= 2;
        quotient *= 2;
        if rest >= five {
            rest -= five;
            quotient += 1;
        }
    }
    quotient + 1
}

/// The nearest double to the digits times this power of ten; of two as near, the even one. `None`
/// for powers that are not in the table.
#[inline(never)]
pub(super) fn nearest(digits: u64, power: i32) -> Option<f64> {
    let five = *FIVES.get(usize::try_from(power.saturating_add(MOST)).ok()?)?;
    if digits == 0 {
        return Some(0.0);
    }
    let zeros = digits.leading_zeros();
    let digits = u128::from(digits << zeros);
    let product = digits * (five >> 64) + ((digits * u128::from(five as u64)) >> 64);
    let (high, low) = ((product >> 64) as u64, product as u64);
    // One bit more than a double has, for rounding; what is below it tells the middle.
    let carry = (high >> 63) as i32;
    let bits = high >> (9 + carry);
    let is_middle = bits & 3 == 1 && low <= 1 && bits << (9 + carry) == high;
    let rounded = (bits + u64::from(!(is_middle && (-4..=23).contains(&power)))) >> 1;
    // 217706 / 65536 is the binary logarithm of ten.
    let exponent = ((power * 217_706) >> 16) + 1023 + 63 + carry - zeros as i32;
    Some(f64::from_bits(
        ((exponent as u64) << 52) + rounded - (1 << 52),
    ))
}

#[cfg(test)]
mod tests {
    use super::{MOST, exact, nearest};

    #[track_caller]
    fn same(digits: u64, power: i32) {
        let text = format!("{digits}e{power}");
        let expected: f64 = text.parse().unwrap();
        let found = nearest(digits, power).unwrap();
        assert_eq!(found.to_bits(), expected.to_bits(), "{text}");
        let exact = exact(digits, power).unwrap_or(expected);
        assert_eq!(exact.to_bits(), expected.to_bits(), "{text}");
    }

    #[test]
    fn rounds_like_the_standard_library() {
        let mut seed = 1_u64;
        for i in 0..300_000 {
            // The constants of Knuth's MMIX.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005);
            seed = seed.wrapping_add(1_442_695_040_888_963_407);
            let power = (seed >> 33) as i32 % (MOST + 1);
            same(seed >> (i % 64), if i % 2 == 0 { power } else { -power });
        }
        for power in -MOST..=MOST {
            for digits in [
                0,
                1,
                9,
                10,
                1 << 53,
                (1 << 53) + 1,
                u64::MAX,
                u64::MAX - 1024,
            ] {
                same(digits, power);
            }
        }
        assert_eq!(nearest(1, MOST + 1), None);
        assert_eq!(nearest(1, -MOST - 1), None);
        assert_eq!(nearest(1, i32::MIN), None);
        assert_eq!(nearest(1, i32::MAX), None);
    }

    /// Numbers in the middle of two doubles have 54 bits, and the last is set.
    #[test]
    fn the_middle_of_two_doubles_goes_to_the_even_one() {
        for power in 0..=23 {
            let five = 5_u64.pow(power);
            let (least, most) = ((1 << 53) / five + 1, (1 << 54) / five);
            let step = ((most - least) / 1000).max(1) | 1;
            for factor in (least..most).step_by(step as usize).map(|it| it | 1) {
                for digits in [factor.saturating_sub(1), factor, factor + 1] {
                    same(digits, power as i32);
                }
            }
        }
        for power in 1..=4 {
            for middle in ((1 << 53) + 1..1 << 54).step_by(0x1_0000_0000_0002) {
                let digits = middle * 5_u64.pow(power);
                for digits in [digits - 1, digits, digits + 1] {
                    same(digits, -(power as i32));
                }
            }
        }
    }
}
