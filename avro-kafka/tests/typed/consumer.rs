use std::error::Error;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use avro_kafka::{
    ConsumeError, ConsumerSettings, Event, Header, InMemory, OutgoingRecord, Positioned,
    ProducerSettings, Reaction, Transport, TransportError, TransportErrorKind, TypedConsumer,
    TypedProducer, Undecodable, UndecodableReason,
};
use avro_registry::{ErrorKind, SchemaId, SchemaIdentifier, SchemaRegistry};
use avro_runtime::Limits;

use crate::item::{ANOTHER, Items, SAME_BUT_FOR_ITS_TEXT, item};
use crate::registry::TestRegistry;

/// One partition, so that what comes after what is certain.
pub(crate) struct Shop {
    pub(crate) kafka: InMemory,
    pub(crate) registry: Arc<TestRegistry>,
    producer: TypedProducer<Items>,
}

impl Shop {
    pub(crate) fn open() -> Self {
        let kafka = InMemory::new();
        kafka.create_topic("items", 1);
        let registry = Arc::<TestRegistry>::default();
        let transport = Arc::new(kafka.clone());
        let producer = TypedProducer::new(
            transport,
            Arc::clone(&registry) as _,
            ProducerSettings::default(),
        );
        Self {
            kafka,
            registry,
            producer,
        }
    }

    pub(crate) async fn consumer(&self) -> TypedConsumer<Items> {
        self.consumer_with(ConsumerSettings::new("g")).await
    }

    pub(crate) async fn consumer_with(&self, settings: ConsumerSettings) -> TypedConsumer<Items> {
        let registry = Arc::clone(&self.registry) as _;
        TypedConsumer::join(&self.kafka, registry, settings)
            .await
            .unwrap()
    }

    pub(crate) async fn send(&self, quantity: i32) {
        self.producer.send(&item("a", quantity)).await.unwrap();
    }

    pub(crate) async fn send_raw(&self, value: Option<&[u8]>) {
        let record = OutgoingRecord {
            value,
            ..OutgoingRecord::to("items").key(b"raw").header("h", b"1")
        };
        self.kafka.send(record).await.unwrap();
    }

    pub(crate) fn committed(&self) -> Option<i64> {
        self.kafka.committed("g", "items", 0)
    }
}

/// What a consumer says of the schema with this id.
fn named(id: u32) -> SchemaIdentifier {
    SchemaId::new(id).into()
}

