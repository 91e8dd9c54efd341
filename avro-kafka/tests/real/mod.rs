//! Where the real Kafka and registry are, if tests are to use them.

use std::process;
use std::time::{SystemTime, UNIX_EPOCH};

use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;

/// The servers of `KAFKA_BOOTSTRAP_SERVERS` if `RUN_KAFKA_INTEGRATION_TESTS=1`, which then must be set.
pub(crate) fn bootstrap_servers() -> Option<String> {
    wanted().then(|| required("KAFKA_BOOTSTRAP_SERVERS"))
}

fn wanted() -> bool {
    std::env::var("RUN_KAFKA_INTEGRATION_TESTS").is_ok_and(|value| value == "1")
}

pub(crate) fn required(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!("RUN_KAFKA_INTEGRATION_TESTS=1 but {variable} is not set: these tests must not be skipped")
    })
}

/// Creates a topic that no other run has, and answers with its name.
pub(crate) async fn create_topic(servers: &str, case: &str, partitions: i32) -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_nanos();
    let topic = format!("avro-kafka-test-{case}-{since}-{}", process::id());
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
        .set("bootstrap.servers", servers)
        .create()
        .unwrap();
    let new = NewTopic::new(&topic, partitions, TopicReplication::Fixed(1));
    let created = admin
        .create_topics([&new], &AdminOptions::new())
        .await
        .unwrap();
    assert!(created.iter().all(Result::is_ok), "{created:?}");
    topic
}
