use std::sync::Arc;

use avro_kafka::{
    Event, InMemory, OutgoingRecord, Position, Positioned, StartAt, Subscription, Transport,
    TransportError, TransportErrorKind,
};

use crate::cases::{self, Kafka};

fn with_topic(topic: &str, partitions: usize) -> Kafka {
    let kafka = InMemory::new();
    kafka.create_topic(topic, partitions);
    Arc::new(kafka)
}

#[tokio::test]
async fn bytes_come_back() {
    cases::bytes_come_back(with_topic("t", 2), "t").await;
}

#[tokio::test]
async fn records_are_sent_on_as_they_were() {
    cases::records_are_sent_on_as_they_were(with_topic("t", 1), "t").await;
}

#[tokio::test]
async fn many_records_in_order() {
    cases::many_records_in_order(with_topic("t", 4), "t").await;
}

#[tokio::test]
async fn only_commits_are_remembered() {
    cases::only_commits_are_remembered(with_topic("t", 1), "t").await;
}

#[tokio::test]
async fn giving_up_waiting_loses_nothing() {
    cases::giving_up_waiting_loses_nothing(with_topic("t", 1), "t").await;
}

#[tokio::test]
async fn members_share_the_partitions() {
    cases::members_share_the_partitions(with_topic("t", 2), "t").await;
}

#[tokio::test]
async fn commits_never_go_back() {
    cases::commits_never_go_back(with_topic("t", 1), "t").await;
}

#[tokio::test]
async fn impossible_positions_are_refused() {
    cases::impossible_positions_are_refused(with_topic("t", 1), "t").await;
}

#[tokio::test]
async fn a_lost_partition_cannot_be_committed() {
    cases::a_lost_partition_cannot_be_committed(with_topic("t", 2), "t").await;
}

#[tokio::test]
async fn a_topic_must_be_created() {
    let kafka = InMemory::new();
    let error = kafka
        .send(OutgoingRecord::to("nowhere").value(b"v"))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::UnknownTopic);
    kafka.create_topic("two", 2);
    let error = kafka
        .send(OutgoingRecord::to("two").partition(2))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::UnknownTopic);
}

#[tokio::test]
async fn latest_starts_where_the_member_joined() {
    let kafka = InMemory::new();
    kafka.create_topic("t", 1);
    kafka
        .send(OutgoingRecord::to("t").value(b"before"))
        .await
        .unwrap();
    let subscription = Subscription {
        group: "g".to_owned(),
        topics: vec!["t".to_owned()],
        start_at: StartAt::Latest,
    };
    let subscriber = kafka.subscribe(subscription).await.unwrap();
    kafka
        .send(OutgoingRecord::to("t").value(b"after"))
        .await
        .unwrap();
    assert_eq!(
        cases::next(&*subscriber).await.value.as_deref(),
        Some(&b"after"[..])
    );
}

#[tokio::test]
async fn the_hook_corrupts_and_fails() {
    let kafka = InMemory::new();
    kafka.create_topic("t", 1);
    let mut deliveries = 0;
    kafka.set_hook(move |event| match event {
        Event::Append(record) if record.value.as_deref() == Some(b"refuse") => Err(
            TransportError::new(TransportErrorKind::Rejected, "refused by the test"),
        ),
        Event::Append(record) => {
            record.value = Some("corrupted".into());
            record.partition = 99;
            Ok(())
        }
        Event::Deliver(_) => {
            deliveries += 1;
            if deliveries == 1 {
                return Err(TransportError::new(TransportErrorKind::Unavailable, "away"));
            }
            Ok(())
        }
        Event::Commit(_) => Err(TransportError::new(
            TransportErrorKind::TimedOut,
            "no answer",
        )),
        _ => Ok(()),
    });

    let refused = kafka
        .send(OutgoingRecord::to("t").value(b"refuse"))
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), TransportErrorKind::Rejected);
    kafka
        .send(OutgoingRecord::to("t").value(b"fine"))
        .await
        .unwrap();
    assert_eq!(kafka.records("t").len(), 1);

    let shared: Kafka = Arc::new(kafka.clone());
    let subscriber = cases::join(&shared, "g", "t").await;
    assert!(subscriber.recv().await.unwrap_err().is_retriable());
    let record = subscriber.recv().await.unwrap();
    assert_eq!(
        record.value.as_deref(),
        Some(&b"corrupted"[..]),
        "not lost by the failure before"
    );
    assert!(subscriber.commit(&[record.position()]).await.is_err());
    assert_eq!(kafka.committed("g", "t", 0), None);
}

#[tokio::test]
async fn a_partition_of_another_member_cannot_be_committed() {
    let kafka: Kafka = with_topic("t", 2);
    let first = cases::join(&kafka, "g", "t").await;
    let second = cases::join(&kafka, "g", "t").await;
    let of_second = Position {
        topic: "t".into(),
        partition: 1,
        offset: 0,
    };
    let error = first
        .commit(std::slice::from_ref(&of_second))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Revoked);
    second.commit(&[of_second]).await.unwrap();
}
