//! The same in words of eight bytes, for processors without an instruction that gathers bits.

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

pub(crate) fn specials(chunk: &[u8; 16]) -> u32 {
    let [low, high] = halves(chunk).map(|word| gather(specials_of(word)));
    low | high << 8
}

pub(crate) fn others_than_digits(chunk: &[u8; 16]) -> u32 {
    let [low, high] = halves(chunk).map(|word| gather(others_than_digits_of(word)));
    low | high << 8
}

/// The high bit of each byte that is special; no byte carries into the next.
fn specials_of(word: u64) -> u64 {
    let not_zero = |word: u64| ((word & LOW) + LOW) | word;
    let not_quote = not_zero(word ^ (ONES * b'"' as u64));
    let not_backslash = not_zero(word ^ (ONES * b'\\' as u64));
    let not_control = ((word & LOW) + ONES * (0x80 - 0x20)) | word;
    !(not_quote & not_backslash & not_control) & HIGH
}

/// The high bit of each byte that is no digit; no byte carries into the next.
fn others_than_digits_of(word: u64) -> u64 {
    let digits = word ^ (ONES * b'0' as u64);
    (((digits & LOW) + ONES * (0x80 - 10)) | digits) & HIGH
}

/// The high bits of eight bytes, side by side.
fn gather(high: u64) -> u32 {
    ((high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

/// Two words, of which the lowest byte is the first.
#[inline(always)]
fn halves(chunk: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*chunk);
    [both as u64, (both >> 64) as u64]
}
