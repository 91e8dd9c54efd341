//! Confluent's client for Python writes what we read, and reads what we write: through a broker, and
//! the embedded registry, with the default settings of both sides.
//!
//! `cargo xtask interop` runs these tests, for they need Python and the client.

mod order;
mod peer;
/// The types that the tests of several crates share.
#[path = "../../../tests/shared/generated/mod.rs"]
pub mod shared;

use std::sync::Arc;
use std::time::Duration;

use avro_kafka::mock::Broker;
use avro_kafka::{
    ConsumeError, ConsumerSettings, ProducerSettings, RdKafka, Reaction, Transport, TypedConsumer,
    TypedProducer,
};
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{CachedRegistry, HttpRegistry, SchemaRegistry, Version};
use avro_runtime::AvroSchema as _;
use avro_runtime::topic::Topic as _;
use serde_json::{Value, json};

use order::{double, orders};
use peer::Peer;
use shared::com::acme::{Order, OrderPay, Status};
use shared::topics::OrdersRaw;

const PATIENCE: Duration = Duration::from_secs(60);
const TOPIC: &str = OrdersRaw::NAME;
const SUBJECT: &str = "orders.raw-value";

/// A broker, a registry and Python's client of both.
struct Setting {
    kafka: Arc<dyn Transport>,
    registry: Arc<dyn SchemaRegistry>,
    python: Peer,
    _broker: Broker,
    _server: EmbeddedRegistry,
}

impl Setting {
    /// Nothing without Python: `cargo xtask interop` installs it, names it, and runs the tests.
    async fn start() -> Option<Self> {
        let python = peer::python()?;
        let broker = Broker::start([(TOPIC, 1)]).unwrap();
        let server = EmbeddedRegistry::start().await.unwrap();
        let http = HttpRegistry::new(&server.url()).unwrap();
        Some(Self {
            kafka: Arc::new(RdKafka::new(broker.settings()).unwrap()),
            registry: Arc::new(CachedRegistry::new(Arc::new(http), 100)),
            python: Peer::start(&python, broker.bootstrap_servers(), &server.url()),
            _broker: broker,
            _server: server,
        })
    }

    fn producer(&self) -> TypedProducer<OrdersRaw> {
        TypedProducer::new(
            Arc::clone(&self.kafka),
            Arc::clone(&self.registry),
            ProducerSettings::default(),
        )
    }

    /// We write these orders; the id of their schema.
    async fn write(&self, orders: &[(Order, Value)]) -> u32 {
        let producer = self.producer();
        for (order, _) in orders {
            producer.send(order).await.unwrap();
        }
        producer.schema_ids().await.unwrap()[0].get()
    }

    /// We read so many orders.
    async fn read(&self, count: usize) -> Vec<Order> {
        let settings = ConsumerSettings::new("ours");
        let registry = Arc::clone(&self.registry);
        let joined = TypedConsumer::<OrdersRaw>::join(&*self.kafka, registry, settings);
        let mut consumer = joined.await.unwrap();
        let mut orders = Vec::new();
        while orders.len() < count {
            match tokio::time::timeout(PATIENCE, consumer.recv()).await {
                Ok(Ok(message)) => orders.push(message.value),
                Ok(Err(ConsumeError::Undecodable(bad))) => panic!("{bad:?}"),
                Ok(Err(error)) => assert_ne!(error.reaction(), Reaction::Stop, "{error:?}"),
                Err(_) => panic!("{} of {count} messages came", orders.len()),
            }
        }
        consumer.close().await.unwrap();
        orders
    }

    fn python_registers(&mut self, subject: &str, schema: &Value) -> Value {
        self.python
            .run(&json!({ "task": "register", "subject": subject, "schema": schema }))
    }

    fn python_writes(&mut self, schema: &Value, values: &[Value]) {
        self.python
            .run(&json!({ "task": "write", "topic": TOPIC, "schema": schema, "values": values }));
    }

