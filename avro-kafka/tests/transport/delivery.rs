//! What becomes of a record that was handed over to librdkafka, and how its sender learns of it.

use std::sync::Arc;
use std::time::Duration;

use avro_kafka::mock::Broker;
use avro_kafka::{
    InMemory, KafkaSettings, OutgoingRecord, PendingDelivery, RdKafka, TransportErrorKind,
};

use crate::cases::{self, Kafka};

const PATIENCE: Duration = Duration::from_secs(60);

fn connect(settings: KafkaSettings) -> Kafka {
    Arc::new(RdKafka::new(settings).unwrap())
}

/// Hands a record over, at once if that can be.
async fn hand_over(kafka: &Kafka, record: OutgoingRecord<'_>) -> PendingDelivery {
    match kafka.try_enqueue(&record).unwrap() {
        Some(report) => report,
        None => kafka.enqueue(record).await.unwrap(),
    }
}

async fn values_in_order(kafka: Kafka, count: u32) {
    let mut reports = Vec::new();
    for number in 0..count {
        let value = number.to_be_bytes();
        let record = OutgoingRecord::to("t").partition(0).value(&value);
        // By one way and by the other.
        reports.push(match number % 3 {
            0 => kafka.enqueue(record).await.unwrap(),
            _ => hand_over(&kafka, record).await,
        });
    }
    // Whatever the order in which the reports are asked for.
    for (offset, report) in reports.into_iter().enumerate().rev() {
        assert_eq!(report.await.unwrap().offset, offset as i64);
    }
    let subscriber = cases::join(&kafka, "order", "t").await;
    for number in 0..count {
        let record = match subscriber.try_recv().unwrap() {
            Some(record) => record,
            None => cases::next(&*subscriber).await,
        };
        assert_eq!(record.value.as_deref(), Some(&number.to_be_bytes()[..]));
    }
    subscriber.close().await.unwrap();
}

#[tokio::test]
async fn both_ways_to_hand_over_and_to_receive_keep_the_order() {
    let memory = InMemory::new();
    memory.create_topic("t", 1);
    values_in_order(Arc::new(memory), 1_000).await;
    let broker = Broker::start([("t", 1)]).unwrap();
    // A queue that is full now and then.
    let settings = broker
        .settings()
        .producer("queue.buffering.max.messages", "50");
    values_in_order(connect(settings), 1_000).await;
}

#[tokio::test]
async fn a_report_that_is_dropped_takes_no_record_back() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let kafka = connect(broker.settings());
    for value in [b"0", b"1"] {
        drop(hand_over(&kafka, OutgoingRecord::to("t").value(value)).await);
    }
    kafka.flush(PATIENCE).await.unwrap();
    let subscriber = cases::join(&kafka, "g", "t").await;
    for value in [b"0", b"1"] {
        let record = cases::next(&*subscriber).await;
        assert_eq!(record.value.as_deref(), Some(&value[..]));
    }
}

#[tokio::test]
async fn a_report_outlives_the_transport() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let kafka = connect(broker.settings());
    let report = hand_over(&kafka, OutgoingRecord::to("t").value(b"v")).await;
    drop(kafka);
    let delivery = tokio::time::timeout(PATIENCE, report).await.unwrap();
    assert_eq!(delivery.unwrap().offset, 0);
}

#[tokio::test]
async fn a_report_can_be_awaited_by_another_task_and_tells_once() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let kafka = connect(broker.settings());
    let mut report = hand_over(&kafka, OutgoingRecord::to("t").value(b"v")).await;
    // Asked by one task, then by another.
    let _ = tokio::time::timeout(Duration::ZERO, &mut report).await;
    let told = tokio::spawn(async move {
        let first = (&mut report).await;
        (first, report.await)
    });
    let (first, second) = told.await.unwrap();
    assert_eq!(first.unwrap().offset, 0);
    assert_eq!(second.unwrap_err().kind(), TransportErrorKind::Closed);
}

#[tokio::test]
async fn a_queue_that_stays_full_is_told_and_what_was_in_it_arrives() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker
        .settings()
        .set("reconnect.backoff.max.ms", "200")
        .producer("queue.buffering.max.messages", "10")
        .queue_timeout(Duration::from_millis(200));
    let kafka = connect(settings);
    let record = OutgoingRecord::to("t").value(b"v");
    kafka.send(record.clone()).await.unwrap();
    broker.interrupt().unwrap();
    let mut reports = Vec::new();
    let error = loop {
        match kafka.enqueue(record.clone()).await {
            Ok(report) => reports.push(report),
            Err(error) => break error,
        }
    };
    assert_eq!(reports.len(), 10);
    assert!(kafka.try_enqueue(&record).unwrap().is_none());
    assert_eq!(error.kind(), TransportErrorKind::QueueFull, "{error}");
    assert!(error.is_retriable());
    broker.resume().unwrap();
    for (number, report) in (1..).zip(reports) {
        let delivery = tokio::time::timeout(PATIENCE, report).await.unwrap();
        assert_eq!(delivery.unwrap().offset, number);
    }
    // There is room again.
    let report = hand_over(&kafka, record).await;
    assert_eq!(report.await.unwrap().offset, 11);
}

#[tokio::test]
async fn a_failed_delivery_names_the_topic() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker.settings().producer("message.timeout.ms", "1000");
    let kafka = connect(settings);
    kafka.send(OutgoingRecord::to("t")).await.unwrap();
    broker.interrupt().unwrap();
    let reports = [
        hand_over(&kafka, OutgoingRecord::to("t").value(b"1")).await,
        hand_over(&kafka, OutgoingRecord::to("t").value(b"2")).await,
    ];
    for report in reports {
        let error = report.await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::TimedOut);
        assert!(error.to_string().contains("topic t"), "{error}");
    }
}

#[tokio::test]
async fn what_librdkafka_refuses_is_told_at_once() {
    let broker = Broker::start([("t", 1)]).unwrap();
    let settings = broker.settings().producer("message.max.bytes", "1000");
    let kafka = connect(settings);
    kafka.send(OutgoingRecord::to("t")).await.unwrap();
    let large = [0; 2000];
    for (record, kind) in [
        (
            OutgoingRecord::to("t").value(&large),
            TransportErrorKind::Rejected,
        ),
        (
            OutgoingRecord::to("no\0topic"),
            TransportErrorKind::Configuration,
        ),
    ] {
        let error = kafka.try_enqueue(&record).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        let error = kafka.enqueue(record).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
}
