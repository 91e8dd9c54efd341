//! A Kafka broker in the process, for tests and demonstrations: librdkafka's mock cluster.
//!
//! It is reachable over TCP by any client and knows topics, consumer groups, and idempotent and transactional producers. It
//! keeps little data, forgets everything at its end, and has no admin calls: create topics through [`Broker`].

use std::fmt;
use std::sync::mpsc;
use std::thread;

use rdkafka::error::KafkaError;
use rdkafka::mocking::MockCluster;
use rdkafka::types::RDKafkaErrorCode;

use crate::error::{TransportError, TransportErrorKind};
use crate::transport::KafkaSettings;

/// A running broker; it stops when dropped.
///
/// ```
/// use avro_kafka::mock::Broker;
///
/// let broker = Broker::start([("orders", 3)])?;
/// assert!(broker.bootstrap_servers().starts_with("127.0.0.1:"));
/// # Ok::<(), avro_kafka::TransportError>(())
/// ```
pub struct Broker {
    bootstrap_servers: String,
    /// Closed by the drop, which ends the thread.
    commands: mpsc::Sender<Command>,
}

enum Command {
    CreateTopic(String, i32, mpsc::Sender<Result<(), KafkaError>>),
    SetUp(bool, mpsc::Sender<Result<(), KafkaError>>),
}

impl Broker {
    /// Starts a broker on a free port of the loopback address, with these topics and partition counts.
    ///
    /// # Errors
    /// If no port can be had or a topic's partition count is below 1.
    pub fn start<T: AsRef<str>>(
        topics: impl IntoIterator<Item = (T, i32)>,
    ) -> Result<Self, TransportError> {
        let (started, start) = mpsc::channel();
        let (commands, queue) = mpsc::channel();
        // The cluster stays on the thread that made it: its handle is not made for sharing.
        thread::Builder::new()
            .name("kafka-mock".to_owned())
            .spawn(move || run(&started, &queue))
            .map_err(|error| stopped("start").caused_by(error))?;
        let bootstrap_servers = start
            .recv()
            .map_err(|_| stopped("start"))?
            .map_err(|error| failed("start", error))?;
        let broker = Self {
            bootstrap_servers,
            commands,
        };
        for (topic, partitions) in topics {
            broker.create_topic(topic.as_ref(), partitions)?;
        }
        Ok(broker)
    }

    /// The `host:port` that clients connect to.
    pub fn bootstrap_servers(&self) -> &str {
        &self.bootstrap_servers
    }

    /// Settings for clients of this broker.
    ///
    /// When a member leaves a group, librdkafka's mock lets the others wait for almost a whole session timeout: 45 s unless
    /// set. Here it is 3 s.
    pub fn settings(&self) -> KafkaSettings {
        KafkaSettings::new(&self.bootstrap_servers)
            .consumer("session.timeout.ms", "3000")
            .consumer("heartbeat.interval.ms", "500")
    }

    /// Creates a topic.
    ///
    /// # Errors
    /// If the topic is there already or `partitions` is below 1.
    pub fn create_topic(&self, topic: &str, partitions: i32) -> Result<(), TransportError> {
        let topic = topic.to_owned();
        self.ask("create a topic on", |reply| {
            Command::CreateTopic(topic, partitions, reply)
        })
    }

    /// Cuts all connections and refuses new ones, until [`Broker::resume`]: an outage.
    ///
    /// # Errors
    /// If the broker has stopped.
    pub fn interrupt(&self) -> Result<(), TransportError> {
        self.ask("interrupt", |reply| Command::SetUp(false, reply))
    }

    /// Ends an outage. Topics, records and offsets are as they were.
    ///
    /// # Errors
    /// If the broker has stopped.
    pub fn resume(&self) -> Result<(), TransportError> {
        self.ask("resume", |reply| Command::SetUp(true, reply))
    }

    fn ask(
        &self,
        what: &str,
        command: impl FnOnce(mpsc::Sender<Result<(), KafkaError>>) -> Command,
    ) -> Result<(), TransportError> {
        let (reply, answer) = mpsc::channel();
        self.commands
            .send(command(reply))
            .map_err(|_| stopped(what))?;
        answer
            .recv()
            .map_err(|_| stopped(what))?
            .map_err(|error| failed(what, error))
    }
}

/// The only broker of the cluster; librdkafka counts from 1.
const BROKER: i32 = 1;

fn run(started: &mpsc::Sender<Result<String, KafkaError>>, commands: &mpsc::Receiver<Command>) {
    let cluster = match MockCluster::new(1) {
        Ok(cluster) => cluster,
        Err(error) => {
            // Whoever asked may have gone; then nobody waits for the answer.
            let _ = started.send(Err(error));
            return;
        }
    };
    let _ = started.send(Ok(cluster.bootstrap_servers()));
    while let Ok(command) = commands.recv() {
        let (result, reply) = match command {
            Command::CreateTopic(topic, partitions, reply) => {
                (create_topic(&cluster, &topic, partitions), reply)
            }
            Command::SetUp(true, reply) => (cluster.broker_up(BROKER), reply),
            Command::SetUp(false, reply) => (cluster.broker_down(BROKER), reply),
        };
        let _ = reply.send(result);
    }
}

fn create_topic<C: rdkafka::ClientContext>(
    cluster: &MockCluster<'_, C>,
    topic: &str,
    partitions: i32,
) -> Result<(), KafkaError> {
    if partitions < 1 || topic.contains('\0') {
        return Err(KafkaError::MockCluster(RDKafkaErrorCode::InvalidPartitions));
    }
    cluster.create_topic(topic, partitions, 1)
}

fn failed(what: &str, error: KafkaError) -> TransportError {
    TransportError::new(
        TransportErrorKind::Other,
        format!("cannot {what} the broker in the process: {error}"),
    )
    .caused_by(error)
}

fn stopped(what: &str) -> TransportError {
    TransportError::new(
        TransportErrorKind::Closed,
        format!("cannot {what} the broker in the process: its thread is gone"),
    )
}

impl fmt::Debug for Broker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Broker")
            .field("bootstrap_servers", &self.bootstrap_servers)
            .finish_non_exhaustive()
    }
}
