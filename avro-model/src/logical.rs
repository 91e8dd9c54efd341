//! Attributes → logical type, where they make a valid one (specification 1.12, "Logical Types").

use crate::count::Count;
use crate::json::Member;
use crate::schema::{Counted, LogicalType, SchemaKind};
use crate::suggest::{is_slip, nearest};

/// What a logical type may annotate.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Carrier<'a> {
    /// A schema that is no definition.
    Plain(&'a SchemaKind),
    /// A fixed of this many bytes.
    Fixed(usize),
    /// A record, enum, or reference to a named type: no logical type annotates these.
    Other,
}

/// What the attributes of a schema say about its logical type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Annotation<'a> {
    /// Nothing.
    None,
    /// A logical type whose name the specification does not know.
    Unknown(&'a str),
    /// A logical type that is ignored, and why.
    Invalid {
        /// What is wrong with it.
        reason: String,
        /// What to write instead.
        advice: String,
    },
    /// A valid one.
    Valid(LogicalType),
}

/// Every name that the specification knows, and what it annotates.
const KNOWN: [(&str, &str); 13] = [
    ("decimal", "bytes or a fixed"),
    ("big-decimal", "bytes"),
    ("uuid", "string or a fixed of 16 bytes"),
    ("date", "int"),
    ("time-millis", "int"),
    ("time-micros", "long"),
    ("timestamp-millis", "long"),
    ("timestamp-micros", "long"),
    ("timestamp-nanos", "long"),
    ("local-timestamp-millis", "long"),
    ("local-timestamp-micros", "long"),
    ("local-timestamp-nanos", "long"),
    ("duration", "a fixed of 12 bytes"),
];

/// Words that a slip of the hand can make of a known name, and that people use for something else:
/// identifiers beside UUIDs, and a rate beside a date.
const OTHERS: [&str; 5] = ["cuid", "guid", "rate", "uid", "ulid"];

/// The names of the logical types that may annotate this, in the order of the specification.
pub(crate) fn names_on(carrier: Carrier<'_>) -> impl Iterator<Item = &'static str> {
    let names = KNOWN.iter().map(|&(name, _)| name);
    names.filter(move |name| may_annotate(name, carrier))
}

/// Whether a name is nobody's misspelling: people use it for a logical type of their own.
pub(crate) fn is_another(name: &str) -> bool {
    OTHERS.contains(&name)
}

/// The logical type whose name this one is but for a slip of the hand, if it may annotate this.
pub(crate) fn misspelled(name: &str, carrier: Carrier<'_>) -> Option<&'static str> {
    let is_word = is_another(name) || KNOWN.iter().any(|&(known, _)| known == name);
    names_on(carrier).find(|known| !is_word && is_slip(name, known))
}

/// Whether a logical type may annotate this, whatever its parameters.
fn may_annotate(name: &str, carrier: Carrier<'_>) -> bool {
    let of_decimal = matches!(
        carrier,
        Carrier::Plain(SchemaKind::Bytes) | Carrier::Fixed(_)
    );
    simple(name, carrier).is_some() || (name == "decimal" && of_decimal)
}

/// Reads the logical type of a schema out of its attributes.
pub(crate) fn annotation<'a>(attributes: &[&'a Member], carrier: Carrier<'_>) -> Annotation<'a> {
    let attribute = find(attributes, "logicalType");
    let Some(attribute) = attribute.filter(|attribute| !attribute.value.is_null()) else {
        return Annotation::None;
    };
    let Some(name) = attribute.value.as_str() else {
        return Annotation::Invalid {
            reason: format!(
                "a logical type is a string, found {}",
                attribute.value.describe()
            ),
            advice: "write its name in double quotes".to_owned(),
        };
    };
    let Some(&(_, expected)) = KNOWN.iter().find(|&&(known, _)| known == name) else {
        return Annotation::Unknown(name);
    };
    if name == "decimal" && may_annotate(name, carrier) {
        return decimal(attributes, carrier);
    }
    match simple(name, carrier) {
        Some(logical) => Annotation::Valid(logical),
        None => Annotation::Invalid {
            reason: format!("`{name}` annotates {expected}"),
            advice: format!("annotate {expected}, or remove the logical type"),
        },
    }
}

/// The logical types without parameters.
fn simple(name: &str, carrier: Carrier<'_>) -> Option<LogicalType> {
    use SchemaKind::{Bytes, Int, Long, String};
    Some(match (name, carrier) {
        ("big-decimal", Carrier::Plain(Bytes)) => LogicalType::BigDecimal,
        ("uuid", Carrier::Plain(String) | Carrier::Fixed(16)) => LogicalType::Uuid,
        ("date", Carrier::Plain(Int)) => LogicalType::Date,
        ("time-millis", Carrier::Plain(Int)) => LogicalType::TimeMillis,
        ("time-micros", Carrier::Plain(Long)) => LogicalType::TimeMicros,
        ("timestamp-millis", Carrier::Plain(Long)) => LogicalType::TimestampMillis,
        ("timestamp-micros", Carrier::Plain(Long)) => LogicalType::TimestampMicros,
        ("timestamp-nanos", Carrier::Plain(Long)) => LogicalType::TimestampNanos,
        ("local-timestamp-millis", Carrier::Plain(Long)) => LogicalType::LocalTimestampMillis,
        ("local-timestamp-micros", Carrier::Plain(Long)) => LogicalType::LocalTimestampMicros,
        ("local-timestamp-nanos", Carrier::Plain(Long)) => LogicalType::LocalTimestampNanos,
        ("duration", Carrier::Fixed(12)) => LogicalType::Duration,
        _ => return None,
    })
}

fn decimal(attributes: &[&Member], carrier: Carrier<'_>) -> Annotation<'static> {
    match decimal_parameters(attributes, carrier) {
        Ok(logical) => Annotation::Valid(logical),
        Err((reason, advice)) => Annotation::Invalid { reason, advice },
    }
}

/// Precision and scale; or what is wrong with them, and what to do.
fn decimal_parameters(
    attributes: &[&Member],
    carrier: Carrier<'_>,
) -> Result<LogicalType, (String, String)> {
    let integer = |key: &str| {
        find(attributes, key).map(|member| {
            let value = member
                .value
                .as_integer()
                .and_then(|value| u32::try_from(value).ok());
            value.ok_or_else(|| format!("its {key} is `{:#}`", member.value))
        })
    };
    const PRECISION: &str = "write the precision as an integer of at least 1";
    let precision = match integer("precision") {
        None => {
            let advice = misspelled_precision(attributes).unwrap_or_else(|| PRECISION.to_owned());
            return Err(("a decimal without `precision`".to_owned(), advice));
        }
        Some(Ok(0)) => return Err(("its precision is `0`".to_owned(), PRECISION.to_owned())),
        Some(precision) => precision.map_err(|reason| (reason, PRECISION.to_owned()))?,
    };
    const SCALE: &str = "write the scale as an integer from 0 to the precision";
    let scale = integer("scale")
        .unwrap_or(Ok(0))
        .map_err(|reason| (reason, SCALE.to_owned()))?;
    if scale > precision {
        return Err((
            format!("its scale {scale} exceeds its precision {precision}"),
            SCALE.to_owned(),
        ));
    }
    if let Carrier::Fixed(size) = carrier {
        let most = most_digits(size);
        if u128::from(precision) > most {
            let (bytes, digits) = (Count(size, "byte"), Count(most as usize, "digit"));
            let reason = format!("a fixed of {bytes} holds {digits}, its precision is {precision}");
            let advice = "enlarge the fixed or lower the precision".to_owned();
            return Err((reason, advice));
        }
    }
    Ok(LogicalType::Decimal { precision, scale })
}

/// The advice where the precision is there under another spelling.
fn misspelled_precision(attributes: &[&Member]) -> Option<String> {
    let keys = attributes.iter().map(|member| member.key.as_str());
    let found = nearest("precision", keys)?;
    Some(format!("did you mean `precision`? there is `{found}`"))
}

/// How many decimal digits every number of that many digits fits into `size` bytes with:
/// floor(log10(2^(8 size - 1) - 1)).
fn most_digits(size: usize) -> u128 {
    // log10(2) to 20 places; a size is below 2^31, so neither overflow nor rounding can show.
    const LOG10_2: u128 = 30_102_999_566_398_119_521;
    const ONE: u128 = 100_000_000_000_000_000_000;
    (8 * size as u128).saturating_sub(1) * LOG10_2 / ONE
}

fn find<'a>(attributes: &[&'a Member], key: &str) -> Option<&'a Member> {
    attributes.iter().copied().find(|member| member.key == key)
}

