//! What `schema_registry_converter` returns → our types and errors.

use std::error::Error;

use schema_registry_converter::error::SRCError;
use schema_registry_converter::schema_registry_common::{
    RawError, RawRegisteredSchema, RegisteredReference, RegisteredSchema, SchemaType,
};

use super::settings::Endpoint;
use crate::{ErrorKind, Guid, Reference, Registered, RegistryError, SchemaId, SchemaIds, Version};

/// A request, for messages.
pub(super) struct Request<'a> {
    pub(super) method: &'static str,
    pub(super) endpoint: &'a Endpoint,
    pub(super) path: &'a str,
}

/// The answer to a schema that was sent.
pub(super) struct Posted {
    raw: RawRegisteredSchema,
    request: String,
}

impl std::fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.method, self.endpoint.url(), self.path)
    }
}

/// Sorts an error: the registry's own answer, an answer that makes no sense, or no answer.
pub(super) fn error(request: &Request<'_>, error: &SRCError) -> RegistryError {
    let request = request.to_string();
    let cause = error.source();
    if let Some(raw) = cause.and_then(|cause| cause.downcast_ref::<RawError>()) {
        return refusal(request, raw, status_in(&error.error));
    }
    let Some(cause) = cause else {
        return RegistryError::of_request(ErrorKind::Malformed, &error.error, request);
    };
    let message = innermost(cause);
    if let Some(json) = find::<serde_json::Error>(cause) {
        // The body broke off, or it is whole and not what was asked for.
        let message = format!("the body is not the JSON expected: {json}");
        return RegistryError::of_request(ErrorKind::Malformed, message, request);
    }
    if let Some(http) = find::<reqwest::Error>(cause) {
        if http.is_timeout() {
            let message = "no answer within the time limit";
            return RegistryError::of_request(ErrorKind::Unreachable, message, request);
        }
        if http.is_builder() || http.is_redirect() {
            return RegistryError::of_request(ErrorKind::Rejected, message, request);
        }
    }
    RegistryError::of_request(ErrorKind::Unreachable, message, request)
}

fn refusal(request: String, raw: &RawError, status: Option<u16>) -> RegistryError {
    // The crate fills in 0 where the body is not Confluent's.
    let code = (raw.error_code != 0).then_some(raw.error_code);
    let message = if code.is_some() {
        raw.message.as_str()
    } else {
        ""
    };
    RegistryError::of_answer(kind(status, code), message, request, status, code)
}

fn kind(status: Option<u16>, code: Option<u32>) -> ErrorKind {
    match code {
        Some(40401) => return ErrorKind::SubjectNotFound,
        Some(40402) => return ErrorKind::VersionNotFound,
        Some(40403) => return ErrorKind::SchemaNotFound,
        Some(42201) => return ErrorKind::InvalidSchema,
        Some(42202) => return ErrorKind::InvalidVersion,
        _ => {}
    }
    // Five digits are the status and two more.
    let from_code =
        code.and_then(|code| u16::try_from(if code >= 1000 { code / 100 } else { code }).ok());
    match status.or(from_code) {
        Some(401 | 403) => ErrorKind::Unauthorized,
        Some(408 | 429 | 500 | 502..=599) => ErrorKind::Unavailable,
        Some(409) => ErrorKind::Incompatible,
        _ => ErrorKind::Rejected,
    }
}

/// The status in `HTTP request to schema registry failed with status 404 Not Found`.
fn status_in(message: &str) -> Option<u16> {
    let (_, behind) = message.rsplit_once("status ")?;
    behind.split(' ').next()?.parse().ok()
}

/// The error and what caused it, from the outside in.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|error| error.downcast_ref::<T>())
}

fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error)
        .last()
        .map_or_else(String::new, ToString::to_string)
}

fn malformed(what: &str, request: &str) -> RegistryError {
    let message = format!("it holds no {what}");
    RegistryError::of_request(ErrorKind::Malformed, message, request)
}

/// Refuses the ids and versions of Protobuf and JSON schemas.
pub(super) fn expect_avro(schema: &RegisteredSchema, request: &str) -> Result<(), RegistryError> {
    let other = match &schema.schema_type {
        SchemaType::Avro => return Ok(()),
        SchemaType::Other(name) => name.clone(),
        known => format!("{known:?}").to_uppercase(),
    };
    let message = format!("its type is {other}");
    Err(RegistryError::of_request(
        ErrorKind::NotAvro,
        message,
        request,
    ))
}