    fn python_reads(&mut self, count: usize, schema: Option<&Value>) -> Value {
        self.python
            .run(&json!({ "task": "read", "topic": TOPIC, "count": count, "schema": schema }))
    }
}

/// A schema without references, as `peer.py` takes it.
fn whole(text: impl Into<String>) -> Value {
    json!({ "schema": text.into(), "references": [] })
}

fn reference(name: &str, version: u32) -> Value {
    json!({ "name": name, "subject": name, "version": version })
}

/// The text with this definition replaced by its name.
fn without(text: &str, definition: &str, name: &str) -> String {
    assert!(text.contains(definition), "{definition} in {text}");
    text.replacen(definition, &format!("{name:?}"), 1)
}

/// The schema of orders with three of its types under subjects of their own, which Python registers
/// first.
fn in_parts(setting: &mut Setting) -> Value {
    let mut text = Order::SCHEMA.to_owned();
    let mut references = Vec::new();
    for (name, definition) in [
        (
            "Item",
            r#"{"type":"record","name":"Item","fields":[{"name":"sku","type":"string"},{"name":"quantity","type":"int","default":1}]}"#,
        ),
        ("Digest", r#"{"type":"fixed","name":"Digest","size":4}"#),
        (
            "Status",
            r#"{"type":"enum","name":"Status","symbols":["NEW","SHIPPED"],"default":"NEW"}"#,
        ),
    ] {
        text = without(&text, definition, &format!("com.acme.{name}"));
        let part = definition.replacen("{", r#"{"namespace":"com.acme","#, 1);
        let fullname = format!("com.acme.{name}");
        setting.python_registers(&fullname, &whole(part));
        references.push(reference(&fullname, 1));
    }
    json!({ "schema": text, "references": references })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn we_read_what_python_writes() {
    let Some(mut setting) = Setting::start().await else {
        return;
    };
    let (ours, pythons): (Vec<_>, Vec<_>) = orders().into_iter().unzip();
    setting.python_writes(&whole(Order::SCHEMA), &pythons);
    assert_eq!(setting.read(pythons.len()).await, ours);
    assert_eq!(setting.registry.subjects().await.unwrap(), [SUBJECT]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn python_reads_what_we_write() {
    let Some(mut setting) = Setting::start().await else {
        return;
    };
    let orders = orders();
    let id = setting.write(&orders).await;
    let expected: Vec<_> = orders
        .iter()
        .map(|(_, python)| json!([id, python]))
        .collect();
    assert_eq!(setting.python_reads(orders.len(), None), json!(expected));
}

/// The schema that Python registers is in parts, ours is whole, and both have one id.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_schema_with_references_is_read_by_both() {
    let Some(mut setting) = Setting::start().await else {
        return;
    };
    let parts = in_parts(&mut setting);
    let orders = orders();
    let (ours, pythons): (Vec<_>, Vec<_>) = orders.iter().cloned().unzip();
    setting.python_writes(&parts, &pythons);
    let registered = setting.registry.version(SUBJECT, Version::Latest).await;
    let registered = registered.unwrap();
    assert_eq!((registered.version, registered.references.len()), (1, 3));

    let id = setting.write(&orders).await;
    assert_eq!(id, registered.id.get());
    assert_eq!(setting.registry.versions(SUBJECT).await.unwrap(), [1]);
    let twice = [ours.clone(), ours].concat();
    assert_eq!(setting.read(twice.len()).await, twice);
    let once: Vec<_> = pythons.iter().map(|python| json!([id, python])).collect();
    let twice = [once.clone(), once].concat();
    assert_eq!(setting.python_reads(twice.len(), None), json!(twice));
}

/// Python has an older version, in which a referred type refers to another one. Fields are missing,
/// others are more, and the branches of unions have another order.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_version_with_nested_references_is_resolved_by_both() {
    let Some(mut setting) = Setting::start().await else {
        return;
    };
    let origin = r#"{"type":"enum","name":"com.acme.Origin","symbols":["SHOP","WEB"]}"#;
    let item = r#"{"type":"record","name":"com.acme.Item","fields":[
        {"name":"origin","type":"Origin"},{"name":"sku","type":"string"}]}"#;
    setting.python_registers("com.acme.Origin", &whole(origin));
    setting.python_registers(
        "com.acme.Item",
        &json!({ "schema": item, "references": [reference("com.acme.Origin", 1)] }),
    );
    let older = r#"{"type":"record","name":"Order","namespace":"com.acme","fields":[
        {"name":"origin","type":"Origin"},
        {"name":"id","type":"string"},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"total","type":"int"},
        {"name":"ratio","type":"float"},
        {"name":"amount","type":"float"},
        {"name":"paid","type":"boolean"},
        {"name":"raw","type":"bytes"},
        {"name":"nothing","type":"null"},
        {"name":"note","type":["string","null"]},
        {"name":"items","type":{"type":"array","items":"Item"}},
        {"name":"numbers","type":{"type":"array","items":"long"}},
        {"name":"pay","type":["string","Item"]},
        {"name":"digest","type":{"type":"fixed","name":"Digest","size":4}},
        {"name":"status","type":{"type":"enum","name":"Status","symbols":["NEW","LOST","SHIPPED"]}},
        {"name":"key","type":{"type":"string","logicalType":"uuid"}},
        {"name":"day","type":{"type":"int","logicalType":"date"}},
        {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}}]}"#;
    let references = ["com.acme.Origin", "com.acme.Item"].map(|name| reference(name, 1));
    let older = json!({ "schema": older, "references": references });

    let (mut ours, full) = orders().swap_remove(0);
    let mut python = full.clone();
    let fields = python.as_object_mut().unwrap();
    for absent in ["count", "suffix", "labels", "next", "extra"] {
        fields.remove(absent);
    }
    fields.insert("origin".to_owned(), json!("sWEB"));
    fields.insert("total".to_owned(), json!(5));
    fields.insert("amount".to_owned(), json!(double(2.25)));
    fields.insert(
        "items".to_owned(),
        json!([{"origin": "sSHOP", "sku": "sa"}]),
    );
    fields.insert("numbers".to_owned(), json!([-1, 1_i64 << 40]));
    fields.insert("pay".to_owned(), json!("scash"));
    fields.insert("status".to_owned(), json!("sLOST"));
    setting.python_writes(&older, &[python]);

    ours.count = 1;
    ours.suffix = Some("x".to_owned());
    ours.labels.clear();
    ours.extra = Some(shared::com::acme::OrderExtra::Int(7));
    ours.total = 5;
    ours.amount = 2.25;
    ours.items = vec![shared::com::acme::Item {
        sku: "a".to_owned(),
        quantity: 1,
    }];
    ours.numbers = vec![-1.0, (1_u64 << 40) as f64];
    ours.pay = OrderPay::String("cash".to_owned());
    ours.status = Status::New;
    assert_eq!(setting.read(1).await, [ours.clone()]);

    // Read with the new version's schema, Python has what we have; read as we write it, too.
    let id = setting.write(&[(ours.clone(), Value::Null)]).await;
    let read = setting.python_reads(2, Some(&whole(Order::SCHEMA)));
    let mut expected = full;
    for (key, value) in [
        ("count", json!(1)),
        ("suffix", json!("sx")),
        ("labels", json!({})),
        ("extra", json!(7)),
        ("total", json!(5)),
        ("amount", json!(double(2.25))),
        ("items", json!([{"sku": "sa", "quantity": 1}])),
        (
            "numbers",
            json!([double(-1.0), double((1_u64 << 40) as f64)]),
        ),
        ("pay", json!("scash")),
        ("status", json!("sNEW")),
    ] {
        expected[key] = value;
    }
    assert_ne!(read[0][0], json!(id));
    assert_eq!(read[0][1], expected);
    assert_eq!(read[1], json!([id, expected]));
}

