//! The crate `schema_registry_converter` as a registry.

use std::error::Error as _;
use std::sync::Arc;

use async_trait::async_trait;
use schema_registry_converter::async_impl::schema_registry::{
    SrSettings, get_all_subjects, get_all_versions, get_schema_by_guid, get_schema_by_id,
    get_schema_by_subject_and_version, perform_sr_call,
};
use schema_registry_converter::error::SRCError;
use schema_registry_converter::schema_registry_common::{
    RawError, RawRegisteredSchema, RegisteredReference, RegisteredSchema, SchemaType, SrCall,
};

use crate::http::{Subject, innermost, kind, submission};
use crate::{
    ErrorKind, Guid, Reference, Registered, RegistryError, SchemaId, SchemaIds, SchemaRegistry,
    Version, references, text,
};

/// A registry that is reached by the crate `schema_registry_converter`, with settings of the
/// application's own: its middleware, its proxies, its HTTP client.
///
/// Use it where an application has such settings already. [`HttpRegistry`](crate::HttpRegistry) is
/// the client to choose otherwise, because that crate sets limits to this one:
///
/// - An answer may have any number of bytes, and all of it is held in memory. So a registry, and
///   everything between it and the application, has to be trusted.
/// - The next URL is asked after any error, also after an answer such as "no such schema".
/// - An error has Confluent's code, but no HTTP status. Without a code, it is
///   [`Rejected`](ErrorKind::Rejected) unless the crate calls it retriable (502, 503, no answer),
///   even if the status says that the credentials are wrong.
/// - A schema that others refer to is not found once it is deleted.
///   [`lookup_with_deleted`](SchemaRegistry::lookup_with_deleted) finds no more than
///   [`lookup`](SchemaRegistry::lookup).
/// - A registry without GUIDs is not told from a wrong URL.
/// - Registering tells no GUID unless the settings add the header
///   `Confluent-Accept-Unknown-Properties: true`.
///
/// ```
/// use avro_registry::ConverterRegistry;
/// use schema_registry_converter::async_impl::schema_registry::SrSettings;
///
/// let settings = SrSettings::new_builder("http://localhost:8081".to_owned())
///     .add_header("Confluent-Accept-Unknown-Properties", "true")
///     .build()?;
/// let registry = ConverterRegistry::new(settings);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct ConverterRegistry {
    settings: SrSettings,
}

/// How many bytes all texts may have that one schema refers to.
const MOST_REFERENCED_BYTES: usize = 16 << 20;

impl ConverterRegistry {
    /// A registry that is reached with these settings.
    #[must_use]
    pub fn new(settings: SrSettings) -> Self {
        Self { settings }
    }

    async fn call(&self, call: SrCall<'_>, request: &str) -> Result<Registered, RegistryError> {
        let answer = perform_sr_call(&self.settings, call).await;
        posted(answer.map_err(|error| failure(&error, request))?, request)
    }

    async fn self_contained(
        &self,
        schema: RegisteredSchema,
        request: &str,
    ) -> Result<Arc<str>, RegistryError> {
        let about = |error: RegistryError| error.of_request(request);
        expect_avro(&schema).map_err(about)?;
        if schema.references.is_empty() {
            return Ok(schema.schema.into());
        }
        let list = schema.references.into_iter().map(reference).collect();
        let mut walk = references::Walk::new(schema.subject, list, MOST_REFERENCED_BYTES);
        while let Some(reference) = walk.next().map_err(about)? {
            let version = Version::Number(reference.version);
            let found = self.version(&reference.subject, version).await?;
            walk.found(reference, found).map_err(about)?;
        }
        text::self_contained(&schema.schema, &walk.into_texts())
            .map(Into::into)
            .map_err(|why| about(references::bad(why)))
    }
}

#[async_trait]
impl SchemaRegistry for ConverterRegistry {
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaIds, RegistryError> {
        let (subject, body) = (Subject::new(subject)?, submission(schema));
        let request = format!("POST /subjects/{}/versions", subject.encoded());
        let call = SrCall::PostNew(subject.encoded(), &body);
        Ok(self.call(call, &request).await?.ids())
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        let (encoded, body) = (Subject::new(subject)?, submission(schema));
        let request = format!("POST /subjects/{}", encoded.encoded());
        let call = SrCall::PostForVersion(encoded.encoded(), &body);
        let mut found = self.call(call, &request).await?;
        if found.version == 0 {
            return Err(no("version", &request));
        }
        // The registry may leave out what the caller knows.
        if found.subject.is_empty() {
            found.subject = subject.to_owned();
        }
        if found.schema.is_empty() {
            found.schema = schema.into();
        }
        Ok(found)
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        let request = format!("GET /schemas/ids/{id}");
        let found = get_schema_by_id(id.get(), &self.settings).await;
        let found = found.map_err(|error| failure(&error, &request))?;
        self.self_contained(found, &request).await
    }

    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError> {
        let request = format!("GET /schemas/guids/{guid}");
        let found = get_schema_by_guid(&guid.to_string(), &self.settings).await;
        let found = found.map_err(|error| failure(&error, &request))?;
        match found.guid.as_deref() {
            Some(other) if Guid::parse(other) != Some(guid) => {
                let message = format!("it is the schema with GUID `{other}`");
                Err(RegistryError::new(ErrorKind::Malformed, message).of_request(request))
            }
            _ => self.self_contained(found, &request).await,
        }
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        let found = get_all_subjects(&self.settings).await;
        found.map_err(|error| failure(&error, "GET /subjects"))
    }

