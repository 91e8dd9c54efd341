//! A topic with several types of value, each under a subject of its own.

use std::sync::Arc;

use avro_kafka::{
    ConsumeError, ConsumerSettings, InMemory, OutgoingRecord, ProduceError, ProducerSettings,
    Transport, TypedConsumer, TypedProducer, UndecodableReason,
};
use avro_registry::SchemaRegistry;

use crate::item::item;
use crate::registry::TestRegistry;
use crate::shared::com::acme::Return;
use crate::shared::topics::{Stock, StockValue};

fn stock() -> (InMemory, Arc<TestRegistry>, TypedProducer<Stock>) {
    let kafka = InMemory::new();
    kafka.create_topic("stock", 1);
    let registry = Arc::<TestRegistry>::default();
    let transport = Arc::new(kafka.clone());
    let settings = ProducerSettings::default();
    let producer = TypedProducer::new(transport, Arc::clone(&registry) as _, settings);
    (kafka, registry, producer)
}

#[tokio::test]
async fn each_value_travels_with_the_schema_of_its_type() {
    let (kafka, registry, producer) = stock();
    let subjects = ["stock-com.acme.Item", "stock-com.acme.Return"];
    assert_eq!(producer.subjects().collect::<Vec<_>>(), subjects);
    let ids = producer.schema_ids().await.unwrap();
    assert_ne!(ids[0], ids[1]);

    let sent: [StockValue; 3] = [
        item("a", 1).into(),
        Return::new("a").into(),
        item("b", 2).into(),
    ];
    for value in &sent {
        producer.send(value).await.unwrap();
    }
    let settings = ConsumerSettings::new("g");
    let registry = registry as Arc<dyn SchemaRegistry>;
    let mut consumer = TypedConsumer::<Stock>::join(&kafka, registry, settings)
        .await
        .unwrap();
    for (value, id, key) in [(0, 0, "a"), (1, 1, "a"), (2, 0, "b")] {
        let message = consumer.recv().await.unwrap();
        assert_eq!(message.value, sent[value]);
        assert_eq!(message.schema_id, ids[id].into());
        assert_eq!(message.key_str(), Some(key));
    }
}

#[tokio::test]
async fn the_rules_are_those_of_the_type() {
    let (kafka, _, producer) = stock();
    let error = producer.send(&item("a", 0).into()).await.unwrap_err();
    assert!(matches!(error, ProduceError::Invalid(_)), "{error}");
    assert_eq!(kafka.records("stock"), []);
}

#[tokio::test]
async fn a_type_that_the_topic_does_not_carry_is_an_error_that_names_those_it_does() {
    let (kafka, registry, producer) = stock();
    let other =
        r#"{"type":"record","name":"com.acme.Loss","fields":[{"name":"sku","type":"string"}]}"#;
    let id = registry
        .register("stock-com.acme.Loss", other)
        .await
        .unwrap()
        .id;
    let mut lost = vec![0];
    lost.extend(id.get().to_be_bytes());
    lost.extend([2, b'a']);
    let record = OutgoingRecord::to("stock").value(&lost);
    kafka.send(record).await.unwrap();
    producer.send(&item("a", 1).into()).await.unwrap();

    let settings = ConsumerSettings::new("g");
    let mut consumer = TypedConsumer::<Stock>::join(&kafka, registry, settings)
        .await
        .unwrap();
    let Err(ConsumeError::Undecodable(bad)) = consumer.recv().await else {
        panic!("a Loss is no value of the topic");
    };
    assert_eq!(bad.record.value.as_deref(), Some(&*lost));
    let UndecodableReason::OtherSchema { source, .. } = &bad.reason else {
        panic!("{:?}", bad.reason);
    };
    assert_eq!(
        source.to_string(),
        "the writer's schema com.acme.Loss is none that the topic carries: com.acme.Item, \
         com.acme.Return; add its type to the topic's values in avro.toml"
    );
    let next = consumer.recv().await.unwrap().value;
    assert_eq!(next, StockValue::from(item("a", 1)));
}
