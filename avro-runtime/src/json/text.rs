//! Strings in JSON text: escapes both ways.

use crate::error::DecodeErrorKind;

/// Hands over the text piece by piece, with everything escaped that JSON asks for, and nothing else.
#[inline]
pub(super) fn escape(text: &str, mut write: impl FnMut(&str)) {
    if is_plain(text.as_bytes()) {
        write(text);
    } else {
        escape_specials(text, &mut write);
    }
}

#[cold]
fn escape_specials(text: &str, write: &mut dyn FnMut(&str)) {
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        // What is escaped is one byte of ASCII, so that both cuts fall between characters.
        let (plain, special) = rest.split_at(at);
        let (special, behind) = special.split_at(1);
        write(plain);
        write(match special {
            "\"" => "\\\"",
            "\\" => "\\\\",
            control => CONTROLS[usize::from(control.as_bytes()[0])],
        });
        rest = behind;
    }
    write(rest);
}

/// What stands for the control characters.
const CONTROLS: [&str; 32] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b",
    "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012",
    "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a",
    "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
];

/// Whether nothing in this text has to be escaped: eight bytes at a time, the last word overlapping
/// its neighbour.
#[inline(always)]
fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<8>() else {
        return is_plain_short(bytes);
    };
    let (words, _) = bytes.as_chunks::<8>();
    let special = words
        .iter()
        .fold(specials(u64::from_le_bytes(*last)), |all, word| {
            all | specials(u64::from_le_bytes(*word))
        });
    special == 0
}

/// The same for fewer than eight bytes.
#[inline(always)]
fn is_plain_short(bytes: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return specials(u64::from(first) | u64::from(last) << 32) == 0;
    }
    !bytes.iter().any(is_special)
}

fn is_special(byte: &u8) -> bool {
    *byte < 0x20 || *byte == b'"' || *byte == b'\\'
}

/// Where the first quote, backslash or control character is.
#[inline]
pub(super) fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<16>()
        && !any_special(chunk)
    {
        rest = behind;
    }
    let start = bytes.len() - rest.len();
    let (words, tail) = rest.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let special = specials(u64::from_le_bytes(*word));
        if special != 0 {
            return Some(start + i * 8 + special.trailing_zeros() as usize / 8);
        }
    }
    let start = bytes.len() - tail.len();
    tail.iter().position(is_special).map(|at| start + at)
}

/// Whether there is one among these: a loop that the compiler turns into vector instructions.
#[inline(always)]
fn any_special(chunk: &[u8; 16]) -> bool {
    chunk.iter().fold(false, |any, byte| {
        let zero_if_special = (byte ^ b'"')
            .min(byte ^ b'\\')
            .min(byte.saturating_sub(0x1f));
        any | (zero_if_special == 0)
    })
}

/// The high bit of each byte that is a quote, a backslash or a control character. Only the lowest
/// bit set is exact: a borrow may mark the bytes above it.
#[inline(always)]
fn specials(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero_in = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
    control | zero_in(word ^ (ONES * b'"' as u64)) | zero_in(word ^ (ONES * b'\\' as u64))
}

/// Appends what the escape stands for; `bytes` begins behind the backslash. Returns how many of
/// them it took.
pub(super) fn unescape_one(out: &mut String, bytes: &[u8]) -> Result<usize, DecodeErrorKind> {
    const WRONG: DecodeErrorKind = DecodeErrorKind::Expected("a JSON escape");
    let Some(&letter) = bytes.first() else {
        return Err(DecodeErrorKind::UnexpectedEnd);
    };
    out.push(match letter {
        b'"' | b'\\' | b'/' => char::from(letter),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unescape_unicode(out, bytes),
        _ => return Err(WRONG),
    });
    Ok(1)
}

/// `u` and four hexadecimal digits, twice for a surrogate pair.
fn unescape_unicode(out: &mut String, bytes: &[u8]) -> Result<usize, DecodeErrorKind> {
    const LONE: DecodeErrorKind = DecodeErrorKind::Expected("a pair of surrogates");
    let first = hex4(bytes.get(1..))?;
    if !(0xd800..0xe000).contains(&first) {
        out.push(char::from_u32(first).ok_or(LONE)?);
        return Ok(5);
    }
    if first >= 0xdc00 || bytes.get(5..7) != Some(b"\\u") {
        return Err(LONE);
    }
    let second = hex4(bytes.get(7..))?;
    if !(0xdc00..0xe000).contains(&second) {
        return Err(LONE);
    }
    let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    out.push(char::from_u32(code).ok_or(LONE)?);
    Ok(11)
}

fn hex4(bytes: Option<&[u8]>) -> Result<u32, DecodeErrorKind> {
    let digits = bytes.and_then(<[u8]>::first_chunk::<4>);
    let digits = digits.ok_or(DecodeErrorKind::UnexpectedEnd)?;
    digits.iter().try_fold(0, |code, &digit| {
        let digit = char::from(digit).to_digit(16);
        Ok(code << 4 | digit.ok_or(DecodeErrorKind::Expected("four hexadecimal digits"))?)
    })
}

#[cfg(test)]
mod tests {
    use super::{escape, first_special, is_plain};

    #[test]
    fn finds_the_first_special_byte_at_every_place() {
        for len in 0..40 {
            for at in 0..len {
                for special in [0, 1, 0x1f, b'"', b'\\'] {
                    for filler in [b'a', b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xa2, 0xff] {
                        let mut bytes = vec![filler; len];
                        assert_eq!(first_special(&bytes), None);
                        assert!(is_plain(&bytes));
                        bytes[at] = special;
                        assert_eq!(first_special(&bytes), Some(at));
                        assert!(!is_plain(&bytes));
                    }
                }
            }
        }
    }

    #[test]
    fn escapes_what_json_asks_for() {
        let mut out = String::new();
        let text = "a\"b\\c\n\r\t\u{8}\u{c}\u{0}\u{1f}é\u{2028}😀";
        escape(text, |piece| out.push_str(piece));
        assert_eq!(out, "a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0000\\u001fé\u{2028}😀");
    }
}
