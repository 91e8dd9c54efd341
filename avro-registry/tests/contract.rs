//! What a registry with Confluent's API must do for us, asked of the embedded one always, and of a
//! real one when `RUN_KAFKA_INTEGRATION_TESTS=1`, at `KAFKA_SCHEMA_REGISTRY_URL`.
//!
//! Where Apicurio 3.3 (`/apis/ccompat/v7`) differs from Confluent, the contract takes both:
//!
//! - It gives one id to one *text*: the same schema with other white space has another id under
//!   another subject, though not under the same one. Confluent has one id for both.
//! - It answers a text by id as it was first sent, by version as Java's Avro writes it (with the
//!   namespace apart); Confluent always does the latter. So texts are compared by identity.
//! - Version 0 is a version that is not found (40402); to Confluent it is no version (42202).
//! - An unknown path answers 404 without a body, and a body that is not JSON answers 400 in plain
//!   text; Confluent sends its error body with both.
//! - Its content type is `application/json`.
//! - It has no GUIDs (its issue 7546), nor a path for them; Confluent has both since Platform 8.
//! - Without `schemaType` it guesses the type, and takes an empty text for JSON Schema.

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use avro_model::{compile_text, identity};
use avro_registry::server::EmbeddedRegistry;
use avro_registry::{
    CachedRegistry, ConverterRegistry, ErrorKind, Guid, HttpRegistry, RegistryError, SchemaId,
    SchemaRegistry, Version,
};
use schema_registry_converter::async_impl::schema_registry::SrSettings;
use serde_json::{Value, json};

#[tokio::test]
async fn the_embedded_registry_keeps_the_contract() {
    let server = EmbeddedRegistry::start().await.unwrap();
    contract(http(&server.url()), &server.url()).await;
    server.shutdown().await;
}

#[tokio::test]
async fn the_embedded_registry_keeps_it_for_another_client_too() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let settings = SrSettings::new_builder(server.url())
        .add_header("Confluent-Accept-Unknown-Properties", "true")
        .no_proxy()
        .build();
    let registry = Arc::new(ConverterRegistry::new(settings.unwrap()));
    contract(registry, &server.url()).await;
}

#[tokio::test]
async fn a_real_registry_keeps_the_contract() {
    if env::var("RUN_KAFKA_INTEGRATION_TESTS").as_deref() != Ok("1") {
        return;
    }
    let url = env::var("KAFKA_SCHEMA_REGISTRY_URL")
        .expect("RUN_KAFKA_INTEGRATION_TESTS=1 needs KAFKA_SCHEMA_REGISTRY_URL");
    contract(http(&url), &url).await;
}

fn http(url: &str) -> Arc<dyn SchemaRegistry> {
    Arc::new(HttpRegistry::new(url).unwrap())
}

/// The whole contract, by a client of the registry at this base URL. Subjects are new in each run.
async fn contract(client: Arc<dyn SchemaRegistry>, url: &str) {
    let client_of_url = Arc::clone(&client);
    let client = &*client;
    registers_and_finds_again(client).await;
    has_one_id_under_every_subject(client, url).await;
    counts_versions(client).await;
    says_what_is_missing(client, url).await;
    refuses_what_is_no_schema(client).await;
    takes_any_subject(client).await;
    puts_references_in_place(client, url).await;
    finds_by_guid_or_has_none(client).await;
    lists_types_and_configuration(url).await;
    serves_a_cache_before_it(client_of_url).await;
}

