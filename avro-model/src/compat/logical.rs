//! Two logical types on data that can be read → whether the values stay the same.

use super::finding::SemanticKind;
use crate::diagnostic::Severity;
use crate::schema::{Counted, LogicalType};

/// What reading one logical type as another does.
pub(super) struct Change {
    pub(super) kind: SemanticKind,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) note: &'static str,
}

const KEEP: &str = "keep the writer's logical type, and add a field for the other";

/// Compares the logical types of two places, `None` where there is none; `None` if they agree.
///
/// `text` says that one of them is a string and the other is bytes.
pub(super) fn compare(
    reader: Option<LogicalType>,
    writer: Option<LogicalType>,
    text: bool,
) -> Option<Change> {
    use SemanticKind::{LogicalTypeAdded, LogicalTypeRemoved};
    match (reader, writer) {
        (None, None) => None,
        (Some(reader), None) => Some(bare(LogicalTypeAdded, reader, text)),
        (None, Some(writer)) => Some(bare(LogicalTypeRemoved, writer, text)),
        (Some(reader), Some(writer)) if reader == writer => None,
        (Some(reader), Some(writer)) => Some(both(reader, writer)),
    }
}

fn bare(kind: SemanticKind, logical: LogicalType, text: bool) -> Change {
    let name = logical.name();
    // Digits as text are not the bytes of a number.
    let number = matches!(
        logical,
        LogicalType::Decimal { .. } | LogicalType::BigDecimal
    );
    if text && number {
        return Change {
            kind: SemanticKind::LogicalType,
            severity: Severity::Error,
            message: format!("the bytes of a {name} and text are read as each other"),
            note: KEEP,
        };
    }
    let (message, note) = match kind {
        SemanticKind::LogicalTypeAdded => (
            format!("the reader takes for {name} what the writer writes without a logical type"),
            "make sure that every writer has always written it so",
        ),
        _ => (
            format!("the writer writes {name}, and the reader sees its base type alone"),
            "keep the logical type unless the readers give it its meaning themselves",
        ),
    };
    Change {
        kind,
        severity: Severity::Warning,
        message,
        note,
    }
}

fn both(reader: LogicalType, writer: LogicalType) -> Change {
    if let (LogicalType::Decimal { .. }, LogicalType::Decimal { .. }) = (reader, writer) {
        return decimals(reader, writer);
    }
    let (kind, message) = match (reader.count(), writer.count()) {
        (Some((what, read)), Some((written_what, written))) if what == written_what => (
            SemanticKind::TimeUnit,
            format!(
                "the writer counts {}, and the reader takes them for {}",
                unit(written),
                unit(read)
            ),
        ),
        (
            Some((Counted::Timestamp | Counted::LocalTimestamp, _)),
            Some((Counted::Timestamp | Counted::LocalTimestamp, _)),
        ) => (
            SemanticKind::LocalTimestamp,
            format!(
                "the writer's {} is read as {}: an instant and a local date and time are not the \
                 same",
                writer.name(),
                reader.name()
            ),
        ),
        _ => (
            SemanticKind::LogicalType,
            format!(
                "the writer's {} is read as {}",
                writer.name(),
                reader.name()
            ),
        ),
    };
    Change {
        kind,
        severity: Severity::Error,
        message,
        note: KEEP,
    }
}

fn decimals(reader: LogicalType, writer: LogicalType) -> Change {
    let parameters = |logical| match logical {
        LogicalType::Decimal { precision, scale } => (precision, scale),
        _ => (0, 0),
    };
    let ((precision, scale), (was, other)) = (parameters(reader), parameters(writer));
    if scale != other {
        return Change {
            kind: SemanticKind::DecimalScale,
            severity: Severity::Error,
            message: format!(
                "the writer's decimal has scale {other} and the reader's has scale {scale}: a \
                 reader that does not rescale moves the point"
            ),
            note: "keep the scale, and add a field for the other",
        };
    }
    let (severity, effect) = match precision < was {
        true => (Severity::Error, "not every number of the writer's fits"),
        // The number is the same; the specification calls the two different all the same.
        false => (Severity::Warning, "every number of the writer's fits"),
    };
    Change {
        kind: SemanticKind::DecimalPrecision,
        severity,
        message: format!(
            "the writer's decimal has precision {was} and the reader's has {precision}: {effect}"
        ),
        note: "keep the precision, or add a field for the other",
    }
}

/// So many of them make a second.
fn unit(per_second: u32) -> &'static str {
    match per_second {
        1_000 => "milliseconds",
        1_000_000 => "microseconds",
        _ => "nanoseconds",
    }
}
