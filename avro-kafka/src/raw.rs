//! A record as it was read ↔ [`RawRecord`], the Avro record in which it is archived or set aside. Nothing is lost either way.

use bytes::Bytes;

use crate::generated::avro::kafka::{RawHeader, RawRecord};
use crate::record::{Header, IncomingRecord};

impl From<IncomingRecord> for RawRecord {
    fn from(record: IncomingRecord) -> Self {
        Self {
            topic: record.topic.to_string(),
            partition: record.partition,
            offset: record.offset,
            timestamp: record.timestamp,
            key: record.key.map(Vec::from),
            value: record.value.map(Vec::from),
            headers: record.headers.into_iter().map(RawHeader::from).collect(),
        }
    }
}

impl From<RawRecord> for IncomingRecord {
    fn from(record: RawRecord) -> Self {
        Self {
            topic: record.topic.into(),
            partition: record.partition,
            offset: record.offset,
            timestamp: record.timestamp,
            key: record.key.map(Bytes::from),
            value: record.value.map(Bytes::from),
            headers: record.headers.into_iter().map(Header::from).collect(),
        }
    }
}

impl From<Header> for RawHeader {
    fn from(header: Header) -> Self {
        Self {
            name: header.name.to_string_lossy().into_owned(),
            name_bytes: match header.name.to_str() {
                Some(_) => None,
                None => Some(header.name.as_bytes().to_vec()),
            },
            value: header.value.map(Vec::from),
        }
    }
}

impl From<RawHeader> for Header {
    fn from(header: RawHeader) -> Self {
        Self {
            name: match header.name_bytes {
                Some(bytes) => bytes.into(),
                None => header.name.into(),
            },
            value: header.value.map(Bytes::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through_avro(record: &IncomingRecord) -> IncomingRecord {
        let raw = RawRecord::from(record.clone());
        let datum = avro_runtime::to_datum(&raw).unwrap();
        avro_runtime::from_datum::<RawRecord>(&datum)
            .unwrap()
            .into()
    }

    #[test]
    fn every_record_survives_the_archive() {
        let full = IncomingRecord {
            topic: "orders.raw".into(),
            partition: 3,
            offset: i64::MAX,
            // No date of any calendar, and still what the sender wrote.
            timestamp: Some(i64::MIN),
            key: Some(Bytes::from_static(&[0xff, 0])),
            value: Some(Bytes::from_static(b"\x00not avro")),
            headers: vec![
                Header::new("twice", "1"),
                Header::new("twice", ""),
                Header {
                    name: "null".into(),
                    value: None,
                },
                Header::new(&b"\xff\0no text"[..], "1"),
                Header::new("\u{fffd}\0no text", "1"),
            ],
        };
        let tombstone = IncomingRecord {
            timestamp: None,
            key: None,
            value: None,
            headers: Vec::new(),
            ..full.clone()
        };
        let empty = IncomingRecord {
            key: Some(Bytes::new()),
            value: Some(Bytes::new()),
            ..tombstone.clone()
        };
        for record in [full, tombstone, empty] {
            assert_eq!(through_avro(&record), record);
        }
    }
}
