//! What another implementation writes, this one reads, and the other way round: the Avro encoder
//! and decoder of `schema_registry_converter`, over apache-avro, against the embedded registry.

use apache_avro::types::Value as Theirs;
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{HttpRegistry, SchemaId, SchemaIdentifier, SchemaRegistry as _};
use avro_runtime::confluent::{self, Framed, Identifier};
use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use schema_registry_converter::async_impl::avro::{AvroDecoder, AvroEncoder};
use schema_registry_converter::async_impl::schema_registry::{SrSettings, post_schema};
use schema_registry_converter::schema_registry_common::{
    SchemaType, SubjectNameStrategy, SuppliedReference, SuppliedSchema,
};

// Their encoder puts a reference in place by replacing each string that is its name. So a referenced
// text has to give its namespace apart (without, the encoder panics), and its name is used once and
// short, by a text of the same namespace.
const ADDRESS: &str = r#"{"type":"record","name":"Address","namespace":"shop","fields":[
    {"name":"street","type":"string"},{"name":"zip","type":["null","string"]}]}"#;
const CUSTOMER: &str = r#"{"type":"record","name":"Customer","namespace":"shop","fields":[
    {"name":"places","type":{"type":"array","items":"Address"}}]}"#;
const ORDER: &str = r#"{"type":"record","name":"Order","namespace":"shop","fields":[
    {"name":"id","type":"long"},
    {"name":"customer","type":"Customer"},
    {"name":"paid","type":{"type":"enum","name":"Paid","symbols":["NO","YES"]}},
    {"name":"amounts","type":{"type":"map","values":"double"}},
    {"name":"hash","type":{"type":"fixed","name":"Hash","size":2}}]}"#;
const VALUE: &str = r#"{"id":-7,"customer":{"places":[{"street":"Main St","zip":{"string":"8001"}},{"street":"","zip":null}]},"paid":"YES","amounts":{"net":1.5},"hash":"\u0000ÿ"}"#;

struct Both {
    server: EmbeddedRegistry,
    settings: SrSettings,
    ours: HttpRegistry,
}

impl Both {
    async fn start() -> Self {
        let server = EmbeddedRegistry::start().await.unwrap();
        let mut settings = SrSettings::new_builder(server.url());
        Self {
            settings: settings.no_proxy().build().unwrap(),
            ours: HttpRegistry::new(&server.url()).unwrap(),
            server,
        }
    }

