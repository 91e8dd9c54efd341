//! Schemas that are named in a header: what is read, what comes first, and everything that can be wrong.

use std::sync::Arc;

use avro_kafka::{
    ConsumeError, ConsumerSettings, Framing, InMemory, OutgoingRecord, ProducerSettings, Reaction,
    Transport, TypedConsumer, TypedProducer, Undecodable, UndecodableReason,
};
use avro_registry::{ErrorKind, SchemaId, SchemaIdentifier, SchemaRegistry};
use avro_runtime::confluent::VALUE_SCHEMA_ID;

use crate::item::{ANOTHER, Items, SAME_BUT_FOR_ITS_TEXT, item};
use crate::registry::{TestRegistry, guid};

/// The datum of `item("a", 1)`.
const DATUM: &[u8] = &[2, b'a', 2];

struct Shop {
    kafka: InMemory,
    registry: Arc<TestRegistry>,
    consumer: TypedConsumer<Items>,
}

impl Shop {
    /// One partition, and the schema of its items under id 7.
    async fn open() -> Self {
        let kafka = InMemory::new();
        kafka.create_topic("items", 1);
        let registry = Arc::<TestRegistry>::default();
        let settings = ConsumerSettings::new("g");
        let consumer = TypedConsumer::join(&kafka, Arc::clone(&registry) as _, settings);
        let consumer = consumer.await.unwrap();
        let shop = Self {
            kafka,
            registry,
            consumer,
        };
        let ids = shop.producer(Framing::Prefix).schema_ids().await.unwrap();
        assert_eq!(ids, [SchemaId::new(7)]);
        shop
    }

    fn producer(&self, framing: Framing) -> TypedProducer<Items> {
        let settings = ProducerSettings::default().framing(framing);
        let transport = Arc::new(self.kafka.clone());
        TypedProducer::new(transport, Arc::clone(&self.registry) as _, settings)
    }

    /// Sends a value with these headers of that name, in order.
    async fn send(&self, headers: &[Option<&[u8]>], value: &[u8]) {
        let mut record = OutgoingRecord::to("items").value(value);
        let headers = headers
            .iter()
            .map(|header| (VALUE_SCHEMA_ID.as_bytes(), *header));
        record.headers.extend(headers);
        self.kafka.send(record).await.unwrap();
    }

    /// The next message is this item, and named its schema so.
    async fn expect(&mut self, quantity: i32, schema: impl Into<SchemaIdentifier>) {
        let message = self.consumer.recv().await.unwrap();
        assert_eq!(message.value, item("a", quantity));
        assert_eq!(message.schema_id, schema.into());
    }

    async fn undecodable(&mut self) -> Box<Undecodable> {
        match self.consumer.recv().await {
            Err(ConsumeError::Undecodable(record)) => record,
            other => panic!("{other:?}"),
        }
    }
}

/// The header for the schema with this id.
fn header(id: u32) -> [u8; 17] {
    avro_runtime::confluent::header(guid(id).to_bytes())
}

#[tokio::test]
async fn a_topic_can_change_from_one_form_to_the_other() {
    let mut shop = Shop::open().await;
    for (quantity, framing) in (1..).zip([Framing::Prefix, Framing::Header, Framing::Prefix]) {
        let producer = shop.producer(framing);
        producer.send(&item("a", quantity)).await.unwrap();
    }
    shop.expect(1, SchemaId::new(7)).await;
    shop.expect(2, guid(7)).await;
    shop.expect(3, SchemaId::new(7)).await;
}

/// As Confluent's deserializer: the last header of the name, unless it is null, before the value's beginning.
#[tokio::test]
async fn a_header_comes_before_a_prefix() {
    let mut shop = Shop::open().await;
    let other = shop.registry.register("other", ANOTHER).await.unwrap().id;
    let prefixed = [&[0, 0, 0, 0, 7][..], DATUM].concat();

    shop.send(&[Some(&header(7))], DATUM).await;
    shop.expect(1, guid(7)).await;
    // What would be a prefix is data: a string of no bytes, a zero, and bytes left over.
    shop.send(&[Some(&header(7))], &prefixed).await;
    let bad = shop.undecodable().await;
    assert!(matches!(bad.reason, UndecodableReason::Datum { id, .. } if id == guid(7).into()));

    shop.send(&[Some(&header(other.get())), Some(&header(7))], DATUM)
        .await;
    shop.expect(1, guid(7)).await;
    shop.send(&[Some(&header(7)), None], &prefixed).await;
    shop.expect(1, SchemaId::new(7)).await;

    // An id in the header, and a GUID before the datum.
    shop.send(&[Some(&[0, 0, 0, 0, 7])], DATUM).await;
    shop.expect(1, SchemaId::new(7)).await;
    shop.send(&[], &[&header(7)[..], DATUM].concat()).await;
    shop.expect(1, guid(7)).await;
}

