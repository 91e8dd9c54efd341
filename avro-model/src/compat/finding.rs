//! What a comparison finds: kinds, places, sentences.

use std::fmt;

use super::place::Place;
use crate::codes::Code;
use crate::diagnostic::Severity;

/// Why data of the writer cannot be read by the reader; the kinds of Java's
/// `SchemaIncompatibilityType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Two named types, or a field and several fields, whose names do not pair up.
    NameMismatch,
    /// Two fixed types of different sizes.
    FixedSizeMismatch,
    /// An enum without a default that lacks symbols of the writer's.
    MissingEnumSymbols,
    /// A field that the writer does not write and that has no default.
    ReaderFieldMissingDefaultValue,
    /// Two types of which one cannot be read as the other.
    TypeMismatch,
    /// A union without a branch for what the writer writes.
    MissingUnionBranch,
}

/// One reason why data of the writer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incompatibility {
    /// Which kind of reason.
    pub kind: Kind,
    /// Where in the reader's schema.
    pub reader: Place,
    /// Where in the writer's schema.
    pub writer: Place,
    /// What is wrong, as a sentence: lower case, no full stop.
    pub message: String,
    /// What to do instead.
    pub notes: Vec<String>,
    /// Of a missing branch, where the reader's union has one of that name or type: why that one
    /// does not fit. They have no causes of their own: unions inside are looked through.
    pub causes: Vec<Incompatibility>,
}

/// How data that can be read come to mean something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SemanticKind {
    /// Two decimals whose point stands elsewhere.
    DecimalScale,
    /// Two decimals of the same scale and of different precision.
    DecimalPrecision,
    /// Two times, or two timestamps, counted in different units.
    TimeUnit,
    /// An instant read as a local date and time, or the reverse.
    LocalTimestamp,
    /// Two other logical types that differ.
    LogicalType,
    /// A logical type where the writer has its base type alone.
    LogicalTypeAdded,
    /// The base type alone where the writer has a logical type.
    LogicalTypeRemoved,
    /// Symbols of the writer's that the reader takes for its enum's default.
    EnumDefault,
}

/// One way in which data are read without an error and mean something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Semantic {
    /// Which way.
    pub kind: SemanticKind,
    /// How much it weighs by default: an error where values change, a warning where only their
    /// reading does.
    pub severity: Severity,
    /// Where in the reader's schema; a branch of its union is part of the location.
    pub reader: Place,
    /// Where in the writer's schema.
    pub writer: Place,
    /// What is wrong, as a sentence: lower case, no full stop.
    pub message: String,
    /// What to do instead.
    pub notes: Vec<String>,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::NameMismatch,
        Self::FixedSizeMismatch,
        Self::MissingEnumSymbols,
        Self::ReaderFieldMissingDefaultValue,
        Self::TypeMismatch,
        Self::MissingUnionBranch,
    ];

    /// The name that Java gives it: `TYPE_MISMATCH`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameMismatch => "NAME_MISMATCH",
            Self::FixedSizeMismatch => "FIXED_SIZE_MISMATCH",
            Self::MissingEnumSymbols => "MISSING_ENUM_SYMBOLS",
            Self::ReaderFieldMissingDefaultValue => "READER_FIELD_MISSING_DEFAULT_VALUE",
            Self::TypeMismatch => "TYPE_MISMATCH",
            Self::MissingUnionBranch => "MISSING_UNION_BRANCH",
        }
    }

    /// The code of its diagnostics.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::NameMismatch => Code::NameMismatch,
            Self::FixedSizeMismatch => Code::FixedSizeMismatch,
            Self::MissingEnumSymbols => Code::MissingEnumSymbols,
            Self::ReaderFieldMissingDefaultValue => Code::MissingDefault,
            Self::TypeMismatch => Code::TypeMismatch,
            Self::MissingUnionBranch => Code::MissingUnionBranch,
        }
    }
}

impl SemanticKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::DecimalScale,
        Self::DecimalPrecision,
        Self::TimeUnit,
        Self::LocalTimestamp,
        Self::LogicalType,
        Self::LogicalTypeAdded,
        Self::LogicalTypeRemoved,
        Self::EnumDefault,
    ];

    /// Its name, in the form of Java's: `TIME_UNIT`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DecimalScale => "DECIMAL_SCALE",
            Self::DecimalPrecision => "DECIMAL_PRECISION",
            Self::TimeUnit => "TIME_UNIT",
            Self::LocalTimestamp => "LOCAL_TIMESTAMP",
            Self::LogicalType => "LOGICAL_TYPE",
            Self::LogicalTypeAdded => "LOGICAL_TYPE_ADDED",
            Self::LogicalTypeRemoved => "LOGICAL_TYPE_REMOVED",
            Self::EnumDefault => "ENUM_DEFAULT",
        }
    }

    /// The code of its diagnostics where the reader is the new version.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::DecimalScale => Code::DecimalScaleChanged,
            Self::DecimalPrecision => Code::DecimalPrecisionChanged,
            Self::TimeUnit => Code::TimeUnitChanged,
            Self::LocalTimestamp => Code::LocalTimestampChanged,
            Self::LogicalType => Code::LogicalTypeChanged,
            Self::LogicalTypeAdded => Code::LogicalTypeAdded,
            Self::LogicalTypeRemoved => Code::LogicalTypeRemoved,
            Self::EnumDefault => Code::SymbolSwallowed,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for SemanticKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
