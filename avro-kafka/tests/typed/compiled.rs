//! Versions that are compiled in are read while the registry is away.

use std::sync::Arc;

use avro_kafka::{
    ConsumeError, ConsumerSettings, InMemory, OutgoingRecord, Transport, TypedConsumer,
};
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{ErrorKind, HttpRegistry, SchemaId, SchemaRegistry};
use avro_runtime::{AvroSchema, DeployedVersion, confluent};

use crate::registry::{TestRegistry, guid};
use crate::shared::com::acme::Parcel;
use crate::shared::topics::Parcels;

const SUBJECT: &str = "parcels-value";

/// Parcels of versions 1 and 2, and of today's schema.
const OF_FIRST: &[u8] = b"\x02\x04ab";
const OF_SECOND: &[u8] = b"\x04\x04ab\x02\x06dhl";
const OF_TODAY: &[u8] = b"\x06\x04ab\x0a";

fn version(number: u32) -> &'static str {
    DeployedVersion::of::<Parcel>(number).unwrap().schema
}

fn parcel(id: i64, grams: i64) -> Parcel {
    let to = "ab".to_owned();
    Parcel { id, to, grams }
}

/// A topic with one datum for each of these ids.
async fn topic(data: &[(SchemaId, &[u8])]) -> InMemory {
    let kafka = InMemory::new();
    kafka.create_topic("parcels", 1);
    for (id, datum) in data {
        let mut value = Vec::new();
        confluent::frame(id.get(), &mut value);
        value.extend_from_slice(datum);
        let record = OutgoingRecord {
            value: Some(&value),
            ..OutgoingRecord::to("parcels")
        };
        kafka.send(record).await.unwrap();
    }
    kafka
}

async fn join(
    kafka: &InMemory,
    registry: Arc<dyn SchemaRegistry>,
    settings: ConsumerSettings,
) -> TypedConsumer<Parcels> {
    TypedConsumer::join(kafka, registry, settings)
        .await
        .unwrap()
}

async fn received(consumer: &mut TypedConsumer<Parcels>) -> Parcel {
    let message = consumer.recv().await.unwrap();
    consumer.commit(&message).await.unwrap();
    message.value
}

#[tokio::test]
async fn an_old_version_is_read_while_the_registry_is_down() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let registry = Arc::new(HttpRegistry::new(&server.url()).unwrap());
    let mut ids = Vec::new();
    for schema in [version(1), version(2), Parcel::SCHEMA] {
        ids.push(registry.register(SUBJECT, schema).await.unwrap().id);
    }
    let data = [OF_FIRST, OF_SECOND, OF_TODAY];
    let kafka = topic(&[(ids[0], data[0]), (ids[1], data[1]), (ids[2], data[2])]).await;
    let settings = ConsumerSettings::new("g");
    let mut consumer = join(&kafka, registry.clone(), settings).await;
    drop(server);
    let error = registry.schema_by_id(ids[0]).await.unwrap_err();
    assert!(error.is_retriable(), "it is down");
    assert_eq!(received(&mut consumer).await, parcel(1, -1));
    assert_eq!(received(&mut consumer).await, parcel(2, -1));
    assert_eq!(received(&mut consumer).await, parcel(3, 5));
}

#[tokio::test]
async fn a_service_starts_without_a_registry_where_it_is_told_the_ids() {
    let registry = Arc::<TestRegistry>::default();
    registry.set_away(true);
    let (first, today, other) = (SchemaId::new(3), SchemaId::new(4), SchemaId::new(5));
    let kafka = topic(&[(first, OF_FIRST), (today, OF_TODAY), (other, OF_SECOND)]).await;
    let settings = ConsumerSettings::new("g")
        .known_schema(first, version(1))
        .known_schema(today, Parcel::SCHEMA);
    let mut consumer = join(&kafka, registry.clone(), settings).await;
    assert_eq!(received(&mut consumer).await, parcel(1, -1));
    assert_eq!(received(&mut consumer).await, parcel(3, 5));
    // Nobody said which schema has this id, and nobody guesses.
    match consumer.recv().await {
        Err(ConsumeError::Registry(error)) => assert_eq!(error.id, other.into()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn ids_are_learned_as_soon_as_the_registry_answers() {
    let registry = Arc::<TestRegistry>::default();
    let today = registry.register(SUBJECT, Parcel::SCHEMA).await.unwrap().id;
    let first = registry.register(SUBJECT, version(1)).await.unwrap().id;
    let kafka = topic(&[(today, OF_TODAY), (first, OF_FIRST)]).await;
    registry.set_away(true);
    let mut consumer = join(&kafka, registry.clone(), ConsumerSettings::new("g")).await;
    assert!(consumer.recv().await.is_err(), "no id is known");
    registry.set_away(false);
    assert_eq!(received(&mut consumer).await, parcel(3, 5));
    registry.set_away(true);
    let asked = registry.asked();
    assert_eq!(received(&mut consumer).await, parcel(1, -1));
    assert_eq!(registry.asked(), asked, "nothing was asked");
}

/// A registry that refuses to be asked is no reason not to start.
#[tokio::test]
async fn a_schema_that_is_not_registered_is_not_asked_for_again() {
    let registry = Arc::<TestRegistry>::default();
    let kafka = topic(&[]).await;
    drop(join(&kafka, registry.clone(), ConsumerSettings::new("g")).await);
    assert_eq!(registry.asked(), 3, "today's schema and two versions");
    let error = registry.lookup(SUBJECT, version(1)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SubjectNotFound);
}

#[tokio::test]
async fn guids_are_learned_with_ids_and_told_like_them() {
    let registry = Arc::<TestRegistry>::default();
    let ids = registry.register(SUBJECT, version(1)).await.unwrap();
    let guid = ids.guid.expect("the registry has GUIDs");
    let kafka = topic(&[]).await;
    let header = confluent::header(guid.to_bytes());
    let record = OutgoingRecord::to("parcels").value(OF_FIRST);
    let record = record.header(confluent::VALUE_SCHEMA_ID, &header);
    kafka.send(record).await.unwrap();
    let mut learned = join(&kafka, registry.clone(), ConsumerSettings::new("g")).await;
    registry.set_away(true);
    assert_eq!(received(&mut learned).await, parcel(1, -1));

    let settings = ConsumerSettings::new("other").known_schema(guid, version(1));
    let mut told = join(&kafka, registry, settings).await;
    assert_eq!(received(&mut told).await, parcel(1, -1));
}

/// The settings know one name of a schema, the registry tells the other.
#[tokio::test]
async fn what_the_settings_know_is_asked_for_too() {
    let registry = Arc::<TestRegistry>::default();
    let first = registry.register(SUBJECT, version(1)).await.unwrap().id;
    let kafka = topic(&[(first, OF_FIRST)]).await;
    let header = confluent::header(guid(first.get()).to_bytes());
    let mut record = OutgoingRecord::to("parcels").value(OF_FIRST);
    record
        .headers
        .push((confluent::VALUE_SCHEMA_ID.as_bytes(), Some(&header)));
    kafka.send(record).await.unwrap();
    let settings = ConsumerSettings::new("g").known_schema(first, version(1));
    let mut consumer = join(&kafka, registry.clone(), settings).await;
    registry.set_away(true);
    assert_eq!(received(&mut consumer).await, parcel(1, -1));
    assert_eq!(received(&mut consumer).await, parcel(1, -1));
}
