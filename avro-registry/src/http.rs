//! Client of a registry with Confluent's API, over `reqwest`.
//!
//! | file | idea |
//! |---|---|
//! | `settings` | URLs, credentials and limits → the client's endpoints |
//! | `subject` | subject → one segment of a URL's path |
//! | `exchange` | one request to one endpoint → the body of its answer, within the limits |
//! | `redirect` | an answer that leads to another URL, and whether to follow it |
//! | `failure` | what went wrong → an error of its kind |
//! | `answer` | body → schemas, ids and versions |

mod answer;
mod exchange;
mod failure;
mod redirect;
mod settings;
mod subject;

use std::sync::Arc;

use async_trait::async_trait;
use serde::de::DeserializeOwned;

use crate::{
    ErrorKind, Guid, Registered, RegistryError, SchemaId, SchemaIds, SchemaRegistry, Version,
    references, text,
};
use answer::Schema;
use exchange::Call;
#[cfg(feature = "schema_registry_converter")]
pub(crate) use failure::{innermost, kind};
pub use settings::HttpRegistryBuilder;
use settings::{Endpoint, Limits};
pub(crate) use subject::Subject;

/// A registry with Confluent's API, reached over HTTP.
///
/// It caches nothing (see [`CachedRegistry`](crate::CachedRegistry)) and retries nothing. With
/// several URLs, the next one is asked when one does not answer or cannot serve; an answer such as
/// "no such schema" is final. Credentials never appear in its `Debug`, nor in errors, and are sent
/// to the configured URLs alone.
///
/// What is read of a registry has a bound: the bytes of an answer, the time of a request, the
/// redirects, and what a schema refers to. [`HttpRegistryBuilder`] says which, and sets them.
#[derive(Clone)]
pub struct HttpRegistry {
    /// In the order in which they are tried; never empty.
    endpoints: Arc<[Endpoint]>,
    limits: Limits,
}

impl HttpRegistry {
    /// A client without credentials, with the default limits.
    ///
    /// The URL may hold a path (Apicurio: `http://localhost:8080/apis/ccompat/v7`), a user and a
    /// password, and may be several, separated by commas.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if it is not such a URL, or
    /// is one of https and no feature for TLS is switched on.
    pub fn new(url: &str) -> Result<Self, RegistryError> {
        Self::builder(url).build()
    }

    /// A client with credentials, limits of its own or more URLs.
    pub fn builder(url: &str) -> HttpRegistryBuilder {
        HttpRegistryBuilder::new(url)
    }

    /// The base URLs, in the order in which they are tried, without credentials.
    pub fn urls(&self) -> impl ExactSizeIterator<Item = &str> {
        self.endpoints.iter().map(Endpoint::url)
    }

    /// Asks one URL after the other until one gives an answer that another could not better.
    async fn ask<T: DeserializeOwned>(&self, call: &Call) -> Result<Answered<T>, RegistryError> {
        let mut first_error = None;
        for endpoint in self.endpoints.iter() {
            let request = call.to(endpoint);
            let answer = exchange::exchange(endpoint, call, &self.limits).await;
            let error = match answer {
                Ok(body) => {
                    let answer = answer::parsed(&body);
                    let answer = answer.map_err(|error| error.of_request(&*request))?;
                    return Ok(Answered { answer, request });
                }
                Err(error) => error,
            };
            if !error.is_retriable() {
                return Err(error);
            }
            first_error.get_or_insert(error);
        }
        Err(first_error.expect("a client has at least one URL, by construction"))
    }

    async fn look_up(
        &self,
        subject: &str,
        schema: &str,
        query: &str,
    ) -> Result<Registered, RegistryError> {
        let path = format!("/subjects/{}{query}", Subject::new(subject)?.encoded());
        let found = self
            .ask::<Schema>(&Call::post(path, submission(schema)))
            .await?;
        found.and_then(|answer| answer.looked_up(subject, schema))
    }

