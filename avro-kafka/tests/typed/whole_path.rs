//! Value → registry, broker → value, over sockets: in the process always, and on the real systems if they are there.

use std::sync::Arc;
use std::time::Duration;

use avro_kafka::mock::Broker;
use avro_kafka::{
    ConsumeError, ConsumerSettings, Framing, KafkaSettings, Message, OutgoingRecord,
    ProducerSettings, RdKafka, Reaction, Transport, TypedConsumer, TypedProducer,
};
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{CachedRegistry, HttpRegistry, SchemaIdentifier, SchemaRegistry};
use avro_runtime::AvroSchema;
use avro_runtime::topic::{SubjectNameStrategy, Topic};

use crate::item::{Item, Items, item};
use crate::real;
use crate::renamed::Renamed;

const PATIENCE: Duration = Duration::from_secs(60);
const COUNT: i32 = 500;

fn registry_at(url: &str) -> Arc<dyn SchemaRegistry> {
    let http = HttpRegistry::new(url).unwrap();
    Arc::new(CachedRegistry::new(Arc::new(http), 100))
}

#[tokio::test]
async fn in_the_process() {
    for framing in [Framing::Prefix, Framing::Header] {
        let broker = Broker::start([(Items::NAME, 3)]).unwrap();
        let registry = EmbeddedRegistry::start().await.unwrap();
        let kafka = RdKafka::new(broker.settings()).unwrap();
        run::<Items>(Arc::new(kafka), registry_at(&registry.url()), framing).await;
    }
}

#[tokio::test]
async fn on_real_systems() {
    let Some(servers) = real::bootstrap_servers() else {
        return;
    };
    let registry = registry_at(&real::required("KAFKA_SCHEMA_REGISTRY_URL"));
    let topic = real::create_topic(&servers, "typed", 3).await;
    let kafka: Arc<dyn Transport> = Arc::new(RdKafka::new(KafkaSettings::new(servers)).unwrap());
    // The topic's name is made at run time, and a `Topic` has its name in its type: the transport translates.
    // The registry of these tests, Apicurio's, has no GUIDs.
    let kafka = Arc::new(Renamed { kafka, topic });
    run::<Items>(kafka, registry, Framing::Prefix).await;
}

async fn run<T: Topic<Key = str, Value = Item>>(
    kafka: Arc<dyn Transport>,
    registry: Arc<dyn SchemaRegistry>,
    framing: Framing,
) {
    assert!(matches!(T::SUBJECT, SubjectNameStrategy::TopicName));
    let settings = ProducerSettings::default()
        .header("producer", "test")
        .framing(framing);
    let producer = TypedProducer::<T>::new(Arc::clone(&kafka), Arc::clone(&registry), settings);
    let mut reports = Vec::new();
    for quantity in 1..=COUNT {
        let item = item(&format!("sku-{}", quantity % 10), quantity);
        reports.push(producer.enqueue(&item, &[]).await.unwrap());
        if quantity == COUNT / 2 {
            let poison = OutgoingRecord::to(T::NAME)
                .key(b"poison")
                .value(b"\x00not avro");
            kafka.send(poison).await.unwrap();
        }
    }
    producer.flush(PATIENCE).await.unwrap();
    for report in reports {
        report.await.unwrap();
    }

    let schema_id = schema_id(&producer, &registry, framing).await;
    let mut consumer = join::<T>(&kafka, &registry).await;
    let mut quantities = Vec::new();
    let mut poisoned = 0;
    let mut last = None;
    while quantities.len() + poisoned < COUNT as usize + 1 {
        match next(&mut consumer).await {
            Ok(message) => {
                assert_eq!(message.key_str(), Some(message.value.sku.as_str()));
                assert_eq!(message.header("serialization"), None);
                assert_eq!(message.header("producer"), Some(&b"test"[..]));
                assert_eq!(message.schema_id, schema_id);
                quantities.push(message.value.quantity);
                consumer.commit_all([&message]).await.unwrap();
                last = Some(message);
            }
            Err(bad) => {
                assert_eq!(bad.record.value.as_deref(), Some(&b"\x00not avro"[..]));
                consumer.commit(&*bad).await.unwrap();
                poisoned += 1;
            }
        }
    }
    quantities.sort_unstable();
    assert_eq!(quantities, (1..=COUNT).collect::<Vec<_>>());
    assert_eq!(poisoned, 1);
    consumer.close().await.unwrap();

    // All is committed: whoever comes next in the group gets what is sent next, and nothing else.
    let last: Message<Item> = last.unwrap();
    producer.send(&item("new", 7777)).await.unwrap();
    let mut consumer = join::<T>(&kafka, &registry).await;
    let message = next(&mut consumer).await.unwrap();
    assert_eq!(message.value, item("new", 7777), "after {last:?}");
    consumer.close().await.unwrap();
}

/// What messages in this form call their schema.
async fn schema_id<T: Topic>(
    producer: &TypedProducer<T>,
    registry: &Arc<dyn SchemaRegistry>,
    framing: Framing,
) -> SchemaIdentifier {
    let id = producer.schema_ids().await.unwrap()[0];
    match framing {
        Framing::Prefix => id.into(),
        Framing::Header => {
            let subject = producer.subjects().next().unwrap();
            let found = registry.lookup(subject, Item::SCHEMA).await.unwrap();
            assert_eq!(found.id, id);
            found.guid.expect("the embedded registry has GUIDs").into()
        }
    }
}

async fn join<T: Topic>(
    kafka: &Arc<dyn Transport>,
    registry: &Arc<dyn SchemaRegistry>,
) -> TypedConsumer<T> {
    let settings = ConsumerSettings::new("whole-path");
    TypedConsumer::join(&**kafka, Arc::clone(registry), settings)
        .await
        .unwrap()
}

/// The next message or bad record; what passes is waited out.
async fn next<T: Topic>(
    consumer: &mut TypedConsumer<T>,
) -> Result<Message<T::Value>, Box<avro_kafka::Undecodable>> {
    let message = async {
        loop {
            match consumer.recv().await {
                Ok(message) => return Ok(message),
                Err(ConsumeError::Undecodable(bad)) => return Err(bad),
                Err(error) => assert_ne!(error.reaction(), Reaction::Stop, "{error:?}"),
            }
        }
    };
    tokio::time::timeout(PATIENCE, message)
        .await
        .expect("a message in time")
}
