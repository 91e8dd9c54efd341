//! What can be wrong with bytes or JSON text that are read.

use core::fmt;

use super::{EncodeErrorKind, Segment, Trail, display};

/// Why a datum or a JSON text could not be read, where in the value, and at which byte.
///
/// Eight bytes wide; the details are boxed.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, PartialEq, Eq)]
struct Details {
    kind: DecodeErrorKind,
    offset: usize,
    trail: Trail,
}

/// A bound of [`Limits`](crate::Limits) that a datum would have crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// Values of recursive types inside one another.
    Depth,
    /// The length of one string or bytes value.
    Length,
    /// The elements of all arrays and maps of the datum together.
    Items,
    /// The memory that the decoded value may take.
    Allocation,
}

/// What was wrong with the bytes or the JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends in the middle of a value.
    UnexpectedEnd,
    /// A variable-length number of more bytes than its type has, five for an `int` and ten for a
    /// `long`, or one that exceeds 64 bits.
    InvalidVarint,
    /// A number that does not fit the 32 bits of an `int`.
    IntOutOfRange(i64),
    /// A string, bytes or block length below zero, or one whose negation overflows.
    InvalidLength(i64),
    /// A boolean that is neither 0 nor 1.
    InvalidBoolean(u8),
    /// A string that is not UTF-8; the offset is that of the first wrong byte.
    InvalidUtf8,
    /// A union branch that the schema does not have.
    InvalidBranch {
        /// The index read.
        index: i64,
        /// How many branches the union has.
        branches: usize,
    },
    /// An enum symbol that the schema does not have.
    InvalidSymbol {
        /// The index read.
        index: i64,
        /// How many symbols the enum has.
        symbols: usize,
    },
    /// A value outside the range of its logical type, or of the Rust type that stands for it.
    OutOfRange(&'static str),
    /// A decimal that would need more digits behind the point than its schema has.
    LosesDigits {
        /// The schema's scale.
        scale: u32,
    },
    /// A decimal of more digits than its schema has.
    ExceedsPrecision {
        /// The schema's precision.
        precision: u32,
    },
    /// A crossed limit, set by [`Limits`](crate::Limits).
    LimitExceeded(Limit),
    /// A time or decimal of the writer's that the reader's unit or scale cannot hold exactly: it
    /// "overflows" or "loses digits".
    NotExact(&'static str),
    /// Data of another schema that the reader's schema has no value for; says which and why.
    Unreadable(Box<str>),
    /// Bytes left over after the datum.
    LeftOver(usize),
    /// JSON text that is not what the schema asks for at this place; says what was expected.
    Expected(&'static str),
    /// A JSON object without a field that has no default in the schema.
    MissingField(&'static str),
    /// A key that the record does not have, where every key counts: in Avro's JSON encoding, and in
    /// the unions of plain JSON.
    UnknownKey(Box<str>),
    /// A key that a JSON object has twice; the place is that of the second.
    RepeatedKey(Box<str>),
    /// The only key of an object that stands for a union's value, and names no branch.
    UnknownBranch {
        /// The key.
        name: Box<str>,
        /// The names of the branches that a key can name, in the schema's order; of many the first.
        branches: Box<str>,
    },
    /// A JSON string that is none of the enum's symbols.
    UnknownSymbol(Box<str>),
    /// A JSON value that fits no branch of the union.
    NoBranch {
        /// The name of the branch of which most could be read.
        nearest: &'static str,
        /// Why the value does not fit that branch; its path begins at the union.
        reason: Box<DecodeError>,
    },
    /// Nested unions that would have to be tried in too many combinations.
    TooManyAttempts,
}

impl DecodeError {
    /// An error of this kind at this byte of the input; for codecs written by hand.
    #[cold]
    #[inline(never)]
    pub fn new(kind: DecodeErrorKind, offset: usize) -> Self {
        Self(Box::new(Details {
            kind,
            offset,
            trail: Trail::default(),
        }))
    }

    /// What was wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// The byte of the input at which the offending number, length, or piece of data begins.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The place in the value, such as `OrderEvent.payload.items[3].quantity`. Of a long one the steps
    /// in the middle are counted, not named.
    pub fn path(&self) -> String {
        self.0.trail.to_string()
    }

    /// The same error, one step further out.
    #[cold]
    #[inline(never)]
    pub(crate) fn inside(mut self, segment: Segment) -> Self {
        self.0.trail.push(segment);
        self
    }

    /// The same error, one record's field further out.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_field(self, field: &'static str) -> Self {
        self.inside(Segment::Field(field))
    }

    /// The same error, of a datum of this type.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_type(mut self, fullname: &'static str) -> Self {
        self.0.trail.set_fullname(fullname);
        self
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Depth => "depth",
            Self::Length => "length",
            Self::Items => "items",
            Self::Allocation => "allocation",
        })
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEnd => f.write_str("the input ends inside a value"),
            Self::InvalidVarint => {
                f.write_str("a variable-length number has more bytes than its type")
            }
            Self::IntOutOfRange(n) => write!(f, "{n} does not fit an int of 32 bits"),
            Self::InvalidLength(n) => write!(f, "{n} is no valid length"),
            Self::InvalidBoolean(b) => write!(f, "a boolean is 0 or 1, not {b}"),
            Self::InvalidUtf8 => f.write_str("a string is not valid UTF-8"),
            Self::InvalidBranch { index, branches } => {
                write!(f, "branch {index} of a union that has {branches}")
            }
            Self::InvalidSymbol { index, symbols } => {
                write!(f, "symbol {index} of an enum that has {symbols}")
            }
            Self::OutOfRange(what) => write!(f, "value out of range for {what}"),
            Self::LosesDigits { scale } => EncodeErrorKind::LosesDigits { scale: *scale }.fmt(f),
            Self::ExceedsPrecision { precision } => {
                let precision = *precision;
                EncodeErrorKind::ExceedsPrecision { precision }.fmt(f)
            }
            Self::NotExact(how) => {
                write!(f, "the writer's value {how} in the reader's unit or scale")
            }
            Self::Unreadable(why) => write!(f, "data of the writer cannot be read: {why}"),
            Self::LimitExceeded(limit) => {
                write!(
                    f,
                    "the limit on {limit} is exceeded; raise it in Limits if the data is trusted"
                )
            }
            Self::LeftOver(1) => f.write_str("1 byte is left over after the datum"),
            Self::LeftOver(n) => write!(f, "{n} bytes are left over after the datum"),
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::MissingField(name) => {
                write!(f, "field {name:?} is missing and has no default")
            }
            Self::UnknownKey(key) => write!(f, "the record has no field {key:?}"),
            Self::RepeatedKey(key) => write!(f, "the object has the key {key:?} twice"),
            Self::UnknownBranch { name, branches } => {
                write!(f, "the union has no branch {name:?}, only {branches}")
            }
            Self::UnknownSymbol(symbol) => write!(f, "the enum has no symbol {symbol:?}"),
            Self::NoBranch { nearest, reason } => write!(
                f,
                "the value fits no branch of the union; the nearest is {nearest:?} ({reason})"
            ),
            Self::TooManyAttempts => {
                f.write_str("nested unions are too ambiguous to read; write their values tagged")
            }
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(f, &self.0.kind, &self.0.trail)?;
        write!(f, " at byte {}", self.0.offset)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("offset", &self.0.offset)
            .field("path", &self.path())
            .finish()
    }
}

impl std::error::Error for DecodeError {}
