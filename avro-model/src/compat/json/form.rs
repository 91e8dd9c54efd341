//! A schema → how its values look as JSON.

use crate::schema::{LogicalType, SchemaKind};
use crate::shape::Shape;

/// How a value looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Null,
    Boolean,
    /// A number; the greater the rank, the more numbers there are: int, long, float, double.
    Number(u8),
    /// A text that is anything.
    Text,
    /// A text that is one of an enum's symbols.
    Symbol,
    /// A text that stands for a value: what it is.
    Written(&'static str),
    Array,
    Object,
}

impl Form {
    /// Whether a reader of this form takes values of that one.
    pub(super) fn reads(self, writer: Self) -> bool {
        match (self, writer) {
            (Self::Number(reader), Self::Number(writer)) => reader >= writer,
            // What the text means is another matter.
            (Self::Text, Self::Symbol | Self::Written(_)) => !writer.is_bytes(),
            (Self::Written(UUID), Self::Text) => true,
            (reader, writer) => reader == writer,
        }
    }

    fn is_bytes(self) -> bool {
        matches!(self, Self::Written(BASE64 | CODE_POINTS))
    }

    /// The form in a sentence.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Number(0) => "a number of 32 bits",
            Self::Number(1) => "a number of 64 bits",
            Self::Number(2) => "a number with a fraction, in single precision",
            Self::Number(_) => "a number with a fraction",
            Self::Text => "a text",
            Self::Symbol => "a symbol",
            Self::Written(what) => what,
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

const BASE64: &str = "bytes in base64";
const CODE_POINTS: &str = "a text of a character for each byte";
const UUID: &str = "a UUID as text";

/// In plain JSON, where logical types have forms of their own.
pub(super) fn plain(shape: Shape<'_>, logical: Option<LogicalType>) -> Form {
    use LogicalType as L;
    match logical {
        None => base(shape, BASE64),
        Some(L::Decimal { .. } | L::BigDecimal) => Form::Written("a decimal as text"),
        Some(L::Uuid) => Form::Written(UUID),
        Some(L::Date) => Form::Written("a date as text"),
        Some(L::TimeMillis | L::TimeMicros) => Form::Written("a time of day as text"),
        Some(L::TimestampMillis | L::TimestampMicros | L::TimestampNanos) => {
            Form::Written("an instant as text")
        }
        Some(L::LocalTimestampMillis | L::LocalTimestampMicros | L::LocalTimestampNanos) => {
            Form::Written("a local date and time as text")
        }
        Some(L::Duration) => Form::Written("a duration as text"),
    }
}

/// In Avro JSON, where values are those of the base type.
pub(super) fn avro(shape: Shape<'_>, _: Option<LogicalType>) -> Form {
    base(shape, CODE_POINTS)
}

fn base(shape: Shape<'_>, bytes: &'static str) -> Form {
    use SchemaKind as K;
    match shape {
        Shape::Primitive(kind) => match kind {
            K::Null => Form::Null,
            K::Boolean => Form::Boolean,
            K::Int => Form::Number(0),
            K::Long => Form::Number(1),
            K::Float => Form::Number(2),
            K::Double => Form::Number(3),
            K::Bytes => Form::Written(bytes),
            _ => Form::Text,
        },
        Shape::Fixed(..) => Form::Written(bytes),
        Shape::Enum(..) => Form::Symbol,
        Shape::Array(_) => Form::Array,
        Shape::Map(_) | Shape::Record(..) | Shape::Union(_) => Form::Object,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_form_reads_a_narrower_one() {
        let uuid = Form::Written(UUID);
        for (reader, writer, expected) in [
            (Form::Number(1), Form::Number(0), true),
            (Form::Number(3), Form::Number(1), true),
            (Form::Number(0), Form::Number(1), false),
            (Form::Text, Form::Symbol, true),
            (Form::Symbol, Form::Text, false),
            (Form::Text, uuid, true),
            (uuid, Form::Text, true),
            (Form::Text, Form::Written(BASE64), false),
            (Form::Written(BASE64), Form::Text, false),
            (Form::Object, Form::Array, false),
            (Form::Null, Form::Null, true),
        ] {
            assert_eq!(reader.reads(writer), expected, "{reader:?} {writer:?}");
        }
    }
}
