//! Whole numbers beyond 128 bits, as far as decimals need them.

use core::cmp::Ordering;
use core::iter::repeat_n;

/// The absolute value of a whole number: 32 bits a limb, the lowest first, no zero limb at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Magnitude(Vec<u32>);

impl Ord for Magnitude {
    fn cmp(&self, other: &Self) -> Ordering {
        let limbs = |of: &Self| of.0.len();
        limbs(self)
            .cmp(&limbs(other))
            .then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Magnitude {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The largest power of ten in a limb, and its exponent.
const CHUNK: u32 = 1_000_000_000;
const CHUNK_DIGITS: usize = 9;

impl Magnitude {
    pub(super) fn from_u128(value: u128) -> Self {
        Self((0..4).map(|i| (value >> (32 * i)) as u32).collect()).trimmed()
    }

    /// Sign and magnitude of a two's complement number, big endian.
    pub(super) fn from_signed_be(bytes: &[u8]) -> (bool, Self) {
        let negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
        let fill = if negative { 0xff } else { 0 };
        let mut limbs: Vec<u32> = bytes
            .rchunks(4)
            .map(|chunk| {
                let mut limb = [fill; 4];
                limb[4 - chunk.len()..].copy_from_slice(chunk);
                u32::from_be_bytes(limb)
            })
            .collect();
        if negative {
            negate(&mut limbs);
        }
        (negative, Self(limbs).trimmed())
    }

    /// The shortest two's complement form, big endian; one byte for zero.
    pub(super) fn to_signed_be(&self, negative: bool) -> Vec<u8> {
        let mut limbs = self.0.clone();
        limbs.push(0);
        if negative {
            negate(&mut limbs);
        }
        let bytes: Vec<u8> = limbs
            .iter()
            .rev()
            .flat_map(|limb| limb.to_be_bytes())
            .collect();
        shortest(&bytes).to_vec()
    }

    /// 10 to this power.
    pub(super) fn power_of_ten(power: usize) -> Self {
        let mut one = Self::from_u128(1);
        one.scale_up(power);
        one
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Multiplies by 10 to this power.
    pub(super) fn scale_up(&mut self, power: usize) {
        for _ in 0..power / CHUNK_DIGITS {
            self.mul_add(CHUNK, 0);
        }
        self.mul_add(10_u32.pow((power % CHUNK_DIGITS) as u32), 0);
    }

    /// Divides by 10 to this power; false if that leaves a remainder.
    pub(super) fn scale_down(&mut self, power: usize) -> bool {
        let chunks = repeat_n(CHUNK, power / CHUNK_DIGITS);
        let rest = 10_u32.pow((power % CHUNK_DIGITS) as u32);
        chunks.chain([rest]).all(|divisor| self.div(divisor) == 0)
    }

    /// The decimal digits; `0` for zero.
    pub(super) fn to_digits(&self) -> String {
        let mut rest = self.clone();
        let mut chunks = Vec::new();
        while !rest.is_zero() {
            chunks.push(rest.div(CHUNK));
        }
        let mut digits = chunks.pop().unwrap_or_default().to_string();
        for chunk in chunks.iter().rev() {
            digits.push_str(&format!("{chunk:09}"));
        }
        digits
    }

    /// The number that these decimal digits stand for.
    pub(super) fn from_digits(digits: &str) -> Option<Self> {
        let mut value = Self::default();
        let mut rest = digits;
        while !rest.is_empty() {
            let (chunk, behind) = rest.split_at_checked(rest.len().min(CHUNK_DIGITS))?;
            value.mul_add(10_u32.pow(chunk.len() as u32), chunk.parse().ok()?);
            rest = behind;
        }
        Some(value)
    }

    fn mul_add(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Divides, and returns the remainder.
    fn div(&mut self, divisor: u32) -> u32 {
        let mut remainder = 0;
        for limb in self.0.iter_mut().rev() {
            let value = u64::from(remainder) << 32 | u64::from(*limb);
            *limb = (value / u64::from(divisor)) as u32;
            remainder = (value % u64::from(divisor)) as u32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        remainder
    }

    fn trimmed(mut self) -> Self {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        self
    }
}

/// Two's complement negation.
fn negate(limbs: &mut [u32]) {
    let mut carry = true;
    for limb in limbs {
        (*limb, carry) = (!*limb).overflowing_add(u32::from(carry));
    }
}

/// A two's complement number, big endian, without bytes that only repeat the sign.
pub(super) fn shortest(mut bytes: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && let [second, ..] = rest
        && *first == if *second >= 0x80 { 0xff } else { 0 }
    {
        bytes = rest;
    }
    bytes
}
