//! The events that are sent and read, in two sizes, and their topics.

use avro_runtime::topic::{SubjectNameStrategy, Topic};
use avro_runtime::{confluent, encode_into};

use crate::generated::com::pipeline::events::OrderEvent;
use crate::records::events::order;

/// How many different events there are of a size. They differ in their key, so that all partitions have some.
const DIFFERENT: usize = 64;

/// Messages that differ in nothing but their size.
pub trait Events: Topic<Key = str, Value = OrderEvent> {
    /// How rows call an event.
    const RECORD: &'static str;
    /// How long the value of a message is.
    const SIZE: usize;
    /// How many a producer sends in a round.
    const SENT: usize;
    /// How many there are to read in a topic.
    const READ: usize;

    /// The events.
    fn events() -> Vec<OrderEvent> {
        (0..DIFFERENT).map(|n| event(n, Self::SIZE)).collect()
    }
}

/// Every topic.
pub const TOPICS: [&str; 2] = [Small::NAME, Large::NAME];

/// Events of 176 bytes.
pub struct Small;

/// Events of 4 KB.
pub struct Large;

impl Events for Small {
    const RECORD: &'static str = "event of 176 bytes";
    const SIZE: usize = 176;
    const SENT: usize = 50_000;
    const READ: usize = 160_000;
}

impl Events for Large {
    const RECORD: &'static str = "event of 4 KB";
    const SIZE: usize = 4_096;
    const SENT: usize = 5_000;
    const READ: usize = 8_000;
}

macro_rules! topic {
    ($events:ty, $name:literal) => {
        impl Topic for $events {
            const NAME: &'static str = $name;
            const SUBJECT: SubjectNameStrategy = SubjectNameStrategy::TopicName;

            type Key = str;
            type Value = OrderEvent;

            fn key(value: &OrderEvent) -> Option<&str> {
                Some(&value.order_id)
            }
        }
    };
}

topic!(Small, "bench-176-bytes");
topic!(Large, "bench-4-kilobytes");

/// The value of a message, in Confluent's prefix form.
pub fn frame(id: u32, event: &OrderEvent, value: &mut Vec<u8>) {
    value.clear();
    confluent::frame(id, value);
    encode_into(event, value).expect("a valid event");
}

/// An order whose message has exactly this size.
fn event(number: usize, size: usize) -> OrderEvent {
    let mut event = order();
    event.order_id = format!("ORD-2025-{number:06}");
    let items = event.payload.items.take().unwrap_or_default();
    let address = event.payload.shipping_address.take();
    event.payload.metadata = None;
    if size > 1_000 {
        event.payload.shipping_address = address;
        let lots = items.iter().cycle().cloned();
        // Some 45 bytes each; what is left over is for the note.
        event.payload.items = Some(lots.take(size / 50).collect());
    }
    for length in 0..size {
        let note = [("note".to_owned(), "x".repeat(length))];
        event.payload.metadata = Some(note.into_iter().collect());
        let mut value = Vec::new();
        frame(0, &event, &mut value);
        if value.len() == size {
            return event;
        }
    }
    panic!("no event of {size} bytes");
}