async fn registers_and_finds_again(registry: &dyn SchemaRegistry) {
    let name = format!("contract.{}", unique_name());
    let (subject, text) = (unique("orders-value"), record(&name, &["id"]));
    let id = registry.register(&subject, &text).await.unwrap().id;
    assert_eq!(
        registry.register(&subject, &text).await.unwrap().id,
        id,
        "registering is idempotent"
    );
    let spaced = text.replace(':', " : ");
    assert_eq!(
        registry.register(&subject, &spaced).await.unwrap().id,
        id,
        "white space is nothing"
    );
    assert_same(&registry.schema_by_id(id).await.unwrap(), &text);
    let found = registry.lookup(&subject, &text).await.unwrap();
    assert_eq!(
        (found.subject.as_str(), found.id, found.version),
        (subject.as_str(), id, 1)
    );
    assert_same(&found.schema, &text);
    let with_deleted = registry.lookup_with_deleted(&subject, &text).await;
    assert_eq!(with_deleted.unwrap(), found);
    assert_eq!(registry.versions(&subject).await.unwrap(), [1]);
    assert!(registry.subjects().await.unwrap().contains(&subject));
}

async fn has_one_id_under_every_subject(registry: &dyn SchemaRegistry, url: &str) {
    let (first, second) = (unique("first-value"), unique("second-value"));
    let text = record(&unique_name(), &["id"]);
    let id = registry.register(&first, &text).await.unwrap().id;
    let again = registry.register(&second, &text).await.unwrap();
    assert_eq!(again.id, id);
    let subjects = get(&format!("{url}/schemas/ids/{id}/subjects")).await;
    assert_eq!(sorted(subjects), [json!(first), json!(second)]);
    let places = get(&format!("{url}/schemas/ids/{id}/versions")).await;
    let expected = [&first, &second].map(|subject| json!({"subject": subject, "version": 1}));
    assert_eq!(sorted(places), expected);
    assert_eq!(
        get(&format!("{url}/schemas/ids/{id}/schema")).await,
        parsed(&text)
    );
}

async fn counts_versions(registry: &dyn SchemaRegistry) {
    let (subject, name) = (unique("versions-value"), unique_name());
    let old = registry
        .register(&subject, &record(&name, &["id"]))
        .await
        .unwrap()
        .id;
    let new_text = record(&name, &["id", "more"]);
    let new = registry.register(&subject, &new_text).await.unwrap().id;
    assert_ne!(old, new);
    assert_eq!(registry.versions(&subject).await.unwrap(), [1, 2]);
    let first = registry
        .version(&subject, Version::Number(1))
        .await
        .unwrap();
    assert_eq!((first.id, first.version), (old, 1));
    let latest = registry.version(&subject, Version::Latest).await.unwrap();
    assert_eq!((latest.id, latest.version), (new, 2));
    assert_same(&latest.schema, &new_text);
    assert_eq!(registry.version(&subject, 2.into()).await.unwrap(), latest);
    let found = registry.lookup(&subject, &new_text).await.unwrap();
    assert_eq!((found.id, found.version), (new, 2));
}

async fn says_what_is_missing(registry: &dyn SchemaRegistry, url: &str) {
    let (subject, text) = (unique("missing-value"), record(&unique_name(), &["id"]));
    let no_subject = (ErrorKind::SubjectNotFound, Some(40401));
    assert_eq!(failure(registry.versions(&subject).await), no_subject);
    assert_eq!(
        failure(registry.version(&subject, Version::Latest).await),
        no_subject
    );
    assert_eq!(
        failure(registry.version(&subject, 1.into()).await),
        no_subject
    );
    assert_eq!(failure(registry.lookup(&subject, &text).await), no_subject);

    registry.register(&subject, &text).await.unwrap();
    let no_version = (ErrorKind::VersionNotFound, Some(40402));
    assert_eq!(
        failure(registry.version(&subject, 2.into()).await),
        no_version
    );
    let version_0 = failure(registry.version(&subject, 0.into()).await);
    assert!(version_0 == no_version || version_0 == (ErrorKind::InvalidVersion, Some(42202)));

    let no_schema = (ErrorKind::SchemaNotFound, Some(40403));
    let other = record(&unique_name(), &["id"]);
    assert_eq!(failure(registry.lookup(&subject, &other).await), no_schema);
    let far = SchemaId::new(i32::MAX.unsigned_abs());
    assert_eq!(failure(registry.schema_by_id(far).await), no_schema);
    assert_eq!(status(&format!("{url}/no/such/path")).await, 404);
}

