//! What goes back: bodies in Confluent's content type, errors with its codes.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::store::Refusal;
use crate::{Reference, Registered};

const CONTENT_TYPE: &str = "application/vnd.schemaregistry.v1+json";

/// An error with Confluent's error code.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    error_code: u32,
    message: String,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    error_code: u32,
    message: &'a str,
}

/// A version of a subject on the wire; the type is left out because it is Avro.
#[derive(Serialize)]
pub(super) struct RegisteredBody {
    subject: String,
    id: u32,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<String>,
    schema: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    references: Vec<Reference>,
}

/// A success with this body as JSON.
pub(super) fn json(body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(body) => text(StatusCode::OK, body),
        Err(error) => Failure::internal(&error.to_string()).into_response(),
    }
}

/// A success whose body is JSON already.
pub(super) fn raw(body: &str) -> Response {
    text(StatusCode::OK, body.to_owned())
}

fn text(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], body).into_response()
}

impl Failure {
    /// What Confluent's server answers where it has nothing.
    pub(super) fn no_such_path() -> Self {
        Self::of(StatusCode::NOT_FOUND, 404, "HTTP 404 Not Found")
    }

    pub(super) fn invalid_schema(why: &str) -> Self {
        Self::of(
            StatusCode::UNPROCESSABLE_ENTITY,
            42201,
            format!("Invalid schema: {why}"),
        )
    }

    pub(super) fn invalid_version(version: &str) -> Self {
        let message = format!(
            "The specified version '{version}' is not a valid version id. Allowed values are \
             between [1, 2^31-1] and the string \"latest\""
        );
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, 42202, message)
    }

    /// What Confluent's server answers about a subject that has no configuration of its own.
    pub(super) fn no_level_of_its_own(subject: &str) -> Self {
        let message =
            format!("Subject '{subject}' does not have subject-level compatibility configured");
        Self::of(StatusCode::NOT_FOUND, 40408, message)
    }

    /// What Confluent's server answers about a subject that has no mode of its own.
    pub(super) fn no_mode_of_its_own(subject: &str) -> Self {
        let message = format!("Subject '{subject}' does not have subject-level mode configured");
        Self::of(StatusCode::NOT_FOUND, 40409, message)
    }

    /// A body that cannot be read, or holds what this registry does not know.
    pub(super) fn bad_body(status: StatusCode, why: impl Into<String>) -> Self {
        Self::of(status, status.as_u16().into(), why)
    }

    pub(super) fn internal(why: &str) -> Self {
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, 50001, why)
    }

    fn of(status: StatusCode, error_code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            error_code,
            message: message.into(),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let not_found = |code, message| Self::of(StatusCode::NOT_FOUND, code, message);
        match refusal {
            Refusal::Subject(subject) => {
                not_found(40401, format!("Subject '{subject}' not found."))
            }
            Refusal::Version(version) => not_found(40402, format!("Version {version} not found.")),
            Refusal::Id(id) => not_found(40403, format!("Schema {id} not found")),
            Refusal::Guid | Refusal::NotUnder(_) => not_found(40403, "Schema not found".to_owned()),
            Refusal::Invalid(why) => Self::invalid_schema(&why),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let body = ErrorBody {
            error_code: self.error_code,
            message: &self.message,
        };
        let body = serde_json::to_string(&body).expect("a number and a string are always JSON");
        text(self.status, body)
    }
}

impl From<Registered> for RegisteredBody {
    fn from(found: Registered) -> Self {
        Self {
            id: found.id.get(),
            schema: found.schema.to_string(),
            subject: found.subject,
            version: found.version,
            guid: found.guid.map(|guid| guid.to_string()),
            references: found.references,
        }
    }
}