#[tokio::test]
async fn data_of_another_version_are_read_by_their_guid() {
    let mut shop = Shop::open().await;
    let version = shop.registry.register("items-value", SAME_BUT_FOR_ITS_TEXT);
    let guid = version.await.unwrap().guid.unwrap();
    let header = avro_runtime::confluent::header(guid.to_bytes());
    shop.send(&[Some(&header)], DATUM).await;
    shop.expect(1, guid).await;
}

#[tokio::test]
async fn views_are_of_the_whole_value() {
    let mut shop = Shop::open().await;
    shop.send(&[Some(&header(7))], DATUM).await;
    let message = shop.consumer.recv_view().await.unwrap();
    assert_eq!(message.value.get().sku, "a");
    assert_eq!(message.schema_id, guid(7).into());
}

/// Everything that can be wrong with a header, and a good message after each.
#[tokio::test]
async fn one_bad_header_never_stops_it() {
    let mut shop = Shop::open().await;
    let other = shop.registry.register("other", ANOTHER).await.unwrap().id;
    let (unknown, other) = (header(99), header(other.get()));
    type Expected = fn(&UndecodableReason) -> bool;
    let framing: Expected = |reason| matches!(reason, UndecodableReason::Framing(_));
    let bad: [(&[u8], Expected); 7] = [
        (b"", framing),
        (&[0, 0, 0, 7], framing),
        (&unknown[..16], framing),
        (&[2; 17], framing),
        (
            &unknown,
            |r| matches!(r, UndecodableReason::UnknownSchema { id, .. } if *id == guid(99).into()),
        ),
        (&other, |r| {
            matches!(r, UndecodableReason::OtherSchema { .. })
        }),
        (&[1; 17], |r| {
            matches!(r, UndecodableReason::UnknownSchema { .. })
        }),
    ];
    let prefixed = [&[0, 0, 0, 0, 7][..], DATUM].concat();
    for (header, expected) in bad {
        shop.send(&[Some(header)], &prefixed).await;
        shop.send(&[], &prefixed).await;
        let bad = shop.undecodable().await;
        assert!(expected(&bad.reason), "{header:?}: {:?}", bad.reason);
        assert_eq!(bad.record.value.as_deref(), Some(&prefixed[..]));
        assert_eq!(bad.record.header(VALUE_SCHEMA_ID), Some(header));
        shop.consumer.commit(&*bad).await.unwrap();
        shop.expect(1, SchemaId::new(7)).await;
    }
}

/// A registry that knows no GUIDs says nothing about itself: whoever wrote the header had another one.
#[tokio::test]
async fn a_guid_in_front_of_a_registry_without_them_holds_nothing_up() {
    let mut shop = Shop::open().await;
    shop.send(&[Some(&header(7))], DATUM).await;
    shop.send(&[], &[&[0, 0, 0, 0, 7][..], DATUM].concat())
        .await;
    shop.registry.set_refusal(Some(ErrorKind::WithoutGuids));
    let bad = shop.undecodable().await;
    let expected = "no schema has the GUID 00000000-0000-0000-0000-000000000007 in its framing";
    assert!(bad.to_string().contains(expected), "{bad}");
    shop.registry.set_refusal(None);
    shop.expect(1, SchemaId::new(7)).await;
}

#[tokio::test]
async fn an_outage_of_the_registry_loses_no_message() {
    let mut shop = Shop::open().await;
    shop.send(&[Some(&header(7))], DATUM).await;
    shop.registry.set_away(true);
    let error = shop.consumer.recv().await.unwrap_err();
    assert_eq!(error.reaction(), Reaction::Wait, "{error:?}");
    assert!(
        error.to_string().contains("the schema with GUID"),
        "{error}"
    );
    shop.registry.set_away(false);
    shop.expect(1, guid(7)).await;
}

#[tokio::test]
async fn each_guid_is_asked_for_once_known_or_not() {
    let mut shop = Shop::open().await;
    let before = shop.registry.asked();
    for _ in 0..50 {
        shop.send(&[Some(&header(7))], DATUM).await;
        shop.send(&[Some(&header(99))], DATUM).await;
    }
    for _ in 0..50 {
        shop.expect(1, guid(7)).await;
        shop.undecodable().await;
    }
    assert_eq!(shop.registry.asked() - before, 2);
}