    async fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        let subject = Subject::new(subject)?;
        let request = format!("GET /subjects/{}/versions", subject.encoded());
        let found = get_all_versions(&self.settings, subject.encoded().to_owned()).await;
        let mut versions = found.map_err(|error| failure(&error, &request))?;
        versions.sort_unstable();
        Ok(versions)
    }

    async fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError> {
        let encoded = Subject::new(subject)?;
        let encoded = encoded.encoded();
        let request = format!("GET /subjects/{encoded}/versions/{version}");
        let number = match version {
            Version::Latest => None,
            Version::Number(number) => Some(number),
        };
        let found = get_schema_by_subject_and_version(&self.settings, encoded, number).await;
        let found = found.map_err(|error| failure(&error, &request))?;
        expect_avro(&found).map_err(|error| error.of_request(&*request))?;
        let number = found.version.or(number);
        let number = number.ok_or_else(|| no("version", &request))?;
        let subject = found.subject.unwrap_or_else(|| subject.to_owned());
        let references = found.references.into_iter().map(reference).collect();
        let registered = Registered::new(subject, found.id.into(), number, found.schema)
            .with_guid(found.guid.as_deref().and_then(Guid::parse));
        Ok(registered.with_references(references))
    }
}

/// The answer to a schema that was sent. What it leaves out is empty, or 0.
fn posted(answer: RawRegisteredSchema, request: &str) -> Result<Registered, RegistryError> {
    let id = answer.id.ok_or_else(|| no("id", request))?;
    let (subject, version) = (
        answer.subject.unwrap_or_default(),
        answer.version.unwrap_or(0),
    );
    let references = answer.references.unwrap_or_default();
    let schema = answer.schema.unwrap_or_default();
    let registered = Registered::new(subject, id.into(), version, schema)
        .with_guid(answer.guid.as_deref().and_then(Guid::parse));
    Ok(registered.with_references(references.into_iter().map(reference).collect()))
}

fn reference(reference: RegisteredReference) -> Reference {
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

fn expect_avro(schema: &RegisteredSchema) -> Result<(), RegistryError> {
    let other = match &schema.schema_type {
        SchemaType::Avro => return Ok(()),
        SchemaType::Other(name) => name.clone(),
        known => format!("{known:?}").to_uppercase(),
    };
    let message = format!("its type is {other}");
    Err(RegistryError::new(ErrorKind::NotAvro, message))
}

fn no(what: &str, request: &str) -> RegistryError {
    let message = format!("it holds no {what}");
    RegistryError::new(ErrorKind::Malformed, message).of_request(request)
}

/// Sorts an error: the registry's own answer, an answer that makes no sense, or no answer.
fn failure(error: &SRCError, request: &str) -> RegistryError {
    let cause = error.source();
    if let Some(raw) = cause.and_then(|cause| cause.downcast_ref::<RawError>()) {
        return refusal(raw, error.retriable).of_request(request);
    }
    let kind = match error.retriable {
        true => ErrorKind::Unreachable,
        false => ErrorKind::Malformed,
    };
    let message = cause.map_or_else(|| error.error.clone(), innermost);
    RegistryError::new(kind, message).of_request(request)
}

fn refusal(raw: &RawError, is_retriable: bool) -> RegistryError {
    // The crate fills in 0 where the body is not Confluent's.
    if raw.error_code == 0 {
        let kind = match is_retriable {
            true => ErrorKind::Unavailable,
            false => ErrorKind::Rejected,
        };
        return RegistryError::new(kind, "");
    }
    // Confluent's codes are the status, or the status and two more digits.
    let code = raw.error_code;
    let status = if code >= 1000 { code / 100 } else { code };
    let kind = kind(u16::try_from(status).unwrap_or(0), Some(code));
    RegistryError::new(kind, &*raw.message).of_answer(None, Some(code))
}

impl std::fmt::Debug for ConverterRegistry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConverterRegistry").finish_non_exhaustive()
    }
}
