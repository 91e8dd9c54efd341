//! Producing: the typed producer beside rdkafka's `FutureProducer` with the same encoding and the same headers.

use std::collections::VecDeque;

use avro_kafka::{PendingDelivery, ProducerSettings, TypedProducer};
use avro_runtime::topic::Topic;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord};
use tokio::runtime::Runtime;

use super::Place;
use super::contest::{Contestant, Cost, Start};
use super::events::{Events, frame};
use crate::generated::com::pipeline::events::OrderEvent;

/// How many records may be on their way before the oldest report is awaited.
const ON_THEIR_WAY: usize = 10_000;

/// Headers for every message: names and values.
pub type Headers = &'static [(&'static str, &'static str)];

/// What [`avro_kafka::KafkaSettings`] sets for a producer.
const SETTINGS: [(&str, &str); 3] = [
    ("enable.idempotence", "true"),
    ("acks", "all"),
    ("partitioner", "murmur2_random"),
];

/// Both clients. Each turn sends the events and awaits every delivery report.
pub fn contestants<'a, T: Events>(
    place: &'a Place,
    runtime: &'a Runtime,
    events: &'a [OrderEvent],
    headers: Headers,
) -> Vec<Contestant<'a>> {
    let mut settings = ProducerSettings::default();
    for (name, value) in headers {
        settings = settings.header(*name, *value);
    }
    let ours = TypedProducer::<T>::new(place.transport(), place.registry.clone(), settings);
    let ids = runtime.block_on(ours.schema_ids()).expect("an id");
    let id = ids[0].get();
    let theirs: FutureProducer = place.config(&SETTINGS).create().expect("a producer");
    let theirs = Theirs {
        producer: theirs,
        topic: T::NAME,
        id,
        headers,
    };
    vec![
        Contestant {
            name: "ours",
            turn: Box::new(move |_| runtime.block_on(by_ours(&ours, events, T::SENT))),
        },
        Contestant {
            name: "FutureProducer",
            turn: Box::new(move |_| runtime.block_on(theirs.send(events, T::SENT))),
        },
    ]
}

async fn by_ours<T: Topic<Value = OrderEvent>>(
    producer: &TypedProducer<T>,
    events: &[OrderEvent],
    count: usize,
) -> Cost {
    let start = Start::now();
    let mut reports = VecDeque::<PendingDelivery>::with_capacity(ON_THEIR_WAY);
    for event in events.iter().cycle().take(count) {
        if reports.len() == ON_THEIR_WAY
            && let Some(oldest) = reports.pop_front()
        {
            oldest.await.expect("a delivery");
        }
        let report = producer.enqueue(event, &[]).await;
        reports.push_back(report.expect("room in the queue"));
    }
    for report in reports {
        report.await.expect("a delivery");
    }
    start.cost()
}

struct Theirs {
    producer: FutureProducer,
    topic: &'static str,
    id: u32,
    headers: Headers,
}

impl Theirs {
    async fn send(&self, events: &[OrderEvent], count: usize) -> Cost {
        let start = Start::now();
        let mut reports = VecDeque::with_capacity(ON_THEIR_WAY);
        let mut value = Vec::new();
        for event in events.iter().cycle().take(count) {
            if reports.len() == ON_THEIR_WAY
                && let Some(oldest) = reports.pop_front()
            {
                delivered(oldest).await;
            }
            frame(self.id, event, &mut value);
            let record = FutureRecord {
                topic: self.topic,
                partition: None,
                payload: Some(&value),
                key: Some(&event.order_id),
                timestamp: None,
                headers: self.headers(),
            };
            let report = self.producer.send_result(record);
            reports.push_back(report.map_err(|(error, _)| error).expect("room"));
        }
        for report in reports {
            delivered(report).await;
        }
        start.cost()
    }

    fn headers(&self) -> Option<OwnedHeaders> {
        let headers = OwnedHeaders::new_with_capacity(self.headers.len());
        let add = |headers: OwnedHeaders, (key, value): &(&str, &str)| {
            let value = Some(*value);
            headers.insert(Header { key, value })
        };
        (!self.headers.is_empty()).then(|| self.headers.iter().fold(headers, add))
    }
}

async fn delivered(report: DeliveryFuture) {
    let told = report.await.expect("a report");
    told.map_err(|(error, _)| error).expect("a delivery");
}
