//! Paths and queries → calls of the store.
//!
//! The parameters are those of Confluent's API. Three of them say nothing here: no schema is ever
//! deleted (`deleted`), there is one context, so an id means the same under every subject (`subject`
//! of a schema), and schemas have no tags (`findTags`).

use std::time::Duration;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Serialize;

use super::answer::{self, Failure, RegisteredBody};
use super::query::Query;
use super::registry::Registry;
use super::store::{Refusal, Schema};
use super::submission::{self, LARGEST_BODY};
use crate::{Guid, Reference, Registered, SchemaId, Version, text};

/// What the handlers work on.
#[derive(Clone)]
struct Desk {
    registry: Registry,
    /// How long a body may take to arrive.
    patience: Duration,
}

type Shared = State<Desk>;
type Answer = Result<Response, Failure>;
/// A path is refused if it is not UTF-8: then there is nothing by that name.
type Segments<T> = Result<Path<T>, PathRejection>;

/// The paths that lead to a registry. A body may take this long to arrive.
pub(super) fn router(registry: Registry, patience: Duration) -> Router {
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
        .route("/config/{subject}", get(config_of))
        .route("/mode", get(mode))
        .route("/mode/{subject}", get(mode_of))
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_path)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(Desk { registry, patience })
}

#[derive(Serialize)]
struct IdBody {
    id: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SchemaBody {
    schema: String,
    guid: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    references: Vec<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_id: Option<u32>,
}

#[derive(Serialize)]
struct PlaceBody {
    subject: String,
    version: u32,
}

async fn register(
    State(desk): Shared,
    path: Segments<String>,
    query: Query,
    headers: HeaderMap,
    request: Request,
) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    let schema = submission::read(request, desk.patience).await?;
    let compiled = desk
        .registry
        .compiled(schema, query.flag("normalize"))
        .await?;
    let ids = desk.registry.write().register(&subject, compiled);
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
    State(desk): Shared,
    path: Segments<String>,
    query: Query,
    request: Request,
) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    let schema = submission::read(request, desk.patience).await?;
    desk.registry.read().expect_subject(&subject)?;
    let compiled = desk
        .registry
        .compiled(schema, query.flag("normalize"))
        .await?;
    let found = desk.registry.read().lookup(&subject, &compiled)?;
    registered(&desk, found, &query).await
}

async fn subjects(State(desk): Shared, query: Query) -> Answer {
    let page = query.page()?;
    if query.flag("deletedOnly") {
        return Ok(answer::json(&[""; 0]));
    }
    let prefix = query.text("subjectPrefix").unwrap_or_default();
    // Confluent's default is this wildcard for all contexts; a prefix in all of them stands behind it.
    let prefix = prefix.split_once(":*:").map_or(prefix, |(_, rest)| rest);
    let subjects = desk.registry.read().subjects();
    let asked = subjects
        .into_iter()
        .filter(|subject| subject.starts_with(prefix));
    Ok(answer::json(&page.of(asked)))
}

async fn versions(State(desk): Shared, path: Segments<String>, query: Query) -> Answer {
    let page = query.page()?;
    let Path(subject) = path.map_err(nameless)?;
    let mut versions = desk.registry.read().versions(&subject)?;
    if query.flag("deletedOnly") {
        versions.clear();
    }
    Ok(answer::json(&page.of(versions)))
}

async fn version(State(desk): Shared, path: Segments<(String, String)>, query: Query) -> Answer {
    let found = found(&desk, path)?;
    registered(&desk, found, &query).await
}

async fn version_schema(
    State(desk): Shared,
    path: Segments<(String, String)>,
    query: Query,
) -> Answer {
    let found = found(&desk, path)?;
    let text = shown(&desk, &Schema::of(&found), &query).await?;
    Ok(answer::raw(&text))
}

fn found(desk: &Desk, path: Segments<(String, String)>) -> Result<Registered, Failure> {
    let Path((subject, version)) = path.map_err(nameless)?;
    let version = version_in(&version)?;
    Ok(desk.registry.read().version(&subject, version)?)
}

