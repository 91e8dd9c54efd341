//! Fields whose names promise a meaning that their types do not have: money, times, UUIDs.

use super::words::words;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::schema::{Field, Schema, SchemaKind};

/// What amounts of money are called.
const MONEY: [&str; 17] = [
    "amount", "amounts", "balance", "cost", "costs", "fee", "fees", "money", "price", "prices",
    "refund", "revenue", "salary", "subtotal", "tax", "taxes", "turnover",
];
/// What such a name ends with if it is a relation between amounts, or a count.
const RELATION: [&str; 12] = [
    "change",
    "count",
    "factor",
    "index",
    "pct",
    "percent",
    "percentage",
    "quantity",
    "rate",
    "ratio",
    "score",
    "share",
];
/// What `time` ends with such a word before it: how long something takes.
const TAKES: [&str; 24] = [
    "build",
    "cpu",
    "down",
    "elapsed",
    "execution",
    "flight",
    "idle",
    "lead",
    "life",
    "load",
    "play",
    "prep",
    "preparation",
    "processing",
    "response",
    "round",
    "run",
    "running",
    "spent",
    "total",
    "travel",
    "up",
    "wait",
    "waiting",
];
/// Units that a name may end with.
const UNITS: [&str; 14] = [
    "micros",
    "microseconds",
    "millis",
    "milliseconds",
    "ms",
    "nanos",
    "nanoseconds",
    "ns",
    "s",
    "sec",
    "seconds",
    "secs",
    "us",
    "utc",
];

/// Reports what one field's name promises and its type does not keep.
pub(super) fn check(field: &Field, owner: &str, found: &mut Diagnostics) {
    let Some(value) = plain_value(field) else {
        return;
    };
    let words = words(&field.name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ty = value.kind.keyword();
    let say = |code, what: &str, better: &str| {
        let message = format!("{owner} is {what} by its name, and a plain {ty}");
        Diagnostic::new(code, value.span, message)
            .note(format!("write {better} in place of \"{ty}\""))
    };
    let deployed = "where data are deployed, add a field beside this one: the two types do not mix";
    let finding = match value.kind {
        SchemaKind::Float | SchemaKind::Double if is_money(&words) => {
            let better =
                r#"{"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}"#;
            say(Code::FloatMoney, "an amount of money", better).note(deployed)
        }
        SchemaKind::String => match time(&words) {
            Some(time) => say(Code::TextTime, time.what(), time.logical()).note(deployed),
            None if is_uuid(&words) => {
                let better = r#"{"type": "string", "logicalType": "uuid"}"#;
                say(Code::TextUuid, "a UUID", better)
            }
            None => return,
        },
        SchemaKind::Int | SchemaKind::Long => match time(&words) {
            // 32 bits hold no milliseconds since 1970: the number counts something else.
            Some(Time::Instant) if matches!(value.kind, SchemaKind::Int) => return,
            Some(time) => say(Code::BareTime, time.what(), time.annotation(&value.kind)),
            None => return,
        },
        _ => return,
    };
    found.push(finding);
}

/// The type of a field's one value, or of each of many: itself, the one branch besides null, the
/// items, the values. Nothing if anything says what it means.
fn plain_value(field: &Field) -> Option<&Schema> {
    let says = |attributes: &[crate::json::Member]| {
        attributes
            .iter()
            .any(|member| member.key == "logicalType" && !member.value.is_null())
    };
    let mut schema = &field.schema;
    loop {
        schema = match &schema.kind {
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => inner,
            SchemaKind::Union(branches) => {
                let mut values = branches
                    .iter()
                    .filter(|branch| !matches!(branch.kind, SchemaKind::Null));
                match (values.next(), values.next()) {
                    (Some(only), None) => only,
                    _ => return None,
                }
            }
            _ => break,
        };
    }
    let silent = schema.logical.is_none() && !says(&schema.attributes) && !says(&field.attributes);
    silent.then_some(schema)
}

fn is_money(words: &[&str]) -> bool {
    words.iter().any(|word| MONEY.contains(word))
        && !words.last().is_some_and(|last| RELATION.contains(last))
}

fn is_uuid(words: &[&str]) -> bool {
    matches!(words.last(), Some(&("uuid" | "guid")))
}

/// What a name says of time.
#[derive(Clone, Copy)]
enum Time {
    Instant,
    Date,
}

impl Time {
    fn what(self) -> &'static str {
        match self {
            Self::Instant => "a point in time",
            Self::Date => "a date",
        }
    }

    fn logical(self) -> &'static str {
        match self {
            Self::Instant => r#"{"type": "long", "logicalType": "timestamp-millis"}"#,
            Self::Date => r#"{"type": "int", "logicalType": "date"}"#,
        }
    }

    /// What annotates the type that is there.
    fn annotation(self, kind: &SchemaKind) -> &'static str {
        match (self, kind) {
            (Self::Date, SchemaKind::Int) => Self::Date.logical(),
            _ => Self::Instant.logical(),
        }
    }
}

fn time(words: &[&str]) -> Option<Time> {
    let unit = words.last().is_some_and(|last| UNITS.contains(last));
    let words = &words[..words.len() - usize::from(unit)];
    let before = words.len().checked_sub(2).map(|before| words[before]);
    match (before, *words.last()?) {
        (_, "timestamp" | "datetime") | (Some(_), "at") => Some(Time::Instant),
        // With a unit, as long as not: `start_time_ms` and `think_time_ms`.
        (before, "time") if !unit && before.is_none_or(|word| !TAKES.contains(&word)) => {
            Some(Time::Instant)
        }
        (before, "date") if before != Some("to") => Some(Time::Date),
        (_, "birthday") => Some(Time::Date),
        _ if matches!(words, ["date", "of", ..]) => Some(Time::Date),
        _ => None,
    }
}
