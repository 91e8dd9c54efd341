//! What a Kafka client reports, in terms that do not depend on the client.

use std::error::Error;
use std::fmt;

/// A Kafka client could not do what it was asked.
///
/// It never holds the value of a setting, so that no secret can end up in a log.
pub struct TransportError(Box<Failure>);

struct Failure {
    kind: TransportErrorKind,
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// The class of a [`TransportError`]: what a caller can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// A setting is unknown, invalid or refused.
    Configuration,
    /// Brokers cannot be reached, or are electing leaders or coordinators: it passes.
    Unavailable,
    /// No answer in time. A record may have been written nevertheless: sending it again can write it twice.
    TimedOut,
    /// The client's own queue is full: records come faster than the brokers take them.
    QueueFull,
    /// The topic or partition does not exist, or not yet.
    UnknownTopic,
    /// The brokers refuse the record itself: too large, invalid time stamp, against a policy.
    Rejected,
    /// Not authenticated, or not allowed to do this.
    Unauthorized,
    /// The partition no longer belongs to this member of the group; another one goes on from the last commit.
    Revoked,
    /// The client cannot be used any longer; make a new one.
    Fatal,
    /// The client or the record was given up: closed, purged, cancelled.
    Closed,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retriable(self) -> bool {
        matches!(
            self,
            Self::Unavailable | Self::TimedOut | Self::QueueFull | Self::UnknownTopic
        )
    }
}

impl TransportError {
    /// An error of that class; `message` says what was tried and what came of it.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Failure {
            kind,
            message: message.into(),
            source: None,
        }))
    }

    /// The same error with its cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The class of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retriable(&self) -> bool {
        self.0.kind.is_retriable()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("source", &self.0.source)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}
