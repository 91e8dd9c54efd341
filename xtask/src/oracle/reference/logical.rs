//! Logical types: which are valid, and what becomes of a value where the two sides' differ.

use crate::oracle::random::model::{Datum, Definition, Logical, Model, Primitive, Schema};

/// A valid logical type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Decimal {
        precision: usize,
        scale: usize,
    },
    /// What is counted, and how many of it are a second.
    Count(&'static str, i64),
    Other(&'static str),
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is read as it is.
    None,
    /// So many units are one, or one is so many.
    Units { from: i64, to: i64 },
    /// The point moves; so many digits are allowed.
    Scale {
        from: usize,
        to: usize,
        precision: usize,
    },
    /// No value keeps its meaning.
    Refused,
}

/// The logical type of a schema, if it is one of the specification's and its carrier carries it.
pub(super) fn meaning(model: &Model, schema: &Schema) -> Option<Meaning> {
    let (logical, carrier) = match schema {
        Schema::Primitive(primitive, logical) => ((*logical)?, primitive.word()),
        Schema::Named(index) => match model.types[*index].definition {
            Definition::Fixed { size, logical } => return of_fixed(size, logical?),
            _ => return None,
        },
        _ => return None,
    };
    let word = match logical {
        Logical::Decimal { precision, scale } => {
            return (carrier == "bytes").then_some(Meaning::Decimal { precision, scale });
        }
        Logical::Plain(word) => word,
    };
    Some(match (carrier, word) {
        ("int", "time-millis") => Meaning::Count("time", 1_000),
        ("long", "time-micros") => Meaning::Count("time", 1_000_000),
        ("long", "timestamp-millis") => Meaning::Count("timestamp", 1_000),
        ("long", "timestamp-micros") => Meaning::Count("timestamp", 1_000_000),
        ("long", "timestamp-nanos") => Meaning::Count("timestamp", 1_000_000_000),
        ("long", "local-timestamp-millis") => Meaning::Count("local", 1_000),
        ("long", "local-timestamp-micros") => Meaning::Count("local", 1_000_000),
        ("long", "local-timestamp-nanos") => Meaning::Count("local", 1_000_000_000),
        ("int", "date") | ("bytes", "big-decimal") | ("string", "uuid") => Meaning::Other(word),
        _ => return None,
    })
}

fn of_fixed(size: usize, logical: Logical) -> Option<Meaning> {
    match logical {
        Logical::Decimal { precision, scale } => {
            // So many digits must be below 2^(8 size - 1); 10^30 is below 2^100.
            let bits = (8 * size).checked_sub(1)?;
            let is_held = bits >= 100 || 10_u128.pow(precision as u32) <= 1_u128 << bits;
            is_held.then_some(Meaning::Decimal { precision, scale })
        }
        Logical::Plain(word @ "uuid") if size == 16 => Some(Meaning::Other(word)),
        Logical::Plain(word @ "duration") if size == 12 => Some(Meaning::Other(word)),
        Logical::Plain(_) => None,
    }
}

/// What becomes of a writer's value at a place that the reader reads.
pub(super) fn change(reader: Option<Meaning>, writer: Option<Meaning>) -> Change {
    match (reader, writer) {
        (
            Some(Meaning::Decimal { precision, scale }),
            Some(Meaning::Decimal { scale: from, .. }),
        ) => match scale == from {
            true => Change::None,
            false => Change::Scale {
                from,
                to: scale,
                precision,
            },
        },
        (Some(Meaning::Count(what, to)), Some(Meaning::Count(other, from))) if what == other => {
            match to == from {
                true => Change::None,
                false => Change::Units { from, to },
            }
        }
        (Some(reader), Some(writer)) if reader != writer => Change::Refused,
        _ => Change::None,
    }
}

/// The value after a change; nothing if it does not keep its meaning exactly.
pub(super) fn changed(datum: Datum, change: Change) -> Option<Datum> {
    match (change, datum) {
        (Change::None, datum) => Some(datum),
        (Change::Units { from, to }, Datum::Long(value)) => units(value, from, to).map(Datum::Long),
        (Change::Units { from, to }, Datum::Int(value)) => {
            let value = units(value.into(), from, to)?;
            value.try_into().ok().map(Datum::Int)
        }
        (Change::Scale { .. }, Datum::Bytes(bytes)) => Some(Datum::Bytes(shortest(
            &rescaled(&bytes, change)?.to_be_bytes(),
        ))),
        (Change::Scale { .. }, Datum::Fixed(bytes)) => {
            let (size, value) = (bytes.len(), rescaled(&bytes, change)?.to_be_bytes());
            let sign = if value[0] & 0x80 == 0 { 0 } else { 0xff };
            let mut all = vec![sign; size];
            let shared = size.min(value.len());
            all[size - shared..].copy_from_slice(&value[value.len() - shared..]);
            Some(Datum::Fixed(all))
        }
        _ => None,
    }
}

/// The same number in as few bytes as it takes, at least one.
pub(super) fn shortest(bytes: &[u8]) -> Vec<u8> {
    let sign = bytes
        .first()
        .map_or(0, |first| if first & 0x80 == 0 { 0 } else { 0xff });
    let is_spare = |pair: &&[u8]| pair[0] == sign && (pair[1] ^ sign) & 0x80 == 0;
    let spare = bytes.windows(2).take_while(is_spare).count();
    match bytes.get(spare..) {
        Some([]) | None => vec![0],
        Some(bytes) => bytes.to_vec(),
    }
}

fn units(value: i64, from: i64, to: i64) -> Option<i64> {
    match to >= from {
        true => value.checked_mul(to / from),
        false => (value % (from / to) == 0).then_some(value / (from / to)),
    }
}

/// The unscaled value with the point where the reader has it, of no more digits than it allows.
fn rescaled(bytes: &[u8], change: Change) -> Option<i128> {
    let Change::Scale {
        from,
        to,
        precision,
    } = change
    else {
        return None;
    };
    let value = bytes.iter().try_fold(
        if bytes.first().is_some_and(|first| first & 0x80 != 0) {
            -1_i128
        } else {
            0
        },
        |value, &byte| Some(value.checked_mul(256)? | i128::from(byte)),
    )?;
    let power = 10_i128.pow(to.abs_diff(from) as u32);
    let value = match to >= from {
        true => value.checked_mul(power)?,
        false if value % power == 0 => value / power,
        false => return None,
    };
    (value.unsigned_abs() < 10_u128.pow(precision as u32)).then_some(value)
}

/// Whether a primitive type's data are written as another's are.
pub(super) fn promoted(datum: &Datum, to: Primitive) -> Option<Datum> {
    Some(match (datum, to) {
        (Datum::Int(value), Primitive::Long) => Datum::Long((*value).into()),
        (Datum::Int(value), Primitive::Float) => Datum::Float(*value as f32),
        (Datum::Int(value), Primitive::Double) => Datum::Double((*value).into()),
        (Datum::Long(value), Primitive::Float) => Datum::Float(*value as f32),
        (Datum::Long(value), Primitive::Double) => Datum::Double(*value as f64),
        (Datum::Float(value), Primitive::Double) => Datum::Double((*value).into()),
        (Datum::String(text), Primitive::Bytes) => Datum::Bytes(text.clone().into_bytes()),
        (Datum::Bytes(bytes), Primitive::String) => {
            Datum::String(String::from_utf8(bytes.clone()).ok()?)
        }
        _ => datum.clone(),
    })
}