pub(crate) async fn undecodable(consumer: &mut TypedConsumer<Items>) -> Box<Undecodable> {
    match consumer.recv().await {
        Err(ConsumeError::Undecodable(record)) => record,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_message_has_everything() {
    let shop = Shop::open();
    let own = [Header::new("event_type", "CREATE")];
    shop.producer
        .send_with_headers(&item("ä", 3), &own)
        .await
        .unwrap();
    let mut consumer = shop.consumer().await;
    let message = consumer.recv().await.unwrap();
    assert_eq!(message.value, item("ä", 3));
    assert_eq!(message.schema_id, SchemaId::new(7).into());
    assert_eq!(message.key_str(), Some("ä"));
    assert_eq!(
        (message.topic(), message.partition(), message.offset()),
        ("items", 0, 0)
    );
    assert_eq!(message.header("event_type"), Some(&b"CREATE"[..]));
    assert_eq!(message.headers().len(), 1);
    assert!(message.timestamp().is_some());
    assert_eq!(message.record, shop.kafka.records("items")[0]);
}

#[tokio::test]
async fn a_message_can_be_a_view_of_its_record() {
    let shop = Shop::open();
    shop.send(3).await;
    shop.send_raw(Some(&[0, 0, 0, 0, 7, 4, b'a'])).await;
    let mut consumer = shop.consumer().await;
    let message = consumer.recv_view().await.unwrap();
    let (sku, quantity) = (message.value.get().sku, message.value.get().quantity);
    assert_eq!((sku, quantity), ("a", 3));
    let memory = message.record.value.as_ref().unwrap().as_ptr_range();
    assert!(memory.contains(&sku.as_ptr()), "it is not copied");
    assert_eq!(message.value.to_owned(), item("a", 3));
    consumer.commit(&message).await.unwrap();
    let Err(ConsumeError::Undecodable(record)) = consumer.recv_view().await else {
        panic!("the datum is cut off");
    };
    assert!(matches!(record.reason, UndecodableReason::Datum { .. }));
    assert_eq!(shop.committed(), Some(1));
}

/// Everything that can be wrong with a record, and a good message after each.
#[tokio::test]
async fn one_bad_record_never_stops_it() {
    let shop = Shop::open();
    shop.send(1).await;
    let good = shop.kafka.records("items")[0].value.clone().unwrap();
    let other = shop.registry.register("other", ANOTHER).await.unwrap().id;
    let written_otherwise = [&[0][..], &other.get().to_be_bytes(), &[2, b'a', 2]].concat();
    type Expected = fn(&UndecodableReason) -> bool;
    let bad: [(Option<&[u8]>, Expected); 9] = [
        (None, |r| matches!(r, UndecodableReason::Tombstone)),
        (Some(b""), |r| matches!(r, UndecodableReason::Framing(_))),
        (Some(b"{\"sku\":\"a\"}"), |r| {
            matches!(r, UndecodableReason::Framing(_))
        }),
        (Some(&[0, 0, 0]), |r| {
            matches!(r, UndecodableReason::Framing(_))
        }),
        (
            Some(&[0, 0, 0, 0, 99, 2, b'a', 2]),
            |r| matches!(r, UndecodableReason::UnknownSchema { id, .. } if *id == named(99)),
        ),
        (Some(&written_otherwise), |r| {
            matches!(r, UndecodableReason::OtherSchema { .. })
        }),
        // Cut off, left over, and a length that is not there.
        (Some(&good[..good.len() - 1]), |r| {
            matches!(r, UndecodableReason::Datum { .. })
        }),
        (Some(&[0, 0, 0, 0, 7, 2, b'a', 2, 0]), |r| {
            matches!(r, UndecodableReason::Datum { .. })
        }),
        (Some(&[0, 0, 0, 0, 7, 0xfe, 0xff, 0xff, 0xff, 0x0f]), |r| {
            matches!(r, UndecodableReason::Datum { .. })
        }),
    ];
    for (value, _) in &bad {
        shop.send_raw(*value).await;
        shop.send(2).await;
    }

    let mut consumer = shop.consumer().await;
    assert_eq!(consumer.recv().await.unwrap().value.quantity, 1);
    for (number, (value, expected)) in bad.iter().enumerate() {
        let bad = undecodable(&mut consumer).await;
        assert!(expected(&bad.reason), "{number}: {:?}", bad.reason);
        assert_eq!(bad.record.value.as_deref(), *value, "the original bytes");
        assert_eq!(bad.record.key.as_deref(), Some(&b"raw"[..]));
        assert_eq!(bad.record.headers, [Header::new("h", "1")]);
        assert_eq!(bad.record.offset, 1 + 2 * number as i64);
        assert!(
            bad.to_string().contains(&bad.position().to_string()),
            "{bad}"
        );
        assert_eq!(
            bad.source().is_none(),
            value.is_none(),
            "a cause for all but the tombstone"
        );
        consumer.commit(&*bad).await.unwrap();
        assert_eq!(shop.committed(), Some(bad.record.offset + 1));

        let message = consumer.recv().await.unwrap();
        assert_eq!(message.value.quantity, 2);
        consumer.commit(&message).await.unwrap();
    }
}

#[tokio::test]
async fn another_text_of_the_same_schema_is_read() {
    let shop = Shop::open();
    shop.send(1).await;
    let id = shop
        .registry
        .register("items-value", SAME_BUT_FOR_ITS_TEXT)
        .await
        .unwrap()
        .id;
    assert_ne!(id, shop.producer.schema_ids().await.unwrap()[0]);
    let value = [&[0][..], &id.get().to_be_bytes(), &[2, b'b', 4]].concat();
    shop.send_raw(Some(&value)).await;
    let mut consumer = shop.consumer().await;
    assert_eq!(consumer.recv().await.unwrap().value, item("a", 1));
    assert_eq!(consumer.recv().await.unwrap().value, item("b", 2));
}

#[tokio::test]
async fn another_schema_is_an_error_that_names_it_and_never_a_wrong_value() {
    let shop = Shop::open();
    let id = shop
        .registry
        .register("items-value", ANOTHER)
        .await
        .unwrap()
        .id;
    // As bytes this is an item: only the schema tells that it is none.
    let value = [&[0][..], &id.get().to_be_bytes(), &[2, b'b', 4]].concat();
    shop.send_raw(Some(&value)).await;
    shop.send_raw(Some(&value)).await;
    let mut consumer = shop.consumer().await;
    let message = undecodable(&mut consumer).await.to_string();
    assert!(message.contains("com.acme.Item"), "{message}");
    let asked = shop.registry.asked();
    undecodable(&mut consumer).await;
    assert_eq!(
        shop.registry.asked(),
        asked,
        "what was decided is remembered"
    );
}

#[tokio::test]
async fn an_outage_of_the_registry_loses_no_message() {
    let shop = Shop::open();
    shop.send(1).await;
    shop.send(2).await;
    let mut consumer = shop.consumer().await;
    shop.registry.set_away(true);
    for _ in 0..3 {
        let error = consumer.recv().await.unwrap_err();
        assert_eq!(error.reaction(), Reaction::Wait, "{error:?}");
        let ConsumeError::Registry(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.position.offset, 0);
        assert_eq!(error.id, SchemaId::new(7).into());
    }
    shop.registry.set_away(false);
    assert_eq!(consumer.recv().await.unwrap().value.quantity, 1);
    // From here on the id is known, and an outage is none of its business.
    shop.registry.set_away(true);
    assert_eq!(consumer.recv().await.unwrap().value.quantity, 2);
}

#[tokio::test]
async fn who_stops_waiting_for_the_registry_loses_no_message() {
    let shop = Shop::open();
    shop.send(1).await;
    let mut consumer = shop.consumer().await;
    {
        let mut message = std::pin::pin!(consumer.recv());
        let at_once = std::future::poll_fn(|cx| Poll::Ready(message.as_mut().poll(cx))).await;
        assert!(at_once.is_pending(), "the registry takes longer");
    }
    assert_eq!(consumer.recv().await.unwrap().value.quantity, 1);
}

/// Whatever a registry says of an id that a sender made up, it is that record's business alone.
#[tokio::test]
async fn no_forged_id_holds_it_up() {
    let refusals = [
        ErrorKind::SchemaNotFound,
        ErrorKind::SubjectNotFound,
        ErrorKind::VersionNotFound,
        ErrorKind::InvalidVersion,
        ErrorKind::NotAvro,
        ErrorKind::BadReferences,
    ];
    let shop = Shop::open();
    let mut consumer = shop.consumer().await;
    for (id, refusal) in (100_u32..).zip(refusals) {
        let forged = [&[0][..], &id.to_be_bytes(), &[2, b'a', 2]].concat();
        shop.send_raw(Some(&forged)).await;
        shop.send(1).await;
        shop.registry.set_refusal(Some(refusal));
        let bad = undecodable(&mut consumer).await;
        assert!(
            matches!(bad.reason, UndecodableReason::UnknownSchema { id: of, .. } if of == named(id)),
            "{refusal:?}: {:?}",
            bad.reason
        );
        shop.registry.set_refusal(None);
        assert_eq!(consumer.recv().await.unwrap().value.quantity, 1);
    }
}

/// Registries count in 32 bits with a sign; what some answer to more is no "not found".
#[tokio::test]
async fn an_id_beyond_all_is_unknown_without_asking() {
    let shop = Shop::open();
    for id in [1 << 31, u32::MAX] {
        shop.send_raw(Some(
            &[&[0][..], &u32::to_be_bytes(id), &[2, b'a', 2]].concat(),
        ))
        .await;
    }
    shop.registry.set_away(true);
    let mut consumer = shop.consumer().await;
    for _ in 0..2 {
        let bad = undecodable(&mut consumer).await;
        assert!(
            matches!(bad.reason, UndecodableReason::UnknownSchema { .. }),
            "{:?}",
            bad.reason
        );
    }
    assert_eq!(shop.registry.asked(), 0);
}

/// What somebody must mend first keeps the record, says that waiting does not help, and can be passed by hand.
#[tokio::test]
async fn a_record_that_is_kept_can_be_passed() {
    let shop = Shop::open();
    shop.send(1).await;
    shop.send(2).await;
    let mut consumer = shop.consumer().await;
    assert!(consumer.skip_pending().is_none());
    for refusal in [
        ErrorKind::Unauthorized,
        ErrorKind::Configuration,
        ErrorKind::Malformed,
        ErrorKind::Rejected,
        ErrorKind::TooLarge,
    ] {
        shop.registry.set_refusal(Some(refusal));
        let error = consumer.recv().await.unwrap_err();
        assert!(matches!(error, ConsumeError::Registry(_)), "{error:?}");
        assert_eq!(error.reaction(), Reaction::Stop, "{error:?}");
    }
    let record = consumer.skip_pending().unwrap();
    assert_eq!(record, shop.kafka.records("items")[0]);
    assert!(consumer.skip_pending().is_none());
    consumer.commit(&record).await.unwrap();
    assert_eq!(shop.committed(), Some(1));
    shop.registry.set_refusal(None);
    assert_eq!(consumer.recv().await.unwrap().value.quantity, 2);
}

#[tokio::test]
async fn a_flood_of_one_unknown_id_is_one_request() {
    let shop = Shop::open();
    for _ in 0..100 {
        shop.send_raw(Some(&[0, 0, 0, 0, 99, 2, b'a', 2])).await;
    }
    let mut consumer = shop.consumer().await;
    for _ in 0..100 {
        undecodable(&mut consumer).await;
    }
    assert_eq!(shop.registry.asked(), 1);
}

/// An unknown id is a bad record now and may be registered a moment later: that is not remembered for long.
#[tokio::test]
async fn an_id_can_become_known() {
    let shop = Shop::open();
    shop.send_raw(Some(&[0, 0, 0, 0, 7, 2, b'a', 2])).await;
    shop.send_raw(Some(&[0, 0, 0, 0, 7, 2, b'a', 2])).await;
    let moment = Duration::from_millis(50);
    let settings = ConsumerSettings::new("g").remember_unknown_ids(moment);
    let mut consumer = shop.consumer_with(settings).await;
    let bad = undecodable(&mut consumer).await;
    assert!(matches!(
        bad.reason,
        UndecodableReason::UnknownSchema { .. }
    ));
    shop.producer.schema_ids().await.unwrap();
    tokio::time::sleep(moment).await;
    assert_eq!(consumer.recv().await.unwrap().value, item("a", 1));
}

#[tokio::test]
async fn an_outage_of_the_brokers_passes() {
    let shop = Shop::open();
    shop.send(1).await;
    let mut failures = 2;
    shop.kafka.set_hook(move |event| match event {
        Event::Deliver(_) | Event::Commit(_) if failures > 0 => {
            failures -= 1;
            Err(TransportError::new(
                TransportErrorKind::Unavailable,
                "all brokers down",
            ))
        }
        _ => Ok(()),
    });
    let mut consumer = shop.consumer().await;
    let error = consumer.recv().await.unwrap_err();
    assert!(
        matches!(error, ConsumeError::Transport(_)) && error.reaction() == Reaction::Wait,
        "{error:?}"
    );
    consumer.recv().await.unwrap_err();
    let message = consumer.recv().await.unwrap();
    assert_eq!(message.value.quantity, 1);
    consumer.commit(&message).await.unwrap();
}

#[tokio::test]
async fn one_flipped_byte_on_the_way_is_seen() {
    let shop = Shop::open();
    shop.kafka.set_hook(|event| {
        if let Event::Append(record) = event {
            let mut value = record.value.take().unwrap_or_default().to_vec();
            value[5] ^= 0x40;
            record.value = Some(value.into());
        }
        Ok(())
    });
    shop.send(1).await;
    let mut consumer = shop.consumer().await;
    let bad = undecodable(&mut consumer).await;
    assert!(
        matches!(bad.reason, UndecodableReason::Datum { .. }),
        "{:?}",
        bad.reason
    );
}

#[tokio::test]
async fn a_task_can_own_it() {
    let shop = Shop::open();
    let mut consumer = shop.consumer().await;
    let task = tokio::spawn(async move {
        let message = consumer.recv().await?;
        consumer.commit(&message).await?;
        Ok::<_, ConsumeError>(message.value)
    });
    shop.send(5).await;
    assert_eq!(task.await.unwrap().unwrap().quantity, 5);
    assert_eq!(shop.committed(), Some(1));
}

#[tokio::test]
async fn limits_hold() {
    let shop = Shop::open();
    shop.producer
        .send(&item(&"x".repeat(1000), 1))
        .await
        .unwrap();
    let limits = Limits {
        length: 100,
        ..Limits::default()
    };
    let mut consumer = shop
        .consumer_with(ConsumerSettings::new("g").limits(limits))
        .await;
    let bad = undecodable(&mut consumer).await;
    assert!(
        matches!(bad.reason, UndecodableReason::Datum { .. }),
        "{:?}",
        bad.reason
    );
}
