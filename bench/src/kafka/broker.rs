//! The brokers: librdkafka's mock cluster in a process of its own, and a real Kafka.

use std::io::{BufRead, BufReader, Read, Write, stdin, stdout};
use std::process::{Child, Command, Stdio, exit};
use std::time::Duration;

use avro_kafka::mock::Broker;
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::types::RDKafkaErrorCode;

use super::events::TOPICS;

/// The first argument of the mock cluster's process.
const SERVE: &str = "--mock-broker";

/// The variable that names a real Kafka.
const BOOTSTRAP_SERVERS: &str = "KAFKA_BOOTSTRAP_SERVERS";

/// How many partitions every topic has.
///
/// The mock cluster keeps 5 MiB or 100,000 records of each, which bounds what a consumer can be given.
pub const PARTITIONS: i32 = 8;

/// The mock cluster's process; it ends with this value.
pub struct MockCluster(Child, String);

impl MockCluster {
    /// Starts this program once more as a broker with the topics of the benchmark.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program");
        let output = process.stdout.take().expect("a pipe");
        let mut servers = String::new();
        let read = BufReader::new(output).read_line(&mut servers);
        assert!(read.is_ok_and(|read| read > 0), "the broker starts");
        Self(process, servers.trim().to_owned())
    }

    /// Where clients connect to.
    pub fn servers(&self) -> &str {
        &self.1
    }
}

impl Drop for MockCluster {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// The mock cluster, if this is its process. To be called first.
///
/// # Panics
/// If the broker does not start.
pub fn main() {
    if std::env::args().nth(1).is_none_or(|word| word != SERVE) {
        return;
    }
    let topics = TOPICS.map(|topic| (topic, PARTITIONS));
    let broker = Broker::start(topics).expect("a broker");
    let mut out = stdout();
    let told = writeln!(out, "{}", broker.bootstrap_servers()).and_then(|()| out.flush());
    told.expect("whoever started this process");
    let _ = stdin().read_to_end(&mut Vec::new());
    drop(broker);
    exit(0);
}

/// The real Kafka that the environment names, with the topics of the benchmark made anew.
///
/// # Panics
/// If a topic cannot be removed or created.
pub async fn real() -> Option<String> {
    let servers = std::env::var(BOOTSTRAP_SERVERS).ok()?;
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
        .set("bootstrap.servers", &servers)
        .create()
        .expect("a client");
    let options = AdminOptions::new();
    let removed = admin.delete_topics(&TOPICS, &options).await;
    for topic in removed.expect("an answer") {
        let gone = topic.map_err(|(_, error)| error);
        let fine = matches!(gone, Ok(_) | Err(RDKafkaErrorCode::UnknownTopicOrPartition));
        assert!(fine, "a topic of an earlier run: {gone:?}");
    }
    for topic in TOPICS {
        create(&admin, topic).await;
    }
    Some(servers)
}

/// Creates the topic; one that is being removed still stands in the way for a while.
async fn create(admin: &AdminClient<DefaultClientContext>, topic: &str) {
    for _ in 0..50 {
        let new = NewTopic::new(topic, PARTITIONS, TopicReplication::Fixed(1));
        let created = admin.create_topics([&new], &AdminOptions::new()).await;
        match created.expect("an answer").pop() {
            Some(Err((_, RDKafkaErrorCode::TopicAlreadyExists))) => {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            created => {
                assert!(matches!(created, Some(Ok(_))), "{created:?}");
                return;
            }
        }
    }
    panic!("topic {topic} is not removed");
}