    async fn schema(&self, id: impl Into<SchemaIdentifier>) -> Schema {
        let text = self.ours.schema(id.into()).await.unwrap();
        Schema::new(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// A message as a consumer reads it: its frame, the schema by its name, the value.
    async fn read(&self, header: Option<&[u8]>, message: &[u8]) -> String {
        let framed = Framed::parse_with_header(header, message).unwrap();
        let writer = match framed.schema {
            Identifier::Id(id) => self.schema(SchemaId::new(id)).await,
            Identifier::Guid(guid) => self.schema(avro_registry::Guid::from_bytes(guid)).await,
        };
        let value = DynamicReader::new(&writer, &writer)
            .unwrap()
            .read(framed.datum);
        value.unwrap().to_json()
    }
}

/// The order, by references to the customer and, through that, to the address.
fn order_with_references() -> SuppliedSchema {
    let reference = |name: &str, subject: &str, text: &str| {
        SuppliedReference::new(name.to_owned(), subject.to_owned(), text.to_owned())
    };
    let address = reference("shop.Address", "address", ADDRESS);
    let customer = reference("shop.Customer", "cust/omer 1", CUSTOMER);
    let name = Some("shop.Order".to_owned());
    let order = SuppliedSchema::new(name, SchemaType::Avro, ORDER.to_owned());
    order.with_references(vec![customer.with_references(vec![address])])
}

fn topic(supplied: Option<SuppliedSchema>) -> SubjectNameStrategy {
    let topic = "orders".to_owned();
    match supplied {
        Some(supplied) => SubjectNameStrategy::TopicNameStrategyWithSchema(topic, false, supplied),
        None => SubjectNameStrategy::TopicNameStrategy(topic, false),
    }
}

fn field(name: &str, value: Theirs) -> (String, Theirs) {
    (name.to_owned(), value)
}

fn their_address(street: &str, zip: Option<&str>) -> Theirs {
    let zip = zip.map_or(Theirs::Union(0, Theirs::Null.into()), |zip| {
        Theirs::Union(1, Theirs::String(zip.to_owned()).into())
    });
    let street = Theirs::String(street.to_owned());
    Theirs::Record(vec![field("street", street), field("zip", zip)])
}

fn their_order() -> Vec<(String, Theirs)> {
    let places = vec![
        their_address("Main St", Some("8001")),
        their_address("", None),
    ];
    let customer = Theirs::Record(vec![field("places", Theirs::Array(places))]);
    let amounts = [("net".to_owned(), Theirs::Double(1.5))].into();
    vec![
        field("id", Theirs::Long(-7)),
        field("customer", customer),
        field("paid", Theirs::Enum(1, "YES".to_owned())),
        field("amounts", Theirs::Map(amounts)),
        field("hash", Theirs::Fixed(2, vec![0, 255])),
    ]
}

#[tokio::test]
async fn what_their_encoder_writes_we_read_with_references() {
    let both = Both::start().await;
    let encoder = AvroEncoder::new(both.settings.clone());
    let order = their_order();
    let order = order
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    let strategy = topic(Some(order_with_references()));
    let message = encoder.encode(order.collect(), strategy).await.unwrap();
    assert_eq!(both.read(None, &message).await, VALUE);
    assert_eq!(both.ours.versions("orders-value").await.unwrap(), [1]);
    let held = both.ours.version("orders-value", 1.into()).await.unwrap();
    assert_eq!(held.references.len(), 1);
    both.server.shutdown().await;
}

#[tokio::test]
async fn what_their_encoder_names_in_a_header_we_read() {
    let both = Both::start().await;
    let text = r#"{"type":"record","name":"R","fields":[{"name":"n","type":"int"}]}"#;
    both.ours.register("orders-value", text).await.unwrap();
    let encoder = AvroEncoder::new(both.settings.clone());
    let fields = vec![("n", Theirs::Int(3))];
    let (message, header) = encoder
        .encode_with_header_id(fields, topic(None), false)
        .await
        .unwrap();
    assert_eq!(message, [6]);
    assert_eq!(both.read(Some(&header.value), &message).await, r#"{"n":3}"#);
}

#[tokio::test]
async fn what_we_write_their_decoder_reads_with_references() {
    let both = Both::start().await;
    let posted = post_schema(
        &both.settings,
        "orders-value".to_owned(),
        order_with_references(),
    );
    let id = SchemaId::new(posted.await.unwrap().id);
    let schema = both.schema(id).await;
    let mut message = Vec::new();
    confluent::frame(id.get(), &mut message);
    message.extend(Value::from_json(&schema, VALUE).unwrap().to_datum());
    let decoder = AvroDecoder::new(both.settings.clone());
    let decoded = decoder.decode(Some(&message)).await.unwrap();
    assert_eq!(decoded.value, Theirs::Record(their_order()));
    assert_eq!(decoded.name.unwrap().to_string(), "shop.Order");
}

/// What our client registers is one self-contained text, which their encoder then writes with.
#[tokio::test]
async fn what_we_register_they_write_with_and_we_read() {
    let both = Both::start().await;
    let posted = post_schema(
        &both.settings,
        "other-value".to_owned(),
        order_with_references(),
    );
    let whole = both
        .ours
        .schema_by_id(posted.await.unwrap().id.into())
        .await
        .unwrap();
    both.ours.register("orders-value", &whole).await.unwrap();
    let encoder = AvroEncoder::new(both.settings.clone());
    let order = their_order();
    let order = order
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    let message = encoder.encode(order.collect(), topic(None)).await.unwrap();
    assert_eq!(both.read(None, &message).await, VALUE);
}
