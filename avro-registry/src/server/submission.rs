//! The body of a request → the schema that a client sent.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request};
use axum::http::StatusCode;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::answer::Failure;
use super::store::Schema;
use crate::Reference;

/// The largest body that is read, in bytes. Kafka's own limit for a message, and with it for a schema
/// of Confluent's registry, is 1 MB unless set.
pub(super) const LARGEST_BODY: usize = 2 << 20;

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

/// Reads the body, which has to be whole when this time is over.
pub(super) async fn read(request: Request, time: Duration) -> Result<Schema, Failure> {
    let body = tokio::time::timeout(time, Bytes::from_request(request, &())).await;
    let body = body.map_err(|_| {
        let why = format!("the body did not arrive within {} s", time.as_secs_f64());
        Failure::bad_body(StatusCode::REQUEST_TIMEOUT, why)
    })?;
    let body = body.map_err(|why| Failure::bad_body(why.status(), why.body_text()))?;
    schema_in(&body)
}

fn schema_in(body: &[u8]) -> Result<Schema, Failure> {
    let submission: Submission = serde_json::from_slice(body).map_err(|error| {
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