async fn registered(desk: &Desk, mut found: Registered, query: &Query) -> Answer {
    found.schema = shown(desk, &Schema::of(&found), query).await?.into();
    Ok(answer::json(&RegisteredBody::from(found)))
}

async fn schema(State(desk): Shared, path: Segments<String>, query: Query) -> Answer {
    let schema = desk.registry.read().schema(id_in(path)?)?.clone();
    schema_body(&desk, schema, &query).await
}

async fn schema_of_guid(State(desk): Shared, path: Segments<String>, query: Query) -> Answer {
    let Path(guid) = path.map_err(nameless)?;
    let guid = Guid::parse(&guid).ok_or(Refusal::Guid)?;
    let schema = desk.registry.read().schema_by_guid(guid)?.clone();
    schema_body(&desk, schema, &query).await
}

async fn schema_body(desk: &Desk, schema: Schema, query: &Query) -> Answer {
    let asks_for_max = query.flag("fetchMaxId");
    let highest = desk.registry.read().highest_id();
    Ok(answer::json(&SchemaBody {
        schema: shown(desk, &schema, query).await?,
        guid: schema.guid().to_string(),
        references: schema.references,
        max_id: highest.filter(|_| asks_for_max).map(SchemaId::get),
    }))
}

async fn schema_text(State(desk): Shared, path: Segments<String>, query: Query) -> Answer {
    let schema = desk.registry.read().schema(id_in(path)?)?.clone();
    Ok(answer::raw(&shown(&desk, &schema, &query).await?))
}

/// The schema's text in the `format` that is asked for. `resolved` has what the schema refers to in
/// its place; every other word asks for the text as it is held, as in Confluent's registry.
async fn shown(desk: &Desk, schema: &Schema, query: &Query) -> Result<String, Failure> {
    if query.text("format") != Some("resolved") || schema.references.is_empty() {
        return Ok(schema.text.to_string());
    }
    let referenced = desk.registry.read().referenced(&schema.references)?;
    let text = schema.text.clone();
    let whole = desk
        .registry
        .aside(move || text::self_contained(&text, &referenced));
    whole.await?.map_err(|why| Failure::internal(&why))
}

async fn subjects_of(State(desk): Shared, path: Segments<String>, query: Query) -> Answer {
    let page = query.page()?;
    let places = places(&desk, path, &query)?;
    Ok(answer::json(&page.of(places.map(|(subject, _)| subject))))
}

async fn versions_of(State(desk): Shared, path: Segments<String>, query: Query) -> Answer {
    let page = query.page()?;
    let places =
        places(&desk, path, &query)?.map(|(subject, version)| PlaceBody { subject, version });
    Ok(answer::json(&page.of(places)))
}

/// Where a schema is registered, under one subject if one is asked for.
fn places<'q>(
    desk: &Desk,
    path: Segments<String>,
    query: &'q Query,
) -> Result<impl Iterator<Item = (String, u32)> + use<'q>, Failure> {
    let places = desk.registry.read().places(id_in(path)?)?;
    let asked = query.text("subject");
    Ok(places
        .into_iter()
        .filter(move |(subject, _)| asked.is_none_or(|asked| asked == subject)))
}

async fn types() -> Response {
    answer::raw(r#"["AVRO"]"#)
}

async fn config() -> Response {
    answer::raw(r#"{"compatibilityLevel":"NONE"}"#)
}

async fn config_of(path: Segments<String>, query: Query) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    match query.flag("defaultToGlobal") {
        true => Ok(config().await),
        false => Err(Failure::no_level_of_its_own(&subject)),
    }
}

async fn mode() -> Response {
    answer::raw(r#"{"mode":"READWRITE"}"#)
}

async fn mode_of(path: Segments<String>, query: Query) -> Answer {
    let Path(subject) = path.map_err(nameless)?;
    match query.flag("defaultToGlobal") {
        true => Ok(mode().await),
        false => Err(Failure::no_mode_of_its_own(&subject)),
    }
}

async fn no_such_path() -> Failure {
    Failure::no_such_path()
}

fn nameless(_: PathRejection) -> Failure {
    Failure::no_such_path()
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
