//! What travels between a client and a broker: records as bytes, headers and positions.
//!
//! Nothing here knows Avro. A value may be absent: in a compacted topic that is a *tombstone*, which deletes its key.

use std::sync::Arc;

use bytes::Bytes;

/// One header of a record.
///
/// Kafka keeps headers as an ordered list in which a name may occur more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name. A name that is no UTF-8 arrives with its bad bytes replaced by U+FFFD, as in Java's client.
    pub name: String,
    /// The value; `None` is Kafka's null, which is not the empty value.
    pub value: Option<Bytes>,
}

impl Header {
    /// A header with a value.
    pub fn new(name: impl Into<String>, value: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into()),
        }
    }
}

/// A record on its way to a topic. It borrows everything, so that a buffer can be used again for the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingRecord<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition; `None` leaves the choice to the transport, which hashes the key.
    pub partition: Option<i32>,
    /// Milliseconds since 1970-01-01T00:00:00Z; `None` is the time of sending.
    pub timestamp: Option<i64>,
    /// The key as bytes.
    pub key: Option<&'a [u8]>,
    /// The value as bytes; `None` is a tombstone.
    pub value: Option<&'a [u8]>,
    /// The headers, in order.
    pub headers: Vec<(&'a str, Option<&'a [u8]>)>,
}

impl<'a> OutgoingRecord<'a> {
    /// A record for `topic` with nothing in it yet: no key, no value, no headers.
    pub fn to(topic: &'a str) -> Self {
        Self {
            topic,
            partition: None,
            timestamp: None,
            key: None,
            value: None,
            headers: Vec::new(),
        }
    }

    /// The same record with this key.
    #[must_use]
    pub fn key(mut self, key: &'a [u8]) -> Self {
        self.key = Some(key);
        self
    }

    /// The same record with this value.
    #[must_use]
    pub fn value(mut self, value: &'a [u8]) -> Self {
        self.value = Some(value);
        self
    }

    /// The same record for this partition.
    #[must_use]
    pub fn partition(mut self, partition: i32) -> Self {
        self.partition = Some(partition);
        self
    }

    /// The same record with one more header.
    #[must_use]
    pub fn header(mut self, name: &'a str, value: &'a [u8]) -> Self {
        self.headers.push((name, Some(value)));
        self
    }
}

/// A record as it was read from a topic, with its original bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingRecord {
    /// The topic. The records of one topic share its name, so that no record allocates it.
    pub topic: Arc<str>,
    /// The partition, from 0.
    pub partition: i32,
    /// The offset within the partition, from 0.
    pub offset: i64,
    /// Milliseconds since 1970-01-01T00:00:00Z, as the sender or the broker set it; `None` if the broker has none.
    ///
    /// Any sender can write any number here, so it need not be a date that a calendar library can hold.
    pub timestamp: Option<i64>,
    /// The key as bytes.
    pub key: Option<Bytes>,
    /// The value as bytes; `None` is a tombstone.
    pub value: Option<Bytes>,
    /// The headers, in order.
    pub headers: Vec<Header>,
}

impl IncomingRecord {
    /// The value of the last header of that name, as Java's `lastHeader` takes it.
    ///
    /// `None` if there is no such header or its value is null.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        let last = self
            .headers
            .iter()
            .rev()
            .find(|header| header.name == name)?;
        last.value.as_deref()
    }
}

/// The place of one record: what a commit names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The topic.
    pub topic: Arc<str>,
    /// The partition, from 0.
    pub partition: i32,
    /// The offset of the record itself. The offset that Kafka stores for a group is the one after it.
    pub offset: i64,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}[{}]@{}", self.topic, self.partition, self.offset)
    }
}

/// Whatever stands at a position of a topic, and can therefore be committed.
pub trait Positioned {
    /// The position of the record.
    fn position(&self) -> Position;
}

impl Positioned for Position {
    fn position(&self) -> Position {
        self.clone()
    }
}

impl Positioned for IncomingRecord {
    fn position(&self) -> Position {
        Position {
            topic: Arc::clone(&self.topic),
            partition: self.partition,
            offset: self.offset,
        }
    }
}

impl<P: Positioned + ?Sized> Positioned for &P {
    fn position(&self) -> Position {
        (**self).position()
    }
}
