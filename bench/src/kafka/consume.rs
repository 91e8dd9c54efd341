//! Consuming: the typed consumer beside rdkafka's `StreamConsumer` with the same decoder behind it.

use std::hint::black_box;
use std::time::Instant;

use avro_kafka::{ConsumerSettings, TypedConsumer};
use avro_runtime::confluent::Framed;
use avro_runtime::{AvroSchema, from_datum};
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::message::Message;
use rdkafka::producer::{FutureProducer, FutureRecord};
use tokio::runtime::Runtime;

use super::Place;
use super::broker::PARTITIONS;
use super::contest::{Contestant, Cost, Start};
use super::events::{Events, frame};
use crate::generated::com::pipeline::events::OrderEvent;

/// What [`avro_kafka::KafkaSettings`] sets for a consumer.
const SETTINGS: [(&str, &str); 4] = [
    ("enable.auto.commit", "false"),
    ("enable.auto.offset.store", "false"),
    ("auto.offset.reset", "earliest"),
    ("fetch.queue.backoff.ms", "100"),
];

/// Fills the topic with what is read, the same in every partition.
pub fn fill<T: Events>(place: &Place, runtime: &Runtime, events: &[OrderEvent]) {
    let producer = place.config(&[("linger.ms", "50")]).create();
    let producer: FutureProducer = producer.expect("a producer");
    let mut value = Vec::new();
    runtime.block_on(async {
        let mut reports = Vec::new();
        // The id of the only schema that the registry has under the topic's subject.
        let subject = &T::subjects()[0];
        let id = place.registry.register(subject, OrderEvent::SCHEMA).await;
        let id = id.expect("an id").id.get();
        for (number, event) in (0..).zip(events.iter().cycle().take(T::READ)) {
            frame(id, event, &mut value);
            let record = FutureRecord::to(T::NAME).key(&event.order_id);
            let record = record.payload(&value).partition(number % PARTITIONS);
            let report = producer.send_result(record);
            reports.push(report.map_err(|(error, _)| error).expect("room"));
            if reports.len() == 10_000 {
                for report in reports.drain(..) {
                    let told = report.await.expect("a report");
                    told.map_err(|(error, _)| error).expect("a delivery");
                }
            }
        }
        for report in reports {
            let told = report.await.expect("a report");
            told.map_err(|(error, _)| error).expect("a delivery");
        }
    });
}

/// Both clients. Each turn joins a group of its own and reads the topic from its beginning; its clock starts with the first event,
/// because a group takes seconds to form.
pub fn contestants<'a, T: Events>(place: &'a Place, runtime: &'a Runtime) -> Vec<Contestant<'a>> {
    let group = |who: &str, round| format!("{who}-{}-{round}-{}", T::NAME, std::process::id());
    vec![
        Contestant {
            name: "ours",
            turn: Box::new(move |round| {
                runtime.block_on(by_ours::<T>(place, group("ours", round)))
            }),
        },
        Contestant {
            name: "StreamConsumer",
            turn: Box::new(move |round| {
                runtime.block_on(by_theirs::<T>(place, group("theirs", round)))
            }),
        },
    ]
}

async fn by_ours<T: Events>(place: &Place, group: String) -> Cost {
    let transport = place.transport();
    let start = Start::now();
    let settings = ConsumerSettings::new(group);
    let consumer = TypedConsumer::<T>::join(&*transport, place.registry.clone(), settings).await;
    let mut consumer = consumer.expect("a member");
    let mut first = start;
    for number in 0..T::READ {
        black_box(consumer.recv().await.expect("an event"));
        if number == 0 {
            first = start.at(Instant::now());
        }
    }
    let cost = first.cost();
    consumer.close().await.expect("the group is left");
    cost
}

async fn by_theirs<T: Events>(place: &Place, group: String) -> Cost {
    let start = Start::now();
    let mut config = place.config(&SETTINGS);
    let consumer = config.set("group.id", group).create();
    let consumer: StreamConsumer = consumer.expect("a consumer");
    consumer.subscribe(&[T::NAME]).expect("a member");
    let mut first = start;
    for number in 0..T::READ {
        let message = consumer.recv().await.expect("an event");
        let value = message.payload().expect("a value");
        let framed = Framed::parse(value).expect("a message");
        black_box(from_datum::<OrderEvent>(framed.datum).expect("an event"));
        if number == 0 {
            first = start.at(Instant::now());
        }
    }
    let cost = first.cost();
    // Leaving waits for the broker.
    let closed = tokio::task::spawn_blocking(move || drop(consumer));
    closed.await.expect("the group is left");
    cost
}