/// Refuses the answer to another question.
pub(super) fn expect_guid(
    schema: &RegisteredSchema,
    asked: Guid,
    request: &str,
) -> Result<(), RegistryError> {
    match &schema.guid {
        Some(answered) if Guid::parse(answered) != Some(asked) => {
            let message = format!("it is the schema with GUID `{answered}`");
            let kind = ErrorKind::Malformed;
            Err(RegistryError::of_request(kind, message, request))
        }
        _ => Ok(()),
    }
}

/// A GUID that is none is left out: it matters to those alone who need one.
fn guid(text: Option<&str>) -> Option<Guid> {
    text.and_then(Guid::parse)
}

/// A version as the registry answered it; what it left out is what was asked for.
pub(super) fn registered(
    schema: RegisteredSchema,
    subject: &str,
    asked: Version,
    request: &str,
) -> Result<Registered, RegistryError> {
    let version = match (schema.version, asked) {
        (Some(version), _) | (None, Version::Number(version)) => version,
        (None, Version::Latest) => return Err(malformed("version", request)),
    };
    let subject = schema.subject.unwrap_or_else(|| subject.to_owned());
    let id = SchemaId::new(schema.id);
    let guid = guid(schema.guid.as_deref());
    let references = schema.references.into_iter().map(reference).collect();
    let registered = Registered::new(subject, id, version, schema.schema).with_guid(guid);
    Ok(registered.with_references(references))
}

pub(super) fn reference(reference: RegisteredReference) -> Reference {
    let RegisteredReference {
        name,
        subject,
        version,
        ..
    } = reference;
    Reference {
        name,
        subject,
        version,
    }
}

impl Posted {
    pub(super) fn new(raw: RawRegisteredSchema, request: String) -> Self {
        Self { raw, request }
    }

    pub(super) fn ids(&self) -> Result<SchemaIds, RegistryError> {
        let id = self.raw.id.map(SchemaId::new);
        let id = id.ok_or_else(|| malformed("id", &self.request))?;
        let guid = guid(self.raw.guid.as_deref());
        Ok(SchemaIds::new(id).with_guid(guid))
    }

    /// The registry may leave out the subject and the text, which the caller knows.
    pub(super) fn registered(
        self,
        subject: &str,
        schema: &str,
    ) -> Result<Registered, RegistryError> {
        let SchemaIds { id, guid } = self.ids()?;
        let version = self
            .raw
            .version
            .ok_or_else(|| malformed("version", &self.request))?;
        let subject = self.raw.subject.unwrap_or_else(|| subject.to_owned());
        let schema = self.raw.schema.unwrap_or_else(|| schema.to_owned());
        let references = self.raw.references.unwrap_or_default();
        let references = references.into_iter().map(reference).collect();
        let registered = Registered::new(subject, id, version, schema).with_guid(guid);
        Ok(registered.with_references(references))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_codes_before_status() {
        assert_eq!(kind(Some(404), Some(40401)), ErrorKind::SubjectNotFound);
        assert_eq!(kind(Some(404), Some(40402)), ErrorKind::VersionNotFound);
        assert_eq!(kind(Some(404), Some(40403)), ErrorKind::SchemaNotFound);
        assert_eq!(kind(Some(404), None), ErrorKind::Rejected);
        assert_eq!(kind(Some(404), Some(404)), ErrorKind::Rejected);
        assert_eq!(kind(Some(409), Some(40901)), ErrorKind::Incompatible);
        assert_eq!(kind(None, Some(409)), ErrorKind::Incompatible);
        assert_eq!(kind(Some(422), Some(42201)), ErrorKind::InvalidSchema);
        assert_eq!(kind(Some(422), Some(42202)), ErrorKind::InvalidVersion);
        assert_eq!(kind(Some(422), Some(42205)), ErrorKind::Rejected);
        assert_eq!(kind(Some(401), Some(40101)), ErrorKind::Unauthorized);
        assert_eq!(kind(Some(403), None), ErrorKind::Unauthorized);
        for status in [408, 429, 500, 502, 503, 504] {
            assert_eq!(kind(Some(status), None), ErrorKind::Unavailable, "{status}");
        }
        assert_eq!(kind(None, Some(50003)), ErrorKind::Unavailable);
        assert_eq!(kind(Some(501), None), ErrorKind::Rejected);
        assert_eq!(kind(None, None), ErrorKind::Rejected);
    }
}
