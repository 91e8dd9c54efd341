//! The loop that the documentation of `TypedConsumer` shows, in a group whose members come and go, with a handler that takes
//! too long and brokers that go away: every message is handled, and nothing is committed that was not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use avro_kafka::mock::Broker;
use avro_kafka::{
    ConsumeError, ConsumerSettings, Event, InMemory, KafkaSettings, Message, OutgoingRecord,
    RdKafka, Reaction, Transport, TransportError, TransportErrorKind, TypedConsumer,
};
use avro_registry::SchemaRegistry;
use avro_runtime::topic::Topic;
use avro_runtime::{AvroSchema, confluent};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use crate::item::{Item, Items, item};
use crate::real;
use crate::registry::TestRegistry;
use crate::renamed::Renamed;

const PARTITIONS: i32 = 4;
const MESSAGES: i32 = 800;
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test]
async fn in_memory() {
    let kafka = InMemory::new();
    kafka.create_topic(Items::NAME, PARTITIONS as usize);
    let trouble = trouble_now_and_then(&kafka);
    let world = World::new(Arc::new(kafka), Duration::from_millis(50)).await;
    let over = || trouble.store(false, Ordering::SeqCst);
    members_come_and_go(&world, || {}, over).await;
    world.nothing_is_left(Duration::ZERO).await;
}

#[tokio::test]
async fn on_a_broker_in_the_process() {
    let broker = Broker::start([(Items::NAME, PARTITIONS)]).unwrap();
    let settings = broker.settings().consumer("max.poll.interval.ms", "3000");
    let kafka = RdKafka::new(settings.set("reconnect.backoff.max.ms", "500")).unwrap();
    let world = World::new(Arc::new(kafka), Duration::from_secs(5)).await;
    let (away, back) = (|| broker.interrupt().unwrap(), || broker.resume().unwrap());
    members_come_and_go(&world, away, back).await;
    world.nothing_is_left(Duration::from_secs(8)).await;
}

#[tokio::test]
async fn on_a_real_kafka() {
    let Some(servers) = real::bootstrap_servers() else {
        return;
    };
    let topic = real::create_topic(&servers, "group", PARTITIONS).await;
    let settings = KafkaSettings::new(servers)
        .consumer("session.timeout.ms", "6000")
        .consumer("max.poll.interval.ms", "6000");
    let kafka: Arc<dyn Transport> = Arc::new(RdKafka::new(settings).unwrap());
    let kafka = Arc::new(Renamed { kafka, topic });
    let world = World::new(kafka, Duration::from_secs(9)).await;
    members_come_and_go(&world, || {}, || {}).await;
    world.nothing_is_left(Duration::from_secs(8)).await;
}

/// What a group and a cluster do to a consumer, as errors in memory: by turns of all kinds, until told otherwise.
fn trouble_now_and_then(kafka: &InMemory) -> Arc<AtomicBool> {
    use TransportErrorKind::{Rebalancing, Revoked, TimedOut, Unavailable};
    let trouble = Arc::new(AtomicBool::new(true));
    let goes_on = Arc::clone(&trouble);
    let mut events = 0_usize;
    kafka.set_hook(move |event| {
        if !goes_on.load(Ordering::SeqCst) {
            return Ok(());
        }
        events += 1;
        let kinds = match event {
            Event::Deliver(_) if events.is_multiple_of(41) => [Rebalancing, Revoked, Revoked],
            Event::Commit(_) if events.is_multiple_of(3) => [Rebalancing, TimedOut, Unavailable],
            _ => return Ok(()),
        };
        let kind = kinds[events % kinds.len()];
        Err(TransportError::new(kind, "the test says so"))
    });
    trouble
}

/// A loop of its own for each member, who come, close, are dropped in the midst of a message, and take too long.
async fn members_come_and_go(
    world: &World,
    brokers_go_away: impl FnOnce(),
    brokers_are_back: impl FnOnce(),
) {
    let producing = world.produce();
    let first = world.member().await;
    let second = world.member().await;
    world.handled(100).await;
    let third = world.member().await;
    world.handled(200).await;
    second.close().await;
    world.handled(300).await;
    let fourth = world.member().await;
    third.drop_in_the_midst();
    world.handled(400).await;
    world.be_slow_once();
    world.handled(500).await;
    brokers_go_away();
    sleep(Duration::from_millis(1500)).await;
    brokers_are_back();
    producing.await.unwrap();
    world.handled(MESSAGES as usize).await;
    fourth.close().await;
    // Whoever is left takes over, and commits what it meets again.
    sleep(world.slow).await;
    first.close().await;
}

/// A topic with its group, and what became of its messages.
struct World {
    kafka: Arc<dyn Transport>,
    registry: Arc<dyn SchemaRegistry>,
    framing: Vec<u8>,
    ledger: Arc<Ledger>,
    /// Longer than a member may take.
    slow: Duration,
}

#[derive(Default)]
struct Ledger {
    /// By partition the offsets that were handled.
    handled: Mutex<BTreeMap<i32, BTreeSet<i64>>>,
    quantities: Mutex<BTreeSet<i32>>,
    /// How many milliseconds the next message takes besides.
    slow: AtomicU64,
}

