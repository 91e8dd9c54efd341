//! Body → schemas, ids and versions.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::exchange::Body;
use crate::{ErrorKind, Guid, Reference, Registered, RegistryError, SchemaId, SchemaIds, Version};

/// A schema as a registry answers it. Each call has some of the members; a registry may write null
/// for the others, and may add members of its own.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    subject: Option<String>,
    version: Option<u32>,
    id: Option<u32>,
    guid: Option<String>,
    schema_type: Option<String>,
    references: Option<Vec<Reference>>,
    schema: Option<String>,
}

/// The references of a schema, and the subject that they stand under as far as it is known.
pub(super) struct References {
    pub(super) subject: Option<String>,
    pub(super) list: Vec<Reference>,
}

/// What a body says, if it is the JSON expected.
pub(super) fn parsed<T: DeserializeOwned>(body: &Body) -> Result<T, RegistryError> {
    let malformed = |message: String| RegistryError::new(ErrorKind::Malformed, message);
    if body.bytes.is_empty() {
        return Err(malformed("the body is empty".to_owned()));
    }
    serde_json::from_slice(&body.bytes).map_err(|error| {
        let stated = body.content_type.as_deref();
        let stated = stated.map_or_else(String::new, |ty| format!(", it is stated to be {ty}"));
        malformed(format!(
            "the body is not the JSON expected{stated}: {error}"
        ))
    })
}

impl Schema {
    /// The schema's text and references, of an answer to an id or a GUID.
    pub(super) fn text(self) -> Result<(Arc<str>, References), RegistryError> {
        self.expect_avro()?;
        let text = self.schema.ok_or_else(|| no("schema"))?.into();
        let (subject, list) = (self.subject, self.references.unwrap_or_default());
        Ok((text, References { subject, list }))
    }

    /// What the schema is called.
    pub(super) fn ids(&self) -> Result<SchemaIds, RegistryError> {
        let id = self.id.map(SchemaId::new).ok_or_else(|| no("id"))?;
        // A GUID that is none is left out: it matters to those alone who need one.
        let guid = self.guid.as_deref().and_then(Guid::parse);
        Ok(SchemaIds::new(id).with_guid(guid))
    }

    /// A version of a subject. What the registry left out is what was asked for.
    pub(super) fn version(
        mut self,
        subject: &str,
        asked: Version,
    ) -> Result<Registered, RegistryError> {
        self.expect_avro()?;
        let version = match (self.version, asked) {
            (Some(version), _) | (None, Version::Number(version)) => version,
            (None, Version::Latest) => return Err(no("version")),
        };
        let text = self.schema.take().ok_or_else(|| no("schema"))?;
        self.registered(subject, version, text)
    }

    /// The answer to a schema that was looked up. The registry may leave out the subject and the
    /// text, which the caller knows.
    pub(super) fn looked_up(
        mut self,
        subject: &str,
        schema: &str,
    ) -> Result<Registered, RegistryError> {
        let version = self.version.ok_or_else(|| no("version"))?;
        let text = self.schema.take().unwrap_or_else(|| schema.to_owned());
        self.registered(subject, version, text)
    }

    fn registered(
        self,
        subject: &str,
        version: u32,
        text: String,
    ) -> Result<Registered, RegistryError> {
        let SchemaIds { id, guid } = self.ids()?;
        let subject = self.subject.unwrap_or_else(|| subject.to_owned());
        let references = self.references.unwrap_or_default();
        let registered = Registered::new(subject, id, version, text).with_guid(guid);
        Ok(registered.with_references(references))
    }

    /// Refuses the answer to another question.
    pub(super) fn expect_guid(&self, asked: Guid) -> Result<(), RegistryError> {
        match &self.guid {
            Some(answered) if Guid::parse(answered) != Some(asked) => {
                let message = format!("it is the schema with GUID `{answered}`");
                Err(RegistryError::new(ErrorKind::Malformed, message))
            }
            _ => Ok(()),
        }
    }

    /// Refuses Protobuf and JSON schemas. A schema without a type is an Avro schema.
    fn expect_avro(&self) -> Result<(), RegistryError> {
        match self.schema_type.as_deref() {
            None | Some("AVRO") => Ok(()),
            Some(other) => {
                let message = format!("its type is {other}");
                Err(RegistryError::new(ErrorKind::NotAvro, message))
            }
        }
    }
}

fn no(what: &str) -> RegistryError {
    RegistryError::new(ErrorKind::Malformed, format!("it holds no {what}"))
}