/// Every call that lists or finds, with the client's own defaults.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pythons_client_finds_what_is_registered() {
    let Some(mut setting) = Setting::start().await else {
        return;
    };
    let parts = in_parts(&mut setting);
    assert_eq!(setting.python_registers(SUBJECT, &parts), json!(4));
    let registered = setting.registry.version(SUBJECT, Version::Latest).await;
    let guid = registered.unwrap().guid.unwrap().to_string();
    let text = parts["schema"].as_str().unwrap();
    let held = json!({ "schema": text, "schemaType": "AVRO", "references": parts["references"] });

    let python = &mut setting.python;
    let all = [
        "com.acme.Digest",
        "com.acme.Item",
        "com.acme.Status",
        SUBJECT,
    ];
    assert_eq!(python.call("get_subjects", json!({})), json!(all));
    let prefix = json!({ "subject_prefix": "com.acme.", "offset": 1, "limit": 1 });
    assert_eq!(
        python.call("get_subjects", prefix),
        json!(["com.acme.Item"])
    );
    let subject = json!({ "subject_name": SUBJECT });
    assert_eq!(python.call("get_versions", subject.clone()), json!([1]));
    assert_eq!(python.call("get_schema", json!({ "schema_id": 4 })), held);
    let by_guid = python.call("get_schema_by_guid", json!({ "guid": guid }));
    assert_eq!(by_guid, held);
    for (method, arguments) in [
        ("get_latest_version", subject.clone()),
        (
            "get_version",
            json!({ "subject_name": SUBJECT, "version": 1 }),
        ),
        (
            "lookup_schema",
            json!({ "subject_name": SUBJECT, "schema": parts }),
        ),
        (
            "lookup_schema",
            json!({ "subject_name": SUBJECT, "schema": whole(Order::SCHEMA), "deleted": true }),
        ),
    ] {
        let found = python.call(method, arguments);
        assert_eq!(
            (&found["id"], &found["version"]),
            (&json!(4), &json!(1)),
            "{method}"
        );
        assert_eq!(found["guid"], json!(guid), "{method}");
    }
    let id = json!({ "schema_id": 4 });
    assert_eq!(
        python.call("get_subjects_by_schema_id", id.clone()),
        json!([SUBJECT])
    );
    let places = json!([{ "subject": SUBJECT, "version": 1 }]);
    assert_eq!(python.call("get_schema_versions", id), places);
    assert_eq!(python.call("get_schema_types", json!({})), json!(["AVRO"]));
    assert_eq!(python.call("get_compatibility", json!({})), json!("NONE"));
    assert_eq!(
        python.call("get_global_mode", json!({})),
        json!("READWRITE")
    );

    for (method, arguments, code) in [
        ("get_compatibility", subject.clone(), 40408),
        ("get_mode", subject, 40409),
        ("get_versions", json!({ "subject_name": "none" }), 40401),
        (
            "get_version",
            json!({ "subject_name": SUBJECT, "version": 9 }),
            40402,
        ),
        ("get_schema", json!({ "schema_id": 9 }), 40403),
        (
            "lookup_schema",
            json!({ "subject_name": SUBJECT, "schema": whole(r#""int""#) }),
            40403,
        ),
    ] {
        let error = json!({ "status": 404, "code": code });
        assert_eq!(python.call(method, arguments), error, "{method}");
    }
}

/// `normalize.schemas` of the serializers, and what the client calls `normalize_schemas`.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn python_can_have_its_schemas_normalized() {
    let Some(mut setting) = Setting::start().await else {
        return;
    };
    let schema = whole(r#"{"name": "a.F", "size": 1, "type": "fixed"}"#);
    let arguments = json!({ "subject_name": "f", "schema": schema, "normalize_schemas": true });
    let id = setting.python.call("register_schema", arguments);
    assert_eq!(id, json!(1));
    let held = setting
        .registry
        .version("f", Version::Latest)
        .await
        .unwrap();
    assert_eq!(
        &*held.schema,
        r#"{"type":"fixed","name":"F","namespace":"a","size":1}"#
    );
}