impl World {
    async fn new(kafka: Arc<dyn Transport>, slow: Duration) -> Self {
        let registry = Arc::<TestRegistry>::default();
        let registered = registry
            .register("items-value", Item::SCHEMA)
            .await
            .unwrap();
        let framing = [&[0][..], &registered.id.get().to_be_bytes()].concat();
        assert_eq!(framing.len(), confluent::PREFIX_LEN);
        Self {
            kafka,
            registry,
            framing,
            ledger: Arc::default(),
            slow,
        }
    }

    async fn consumer(&self) -> TypedConsumer<Items> {
        let settings = ConsumerSettings::new("g").commit_interval(Duration::from_millis(100));
        let registry = Arc::clone(&self.registry);
        TypedConsumer::join(&*self.kafka, registry, settings)
            .await
            .unwrap()
    }

    async fn member(&self) -> Member {
        let consumer = self.consumer().await;
        let ledger = Arc::clone(&self.ledger);
        let (close, closed) = oneshot::channel::<()>();
        let shutdown = async {
            // Whoever drops the sender aborts the task too.
            let _ = closed.await;
        };
        let task = tokio::spawn(serve(consumer, ledger, shutdown));
        Member { close, task }
    }

    /// Sends the messages over a while, to each partition in turn.
    fn produce(&self) -> JoinHandle<()> {
        let kafka = Arc::clone(&self.kafka);
        let framing = self.framing.clone();
        tokio::spawn(async move {
            for quantity in 0..MESSAGES {
                send(&*kafka, &framing, quantity % PARTITIONS, quantity).await;
                sleep(Duration::from_millis(5)).await;
            }
        })
    }

    async fn handled(&self, count: usize) {
        let started = Instant::now();
        loop {
            let handled = self.ledger.quantities.lock().unwrap().len();
            if handled >= count {
                return;
            }
            let waited = started.elapsed();
            assert!(
                waited < PATIENCE,
                "{handled} of {count} messages were handled"
            );
            sleep(Duration::from_millis(10)).await;
        }
    }

    fn be_slow_once(&self) {
        let slow = self.slow.as_millis() as u64;
        self.ledger.slow.store(slow, Ordering::SeqCst);
    }

    /// All that was handled is committed when the last member has closed: the next one receives what is sent after that.
    async fn nothing_is_left(&self, group_forms_within: Duration) {
        let started = Instant::now();
        let mut consumer = self.consumer().await;
        let mut waiting: BTreeSet<i32> = (0..PARTITIONS).collect();
        for partition in 0..PARTITIONS {
            send(&*self.kafka, &self.framing, partition, -1).await;
        }
        while !waiting.is_empty() {
            let received = timeout(PATIENCE, consumer.recv()).await.unwrap();
            match received {
                Ok(message) => {
                    assert_eq!(message.value.quantity, -1, "{:?}", message.record);
                    waiting.remove(&message.partition());
                }
                Err(error) => assert_ne!(error.reaction(), Reaction::Stop, "{error}"),
            }
        }
        // A member that ends without closing blocks its partitions for a whole session timeout.
        let formed = started.elapsed();
        assert!(
            group_forms_within.is_zero() || formed < group_forms_within,
            "{formed:?}"
        );
        consumer.close().await.unwrap();
    }
}

async fn send(kafka: &dyn Transport, framing: &[u8], partition: i32, quantity: i32) {
    let datum = avro_runtime::to_datum(&item("a", quantity)).unwrap();
    let value = [framing, &datum].concat();
    let record = OutgoingRecord::to(Items::NAME)
        .partition(partition)
        .value(&value);
    kafka.send(record).await.unwrap();
}

struct Member {
    close: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ConsumeError>>,
}

impl Member {
    async fn close(self) {
        // Nobody listens if it has ended by itself; then the outcome says why.
        let _ = self.close.send(());
        let ended = timeout(PATIENCE, self.task).await.unwrap();
        ended.unwrap().unwrap();
    }

    fn drop_in_the_midst(self) {
        self.task.abort();
    }
}

impl Ledger {
    async fn handle(&self, message: &Message<Item>) {
        sleep(Duration::from_millis(1)).await;
        sleep(Duration::from_millis(self.slow.swap(0, Ordering::SeqCst))).await;
        let mut handled = self.handled.lock().unwrap();
        let handled = handled.entry(message.partition()).or_default();
        handled.insert(message.offset());
        self.quantities
            .lock()
            .unwrap()
            .insert(message.value.quantity);
        // A commit of this message is one of all before it.
        let before = handled.range(..message.offset()).count();
        assert_eq!(before as i64, message.offset(), "one was passed over");
    }
}

/// The loop of the documentation; the pause is shorter.
async fn serve(
    mut consumer: TypedConsumer<Items>,
    ledger: Arc<Ledger>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ConsumeError> {
    let mut shutdown = std::pin::pin!(shutdown);
    let outcome = loop {
        let received = tokio::select! {
            received = consumer.recv() => received,
            () = &mut shutdown => break Ok(()),
        };
        match received {
            Ok(message) => {
                ledger.handle(&message).await;
                consumer.done(&message);
            }
            Err(ConsumeError::Undecodable(record)) => panic!("{record}"),
            Err(error) => match error.reaction() {
                Reaction::GoOn => {}
                Reaction::Wait => sleep(Duration::from_millis(100)).await,
                Reaction::Stop => break Err(error),
            },
        }
    };
    consumer.close().await.and(outcome)
}
