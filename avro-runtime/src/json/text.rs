//! Strings in JSON text: escapes both ways.

use crate::error::DecodeErrorKind;
use crate::raw::{self, TextRoom};

/// Writes the text with everything escaped that JSON asks for, and nothing else.
#[inline]
pub(super) fn escape(text: &str, room: &mut TextRoom<'_>) {
    if is_plain(text.as_bytes()) {
        room.str(text);
    } else {
        escape_specials(text, room);
    }
}

#[cold]
#[inline(never)]
fn escape_specials(text: &str, room: &mut TextRoom<'_>) {
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        // What is escaped is one byte of ASCII, so that both cuts fall between characters.
        let (plain, special) = rest.split_at(at);
        let (special, behind) = special.split_at(1);
        room.str(plain);
        room.str(match special {
            "\"" => "\\\"",
            "\\" => "\\\\",
            control => CONTROLS[usize::from(control.as_bytes()[0])],
        });
        rest = behind;
    }
    room.str(rest);
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
#[inline(always)]
pub(super) fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while let Some((chunk, behind)) = rest.split_first_chunk::<16>() {
        let special = raw::specials(chunk);
        if special != 0 {
            return Some(bytes.len() - rest.len() + special.trailing_zeros() as usize);
        }
        rest = behind;
    }
    first_special_of_few(rest).map(|at| bytes.len() - rest.len() + at)
}

/// The same at the end of a text.
#[inline(never)]
fn first_special_of_few(bytes: &[u8]) -> Option<usize> {
    let (words, tail) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let special = specials(u64::from_le_bytes(*word));
        if special != 0 {
            return Some(i * 8 + special.trailing_zeros() as usize / 8);
        }
    }
    let at = tail.iter().position(is_special);
    at.map(|at| words.len() * 8 + at)
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
        let Some(char) = char::from_u32(first) else {
            return Err(LONE);
        };
        out.push(char);
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
    let Some(char) = char::from_u32(code) else {
        return Err(LONE);
    };
    out.push(char);
    Ok(11)
}

fn hex4(bytes: Option<&[u8]>) -> Result<u32, DecodeErrorKind> {
    let Some(digits) = bytes.and_then(<[u8]>::first_chunk::<4>) else {
        return Err(DecodeErrorKind::UnexpectedEnd);
    };
    let values = digits.map(|digit| HEX[usize::from(digit)]);
    let [a, b, c, d] = values.map(u32::from);
    if a | b | c | d > 0xf {
        return Err(DecodeErrorKind::Expected("four hexadecimal digits"));
    }
    Ok(a << 12 | b << 8 | c << 4 | d)
}

/// The value of each byte that is a hexadecimal digit, and 0xff for the others.
static HEX: [u8; 256] = {
    let mut values = [0xff; 256];
    let mut value = 0;
    while value < 16 {
        values[b"0123456789abcdef"[value as usize] as usize] = value;
        values[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use super::{escape, first_special, is_plain};
    use crate::raw::TextRoom;

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
        let mut room = TextRoom::new(&mut out, 0);
        escape(text, &mut room);
        room.keep();
        assert_eq!(out, "a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0000\\u001fé\u{2028}😀");
    }
}