    /// A version of a subject, with its references as they are.
    async fn fetch_version(
        &self,
        subject: &str,
        version: Version,
    ) -> Result<Registered, RegistryError> {
        let encoded = Subject::new(subject)?;
        let encoded = encoded.encoded();
        // Whoever asks for a number has met it; the latest one is the one that is in use.
        let query = match version {
            Version::Latest => "",
            Version::Number(_) => "?deleted=true",
        };
        let path = format!("/subjects/{encoded}/versions/{version}{query}");
        let found = self.ask::<Schema>(&Call::get(path)).await?;
        found.and_then(|answer| answer.version(subject, version))
    }

    /// The text of a schema that was answered, with what it refers to put in place.
    async fn self_contained(&self, found: Answered<Schema>) -> Result<Arc<str>, RegistryError> {
        let Answered { answer, request } = found;
        let about = |error: RegistryError| error.of_request(&*request);
        let (schema, references) = answer.text().map_err(about)?;
        if references.list.is_empty() {
            return Ok(schema);
        }
        let most_bytes = self.limits.answer_bytes;
        let mut walk = references::Walk::new(references.subject, references.list, most_bytes);
        while let Some(reference) = walk.next().map_err(about)? {
            let version = Version::Number(reference.version);
            let found = self.fetch_version(&reference.subject, version).await?;
            walk.found(reference, found).map_err(about)?;
        }
        text::self_contained(&schema, &walk.into_texts())
            .map(Into::into)
            .map_err(|why| about(references::bad(why)))
    }

    /// Tells a registry that has no path for GUIDs from a base URL that leads to none: the former
    /// says something about whoever wrote a GUID into a record, the latter about this client.
    async fn about_guids(&self, error: RegistryError) -> RegistryError {
        let is_no_path = error.kind() == ErrorKind::Rejected && error.status() == Some(404);
        if is_no_path && self.subjects().await.is_ok() {
            return error.of_kind(ErrorKind::WithoutGuids);
        }
        error
    }
}

/// An answer, and the request that it belongs to, for errors about what it says.
struct Answered<T> {
    answer: T,
    request: String,
}

impl<T> Answered<T> {
    fn and_then<U>(
        self,
        read: impl FnOnce(T) -> Result<U, RegistryError>,
    ) -> Result<U, RegistryError> {
        let Self { answer, request } = self;
        read(answer).map_err(|error| error.of_request(request))
    }
}

/// The type is named because Apicurio guesses without it, and takes an empty text for JSON Schema.
pub(crate) fn submission(schema: &str) -> String {
    serde_json::json!({ "schema": schema, "schemaType": "AVRO" }).to_string()
}

#[async_trait]
impl SchemaRegistry for HttpRegistry {
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaIds, RegistryError> {
        let path = format!("/subjects/{}/versions", Subject::new(subject)?.encoded());
        let registered = self
            .ask::<Schema>(&Call::post(path, submission(schema)))
            .await?;
        registered.and_then(|answer| answer.ids())
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        self.look_up(subject, schema, "").await
    }

    async fn lookup_with_deleted(
        &self,
        subject: &str,
        schema: &str,
    ) -> Result<Registered, RegistryError> {
        self.look_up(subject, schema, "?deleted=true").await
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        let path = format!("/schemas/ids/{id}?deleted=true");
        let found = self.ask(&Call::get(path)).await?;
        self.self_contained(found).await
    }

    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError> {
        let path = format!("/schemas/guids/{guid}?deleted=true");
        let found = match self.ask::<Schema>(&Call::get(path)).await {
            Ok(found) => found,
            Err(error) => return Err(self.about_guids(error).await),
        };
        let is_asked_for = found.answer.expect_guid(guid);
        is_asked_for.map_err(|error| error.of_request(&*found.request))?;
        self.self_contained(found).await
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        let found = self.ask(&Call::get("/subjects".to_owned())).await?;
        Ok(found.answer)
    }

    async fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        let path = format!("/subjects/{}/versions", Subject::new(subject)?.encoded());
        let mut versions: Vec<u32> = self.ask(&Call::get(path)).await?.answer;
        versions.sort_unstable();
        Ok(versions)
    }

    async fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError> {
        self.fetch_version(subject, version).await
    }
}

impl std::fmt::Debug for HttpRegistry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpRegistry")
            .field("endpoints", &self.endpoints)
            .field("limits", &self.limits)
            .finish()
    }
}
