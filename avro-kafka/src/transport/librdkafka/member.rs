//! What a member of a group may commit: the partitions that it has now, and of those only what moves the group forward.
//!
//! The broker checks neither: it takes any offset of any partition from whoever is in the group.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::{
    BaseConsumer, CommitMode, Consumer, ConsumerContext, Rebalance, StreamConsumer,
};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::topic_partition_list::TopicPartitionListElem;
use rdkafka::{ClientContext, Offset, TopicPartitionList};

use super::context;
use super::membership::Membership;
use crate::error::{CommitError, TransportError, TransportErrorKind, Uncommitted};
use crate::record::Position;
use crate::transport::{all_uncommitted, highest, offset_after, revoked};

/// How long the broker may take to say what the group has committed.
const ANSWER: Duration = Duration::from_secs(30);

/// The context of a consumer: it keeps book of what the group assigns.
pub(super) struct Member {
    membership: Arc<Membership>,
    assigned: Mutex<BTreeMap<Partition, Committed>>,
    /// Held for the whole of a commit, so that a lower one cannot overtake a higher one.
    committing: Mutex<()>,
}

/// The name of a topic and the number of a partition.
type Partition = (Arc<str>, i32);

/// How far the group is in a partition that this member has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Committed {
    /// To be asked of the broker: since the partition was assigned nothing was committed, or the last commit failed, and then
    /// nobody knows whether it was stored.
    Unknown,
    /// The group goes on at this offset.
    At(i64),
}

impl Member {
    /// A member to be, which has no partition yet.
    pub(super) fn new(membership: Arc<Membership>) -> Self {
        Self {
            membership,
            assigned: Mutex::default(),
            committing: Mutex::default(),
        }
    }

    /// Commits what lies ahead of the group. It waits for the broker.
    ///
    /// A rebalance can still begin between the look at the assignment and the commit. Librdkafka sends its generation of the
    /// group along, by which the broker refuses a commit that comes too late; only one that librdkafka itself holds back until
    /// the next generation, as for want of a coordinator, gets past both.
    pub(super) fn commit(
        client: &StreamConsumer<Self>,
        positions: &[Position],
    ) -> Result<(), CommitError> {
        let member = client.context();
        let _one_at_a_time = member
            .committing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut uncommitted = Vec::new();
        let mut possible = Vec::new();
        for position in highest(positions) {
            match offset_after(position) {
                Ok(_) if client.assignment_lost() => {
                    uncommitted.push(revoked(position, member.group()));
                }
                Ok(next) => possible.push((position, next)),
                Err(impossible) => uncommitted.push(impossible),
            }
        }
        let asked = member.ask(client, &possible);
        let mut ahead = Vec::new();
        for (position, next) in possible {
            match member.is_ahead(position, next, &asked) {
                Ok(true) => ahead.push((position, next)),
                Ok(false) => {}
                Err(reason) => uncommitted.push(reason),
            }
        }
        if let Err(reason) = member.store(client, &ahead) {
            let positions = ahead.iter().map(|(position, _)| *position);
            uncommitted.extend(all_uncommitted(positions, &reason));
        }
        CommitError::unless_empty(uncommitted)
    }

    fn group(&self) -> &str {
        &self.membership.group
    }

    fn assigned(&self) -> MutexGuard<'_, BTreeMap<Partition, Committed>> {
        self.assigned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the broker how far the group is where nobody knows.
    fn ask(
        &self,
        client: &StreamConsumer<Self>,
        positions: &[(&Position, i64)],
    ) -> Result<(), TransportError> {
        let mut unknown = TopicPartitionList::new();
        for (position, _) in positions {
            if self.assigned().get(&partition(position)) == Some(&Committed::Unknown) {
                unknown.add_partition(&position.topic, position.partition);
            }
        }
        if unknown.count() == 0 {
            return Ok(());
        }
        let committed = client.committed_offsets(unknown, ANSWER);
        let learned = committed.and_then(|committed| self.learn(&committed));
        learned.map_err(|error| self.membership.failure("ask for the commits in", error))
    }

    fn learn(&self, committed: &TopicPartitionList) -> KafkaResult<()> {
        let mut assigned = self.assigned();
        for element in committed.elements() {
            element.error()?;
            if let Some(known) = assigned.get_mut(&key(&element)) {
                *known = match element.offset() {
                    Offset::Offset(offset) => Committed::At(offset),
                    // Nothing yet.
                    _ => Committed::At(0),
                };
            }
        }
        Ok(())
    }

    /// Whether the group is still behind that offset, if the partition is this member's. `asked` is how asking for it went.
    fn is_ahead(
        &self,
        position: &Position,
        next: i64,
        asked: &Result<(), TransportError>,
    ) -> Result<bool, Uncommitted> {
        let uncommitted = |reason| Uncommitted {
            position: position.clone(),
            reason,
        };
        match (self.assigned().get(&partition(position)), asked) {
            (None, _) => Err(revoked(position, self.group())),
            (Some(Committed::At(committed)), _) => Ok(*committed < next),
            (Some(Committed::Unknown), Err(error)) => Err(uncommitted(error.clone())),
            // Another member may have had it in between, and be further: ask again the next time.
            (Some(Committed::Unknown), Ok(())) => Err(uncommitted(TransportError::new(
                TransportErrorKind::Rebalancing,
                format!(
                    "group {} has just assigned the partition anew",
                    self.group()
                ),
            ))),
        }
    }

    fn store(
        &self,
        client: &StreamConsumer<Self>,
        ahead: &[(&Position, i64)],
    ) -> Result<(), TransportError> {
        if ahead.is_empty() {
            return Ok(());
        }
        let stored = list(ahead).and_then(|list| client.commit(&list, CommitMode::Sync));
        self.settle(ahead, stored.is_ok());
        stored.map_err(|error| self.membership.failure("commit", error))
    }

    /// Takes down how a commit ended, unless the partition has been assigned anew meanwhile.
    fn settle(&self, positions: &[(&Position, i64)], stored: bool) {
        let mut assigned = self.assigned();
        for (position, next) in positions {
            if let Some(known @ Committed::At(_)) = assigned.get_mut(&partition(position)) {
                *known = match stored {
                    true => Committed::At(*next),
                    false => Committed::Unknown,
                };
            }
        }
    }
}

impl ConsumerContext for Member {
    fn pre_rebalance(&self, _client: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let mut assigned = self.assigned();
        match rebalance {
            Rebalance::Assign(partitions) => {
                let partitions = partitions.elements();
                assigned.extend(partitions.iter().map(|p| (key(p), Committed::Unknown)));
            }
            Rebalance::Revoke(partitions) => {
                for partition in partitions.elements() {
                    assigned.remove(&key(&partition));
                }
            }
            // librdkafka gives up the whole assignment then.
            Rebalance::Error(_) => assigned.clear(),
        }
    }
}

impl ClientContext for Member {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        context::log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        context::log_error(&error, reason);
    }
}

fn partition(position: &Position) -> Partition {
    (Arc::clone(&position.topic), position.partition)
}

fn key(element: &TopicPartitionListElem<'_>) -> Partition {
    (element.topic().into(), element.partition())
}

fn list(positions: &[(&Position, i64)]) -> KafkaResult<TopicPartitionList> {
    let mut offsets = TopicPartitionList::new();
    for (position, next) in positions {
        offsets.add_partition_offset(&position.topic, position.partition, Offset::Offset(*next))?;
    }
    Ok(offsets)
}
