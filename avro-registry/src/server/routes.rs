//! Paths and queries → calls of the store.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::answer::{self, Failure, RegisteredBody};
use super::store::{Refusal, Schema, Store};
use crate::{Guid, Reference, SchemaId, Version};

type Shared = State<Arc<RwLock<Store>>>;
type Answer = Result<Response, Failure>;
/// A path is refused if it is not UTF-8: then there is nothing by that name.
type Segments<T> = Result<Path<T>, PathRejection>;

/// An empty registry and the paths that lead to it.
pub(super) fn router() -> Router {
    Router::new()
        .route("/subjects", get(subjects))
        .route("/subjects/{subject}", post(lookup))
        .route("/subjects/{subject}/versions", get(versions).post(register))
        .route("/subjects/{subject}/versions/{version}", get(version))
        .route(
            "/subjects/{subject}/versions/{version}/schema",
            get(version_schema),
        )
        .route("/schemas/ids/{id}", get(schema))
        .route("/schemas/ids/{id}/schema", get(schema_text))
        .route("/schemas/ids/{id}/subjects", get(subjects_of))
        .route("/schemas/ids/{id}/versions", get(versions_of))
        .route("/schemas/guids/{guid}", get(schema_of_guid))
        .route("/schemas/types", get(types))
        .route("/config", get(config))
        .route("/config/{subject}", get(config))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_path)
        .layer(middleware::from_fn(known_queries_only))
        .with_state(Arc::default())
}

/// A schema as clients send it. Clients write null for what they do not set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Submission {
    schema: Option<String>,
    schema_type: Option<String>,
    references: Option<Vec<Reference>>,
    metadata: Option<IgnoredAny>,
    rule_set: Option<IgnoredAny>,
}

#[derive(Serialize)]
struct IdBody {
    id: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<String>,
}

#[derive(Serialize)]
struct SchemaBody<'a> {
    schema: &'a str,
    guid: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    references: &'a [Reference],
}

#[derive(Serialize)]
struct PlaceBody {
    subject: String,
    version: u32,
}

async fn register(
    store: Shared,
    path: Segments<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    let schema = submitted(body)?;
    let mut store = store.write().unwrap_or_else(PoisonError::into_inner);
    let ids = store.register(&subject, schema)?;
    let guid = ids.guid.filter(|_| accepts_unknown_properties(&headers));
    Ok(answer::json(&IdBody {
        id: ids.id.get(),
        guid: guid.map(|guid| guid.to_string()),
    }))
}

/// Clients that mind what they do not know are not told the GUID when they register.
fn accepts_unknown_properties(headers: &HeaderMap) -> bool {
    let value = headers.get("confluent-accept-unknown-properties");
    value.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"))
}

async fn lookup(
    store: Shared,
    path: Segments<String>,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    let found = read(&store).lookup(&subject, submitted(body)?)?;
    Ok(answer::json(&RegisteredBody::from(found)))
}

async fn subjects(store: Shared) -> Response {
    answer::json(&read(&store).subjects())
}

async fn versions(store: Shared, path: Segments<String>) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    Ok(answer::json(&read(&store).versions(&subject)?))
}

async fn version(store: Shared, path: Segments<(String, String)>) -> Answer {
    let Path((subject, version)) = path.map_err(nameless)?;
    let found = read(&store).version(&subject, version_in(&version)?)?;
    Ok(answer::json(&RegisteredBody::from(found)))
}

async fn version_schema(store: Shared, path: Segments<(String, String)>) -> Answer {
    let Path((subject, version)) = path.map_err(nameless)?;
    let found = read(&store).version(&subject, version_in(&version)?)?;
    Ok(answer::raw(&found.schema))
}

async fn schema(store: Shared, path: Segments<String>) -> Answer {
    Ok(schema_body(read(&store).schema(id_in(path)?)?))
}

async fn schema_of_guid(store: Shared, path: Segments<String>) -> Answer {
    let Path(guid) = path.map_err(nameless)?;
    let guid = Guid::parse(&guid).ok_or(Refusal::Guid)?;
    Ok(schema_body(read(&store).schema_by_guid(guid)?))
}

