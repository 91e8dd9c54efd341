//! Why a value was not sent.

use std::error::Error;
use std::fmt;

use avro_registry::RegistryError;
use avro_runtime::EncodeError;
use avro_runtime::validate::Violations;

use super::TransportError;

/// A value was not sent, or nobody knows whether it was written ([`TransportErrorKind::TimedOut`]).
///
/// [`TransportErrorKind::TimedOut`]: crate::TransportErrorKind::TimedOut
#[derive(Debug)]
#[non_exhaustive]
pub enum ProduceError {
    /// The value breaks the rules of its type. Nothing was sent.
    Invalid(Violations),
    /// The value does not fit its schema, for example a time out of range. Nothing was sent.
    Encode(EncodeError),
    /// The schema's id could not be had from the registry. Nothing was sent.
    Registry(Box<SubjectError>),
    /// The client did not take the record, or its delivery failed.
    Transport(TransportError),
}

/// The registry gave no id for a schema under a subject.
#[derive(Debug)]
#[non_exhaustive]
pub struct SubjectError {
    /// The subject.
    pub subject: String,
    /// What the registry said.
    pub source: RegistryError,
}

impl ProduceError {
    /// Whether sending the same value again may succeed without anybody changing anything.
    ///
    /// After a time-out it may also write the record a second time.
    pub fn is_retriable(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Encode(_) => false,
            Self::Registry(error) => error.source.is_retriable(),
            Self::Transport(error) => error.is_retriable(),
        }
    }
}

impl fmt::Display for ProduceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(f, "the value is invalid: {violations}"),
            Self::Encode(error) => write!(f, "the value cannot be encoded: {error}"),
            Self::Registry(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for SubjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no schema id for subject {}: {}",
            self.subject, self.source
        )
    }
}

impl Error for ProduceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Invalid(violations) => violations,
            Self::Encode(error) => error,
            Self::Registry(error) => &error.source,
            Self::Transport(error) => error,
        })
    }
}

impl Error for SubjectError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl From<TransportError> for ProduceError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
