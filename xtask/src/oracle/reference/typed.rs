//! What a generated type makes of a datum that its logical type gives a Rust type of its own: the
//! same in one form, or nothing where that type has no such value.

use super::logical::{Meaning, shortest};
use crate::oracle::random::model::Datum;

/// The Rust types of a reader's logical types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Types {
    /// None: data stay as they are, as in `dynamic`.
    Dynamic,
    /// Generated ones, with decimals; the rest is left to the base types.
    Raw,
    /// Generated ones, with decimals, UUIDs, and the dates and times of a crate.
    Chrono,
    Jiff,
    Time,
}

/// The datum as a value of the type that stands for its logical type.
pub(super) fn typed(meaning: Option<Meaning>, datum: Datum, types: Types) -> Option<Datum> {
    let Some(meaning) = meaning.filter(|_| types != Types::Dynamic) else {
        return Some(datum);
    };
    match (meaning, datum) {
        (Meaning::Decimal { precision, .. }, Datum::Bytes(bytes)) => {
            Some(Datum::Bytes(decimal(&bytes, precision)?))
        }
        (Meaning::Decimal { precision, .. }, Datum::Fixed(bytes)) => {
            decimal(&bytes, precision)?;
            Some(Datum::Fixed(bytes))
        }
        (Meaning::Other("big-decimal"), Datum::Bytes(bytes)) => {
            Some(Datum::Bytes(big_decimal(&bytes)?))
        }
        (_, datum) if types == Types::Raw => Some(datum),
        (Meaning::Other("uuid"), Datum::String(text)) => {
            is_uuid(&text).then(|| Datum::String(text.to_lowercase()))
        }
        (Meaning::Other("date"), Datum::Int(days)) => {
            let seconds = i64::from(days) * 86_400;
            is_in_range(seconds, types.seconds(false)).then_some(Datum::Int(days))
        }
        (Meaning::Count(what, units), Datum::Int(count)) => {
            is_count(what, i64::from(count), units, types).then_some(Datum::Int(count))
        }
        (Meaning::Count(what, units), Datum::Long(count)) => {
            is_count(what, count, units, types).then_some(Datum::Long(count))
        }
        (_, datum) => Some(datum),
    }
}

fn is_count(what: &str, count: i64, units: i64, types: Types) -> bool {
    let seconds = count.div_euclid(units);
    match what {
        "time" => is_in_range(seconds, (0, 86_399)),
        "timestamp" => is_in_range(seconds, types.seconds(true)),
        _ => is_in_range(seconds, types.seconds(false)),
    }
}

fn is_in_range(seconds: i64, (first, last): (i64, i64)) -> bool {
    (first..=last).contains(&seconds)
}

impl Types {
    /// The first and the last second of the crate's calendar, counted from 1970; of an instant or
    /// of a local time.
    fn seconds(self, is_instant: bool) -> (i64, i64) {
        match self {
            Self::Dynamic | Self::Raw => (i64::MIN, i64::MAX),
            // The years -262143 to 262142.
            Self::Chrono => (-8_334_601_228_800, 8_210_266_876_799),
            // The years -9999 to 9999, but for the last hours that no time zone reaches.
            Self::Jiff if is_instant => (-377_705_023_201, 253_402_207_200),
            Self::Jiff | Self::Time => (-377_705_116_800, 253_402_300_799),
        }
    }
}

/// A number of no more digits than that, in as few bytes as it takes.
fn decimal(bytes: &[u8], precision: usize) -> Option<Vec<u8>> {
    let bytes = shortest(bytes);
    let fill = if bytes[0] & 0x80 == 0 { 0 } else { 0xff };
    let mut all = [fill; 16];
    let at = all.len().checked_sub(bytes.len())?;
    all[at..].copy_from_slice(&bytes);
    let value = i128::from_be_bytes(all);
    (value.unsigned_abs() < 10_u128.pow(precision as u32)).then_some(bytes)
}

/// Bytes that hold the bytes of a number and its scale, an int, and nothing else.
fn big_decimal(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let length = usize::try_from(long(&mut rest)?).ok()?;
    let (unscaled, mut rest) = rest.split_at_checked(length)?;
    let (unscaled, before) = (shortest(unscaled), rest.len());
    let scale = i32::try_from(long(&mut rest)?).ok()?;
    if !rest.is_empty() || before > 5 {
        return None;
    }
    // The number again, in its one form; so few bytes that their number takes one byte.
    let parts = vec![Datum::Bytes(unscaled), Datum::Int(scale)];
    Some(avro_model::datum::to_binary(&Datum::Record(parts)))
}

/// A variable-length number, zigzag.
fn long(rest: &mut &[u8]) -> Option<i64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        if shift == 63 && byte > 1 {
            return None;
        }
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value >> 1) as i64 ^ -((value & 1) as i64));
        }
    }
    None
}

/// 32 hexadecimal digits with hyphens where they belong.
fn is_uuid(text: &str) -> bool {
    let is_hyphen = |index| matches!(index, 8 | 13 | 18 | 23);
    text.len() == 36
        && text
            .char_indices()
            .all(|(index, c)| match is_hyphen(index) {
                true => c == '-',
                false => c.is_ascii_hexdigit(),
            })
}

#[cfg(test)]
mod tests {
    use super::{Types, typed};
    use crate::oracle::random::model::Datum;
    use crate::oracle::reference::logical::Meaning;

    #[test]
    fn a_value_has_one_form_or_is_none() {
        let decimal = Some(Meaning::Decimal {
            precision: 3,
            scale: 1,
        });
        let bytes = |bytes: &[u8]| Datum::Bytes(bytes.to_vec());
        let read = |datum| typed(decimal, datum, Types::Raw);
        assert_eq!(read(bytes(&[0, 0, 5])), Some(bytes(&[5])));
        assert_eq!(read(bytes(&[])), Some(bytes(&[0])));
        assert_eq!(read(bytes(&[0xff, 0x80])), Some(bytes(&[0x80])));
        assert_eq!(read(bytes(&[0x03, 0xe8])), None);
        assert_eq!(typed(decimal, bytes(&[]), Types::Dynamic), Some(bytes(&[])));

        let big = Some(Meaning::Other("big-decimal"));
        let read = |datum| typed(big, datum, Types::Raw);
        assert_eq!(read(bytes(&[4, 0, 7, 6])), Some(bytes(&[2, 7, 6])));
        assert_eq!(read(bytes(&[2, 7])), None);
        assert_eq!(read(bytes(&[2, 7, 6, 0])), None);
    }

    #[test]
    fn times_end_where_their_crates_end() {
        let day = Some(Meaning::Other("date"));
        let is_date = |days, types| typed(day, Datum::Int(days), types).is_some();
        // The first of January of the year 10000.
        assert!(is_date(2_932_896, Types::Jiff) && !is_date(2_932_897, Types::Jiff));
        assert!(is_date(2_932_897, Types::Chrono) && !is_date(i32::MAX, Types::Chrono));
        assert!(is_date(i32::MAX, Types::Raw));
        let time = Some(Meaning::Count("time", 1_000));
        let is_time = |millis| typed(time, Datum::Int(millis), Types::Time).is_some();
        assert!(is_time(86_399_999) && !is_time(86_400_000) && !is_time(-1));
    }
}