fn schema_body(schema: &Schema) -> Response {
    answer::json(&SchemaBody {
        schema: &schema.text,
        guid: schema.guid().to_string(),
        references: &schema.references,
    })
}

async fn schema_text(store: Shared, path: Segments<String>) -> Answer {
    Ok(answer::raw(&read(&store).schema(id_in(path)?)?.text))
}

async fn subjects_of(store: Shared, path: Segments<String>) -> Answer {
    let places = read(&store).places(id_in(path)?)?;
    let subjects: Vec<_> = places.into_iter().map(|(subject, _)| subject).collect();
    Ok(answer::json(&subjects))
}

async fn versions_of(store: Shared, path: Segments<String>) -> Answer {
    let places = read(&store).places(id_in(path)?)?;
    let places = places
        .into_iter()
        .map(|(subject, version)| PlaceBody { subject, version });
    Ok(answer::json(&places.collect::<Vec<_>>()))
}

async fn types() -> Response {
    answer::raw(r#"["AVRO"]"#)
}

async fn config() -> Response {
    answer::raw(r#"{"compatibilityLevel":"NONE"}"#)
}

async fn no_such_path() -> Failure {
    Failure::no_such_path()
}

fn nameless(_: PathRejection) -> Failure {
    Failure::no_such_path()
}

fn read(store: &Shared) -> RwLockReadGuard<'_, Store> {
    store.read().unwrap_or_else(PoisonError::into_inner)
}

fn id_in(path: Segments<String>) -> Result<SchemaId, Failure> {
    let Path(id) = path.map_err(nameless)?;
    id.parse()
        .map(SchemaId::new)
        .map_err(|_| Failure::no_such_path())
}

/// `latest`, −1 for the same, or a number from 1 to 2³¹ − 1.
fn version_in(text: &str) -> Result<Version, Failure> {
    match text.parse::<i32>() {
        Ok(-1) => Ok(Version::Latest),
        Ok(number @ 1..) => Ok(Version::Number(number.unsigned_abs())),
        Err(_) if text == "latest" => Ok(Version::Latest),
        _ => Err(Failure::invalid_version(text)),
    }
}

fn submitted(body: Result<Bytes, BytesRejection>) -> Result<Schema, Failure> {
    let body = body.map_err(|why| Failure::bad_body(why.status(), why.body_text()))?;
    let submission: Submission = serde_json::from_slice(&body).map_err(|error| {
        let status = if error.is_data() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::BAD_REQUEST
        };
        Failure::bad_body(status, error.to_string())
    })?;
    let Submission {
        schema,
        schema_type,
        references,
        metadata,
        rule_set,
    } = submission;
    if metadata.is_some() || rule_set.is_some() {
        let why = "this registry has no metadata and no rules: leave `metadata` and `ruleSet` out";
        return Err(Failure::bad_body(StatusCode::UNPROCESSABLE_ENTITY, why));
    }
    if let Some(other) = schema_type.filter(|ty| ty != "AVRO") {
        return Err(Failure::invalid_schema(&format!(
            "type {other} is not supported, only AVRO is"
        )));
    }
    let text = schema
        .ok_or_else(|| Failure::invalid_schema("there is no `schema`"))?
        .into();
    Ok(Schema {
        text,
        references: references.unwrap_or_default(),
    })
}

/// A query that would change the answer, and is not known, must not be passed over: the path with
/// it is one that this registry does not have.
async fn known_queries_only(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let is_list = uri.path().ends_with("/subjects") || uri.path().ends_with("/versions");
    let mut parameters = uri.query().unwrap_or_default().split('&');
    if parameters.all(|parameter| changes_nothing(parameter, is_list)) {
        next.run(request).await
    } else {
        Failure::no_such_path().into_response()
    }
}

/// Nothing is ever deleted here, an id means the same in every subject, and there is one
/// configuration. A subject narrows a list down, and elsewhere is a hint.
fn changes_nothing(parameter: &str, is_list: bool) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    match name {
        "" | "defaultToGlobal" | "deleted" | "fetchMaxId" | "lookupDeletedSchema" | "verbose" => {
            true
        }
        "subject" => !is_list,
        "deletedOnly" | "normalize" => value == "false",
        "format" => value.is_empty(),
        _ => false,
    }
}
