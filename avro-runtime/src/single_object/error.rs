//! Why a message could not be read, or a schema not be added.

use core::fmt;

use super::{Fingerprint, MARKER};
use crate::error::Count;
use crate::{DecodeError, ResolveError};

/// Why a message in single-object encoding could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SingleObjectError {
    /// Bytes that do not begin with the marker and a fingerprint: they were not written in
    /// single-object encoding.
    NoHeader {
        /// How many bytes there are.
        len: usize,
        /// The first two.
        start: Option<[u8; 2]>,
    },
    /// A message whose schema is not known here.
    UnknownSchema(Fingerprint),
    /// The datum is none of the writer's schema, or none that the reader has a value for.
    Datum(DecodeError),
}

/// Why a schema was not added to a [`SchemaStore`](super::SchemaStore).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreError {
    /// No valid schema, or one that the store's type cannot read.
    Schema(ResolveError),
    /// Another schema of the store has the same fingerprint and another meaning, such as a decimal
    /// of another scale: nothing in a message says by which of them it was written.
    Ambiguous(Fingerprint),
    /// The store holds as many schemas as it may.
    Full {
        /// How many.
        capacity: usize,
    },
}

impl fmt::Display for SingleObjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeader {
                start: Some(MARKER),
                len,
            } => write!(
                f,
                "a message of {} ends inside its header of {}",
                Count(*len, "byte"),
                super::HEADER_LEN
            ),
            Self::NoHeader { start, len } => {
                f.write_str("the message is not in single-object encoding: it ")?;
                match start {
                    Some([a, b]) => {
                        write!(f, "begins with {a:#04x} {b:#04x} and not with 0xc3 0x01")
                    }
                    None => write!(f, "has {}", Count(*len, "byte")),
                }
            }
            Self::UnknownSchema(fingerprint) => write!(
                f,
                "no schema with the fingerprint {fingerprint} is known here; add the writer's schema to the SchemaStore"
            ),
            Self::Datum(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(error) => error.fmt(f),
            Self::Ambiguous(fingerprint) => write!(
                f,
                "two schemas have the fingerprint {fingerprint} and differ in what it does not show, such as a logical type: a message cannot say which it is of; keep one of them, or send its messages with a schema registry"
            ),
            Self::Full { capacity } => write!(
                f,
                "the store holds {}, as many as it may; make it with a larger capacity",
                Count(*capacity, "schema")
            ),
        }
    }
}

impl std::error::Error for SingleObjectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Datum(error) => Some(error),
            _ => None,
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Schema(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DecodeError> for SingleObjectError {
    fn from(error: DecodeError) -> Self {
        Self::Datum(error)
    }
}

impl From<ResolveError> for StoreError {
    fn from(error: ResolveError) -> Self {
        Self::Schema(error)
    }
}
