//! What every transport does alike about commits: the report of one, and what of a list of positions can be committed.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use crate::error::{CommitError, TransportError, TransportErrorKind, Uncommitted};
use crate::record::Position;

/// A commit on its way; await it to know the outcome. Dropping it does not take the commit back.
#[must_use = "without its outcome nobody knows whether the positions are committed"]
pub struct PendingCommit {
    /// A consumer holds one, and is shared between threads: hence the mutex, which is never locked.
    outcome: Mutex<Outcome>,
}

type Outcome = Pin<Box<dyn Future<Output = Result<(), CommitError>> + Send>>;

impl PendingCommit {
    /// Wraps what a transport waits for.
    pub fn new(outcome: impl Future<Output = Result<(), CommitError>> + Send + 'static) -> Self {
        Self {
            outcome: Mutex::new(Box::pin(outcome)),
        }
    }
}

impl Future for PendingCommit {
    type Output = Result<(), CommitError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = self.outcome.get_mut();
        let outcome = outcome.unwrap_or_else(PoisonError::into_inner);
        outcome.as_mut().poll(cx)
    }
}

impl fmt::Debug for PendingCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingCommit").finish_non_exhaustive()
    }
}

/// What a commit of these positions stores: of each partition the highest, with the offset after it.
pub(crate) fn highest(positions: &[Position]) -> Vec<&Position> {
    let mut highest: BTreeMap<(&str, i32), &Position> = BTreeMap::new();
    for position in positions {
        let last = highest
            .entry((&position.topic, position.partition))
            .or_insert(position);
        if position.offset > last.offset {
            *last = position;
        }
    }
    highest.into_values().collect()
}

/// The offset that a group stores when the record at this position is done. Anybody can make a position: not each is
/// one of a record.
pub(crate) fn offset_after(position: &Position) -> Result<i64, Uncommitted> {
    let next = position.offset.checked_add(1);
    next.filter(|next| *next > 0).ok_or_else(|| Uncommitted {
        position: position.clone(),
        reason: TransportError::new(
            TransportErrorKind::Rejected,
            format!("no record has the offset {}", position.offset),
        ),
    })
}

/// The group does not, or no longer, assign the partition to the member that wants to commit.
pub(crate) fn revoked(position: &Position, group: &str) -> Uncommitted {
    Uncommitted {
        position: position.clone(),
        reason: TransportError::new(
            TransportErrorKind::Revoked,
            format!("group {group} does not assign the partition to this member"),
        ),
    }
}

/// None of these positions is committed, for one reason.
pub(crate) fn all_uncommitted<'a>(
    positions: impl IntoIterator<Item = &'a Position>,
    reason: &TransportError,
) -> Vec<Uncommitted> {
    let uncommitted = |position: &Position| Uncommitted {
        position: position.clone(),
        reason: reason.clone(),
    };
    positions.into_iter().map(uncommitted).collect()
}
