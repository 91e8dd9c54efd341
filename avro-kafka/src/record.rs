//! What travels between a client and a broker: records as bytes, headers and positions.
//!
//! Nothing here knows Avro. A value may be absent: in a compacted topic that is a *tombstone*, which deletes its key.

mod header;

use std::sync::Arc;

use avro_runtime::confluent::KEY_SCHEMA_ID;
use bytes::Bytes;

pub use header::{Header, HeaderName};

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
    /// The headers, in order, each with its name as bytes.
    pub headers: Vec<(&'a [u8], Option<&'a [u8]>)>,
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
    pub fn header(mut self, name: &'a (impl AsRef<[u8]> + ?Sized), value: &'a [u8]) -> Self {
        self.headers.push((name.as_ref(), Some(value)));
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
    /// The key as text, if a string serializer wrote it: if it is UTF-8 and not an Avro key.
    ///
    /// An Avro key begins with byte 0, before a schema's id, or 1, before its GUID, or the header `__key_schema_id` names its
    /// schema. So a text that begins with U+0000 or U+0001 is `None` too. Behind its first byte a text may have any
    /// control character.
    pub fn key_str(&self) -> Option<&str> {
        let key = self.key.as_deref()?;
        let is_framed = matches!(key.first(), Some(0 | 1));
        if is_framed
            || self
                .headers
                .iter()
                .any(|header| header.name == KEY_SCHEMA_ID)
        {
            return None;
        }
        std::str::from_utf8(key).ok()
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn with_key(key: Option<&[u8]>, headers: Vec<Header>) -> IncomingRecord {
        IncomingRecord {
            topic: "t".into(),
            partition: 0,
            offset: 0,
            timestamp: None,
            key: key.map(Bytes::copy_from_slice),
            value: None,
            headers,
        }
    }

    #[test]
    fn a_key_is_text_if_a_string_serializer_wrote_it() {
        let key_str = |key: &[u8]| {
            let record = with_key(Some(key), Vec::new());
            record.key_str().map(str::to_owned)
        };
        for text in ["", "order-1", "ä", "a\0b", "a\u{1f}b", "\t", "\u{2}"] {
            assert_eq!(key_str(text.as_bytes()).as_deref(), Some(text));
        }
        assert_eq!(key_str(b"\xff"), None);
        assert_eq!(with_key(None, Vec::new()).key_str(), None);
    }

    /// Framed keys whose bytes happen to be UTF-8: ids below 128, a GUID of ASCII, and what others frame alike.
    #[test]
    fn an_avro_key_is_no_text() {
        use avro_runtime::confluent;
        let datum = b"\x0aorder";
        for id in [0_u8, 7, 127] {
            let framed = [&[0, 0, 0, 0, id][..], datum].concat();
            let parsed = confluent::Framed::parse(&framed).unwrap();
            assert_eq!(parsed.datum, datum);
            assert!(std::str::from_utf8(&framed).is_ok());
            assert_eq!(with_key(Some(&framed), Vec::new()).key_str(), None);
        }
        let guid = [&[1][..], &[b'g'; 16], datum].concat();
        assert_eq!(with_key(Some(&guid), Vec::new()).key_str(), None);
        let by_header = vec![Header::new(KEY_SCHEMA_ID, vec![1; 17])];
        assert_eq!(with_key(Some(datum), by_header).key_str(), None);
    }
}
