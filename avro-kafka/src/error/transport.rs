//! What a Kafka client reports, in terms that do not depend on the client.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::Reaction;

/// A Kafka client could not do what it was asked.
///
/// Of the settings it holds the addresses of the brokers and nothing else, so that no secret can end up in a log.
#[derive(Clone)]
pub struct TransportError(Arc<Failure>);

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
    /// The group is dealing out its partitions anew, and this member has to take part first: call `recv`, and commit
    /// again after it.
    Rebalancing,
    /// The partition no longer belongs to this member of the group; another one goes on from the last commit. That is
    /// so after a rebalance, and after more than `max.poll.interval.ms` between two calls of `recv`.
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
            Self::Unavailable
                | Self::TimedOut
                | Self::QueueFull
                | Self::UnknownTopic
                | Self::Rebalancing
        )
    }

    /// What a consumer does after an error of this class, of `recv` or of a commit. Nothing else decides that.
    ///
    /// | kind | reaction | because |
    /// |---|---|---|
    /// | [`Rebalancing`](Self::Rebalancing) | [`GoOn`](Reaction::GoOn) | the next `recv` takes part in the rebalance; what was not committed can be committed after it |
    /// | [`Revoked`](Self::Revoked) | [`GoOn`](Reaction::GoOn) | the next `recv` joins the group again if need be; what was not committed is received again, here or by another member |
    /// | [`Unavailable`](Self::Unavailable), [`TimedOut`](Self::TimedOut), [`QueueFull`](Self::QueueFull) | [`Wait`](Reaction::Wait) | the client reconnects by itself |
    /// | [`UnknownTopic`](Self::UnknownTopic) | [`Wait`](Reaction::Wait) | the client looks for the topic again by itself |
    /// | [`Configuration`](Self::Configuration), [`Unauthorized`](Self::Unauthorized) | [`Stop`](Reaction::Stop) | somebody has to change a setting or a right |
    /// | [`Rejected`](Self::Rejected) | [`Stop`](Reaction::Stop) | a record that was fetched is too large or damaged, or no record has the position that was to be committed |
    /// | [`Fatal`](Self::Fatal), [`Closed`](Self::Closed) | [`Stop`](Reaction::Stop) | this consumer gives no more messages |
    /// | [`Other`](Self::Other) | [`Stop`](Reaction::Stop) | nobody knows whether going on is safe |
    pub fn reaction(self) -> Reaction {
        match self {
            Self::Rebalancing | Self::Revoked => Reaction::GoOn,
            Self::Unavailable | Self::TimedOut | Self::QueueFull | Self::UnknownTopic => {
                Reaction::Wait
            }
            Self::Configuration
            | Self::Rejected
            | Self::Unauthorized
            | Self::Fatal
            | Self::Closed
            | Self::Other => Reaction::Stop,
        }
    }
}

impl TransportError {
    /// An error of that class; `message` says what was tried and what came of it.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self(Arc::new(Failure {
            kind,
            message: message.into(),
            source: None,
        }))
    }

    /// The same error with its cause.
    #[must_use]
    pub fn caused_by(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Arc::new(Failure {
            kind: self.0.kind,
            message: self.0.message.clone(),
            source: Some(source.into()),
        }))
    }

    /// The class of the error.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_retriable(&self) -> bool {
        self.0.kind.is_retriable()
    }

    /// What a consumer does after this error: see [`TransportErrorKind::reaction`].
    pub fn reaction(&self) -> Reaction {
        self.0.kind.reaction()
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
