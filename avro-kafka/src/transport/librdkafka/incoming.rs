//! A message that librdkafka fetched → a record with bytes of its own.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rdkafka::message::{BorrowedMessage, Message};

use super::headers;
use crate::record::IncomingRecord;

/// The names of the topics that a subscriber has read from, each allocated once.
#[derive(Default)]
pub(super) struct Topics(Mutex<BTreeSet<Arc<str>>>);

impl Topics {
    fn shared(&self, topic: &str) -> Arc<str> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = names.get(topic) {
            return Arc::clone(name);
        }
        let name: Arc<str> = topic.into();
        names.insert(Arc::clone(&name));
        name
    }
}

/// Copies the message out of librdkafka's buffer, which is free for the next fetch then.
pub(super) fn incoming(mut message: BorrowedMessage<'_>, topics: &Topics) -> IncomingRecord {
    let headers = headers::read(&mut message);
    IncomingRecord {
        topic: topics.shared(message.topic()),
        partition: message.partition(),
        offset: message.offset(),
        timestamp: message.timestamp().to_millis(),
        key: message.key().map(Bytes::copy_from_slice),
        value: message.payload().map(Bytes::copy_from_slice),
        headers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_topic_share_its_name() {
        let topics = Topics::default();
        let (orders, items) = (topics.shared("orders"), topics.shared("items"));
        assert_eq!((&*orders, &*items), ("orders", "items"));
        assert!(Arc::ptr_eq(&orders, &topics.shared("orders")));
        assert!(Arc::ptr_eq(&items, &topics.shared("items")));
    }
}