async fn refuses_what_is_no_schema(registry: &dyn SchemaRegistry) {
    let subject = unique("invalid-value");
    let unknown = record(&unique_name(), &["id"]).replace(r#""long""#, r#""lng""#);
    for text in ["", "{", r#""strng""#, unknown.as_str()] {
        let refused = registry.register(&subject, text).await;
        assert_eq!(
            failure(refused),
            (ErrorKind::InvalidSchema, Some(42201)),
            "{text}"
        );
    }
    let nothing = failure(registry.versions(&subject).await);
    assert_eq!(nothing, (ErrorKind::SubjectNotFound, Some(40401)));
}

async fn takes_any_subject(registry: &dyn SchemaRegistry) {
    for name in [
        "a/b",
        "with space",
        "100%",
        "%2F",
        "a+b&c=d",
        "what?#",
        "Größe",
        "…",
    ] {
        let (subject, text) = (unique(name), record(&unique_name(), &["id"]));
        let id = registry.register(&subject, &text).await.unwrap().id;
        assert_eq!(registry.versions(&subject).await.unwrap(), [1], "{subject}");
        let found = registry.version(&subject, Version::Latest).await.unwrap();
        assert_eq!((found.subject.as_str(), found.id), (subject.as_str(), id));
        assert_eq!(
            registry.lookup(&subject, &text).await.unwrap().id,
            id,
            "{subject}"
        );
        assert!(
            registry.subjects().await.unwrap().contains(&subject),
            "{subject}"
        );
    }
}

async fn puts_references_in_place(registry: &dyn SchemaRegistry, url: &str) {
    let (inner, middle) = (unique_name(), unique_name());
    let inner_text = record(&inner, &["id"]);
    let inner_subject = unique("inner");
    registry
        .register(&inner_subject, &inner_text)
        .await
        .unwrap();
    let middle_text = json!({"type": "record", "name": middle, "fields": [
        {"name": "one", "type": inner}, {"name": "two", "type": inner}]});
    let middle_subject = unique("middle");
    let refers_to = |name, subject| json!([{"name": name, "subject": subject, "version": 1}]);
    let references = refers_to(&inner, &inner_subject);
    let middle_id = post(url, &middle_subject, &middle_text, &references).await;
    let outer_text = json!({"type": "array", "items": middle});
    let references = refers_to(&middle, &middle_subject);
    let outer_id = post(url, &unique("outer"), &outer_text, &references).await;

    let expected = json!({"type": "record", "name": middle, "fields": [
        {"name": "one", "type": parsed(&inner_text)}, {"name": "two", "type": inner}]});
    assert_same(
        &registry.schema_by_id(middle_id).await.unwrap(),
        &expected.to_string(),
    );
    let expected = json!({"type": "array", "items": expected});
    assert_same(
        &registry.schema_by_id(outer_id).await.unwrap(),
        &expected.to_string(),
    );

    let as_held = registry.version(&middle_subject, 1.into()).await.unwrap();
    assert_eq!(
        parsed(&as_held.schema),
        middle_text,
        "a version is answered as it is held"
    );
    let [reference] = as_held.references.as_slice() else {
        panic!("one reference was registered: {as_held:?}");
    };
    assert_eq!(
        (&reference.name, &reference.subject, reference.version),
        (&inner, &inner_subject, 1)
    );
}

async fn finds_by_guid_or_has_none(registry: &dyn SchemaRegistry) {
    let (subject, text) = (unique("guid-value"), record(&unique_name(), &["id"]));
    let ids = registry.register(&subject, &text).await.unwrap();
    let found = registry.lookup(&subject, &text).await.unwrap();
    assert_eq!(found.ids(), ids);
    let unknown = Guid::from_bytes([7; 16]);
    let Some(guid) = ids.guid else {
        let failure = failure(registry.schema_by_guid(unknown).await);
        assert_eq!(failure.0, ErrorKind::WithoutGuids);
        return;
    };
    assert_same(&registry.schema_by_guid(guid).await.unwrap(), &text);
    let version = registry.version(&subject, Version::Latest).await.unwrap();
    assert_eq!(version.ids(), ids);
    let other = unique("other-value");
    assert_eq!(registry.register(&other, &text).await.unwrap(), ids);
    assert_eq!(
        failure(registry.schema_by_guid(unknown).await),
        (ErrorKind::SchemaNotFound, Some(40403))
    );
}

async fn lists_types_and_configuration(url: &str) {
    let types = get(&format!("{url}/schemas/types")).await;
    assert!(sorted(types).contains(&json!("AVRO")));
    let config = get(&format!("{url}/config")).await;
    assert!(config["compatibilityLevel"].is_string(), "{config}");
}

async fn serves_a_cache_before_it(client: Arc<dyn SchemaRegistry>) {
    let registry: Arc<dyn SchemaRegistry> = Arc::new(CachedRegistry::new(client, 10));
    let (subject, text) = (unique("cached-value"), record(&unique_name(), &["id"]));
    let id = registry.register(&subject, &text).await.unwrap().id;
    let first = registry.schema_by_id(id).await.unwrap();
    let second = registry.schema_by_id(id).await.unwrap();
    assert!(
        Arc::ptr_eq(&first, &second),
        "the second answer is the first one"
    );
    assert_same(&first, &text);
    let far = SchemaId::new(i32::MAX.unsigned_abs());
    assert_eq!(
        failure(registry.schema_by_id(far).await).0,
        ErrorKind::SchemaNotFound
    );
}

/// A record of longs; all fields but the first have a default, so that versions are compatible.
fn record(name: &str, fields: &[&str]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .enumerate()
        .map(|(index, field)| match index {
            0 => json!({"name": field, "type": "long"}),
            _ => json!({"name": field, "type": "long", "default": 0}),
        })
        .collect();
    json!({"type": "record", "name": name, "fields": fields}).to_string()
}

fn unique(name: &str) -> String {
    format!("{name}.{}", token())
}

fn unique_name() -> String {
    format!("R{}", token())
}

/// Never the same in two runs, nor twice in one.
fn token() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_nanos();
    format!("{now:x}_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn assert_same(text: &str, expected: &str) {
    assert_eq!(
        identity(text),
        identity(expected),
        "{text} is not {expected}"
    );
}

fn identity(text: &str) -> [u8; 32] {
    let set = compile_text(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let root = set.only_root().expect("one text holds one schema");
    identity::of(&set, &root.schema)
}

fn failure<T: std::fmt::Debug>(result: Result<T, RegistryError>) -> (ErrorKind, Option<u32>) {
    let error = result.unwrap_err();
    assert!(!error.is_retriable(), "{error}");
    (error.kind(), error.error_code())
}

fn sorted(list: Value) -> Vec<Value> {
    let mut list = list.as_array().expect("the answer is a list").clone();
    list.sort_by_key(Value::to_string);
    list
}

async fn status(url: &str) -> u16 {
    reqwest::get(url).await.unwrap().status().as_u16()
}

async fn get(url: &str) -> Value {
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{url}");
    parsed(&answer.text().await.unwrap())
}

/// Registers a schema with references, which the client has no call for.
async fn post(url: &str, subject: &str, schema: &Value, references: &Value) -> SchemaId {
    let body =
        json!({"schema": schema.to_string(), "schemaType": "AVRO", "references": references});
    let answer = reqwest::Client::new()
        .post(format!("{url}/subjects/{subject}/versions"))
        .header("content-type", "application/vnd.schemaregistry.v1+json")
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    let (status, text) = (answer.status().as_u16(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{text}");
    let id = parsed(&text)["id"]
        .as_u64()
        .expect("the answer holds an id");
    SchemaId::new(u32::try_from(id).unwrap())
}
