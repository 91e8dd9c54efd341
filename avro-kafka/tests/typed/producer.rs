use std::sync::Arc;
use std::time::Duration;

use avro_kafka::{
    Event, Framing, Header, InMemory, ProduceError, ProducerSettings, TransportError,
    TransportErrorKind, TypedProducer,
};
use avro_registry::{ErrorKind, SchemaRegistry};
use avro_runtime::AvroSchema;

use crate::item::{Item, Items, item};
use crate::registry::{Guids, TestRegistry};

fn kafka() -> InMemory {
    let kafka = InMemory::new();
    kafka.create_topic("items", 3);
    kafka
}

fn producer(
    kafka: &InMemory,
    registry: &Arc<TestRegistry>,
    settings: ProducerSettings,
) -> TypedProducer<Items> {
    TypedProducer::new(Arc::new(kafka.clone()), Arc::clone(registry) as _, settings)
}

#[tokio::test]
async fn the_bytes_are_those_of_confluents_serializers() {
    let (kafka, registry) = (kafka(), Arc::default());
    let settings = ProducerSettings::default()
        .header("producer", "shop")
        .header("source", "default");
    let producer = producer(&kafka, &registry, settings);
    let own = [
        Header::new("source", "web"),
        Header::new("event_type", "CREATE"),
    ];
    let delivery = producer
        .send_with_headers(&item("a-1", 300), &own)
        .await
        .unwrap();

    let records = kafka.records("items");
    let [record] = &records[..] else {
        panic!("{records:?}")
    };
    assert_eq!(
        (record.partition, record.offset),
        (delivery.partition, delivery.offset)
    );
    // Magic byte, schema id 7 as 32 bits big-endian, "a-1" with its length 3 as zigzag, 300 as zigzag.
    let expected = [0, 0, 0, 0, 7, 6, b'a', b'-', b'1', 0xd8, 0x04];
    assert_eq!(record.value.as_deref(), Some(&expected[..]));
    assert_eq!(record.key.as_deref(), Some(&b"a-1"[..]));
    let headers: Vec<_> = record
        .headers
        .iter()
        .map(|h| (h.name.to_str().unwrap(), h.value.as_deref().unwrap()))
        .collect();
    assert_eq!(
        headers,
        [
            ("producer", &b"shop"[..]),
            ("source", b"web"),
            ("event_type", b"CREATE"),
        ]
    );
    assert_eq!(registry.subjects().await.unwrap(), ["items-value"]);
}

#[tokio::test]
async fn in_the_header_form_the_value_is_the_datum_alone() {
    let (kafka, registry) = (kafka(), Arc::default());
    let settings = ProducerSettings::default().framing(Framing::Header);
    let producer = producer(&kafka, &registry, settings);
    let own = [Header::new("event_type", "CREATE")];
    let sent = producer.send_with_headers(&item("a-1", 300), &own).await;
    sent.unwrap();

    let record = &kafka.records("items")[0];
    let expected = [6, b'a', b'-', b'1', 0xd8, 0x04];
    assert_eq!(record.value.as_deref(), Some(&expected[..]));
    // A one, and the GUID, which ends in the schema's number 7.
    let mut header = [0; 17];
    (header[0], header[16]) = (1, 7);
    assert_eq!(
        record.headers,
        [
            Header::new("event_type", "CREATE"),
            Header::new("__value_schema_id", header.to_vec()),
        ]
    );
    assert_eq!(registry.asked(), 1, "who registers is told the GUID");
    assert_eq!(producer.schema_ids().await.unwrap()[0].get(), 7);
}

#[tokio::test]
async fn a_guid_that_is_told_to_those_alone_who_look_up_is_looked_up() {
    let (kafka, registry) = (kafka(), Arc::<TestRegistry>::default());
    registry.set_guids(Guids::WhoLooksUp);
    for auto_register in [true, false] {
        let settings = ProducerSettings::default()
            .framing(Framing::Header)
            .auto_register(auto_register);
        let producer = producer(&kafka, &registry, settings);
        producer.send(&item("a", 1)).await.unwrap();
    }
    for record in kafka.records("items") {
        let header = record.header("__value_schema_id").unwrap();
        assert_eq!((header[0], header[16]), (1, 7));
    }
}

