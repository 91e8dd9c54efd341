//! The topics of an [`InMemory`](super::InMemory) transport, and what its groups committed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use super::partitioner;
use crate::error::{TransportError, TransportErrorKind};
use crate::record::{Header, IncomingRecord, OutgoingRecord, Position};
use crate::transport::{Delivery, StartAt, Subscription};

/// The name of a topic and the number of a partition.
pub(super) type Partition = (Arc<str>, i32);

#[derive(Default)]
pub(super) struct Log {
    topics: BTreeMap<Arc<str>, Topic>,
    groups: BTreeMap<String, Group>,
    members: u64,
}

struct Topic {
    /// Shared by all records of the topic.
    name: Arc<str>,
    partitions: Vec<Vec<IncomingRecord>>,
    /// Where the next record without a key goes.
    next: usize,
}

#[derive(Default)]
struct Group {
    members: BTreeMap<u64, Vec<String>>,
    committed: BTreeMap<Partition, i64>,
}

impl Log {
    pub(super) fn create_topic(&mut self, topic: &str, partitions: usize) {
        if self.topics.contains_key(topic) {
            return;
        }
        let name: Arc<str> = topic.into();
        let topic = Topic {
            name: Arc::clone(&name),
            partitions: vec![Vec::new(); partitions.max(1)],
            next: 0,
        };
        self.topics.insert(name, topic);
    }

    pub(super) fn topics(&self) -> Vec<&str> {
        self.topics.keys().map(|topic| &**topic).collect()
    }

    pub(super) fn records(&self, topic: &str) -> Vec<IncomingRecord> {
        let topic = self.topics.get(topic);
        topic.map_or_else(Vec::new, |topic| topic.partitions.concat())
    }

    pub(super) fn record(&self, partition: &Partition, offset: i64) -> Option<&IncomingRecord> {
        self.partition(partition)?
            .get(usize::try_from(offset).ok()?)
    }

    fn partition(&self, (topic, partition): &Partition) -> Option<&Vec<IncomingRecord>> {
        let topic = self.topics.get(topic)?;
        topic.partitions.get(usize::try_from(*partition).ok()?)
    }

    /// The record as it would be stored: with its partition, offset and time.
    pub(super) fn place(
        &mut self,
        record: &OutgoingRecord<'_>,
    ) -> Result<IncomingRecord, TransportError> {
        let topic = self.topics.get_mut(record.topic).ok_or_else(|| {
            TransportError::new(
                TransportErrorKind::UnknownTopic,
                format!(
                    "topic {} does not exist: create it before sending",
                    record.topic
                ),
            )
        })?;
        let partition = topic.choose(record)?;
        Ok(IncomingRecord {
            topic: Arc::clone(&topic.name),
            partition: partition as i32,
            offset: topic.partitions[partition].len() as i64,
            timestamp: Some(record.timestamp.unwrap_or_else(now)),
            key: record.key.map(Bytes::copy_from_slice),
            value: record.value.map(Bytes::copy_from_slice),
            headers: record.headers.iter().map(header).collect(),
        })
    }

    /// Writes a record made by [`Log::place`] at the place that it was given, whatever a hook did to it meanwhile.
    pub(super) fn append(&mut self, place: Position, record: IncomingRecord) -> Delivery {
        let delivery = Delivery::new(place.partition, place.offset);
        let partition = usize::try_from(place.partition).ok();
        let topic = self.topics.get_mut(&place.topic);
        if let Some((topic, partition)) = topic.zip(partition)
            && let Some(records) = topic.partitions.get_mut(partition)
        {
            records.push(IncomingRecord {
                topic: place.topic,
                partition: place.partition,
                offset: place.offset,
                ..record
            });
        }
        delivery
    }

    pub(super) fn join(&mut self, subscription: &Subscription) -> u64 {
        self.members += 1;
        let group = self.groups.entry(subscription.group.clone()).or_default();
        group
            .members
            .insert(self.members, subscription.topics.clone());
        self.members
    }

    pub(super) fn leave(&mut self, group: &str, member: u64) {
        if let Some(group) = self.groups.get_mut(group) {
            group.members.remove(&member);
        }
    }

    /// The partitions of one member: each topic's are dealt out in turn to the members that subscribe to it.
    pub(super) fn assigned(&self, subscription: &Subscription, member: u64) -> Vec<Partition> {
        let mut assigned = Vec::new();
        for topic in &subscription.topics {
            let members = self.members_of(&subscription.group, topic);
            let Some(Topic {
                name, partitions, ..
            }) = self.topics.get(&**topic)
            else {
                continue;
            };
            for partition in 0..partitions.len() {
                if members.get(partition % members.len().max(1)) == Some(&member) {
                    assigned.push((Arc::clone(name), partition as i32));
                }
            }
        }
        assigned
    }

    fn members_of(&self, group: &str, topic: &String) -> Vec<u64> {
        let members = self.groups.get(group).map(|group| &group.members);
        members
            .into_iter()
            .flatten()
            .filter(|(_, topics)| topics.contains(topic))
            .map(|(member, _)| *member)
            .collect()
    }

    /// Where a member starts that has just been assigned the partition.
    pub(super) fn start(&self, subscription: &Subscription, partition: &Partition) -> i64 {
        if let Some(committed) = self.committed(&subscription.group, &partition.0, partition.1) {
            return committed;
        }
        match subscription.start_at {
            StartAt::Earliest => 0,
            StartAt::Latest => self.partition(partition).map_or(0, Vec::len) as i64,
        }
    }

    pub(super) fn commit(&mut self, group: &str, position: &Position, next: i64) {
        let partition = (Arc::clone(&position.topic), position.partition);
        let group = self.groups.entry(group.to_owned()).or_default();
        group.committed.insert(partition, next);
    }

    pub(super) fn committed(&self, group: &str, topic: &str, partition: i32) -> Option<i64> {
        let group = self.groups.get(group)?;
        group.committed.get(&(topic.into(), partition)).copied()
    }
}

impl Topic {
    fn choose(&mut self, record: &OutgoingRecord<'_>) -> Result<usize, TransportError> {
        let count = self.partitions.len();
        if let Some(asked) = record.partition {
            return usize::try_from(asked)
                .ok()
                .filter(|asked| *asked < count)
                .ok_or_else(|| {
                    TransportError::new(
                        TransportErrorKind::UnknownTopic,
                        format!(
                            "topic {} has no partition {asked}, only {count}",
                            record.topic
                        ),
                    )
                });
        }
        Ok(match record.key {
            Some(key) => partitioner::partition(key, count),
            None => {
                self.next = (self.next + 1) % count;
                self.next
            }
        })
    }
}

fn header((name, value): &(&[u8], Option<&[u8]>)) -> Header {
    Header {
        name: (*name).into(),
        value: value.map(Bytes::copy_from_slice),
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}
