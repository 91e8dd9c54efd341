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

use super::context::Reporting;
use super::failure::failure;
use crate::error::TransportError;
use crate::record::Position;
use crate::transport::{highest, revoked};

/// How long the broker may take to say what the group has committed.
const ANSWER: Duration = Duration::from_secs(30);

/// The context of a consumer: it keeps book of what the group assigns.
#[derive(Default)]
pub(super) struct Member {
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
    /// Commits what lies ahead of the group. It waits for the broker.
    ///
    /// A rebalance can still begin between the look at the assignment and the commit. Librdkafka sends its generation of the
    /// group along, by which the broker refuses a commit that comes too late; only one that librdkafka itself holds back until
    /// the next generation, as for want of a coordinator, gets past both.
    pub(super) fn commit(
        client: &StreamConsumer<Self>,
        group: &str,
        positions: &[Position],
    ) -> Result<(), TransportError> {
        let what = |error| failure(&format!("commit as group {group}"), error);
        let highest = highest(positions)?;
        let member = client.context();
        let _one_at_a_time = member
            .committing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((position, _)) = highest.first()
            && client.assignment_lost()
        {
            return Err(revoked(position));
        }
        let unknown = member.unknown(&highest);
        if unknown.count() > 0 {
            let committed = client.committed_offsets(unknown, ANSWER).map_err(&what)?;
            member.learn(&committed).map_err(&what)?;
        }
        let ahead = member.ahead(&highest)?;
        if ahead.is_empty() {
            return Ok(());
        }
        let stored = list(&ahead).and_then(|list| client.commit(&list, CommitMode::Sync));
        member.settle(&ahead, stored.is_ok());
        stored.map_err(what)
    }

    fn assigned(&self) -> MutexGuard<'_, BTreeMap<Partition, Committed>> {
        self.assigned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The partitions of which the broker has to be asked how far the group is.
    fn unknown(&self, positions: &[(&Position, i64)]) -> TopicPartitionList {
        let assigned = self.assigned();
        let mut unknown = TopicPartitionList::new();
        for (position, _) in positions {
            if assigned.get(&partition(position)) == Some(&Committed::Unknown) {
                unknown.add_partition(&position.topic, position.partition);
            }
        }
        unknown
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

    /// Those behind which the group still is. All must be of partitions of this member.
    fn ahead<'a>(
        &self,
        positions: &[(&'a Position, i64)],
    ) -> Result<Vec<(&'a Position, i64)>, TransportError> {
        let assigned = self.assigned();
        let mut ahead = Vec::new();
        for (position, next) in positions {
            match assigned.get(&partition(position)) {
                None => return Err(revoked(position)),
                Some(Committed::At(committed)) if committed >= next => {}
                Some(_) => ahead.push((*position, *next)),
            }
        }
        Ok(ahead)
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
        Reporting.log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        Reporting.error(error, reason);
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