#[tokio::test]
async fn without_a_guid_nothing_is_sent_in_the_header_form() {
    let (kafka, registry) = (kafka(), Arc::<TestRegistry>::default());
    registry.set_guids(Guids::Nobody);
    let settings = ProducerSettings::default().framing(Framing::Header);
    let producer = producer(&kafka, &registry, settings);
    let error = producer.send(&item("a", 1)).await.unwrap_err();
    assert!(!error.is_retriable());
    assert!(
        error.to_string().contains("use ids, in the prefix form"),
        "{error}"
    );
    let ProduceError::Registry(refused) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refused.source.kind(), ErrorKind::WithoutGuids);
    assert!(kafka.records("items").is_empty());
    // A registry can be made a newer one.
    registry.set_guids(Guids::All);
    producer.send(&item("a", 1)).await.unwrap();
}

/// A header that somebody copied from another message would be believed before the prefix.
#[tokio::test]
async fn what_names_the_schema_is_not_for_the_caller_to_say() {
    let (kafka, registry) = (kafka(), Arc::default());
    let names = ["__value_schema_id", "__key_schema_id"];
    let own = names.map(|name| Header::new(name, vec![1; 17]));
    for framing in [Framing::Prefix, Framing::Header] {
        let settings = ProducerSettings::default()
            .framing(framing)
            .header("__value_schema_id", vec![1; 17]);
        let producer = producer(&kafka, &registry, settings);
        let sent = producer.send_with_headers(&item("a", 1), &own).await;
        sent.unwrap();
        producer.send_tombstone("a", &own).await.unwrap();
    }
    let records = kafka.records("items");
    let named = |record: &avro_kafka::IncomingRecord| {
        let is_name = |header: &&Header| names.iter().any(|name| header.name == *name);
        record.headers.iter().filter(is_name).count()
    };
    assert_eq!(records.iter().map(named).collect::<Vec<_>>(), [0, 0, 1, 0]);
    let header = records[2].header("__value_schema_id").unwrap();
    assert_eq!((header[0], header[1], header[16]), (1, 0, 7));
}

/// No header means Avro, so the name stays reserved where the producer says nothing.
#[tokio::test]
async fn what_serialization_says_is_not_for_the_caller_to_say() {
    for (say, expected) in [
        (true, vec![Header::new("serialization", "avro")]),
        (false, Vec::new()),
    ] {
        let (kafka, registry) = (kafka(), Arc::default());
        let settings = ProducerSettings::default()
            .serialization_header(say)
            .header("serialization", "json");
        let producer = producer(&kafka, &registry, settings);
        let own = [Header::new("serialization", "xml")];
        let sent = producer.send_with_headers(&item("a", 1), &own).await;
        sent.unwrap();
        assert_eq!(kafka.records("items")[0].headers, expected);
    }
}

#[tokio::test]
async fn the_serialization_header_comes_after_the_callers_and_before_the_schemas() {
    let (kafka, registry) = (kafka(), Arc::default());
    let settings = ProducerSettings::default()
        .serialization_header(true)
        .framing(Framing::Header)
        .header("producer", "shop");
    let producer = producer(&kafka, &registry, settings);
    let own = [Header::new("event_type", "CREATE")];
    let sent = producer.send_with_headers(&item("a", 1), &own).await;
    sent.unwrap();
    let record = &kafka.records("items")[0];
    let names: Vec<&str> = record
        .headers
        .iter()
        .map(|h| h.name.to_str().unwrap())
        .collect();
    let expected = [
        "producer",
        "event_type",
        "serialization",
        "__value_schema_id",
    ];
    assert_eq!(names, expected);
    assert_eq!(record.header("serialization"), Some(&b"avro"[..]));
}

#[tokio::test]
async fn without_any_header_a_message_has_none() {
    let (kafka, registry) = (kafka(), Arc::default());
    let producer = producer(&kafka, &registry, ProducerSettings::default());
    producer.send(&item("a", 1)).await.unwrap();
    assert_eq!(kafka.records("items")[0].headers, []);
}

