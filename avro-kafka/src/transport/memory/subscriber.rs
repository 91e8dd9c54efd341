//! A member of a group that reads an [`InMemory`](super::InMemory) transport.

use std::collections::BTreeMap;
use std::fmt;
use std::future::ready;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;

use super::log::Partition;
use super::{Event, Shared, State};
use crate::error::{CommitError, TransportError, Uncommitted};
use crate::record::{IncomingRecord, Position};
use crate::transport::{PendingCommit, Subscriber, Subscription, highest, offset_after, revoked};

pub(super) struct MemorySubscriber {
    shared: Arc<Shared>,
    subscription: Subscription,
    member: u64,
    cursor: Mutex<Cursor>,
}

/// What this member reads next in each partition that it has.
#[derive(Default)]
struct Cursor {
    next: BTreeMap<Partition, i64>,
    /// The partition that was read last: the others come first, so that none is starved.
    last: Option<Partition>,
}

impl MemorySubscriber {
    pub(super) fn join(shared: Arc<Shared>, subscription: Subscription) -> Self {
        let member = shared.lock().log.join(&subscription);
        let subscriber = Self {
            shared,
            subscription,
            member,
            cursor: Mutex::default(),
        };
        // "Latest" counts from here, and not from the first call of `recv`.
        subscriber.rebalance(&subscriber.shared.lock());
        subscriber.shared.changed.notify_waiters();
        subscriber
    }

    /// Takes over the partitions that the group assigns now; those that stay keep their place.
    fn rebalance(&self, state: &State) {
        let mut cursor = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        let assigned = state.log.assigned(&self.subscription, self.member);
        let kept = std::mem::take(&mut cursor.next);
        cursor.next = assigned
            .into_iter()
            .map(|partition| {
                let next = kept.get(&partition).copied();
                let next = next.unwrap_or_else(|| state.log.start(&self.subscription, &partition));
                (partition, next)
            })
            .collect();
    }

    /// Commits one position, unless the group is as far already.
    fn store(
        &self,
        state: &mut State,
        assigned: &[Partition],
        position: &Position,
    ) -> Result<(), Uncommitted> {
        let group = &self.subscription.group;
        let next = offset_after(position)?;
        let partition = (Arc::clone(&position.topic), position.partition);
        if !assigned.contains(&partition) {
            return Err(revoked(position, group));
        }
        let committed = state.log.committed(group, &partition.0, partition.1);
        if committed.is_some_and(|committed| committed >= next) {
            return Ok(());
        }
        let announced = state.announce(Event::Commit(position));
        announced.map_err(|reason| Uncommitted {
            position: position.clone(),
            reason,
        })?;
        state.log.commit(group, position, next);
        Ok(())
    }

    fn next(&self) -> Result<Option<IncomingRecord>, TransportError> {
        let mut state = self.shared.lock();
        self.rebalance(&state);
        let mut cursor = self.cursor.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((partition, mut record)) = cursor.find(&state) else {
            return Ok(None);
        };
        state.announce(Event::Deliver(&mut record))?;
        cursor.advance(partition);
        Ok(Some(record))
    }
}

impl Cursor {
    fn find(&self, state: &State) -> Option<(Partition, IncomingRecord)> {
        let last = self.last.as_ref();
        let after = self
            .next
            .iter()
            .filter(|(partition, _)| last.is_none_or(|last| *partition > last));
        let before = self
            .next
            .iter()
            .filter(|(partition, _)| last.is_some_and(|last| *partition <= last));
        after.chain(before).find_map(|(partition, offset)| {
            let record = state.log.record(partition, *offset)?;
            Some((partition.clone(), record.clone()))
        })
    }

    fn advance(&mut self, partition: Partition) {
        if let Some(next) = self.next.get_mut(&partition) {
            *next += 1;
        }
        self.last = Some(partition);
    }
}

#[async_trait]
impl Subscriber for MemorySubscriber {
    async fn recv(&self) -> Result<IncomingRecord, TransportError> {
        loop {
            // Listening starts before looking, so that no record slips in between.
            let mut changed = pin!(self.shared.changed.notified());
            changed.as_mut().enable();
            if let Some(record) = self.next()? {
                return Ok(record);
            }
            changed.await;
        }
    }

    fn commit(&self, positions: &[Position]) -> PendingCommit {
        let mut state = self.shared.lock();
        let assigned = state.log.assigned(&self.subscription, self.member);
        let stored = highest(positions)
            .into_iter()
            .map(|position| self.store(&mut state, &assigned, position));
        let uncommitted = stored.filter_map(Result::err).collect();
        PendingCommit::new(ready(CommitError::unless_empty(uncommitted)))
    }

    async fn close(self: Box<Self>) -> Result<(), TransportError> {
        Ok(())
    }
}

impl Drop for MemorySubscriber {
    fn drop(&mut self) {
        let group = &self.subscription.group;
        self.shared.lock().log.leave(group, self.member);
        self.shared.changed.notify_waiters();
    }
}

impl fmt::Debug for MemorySubscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemorySubscriber")
            .field("subscription", &self.subscription)
            .finish_non_exhaustive()
    }
}