/// Whether this attribute has been read into a valid logical type.
pub(crate) fn is_parameter(logical: LogicalType, key: &str) -> bool {
    match logical {
        LogicalType::Decimal { .. } => matches!(key, "logicalType" | "precision" | "scale"),
        _ => key == "logicalType",
    }
}

impl LogicalType {
    /// The name that `logicalType` has.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decimal { .. } => "decimal",
            Self::BigDecimal => "big-decimal",
            Self::Uuid => "uuid",
            Self::Date => "date",
            Self::TimeMillis => "time-millis",
            Self::TimeMicros => "time-micros",
            Self::TimestampMillis => "timestamp-millis",
            Self::TimestampMicros => "timestamp-micros",
            Self::TimestampNanos => "timestamp-nanos",
            Self::LocalTimestampMillis => "local-timestamp-millis",
            Self::LocalTimestampMicros => "local-timestamp-micros",
            Self::LocalTimestampNanos => "local-timestamp-nanos",
            Self::Duration => "duration",
        }
    }

    /// What a time or timestamp counts, and how many of its units make a second.
    #[must_use]
    pub const fn count(self) -> Option<(Counted, u32)> {
        const MILLIS: u32 = 1_000;
        const MICROS: u32 = 1_000_000;
        const NANOS: u32 = 1_000_000_000;
        Some(match self {
            Self::TimeMillis => (Counted::Time, MILLIS),
            Self::TimeMicros => (Counted::Time, MICROS),
            Self::TimestampMillis => (Counted::Timestamp, MILLIS),
            Self::TimestampMicros => (Counted::Timestamp, MICROS),
            Self::TimestampNanos => (Counted::Timestamp, NANOS),
            Self::LocalTimestampMillis => (Counted::LocalTimestamp, MILLIS),
            Self::LocalTimestampMicros => (Counted::LocalTimestamp, MICROS),
            Self::LocalTimestampNanos => (Counted::LocalTimestamp, NANOS),
            Self::Decimal { .. } | Self::BigDecimal | Self::Uuid | Self::Date | Self::Duration => {
                return None;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::most_digits;

    #[test]
    fn a_fixed_holds_as_many_digits_as_two_to_the_bits_allows() {
        for (size, digits) in [(0, 0), (1, 2), (2, 4), (4, 9), (8, 18), (12, 28), (16, 38)] {
            assert_eq!(most_digits(size), digits, "{size} bytes");
        }
    }
}
