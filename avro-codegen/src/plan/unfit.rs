//! Which defaults no Rust value can stand for: a date in the year 300,000, a UUID of three letters.
//!
//! The specification checks a default against the type, not the logical type, so schemas have such
//! defaults. Generated code decodes a default that has no literal, and must not fail at that: what
//! the runtime's codecs refuse is found here. A codec of the user's own is its own judge.

use avro_model::datum::Datum;
use avro_model::schema::{Definition, LogicalType, Schema, SchemaKind};

use super::Planner;
use crate::config::Mapping;

/// The days, from 1970 on, that chrono has: the years -262,143 to 262,142.
const DAYS: std::ops::RangeInclusive<i64> = -96_465_292..=95_026_236;

const SECONDS_PER_DAY: i64 = 86_400;

/// How many values of recursive types the runtime reads inside one another.
const DEPTH: usize = 128;

/// The longest unscaled number that the runtime's decimal takes, in bytes.
const DECIMAL_BYTES: usize = 4096;

impl Planner<'_> {
    /// What is wrong with a default as a value in Rust, if anything is.
    pub(super) fn unfit(&self, datum: &Datum, schema: &Schema, raw: bool) -> Option<String> {
        self.unfit_at(datum, schema, raw, 0)
    }

    fn unfit_at(&self, datum: &Datum, schema: &Schema, raw: bool, depth: usize) -> Option<String> {
        if let Some(logical) = schema.logical.filter(|_| !raw) {
            return self.unfit_logical(datum, logical);
        }
        match (datum, &schema.kind) {
            (Datum::Array(items), SchemaKind::Array(inner)) => items
                .iter()
                .find_map(|item| self.unfit_at(item, inner, raw, depth)),
            (Datum::Map(entries), SchemaKind::Map(inner)) => entries
                .iter()
                .find_map(|(_, value)| self.unfit_at(value, inner, raw, depth)),
            (Datum::Union(branch, value), SchemaKind::Union(branches)) => branches
                .get(*branch)
                .and_then(|schema| self.unfit_at(value, schema, raw, depth)),
            (_, SchemaKind::Named(id)) if !self.choices.externals.contains_key(id) => {
                let ty = &self.set[*id];
                let depth = depth + usize::from(self.facts.holds_itself(*id));
                match (datum, &ty.definition) {
                    (Datum::Fixed(_), Definition::Fixed(fixed)) => fixed
                        .logical
                        .filter(|_| !raw)
                        .and_then(|logical| self.unfit_logical(datum, logical)),
                    (Datum::Record(_), Definition::Record(_)) if depth > DEPTH => Some(format!(
                        "it holds more than {DEPTH} `{}` in one another",
                        ty.fullname
                    )),
                    (Datum::Record(values), Definition::Record(record)) => values
                        .iter()
                        .zip(&record.fields)
                        .find_map(|(value, field)| {
                            let choice =
                                self.choices.of(&format!("{}.{}", ty.fullname, field.name));
                            if choice.codec.is_some() {
                                return None;
                            }
                            self.unfit_at(value, &field.schema, choice.raw, depth)
                        }),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn unfit_logical(&self, datum: &Datum, logical: LogicalType) -> Option<String> {
        let mapping = match logical {
            LogicalType::Uuid => self.config.logical_types.uuid,
            LogicalType::Decimal { .. } | LogicalType::BigDecimal | LogicalType::Duration => {
                Mapping::Library
            }
            _ => self.config.logical_types.timestamp,
        };
        if mapping != Mapping::Library {
            return None;
        }
        let fits = match datum {
            Datum::Int(value) => is_time(i64::from(*value), logical),
            Datum::Long(value) => is_time(*value, logical),
            Datum::String(text) => logical != LogicalType::Uuid || is_uuid(text),
            Datum::Bytes(bytes) | Datum::Fixed(bytes) => match logical {
                LogicalType::Decimal { precision, .. } => is_decimal(bytes, Some(precision)),
                LogicalType::BigDecimal => is_big_decimal(bytes).is_some_and(|fits| fits),
                _ => true,
            },
            _ => true,
        };
        (!fits).then(|| format!("{} is not {}", shown(datum), described(logical)))
    }
}

/// A number that stands for a date or time, in the range that it is read in.
fn is_time(value: i64, logical: LogicalType) -> bool {
    let of_day = |per_second: i64| (0..SECONDS_PER_DAY * per_second).contains(&value);
    let of_calendar =
        |per_second: i64| DAYS.contains(&value.div_euclid(per_second).div_euclid(SECONDS_PER_DAY));
    match logical {
        LogicalType::Date => DAYS.contains(&value),
        LogicalType::TimeMillis => of_day(1_000),
        LogicalType::TimeMicros => of_day(1_000_000),
        LogicalType::TimestampMillis | LogicalType::LocalTimestampMillis => of_calendar(1_000),
        LogicalType::TimestampMicros | LogicalType::LocalTimestampMicros => of_calendar(1_000_000),
        LogicalType::TimestampNanos | LogicalType::LocalTimestampNanos => {
            of_calendar(1_000_000_000)
        }
        _ => true,
    }
}

/// 32 hexadecimal digits; or with hyphens, and then in braces or after `urn:uuid:` as well. Not
/// every version of the library takes that in capitals.
fn is_uuid(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if text.len() == 32 {
        return is_hex(text);
    }
    let braced = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let text = braced
        .or_else(|| text.strip_prefix("urn:uuid:"))
        .unwrap_or(text);
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| is_hex(group))
}

/// A number in two's complement with at most this many digits.
fn is_decimal(bytes: &[u8], precision: Option<u32>) -> bool {
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
fn is_big_decimal(bytes: &[u8]) -> Option<bool> {
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

/// A datum as a message shows it.
fn shown(datum: &Datum) -> String {
    match datum {
        Datum::Int(value) => value.to_string(),
        Datum::Long(value) => value.to_string(),
        Datum::String(text) => format!("\"{}\"", text.escape_debug()),
        _ => "it".to_owned(),
    }
}

fn described(logical: LogicalType) -> String {
    let text = match logical {
        LogicalType::Decimal { precision, .. } => {
            return format!("a decimal of at most {precision} digits");
        }
        LogicalType::BigDecimal => "a big-decimal",
        LogicalType::Uuid => "a UUID",
        LogicalType::Date => "a date in the years -262143 to 262142",
        LogicalType::TimeMillis => "a time of day in milliseconds",
        LogicalType::TimeMicros => "a time of day in microseconds",
        _ => "a timestamp in the years -262143 to 262142",
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_those_of_the_crate() {
        for text in [
            "936da01f9abd4d9d80c702af85c822a8",
            "936DA01F-9abd-4d9d-80c7-02af85c822a8",
            "{936da01f-9abd-4d9d-80c7-02af85c822a8}",
            "urn:uuid:936da01f-9abd-4d9d-80c7-02af85c822a8",
        ] {
            assert!(is_uuid(text), "{text}");
        }
        for text in [
            "",
            "936da01f9abd4d9d80c702af85c822a",
            "{936da01f9abd4d9d80c702af85c822a8}",
            "936da01f9-abd-4d9d-80c7-02af85c822a8",
            "936da01f-9abd-4d9d-80c7-02af85c822ag",
            "{936da01f-9abd-4d9d-80c7-02af85c822a8",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }

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
