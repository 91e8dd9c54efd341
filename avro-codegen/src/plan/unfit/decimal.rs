//! Decimals: how many digits a number in two's complement has.

/// The longest unscaled number that the runtime's decimal takes, in bytes.
const DECIMAL_BYTES: usize = 4096;

/// A number in two's complement with at most this many digits.
pub(super) fn is_decimal(bytes: &[u8], precision: Option<u32>) -> bool {
    let is_negative = bytes.first().is_some_and(|first| *first >= 0x80);
    let fill = if is_negative { 0xff } else { 0 };
    let significant = bytes
        .iter()
        .skip_while(|byte| **byte == fill)
        .copied()
        .collect::<Vec<u8>>();
    // One byte more where the sign would be lost.
    let sign = significant
        .first()
        .is_none_or(|first| (*first >= 0x80) != is_negative);
    if significant.len() + usize::from(sign) > DECIMAL_BYTES {
        return false;
    }
    precision
        .is_none_or(|precision| digits(magnitude(&significant, is_negative)) <= precision as usize)
}

/// The absolute value, big endian, of a number whose leading bytes of sign were taken away.
fn magnitude(significant: &[u8], is_negative: bool) -> Vec<u8> {
    if !is_negative {
        return significant.to_vec();
    }
    let mut carry = true;
    let mut bytes: Vec<u8> = significant
        .iter()
        .rev()
        .map(|byte| {
            let (sum, carried) = (!byte).overflowing_add(u8::from(carry));
            carry = carried;
            sum
        })
        .collect();
    bytes.push(u8::from(carry));
    bytes.reverse();
    bytes
}

/// How many decimal digits a number has; zero has one.
fn digits(mut magnitude: Vec<u8>) -> usize {
    let mut digits = 0;
    loop {
        let mut rest = 0_u32;
        for byte in &mut magnitude {
            let value = rest << 8 | u32::from(*byte);
            *byte = (value / 10) as u8;
            rest = value % 10;
        }
        digits += 1;
        if magnitude.iter().all(|byte| *byte == 0) {
            return digits;
        }
    }
}

/// The unscaled number as `bytes` and the scale as `int`, and nothing after them.
pub(super) fn is_big_decimal(bytes: &[u8]) -> Option<bool> {
    let (length, rest) = long(bytes)?;
    let (unscaled, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    let (scale, rest) = long(rest)?;
    let is_whole = rest.is_empty() && i32::try_from(scale).is_ok();
    Some(is_whole && is_decimal(unscaled, None))
}

/// A long as Avro writes it, and what follows.
fn long(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().enumerate().take(10) {
        let part = u64::from(byte & 0x7f);
        if index == 9 && part > 1 {
            return None;
        }
        value |= part << (7 * index);
        if *byte < 0x80 {
            let decoded = (value >> 1) as i64 ^ -((value & 1) as i64);
            return Some((decoded, bytes.get(index + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_decimals_are_counted() {
        for (bytes, count) in [
            (&[][..], 1),
            (&[0][..], 1),
            (&[0x63], 2),
            (&[0x64], 3),
            (&[0x9d], 2),
            (&[0x9c], 3),
            (&[0x80], 3),
            (&[0xff, 0x80, 0], 5),
            (&[0xff, 0xff], 1),
        ] {
            assert!(is_decimal(bytes, Some(count)), "{bytes:x?}");
            assert!(
                count == 1 || !is_decimal(bytes, Some(count - 1)),
                "{bytes:x?}"
            );
        }
    }
}
