//! Values of the primitive types: the edges often, and of a logical type what it can hold.

use crate::oracle::random::model::{Datum, Logical, Primitive};
use crate::oracle::random::rng::Rng;

/// A value of a primitive type.
pub(super) fn primitive(primitive: Primitive, logical: Option<Logical>, rng: &mut Rng) -> Datum {
    let word = logical.map(Logical::word);
    match primitive {
        Primitive::Null => Datum::Null,
        Primitive::Boolean => Datum::Boolean(rng.chance(50)),
        Primitive::Int => Datum::Int(match word {
            Some("date") => int(rng) % 1_000_000,
            Some("time-millis") => int(rng).rem_euclid(86_400_000),
            _ => int(rng),
        }),
        Primitive::Long => Datum::Long(match word {
            Some("time-micros") => long(rng).rem_euclid(86_400_000_000),
            // A date that every implementation has: up to some hundred years around 1970.
            Some("timestamp-millis" | "local-timestamp-millis") => long(rng) % 9_000_000_000_000,
            Some("timestamp-micros" | "local-timestamp-micros") => {
                long(rng) % 9_000_000_000_000_000
            }
            _ => long(rng),
        }),
        Primitive::Float => Datum::Float(float(rng) as f32),
        Primitive::Double => Datum::Double(float(rng)),
        Primitive::Bytes => Datum::Bytes(match logical {
            Some(Logical::Decimal { precision, .. }) => unscaled(precision, None, rng),
            Some(Logical::Plain("big-decimal")) => big_decimal(rng),
            _ => {
                let size = size(rng);
                bytes(size, rng)
            }
        }),
        Primitive::String => Datum::String(match word {
            Some("uuid") => uuid(rng),
            _ => text(rng),
        }),
    }
}

fn size(rng: &mut Rng) -> usize {
    rng.weighted(&[(2, 0), (3, 1), (3, 5), (1, 70)])
}

fn int(rng: &mut Rng) -> i32 {
    const EDGES: [i32; 9] = [0, 1, -1, 63, 64, -64, -65, i32::MAX, i32::MIN];
    match rng.chance(40) {
        true => *rng.pick(&EDGES),
        false => (rng.bits() >> 32) as i32 >> rng.below(32),
    }
}

fn long(rng: &mut Rng) -> i64 {
    const EDGES: [i64; 5] = [i64::MAX, i64::MIN, 1 << 53, (1 << 53) + 1, (1 << 24) + 1];
    match rng.below(10) {
        0..3 => *rng.pick(&EDGES),
        3..6 => int(rng).into(),
        _ => rng.bits() as i64 >> rng.below(64),
    }
}

/// Finite, since JSON has no others.
fn float(rng: &mut Rng) -> f64 {
    const EDGES: [f64; 8] = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-7, 1e10, 123_456.79];
    match rng.chance(50) {
        true => *rng.pick(&EDGES),
        false => f64::from(int(rng)) / f64::from(1_u32 << rng.below(20)),
    }
}

/// So many bytes.
pub(super) fn bytes(size: usize, rng: &mut Rng) -> Vec<u8> {
    (0..size).map(|_| rng.bits() as u8).collect()
}

fn text(rng: &mut Rng) -> String {
    const PARTS: [&str; 8] = ["a", "0", " ", "\"\\", "é", "日", "\u{1F600}", "\n\u{1}"];
    (0..size(rng)).map(|_| *rng.pick(&PARTS)).collect()
}

fn uuid(rng: &mut Rng) -> String {
    let (high, low) = (rng.bits(), rng.bits());
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// An unscaled decimal of at most so many digits, two's complement with the highest byte first:
/// in as few bytes as it takes, or in `size`.
pub(super) fn unscaled(precision: usize, size: Option<usize>, rng: &mut Rng) -> Vec<u8> {
    let digits = 1 + rng.below(precision.min(30));
    let bits = i128::from(rng.bits()) << 64 | i128::from(rng.bits());
    let all = (bits % 10_i128.pow(digits as u32)).to_be_bytes();
    let size = size.unwrap_or_else(|| shortest(all));
    let sign = if all[0] & 0x80 == 0 { 0 } else { 0xff };
    let mut bytes = vec![sign; size.saturating_sub(all.len())];
    bytes.extend(&all[all.len().saturating_sub(size)..]);
    bytes
}

/// How many bytes hold this number: the leading ones that only repeat the sign are left out.
fn shortest(all: [u8; 16]) -> usize {
    let sign = if all[0] & 0x80 == 0 { 0 } else { 0xff };
    let same = all.windows(2).take_while(|pair| {
        let [first, next] = pair else { return false };
        *first == sign && (next ^ sign) & 0x80 == 0
    });
    all.len() - same.count()
}

/// An unscaled number and its scale, as a datum inside the bytes.
fn big_decimal(rng: &mut Rng) -> Vec<u8> {
    let unscaled = unscaled(20, None, rng);
    let scale = rng.below(12);
    // Both lengths are below 64: the zigzag of such a number is its double, in one byte.
    let mut datum = vec![2 * unscaled.len() as u8];
    datum.extend(unscaled);
    datum.push(2 * scale as u8);
    datum
}
