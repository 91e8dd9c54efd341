//! Strings in JSON text: escapes both ways.

use crate::error::DecodeErrorKind;

/// Appends the text with everything escaped that JSON asks for, and nothing else.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        // What is escaped is one byte of ASCII, so that both cuts fall between characters.
        let (plain, special) = rest.split_at(at);
        let (special, behind) = special.split_at(1);
        out.push_str(plain);
        escape_one(out, special.as_bytes()[0]);
        rest = behind;
    }
    out.push_str(rest);
}

fn escape_one(out: &mut String, byte: u8) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    out.push_str(match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        b'\n' => "\\n",
        b'\r' => "\\r",
        b'\t' => "\\t",
        0x08 => "\\b",
        0x0c => "\\f",
        _ => {
            out.push_str("\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
            return;
        }
    });
}

/// Where the first quote, backslash or control character is.
#[inline]
pub(super) fn first_special(bytes: &[u8]) -> Option<usize> {
    let (words, tail) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let special = specials(u64::from_le_bytes(*word));
        if special != 0 {
            return Some(i * 8 + special.trailing_zeros() as usize / 8);
        }
    }
    let start = bytes.len() - tail.len();
    let at = tail
        .iter()
        .position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\');
    at.map(|at| start + at)
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
    use super::{escape_into, first_special};

    #[test]
    fn finds_the_first_special_byte_at_every_place() {
        for len in 0..40 {
            for at in 0..len {
                for special in [0, 1, 0x1f, b'"', b'\\'] {
                    for filler in [b'a', b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xa2, 0xff] {
                        let mut bytes = vec![filler; len];
                        assert_eq!(first_special(&bytes), None);
                        bytes[at] = special;
                        assert_eq!(first_special(&bytes), Some(at));
                    }
                }
            }
        }
    }

    #[test]
    fn escapes_what_json_asks_for() {
        let mut out = String::new();
        escape_into(&mut out, "a\"b\\c\n\r\t\u{8}\u{c}\u{0}\u{1f}é\u{2028}😀");
        assert_eq!(out, "a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0000\\u001fé\u{2028}😀");
    }
}