#[tokio::test]
async fn an_invalid_value_is_never_sent() {
    let (kafka, registry) = (kafka(), Arc::default());
    let producer = producer(&kafka, &registry, ProducerSettings::default());
    let error = producer.send(&item("a", 0)).await.unwrap_err();
    assert!(!error.is_retriable());
    let ProduceError::Invalid(violations) = error else {
        panic!("{error:?}")
    };
    let found: Vec<_> = violations
        .iter()
        .map(|v| (v.path.as_str(), &*v.code))
        .collect();
    assert_eq!(found, [("quantity", "range")]);
    assert!(kafka.records("items").is_empty());
    assert_eq!(registry.asked(), 0, "nobody had to be asked");
}

#[tokio::test]
async fn the_registry_is_asked_once_however_many_send() {
    let (kafka, registry) = (kafka(), Arc::default());
    let producer = Arc::new(producer(&kafka, &registry, ProducerSettings::default()));
    let tasks: Vec<_> = (1..=50)
        .map(|quantity| {
            let producer = Arc::clone(&producer);
            tokio::spawn(async move { producer.send(&item("a", quantity)).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(registry.asked(), 1);
    assert_eq!(kafka.records("items").len(), 50);
}

#[tokio::test]
async fn an_outage_of_the_registry_passes() {
    let (kafka, registry) = (kafka(), Arc::<TestRegistry>::default());
    let producer = producer(&kafka, &registry, ProducerSettings::default());
    registry.set_away(true);
    let error = producer.send(&item("a", 1)).await.unwrap_err();
    assert!(error.is_retriable(), "{error}");
    assert!(error.to_string().contains("items-value"), "{error}");
    assert!(kafka.records("items").is_empty());
    registry.set_away(false);
    producer.send(&item("a", 1)).await.unwrap();
}

#[tokio::test]
async fn without_auto_register_the_schema_must_be_there() {
    let (kafka, registry) = (kafka(), Arc::<TestRegistry>::default());
    let producer = producer(
        &kafka,
        &registry,
        ProducerSettings::default().auto_register(false),
    );
    let error = producer.send(&item("a", 1)).await.unwrap_err();
    assert!(!error.is_retriable());
    let ProduceError::Registry(refused) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refused.source.kind(), ErrorKind::SubjectNotFound);
    assert!(
        registry.subjects().await.unwrap().is_empty(),
        "it must not register"
    );

    let id = registry
        .register("items-value", Item::SCHEMA)
        .await
        .unwrap()
        .id;
    producer.send(&item("a", 1)).await.unwrap();
    assert_eq!(producer.schema_ids().await.unwrap()[0], id);
}

#[tokio::test]
async fn a_failed_delivery_is_told() {
    let (kafka, registry) = (kafka(), Arc::default());
    let producer = producer(&kafka, &registry, ProducerSettings::default());
    kafka.set_hook(|event| match event {
        Event::Append(_) => Err(TransportError::new(
            TransportErrorKind::Unavailable,
            "no leader",
        )),
        _ => Ok(()),
    });
    let error = producer.send(&item("a", 1)).await.unwrap_err();
    assert!(matches!(error, ProduceError::Transport(_)), "{error:?}");
    assert!(error.is_retriable());
    // Handing over succeeds all the same; the report is what fails.
    let report = producer.enqueue(&item("a", 1), &[]).await.unwrap();
    assert_eq!(
        report.await.unwrap_err().kind(),
        TransportErrorKind::Unavailable
    );
}

#[tokio::test]
async fn a_tombstone_has_the_key_of_its_value_and_says_nothing_of_serialization() {
    let (kafka, registry) = (kafka(), Arc::default());
    let settings = ProducerSettings::default()
        .serialization_header(true)
        .header("producer", "shop");
    let producer = producer(&kafka, &registry, settings);
    let value = producer.send(&item("a-1", 1)).await.unwrap();
    let tombstone = producer.send_tombstone("a-1", &[]).await.unwrap();
    assert_eq!(
        tombstone.partition, value.partition,
        "else compaction would not delete it"
    );
    let record = &kafka.records("items")[1];
    assert_eq!(
        (record.key.as_deref(), record.value.as_deref()),
        (Some(&b"a-1"[..]), None)
    );
    assert_eq!(record.headers, [Header::new("producer", "shop")]);
    producer.flush(Duration::from_secs(1)).await.unwrap();
}
