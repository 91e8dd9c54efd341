//! Why positions were not committed.

use std::error::Error;
use std::fmt;

use super::{Reaction, TransportError, TransportErrorKind};
use crate::record::Position;

/// So many positions are named in a message.
const SHOWN: usize = 5;

/// Some positions were not committed. Whatever else the commit was asked for is stored.
///
/// It names each partition once, by the highest position that was to be committed in it.
#[derive(Clone)]
pub struct CommitError {
    /// Never empty.
    uncommitted: Box<[Uncommitted]>,
}

/// A position that was not committed.
#[derive(Clone, Debug)]
pub struct Uncommitted {
    /// The position.
    pub position: Position,
    /// Why it was not, or why nobody knows whether it was ([`TransportErrorKind::TimedOut`]).
    pub reason: TransportError,
}

impl CommitError {
    /// The outcome of a commit that left these positions: no error if there is none.
    ///
    /// # Errors
    /// If there is one.
    pub fn unless_empty(uncommitted: Vec<Uncommitted>) -> Result<(), Self> {
        if uncommitted.is_empty() {
            return Ok(());
        }
        Err(Self {
            uncommitted: uncommitted.into(),
        })
    }

    /// The positions that were not committed, at least one.
    pub fn uncommitted(&self) -> &[Uncommitted] {
        &self.uncommitted
    }

    /// What a consumer does after this error: the gravest of what the reasons ask for. [`TransportErrorKind::reaction`]
    /// has them all.
    pub fn reaction(&self) -> Reaction {
        self.gravest().reaction()
    }

    /// The class of the reason that asks for the gravest reaction.
    pub fn kind(&self) -> TransportErrorKind {
        self.gravest().kind()
    }

    fn gravest(&self) -> &TransportError {
        let first = &self.uncommitted[0].reason;
        let reasons = self.uncommitted.iter().map(|it| &it.reason);
        reasons.fold(first, |gravest, reason| {
            if reason.reaction() > gravest.reaction() {
                reason
            } else {
                gravest
            }
        })
    }
}

impl fmt::Display for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let same = |a: &Uncommitted, b: &Uncommitted| a.reason.to_string() == b.reason.to_string();
        for (index, with_one_reason) in self.uncommitted.chunk_by(same).enumerate() {
            f.write_str(if index == 0 { "not committed: " } else { "; " })?;
            for (index, it) in with_one_reason.iter().take(SHOWN).enumerate() {
                f.write_str(if index == 0 { "" } else { ", " })?;
                it.position.fmt(f)?;
            }
            if let Some(more) = with_one_reason.len().checked_sub(SHOWN + 1) {
                write!(f, " and {} more", more + 1)?;
            }
            write!(f, ": {}", with_one_reason[0].reason)?;
        }
        Ok(())
    }
}

impl fmt::Debug for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CommitError")
            .field(&self.uncommitted)
            .finish()
    }
}

impl Error for CommitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.gravest())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uncommitted(partition: i32, kind: TransportErrorKind, reason: &str) -> Uncommitted {
        Uncommitted {
            position: Position {
                topic: "orders".into(),
                partition,
                offset: 7,
            },
            reason: TransportError::new(kind, reason),
        }
    }

    #[test]
    fn it_names_positions_and_reasons() {
        let away = |partition| uncommitted(partition, TransportErrorKind::Unavailable, "away");
        let lost = uncommitted(9, TransportErrorKind::Revoked, "lost");
        let error = CommitError::unless_empty(vec![away(0), away(1), lost]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "not committed: orders[0]@7, orders[1]@7: away; orders[9]@7: lost"
        );
        let many = (0..8).map(away).collect();
        let error = CommitError::unless_empty(many).unwrap_err();
        assert_eq!(
            error.to_string(),
            "not committed: orders[0]@7, orders[1]@7, orders[2]@7, orders[3]@7, orders[4]@7 and 3 more: away"
        );
    }

    #[test]
    fn the_gravest_reason_decides() {
        use TransportErrorKind::{Revoked, TimedOut, Unauthorized};
        let error = |kinds: &[TransportErrorKind]| {
            let parts = kinds.iter().map(|kind| uncommitted(0, *kind, "x"));
            CommitError::unless_empty(parts.collect()).unwrap_err()
        };
        assert_eq!(error(&[Revoked]).reaction(), Reaction::GoOn);
        assert_eq!(error(&[Revoked, TimedOut]).reaction(), Reaction::Wait);
        let all = error(&[Revoked, Unauthorized, TimedOut]);
        assert_eq!((all.reaction(), all.kind()), (Reaction::Stop, Unauthorized));
        assert!(CommitError::unless_empty(Vec::new()).is_ok());
    }
}
