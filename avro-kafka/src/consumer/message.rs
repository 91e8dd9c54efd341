//! A decoded message.

use avro_registry::SchemaIdentifier;

use crate::record::{Header, IncomingRecord, Position, Positioned};

/// A value with the record that it was read from.
///
/// Commit it when it is done: [`TypedConsumer::commit`](crate::TypedConsumer::commit).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message<V> {
    /// The value.
    pub value: V,
    /// The schema that it was written with: by its id, or by its GUID where a header says so.
    pub schema_id: SchemaIdentifier,
    /// The record as it was read, with the original bytes of key and value.
    pub record: IncomingRecord,
}

impl<V> Message<V> {
    /// The key as bytes.
    pub fn key(&self) -> Option<&[u8]> {
        self.record.key.as_deref()
    }

    /// The key as text, if a string serializer wrote it: see [`IncomingRecord::key_str`].
    pub fn key_str(&self) -> Option<&str> {
        self.record.key_str()
    }

    /// The headers, in order.
    pub fn headers(&self) -> &[Header] {
        &self.record.headers
    }

    /// The value of the last header of that name.
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.record.header(name)
    }

    /// The topic.
    pub fn topic(&self) -> &str {
        &self.record.topic
    }

    /// The partition, from 0.
    pub fn partition(&self) -> i32 {
        self.record.partition
    }

    /// The offset within the partition, from 0.
    pub fn offset(&self) -> i64 {
        self.record.offset
    }

    /// Milliseconds since 1970-01-01T00:00:00Z; `None` if the broker has no time for it.
    pub fn timestamp(&self) -> Option<i64> {
        self.record.timestamp
    }
}

impl<V> Positioned for Message<V> {
    fn position(&self) -> Position {
        self.record.position()
    }
}
