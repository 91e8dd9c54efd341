//! The same cases against the Kafka at `KAFKA_BOOTSTRAP_SERVERS`.

use std::sync::Arc;

use avro_kafka::{KafkaSettings, RdKafka};

use crate::cases::{self, Kafka};

#[path = "../real/mod.rs"]
mod real;

async fn connect(case: &str, partitions: i32) -> Option<(Kafka, String)> {
    let servers = real::bootstrap_servers()?;
    let topic = real::create_topic(&servers, case, partitions).await;
    let kafka = RdKafka::new(KafkaSettings::new(servers)).unwrap();
    Some((Arc::new(kafka), topic))
}

#[tokio::test]
async fn bytes_come_back() {
    if let Some((kafka, topic)) = connect("bytes", 2).await {
        cases::bytes_come_back(kafka, &topic).await;
    }
}

#[tokio::test]
async fn records_are_sent_on_as_they_were() {
    if let Some((kafka, topic)) = connect("sent-on", 1).await {
        cases::records_are_sent_on_as_they_were(kafka, &topic).await;
    }
}

#[tokio::test]
async fn many_records_in_order() {
    if let Some((kafka, topic)) = connect("many", 4).await {
        cases::many_records_in_order(kafka, &topic).await;
    }
}

#[tokio::test]
async fn only_commits_are_remembered() {
    if let Some((kafka, topic)) = connect("commits", 1).await {
        cases::only_commits_are_remembered(kafka, &topic).await;
    }
}

#[tokio::test]
async fn giving_up_waiting_loses_nothing() {
    if let Some((kafka, topic)) = connect("cancel", 1).await {
        cases::giving_up_waiting_loses_nothing(kafka, &topic).await;
    }
}

#[tokio::test]
async fn members_share_the_partitions() {
    if let Some((kafka, topic)) = connect("shared", 2).await {
        cases::members_share_the_partitions(kafka, &topic).await;
    }
}

#[tokio::test]
async fn commits_never_go_back() {
    if let Some((kafka, topic)) = connect("back", 1).await {
        cases::commits_never_go_back(kafka, &topic).await;
    }
}

#[tokio::test]
async fn impossible_positions_are_refused() {
    if let Some((kafka, topic)) = connect("impossible", 1).await {
        cases::impossible_positions_are_refused(kafka, &topic).await;
    }
}

#[tokio::test]
async fn a_lost_partition_cannot_be_committed() {
    if let Some((kafka, topic)) = connect("lost", 2).await {
        cases::a_lost_partition_cannot_be_committed(kafka, &topic).await;
    }
}
