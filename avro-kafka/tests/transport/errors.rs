//! What the errors of the transport over librdkafka say, and how often they say it.

use std::sync::Arc;
use std::time::Duration;

use avro_kafka::mock::Broker;
use avro_kafka::{KafkaSettings, OutgoingRecord, Position, RdKafka, Reaction, TransportErrorKind};
use tokio::time::{Instant, sleep};

use crate::cases::{self, Kafka};

/// Nobody listens there.
const NOWHERE: &str = "127.0.0.1:1";

fn nowhere() -> KafkaSettings {
    KafkaSettings::new(format!("user:hunter2@{NOWHERE}"))
        .set("sasl.username", "somebody")
        .set("sasl.password", "hunter2")
        .producer("message.timeout.ms", "500")
}

fn names_all(error: &str, all: &[&str]) {
    for name in all {
        assert!(error.contains(name), "{name} is not in: {error}");
    }
    assert!(!error.contains("hunter2"), "{error}");
}

#[tokio::test]
async fn errors_name_the_topic_and_the_brokers_and_no_secret() {
    let kafka: Kafka = Arc::new(RdKafka::new(nowhere()).unwrap());
    let sent = kafka.send(OutgoingRecord::to("orders").value(b"v")).await;
    names_all(&sent.unwrap_err().to_string(), &["orders", NOWHERE]);

    let subscriber = cases::join(&kafka, "billing", "orders").await;
    let read = subscriber.recv().await.unwrap_err();
    assert_eq!(read.kind(), TransportErrorKind::Unavailable, "{read}");
    names_all(&read.to_string(), &["orders", "billing", NOWHERE]);

    let position = Position {
        topic: "orders".into(),
        partition: 3,
        offset: 17,
    };
    let commit = subscriber.commit(std::slice::from_ref(&position)).await;
    names_all(
        &commit.unwrap_err().to_string(),
        &["orders[3]@17", "billing"],
    );

    let flushed = {
        let pending = kafka
            .enqueue(OutgoingRecord::to("orders").value(b"v"))
            .await;
        let flushed = kafka.flush(Duration::from_millis(10)).await;
        drop(pending.unwrap());
        flushed
    };
    names_all(&flushed.unwrap_err().to_string(), &[NOWHERE]);
}

/// Librdkafka keeps the errors of an outage for whoever reads next. When it is over, they hold up no record.
#[tokio::test]
async fn an_outage_that_is_over_is_no_error() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker.settings().set("reconnect.backoff.max.ms", "100");
    let kafka: Kafka = Arc::new(RdKafka::new(settings).unwrap());
    let record = |value| kafka.send(OutgoingRecord::to("t").value(value));
    record(b"before").await.unwrap();
    let subscriber = cases::join(&kafka, "g", "t").await;
    cases::next(&*subscriber).await;
    // Away and back, several times, while the handler of the first record takes its time.
    for _ in 0..6 {
        broker.interrupt().unwrap();
        sleep(Duration::from_millis(300)).await;
        broker.resume().unwrap();
        sleep(Duration::from_millis(300)).await;
    }
    record(b"after").await.unwrap();
    sleep(Duration::from_secs(1)).await;
    let started = Instant::now();
    let mut errors = Vec::new();
    let value = loop {
        match subscriber.recv().await {
            Ok(record) => break record.value,
            Err(error) => {
                assert_eq!(error.reaction(), Reaction::Wait, "{error}");
                errors.push(error.to_string());
                sleep(Duration::from_millis(100)).await;
            }
        }
    };
    assert_eq!(value.as_deref(), Some(&b"after"[..]));
    assert!(errors.len() <= 1, "{errors:#?}");
    assert!(started.elapsed() < Duration::from_secs(5));
}
