//! Client of a registry with Confluent's API, over `schema_registry_converter`.
//!
//! Of that crate only the plain calls of `async_impl::schema_registry` are used. They keep no
//! state: what leaks schemas there (`Box::leak` for each resolved schema) or caches without bound
//! (errors too) are its Avro encoder and decoder, which are not even compiled here. Four of its
//! habits are made good in this module:
//!
//! - it tries the next URL after any error, also after an answer such as "no such schema"; here
//!   each URL has settings of its own, and only an error that is retriable leads to the next;
//! - it leaves subjects unencoded but for slashes, so they are handed over percent-encoded;
//! - it keeps the status of an error only in its message (`answer` reads it from there);
//! - it puts an answer without a version or id through as absent, which is an error here.

mod answer;
mod references;
mod settings;
mod subject;

use std::sync::Arc;

use async_trait::async_trait;
use schema_registry_converter::async_impl::schema_registry::{
    SrSettings, get_all_subjects, get_all_versions, get_schema_by_guid, get_schema_by_id,
    get_schema_by_subject_and_version, perform_sr_call,
};
use schema_registry_converter::error::SRCError;
use schema_registry_converter::schema_registry_common::{RegisteredSchema, SrCall};

use crate::{
    ErrorKind, Guid, Registered, RegistryError, SchemaId, SchemaIds, SchemaRegistry, Version,
};
use answer::Request;
use settings::Endpoint;
pub use settings::HttpRegistryBuilder;
use subject::Subject;

/// A registry with Confluent's API, reached over HTTP.
///
/// It caches nothing (see [`CachedRegistry`](crate::CachedRegistry)) and retries nothing. With
/// several URLs, the next one is asked when one does not answer or cannot serve. Credentials never
/// appear in its `Debug`, nor in errors.
#[derive(Clone)]
pub struct HttpRegistry {
    /// In the order in which they are tried; never empty.
    endpoints: Arc<[Endpoint]>,
}

impl HttpRegistry {
    /// A client without credentials, with the default timeouts.
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

    /// A client with credentials, timeouts or more URLs.
    pub fn builder(url: &str) -> HttpRegistryBuilder {
        HttpRegistryBuilder::new(url)
    }

    /// The base URLs, in the order in which they are tried, without credentials.
    pub fn urls(&self) -> impl ExactSizeIterator<Item = &str> {
        self.endpoints.iter().map(Endpoint::url)
    }

    /// Asks one URL after the other until one gives an answer that another could not better.
    async fn ask<T, F>(
        &self,
        method: &'static str,
        path: String,
        call: impl Fn(SrSettings) -> F + Send + Sync,
    ) -> Result<T, RegistryError>
    where
        F: Future<Output = Result<T, SRCError>> + Send,
    {
        let mut first_error = None;
        for endpoint in self.endpoints.iter() {
            let error = match call(endpoint.settings().clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => answer::error(
                    &Request {
                        method,
                        endpoint,
                        path: &path,
                    },
                    &error,
                ),
            };
            if !error.is_retriable() {
                return Err(error);
            }
            first_error.get_or_insert(error);
        }
        Err(first_error.expect("a client has at least one URL, by construction"))
    }

    async fn post(
        &self,
        subject: &Subject,
        schema: &str,
        to: Post,
    ) -> Result<answer::Posted, RegistryError> {
        let path = match to {
            Post::Register => format!("/subjects/{}/versions", subject.encoded()),
            Post::Lookup => format!("/subjects/{}", subject.encoded()),
        };
        let body = body(schema);
        let body = body.as_str();
        let raw = self.ask("POST", path.clone(), move |settings| async move {
            let call = match to {
                Post::Register => SrCall::PostNew(subject.encoded(), body),
                Post::Lookup => SrCall::PostForVersion(subject.encoded(), body),
            };
            perform_sr_call(&settings, call).await
        });
        Ok(answer::Posted::new(raw.await?, format!("POST {path}")))
    }

    /// The text of a schema that was answered, with what it refers to put in place.
    async fn self_contained(
        &self,
        schema: RegisteredSchema,
        request: &str,
    ) -> Result<Arc<str>, RegistryError> {
        answer::expect_avro(&schema, request)?;
        if schema.references.is_empty() {
            return Ok(schema.schema.into());
        }
        self.put_references_in_place(schema, request).await
    }

    /// Tells a registry that has no path for GUIDs from a base URL that leads to none: the former
    /// says something about whoever wrote a GUID into a record, the latter about this client.
    async fn about_guids(&self, error: RegistryError) -> RegistryError {
        let is_no_path = error.kind() == ErrorKind::Rejected && error.status() == Some(404);
        if is_no_path && self.subjects().await.is_ok() {
            return error.as_kind(ErrorKind::WithoutGuids);
        }
        error
    }

    /// A version of a subject, with its references as they are.
    async fn fetch_version(
        &self,
        subject: &Subject,
        version: Version,
    ) -> Result<RegisteredSchema, RegistryError> {
        let path = format!("/subjects/{}/versions/{version}", subject.encoded());
        let number = match version {
            Version::Latest => None,
            Version::Number(number) => Some(number),
        };
        self.ask("GET", path, move |settings| async move {
            get_schema_by_subject_and_version(&settings, subject.encoded(), number).await
        })
        .await
    }
}

/// The two calls that send a schema.
#[derive(Clone, Copy)]
enum Post {
    Register,
    Lookup,
}

/// The type is named because Apicurio guesses without it, and takes an empty text for JSON Schema.
fn body(schema: &str) -> String {
    serde_json::json!({ "schema": schema, "schemaType": "AVRO" }).to_string()
}

#[async_trait]
impl SchemaRegistry for HttpRegistry {
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaIds, RegistryError> {
        self.post(&Subject::new(subject)?, schema, Post::Register)
            .await?
            .ids()
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        self.post(&Subject::new(subject)?, schema, Post::Lookup)
            .await?
            .registered(subject, schema)
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        let path = format!("/schemas/ids/{id}");
        let request = format!("GET {path}");
        let schema = self.ask("GET", path, move |settings| async move {
            get_schema_by_id(id.get(), &settings).await
        });
        self.self_contained(schema.await?, &request).await
    }

    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError> {
        let path = format!("/schemas/guids/{guid}");
        let request = format!("GET {path}");
        let text = guid.to_string();
        let text = text.as_str();
        let answer = self.ask("GET", path, move |settings| async move {
            get_schema_by_guid(text, &settings).await
        });
        let schema = match answer.await {
            Ok(schema) => schema,
            Err(error) => return Err(self.about_guids(error).await),
        };
        answer::expect_guid(&schema, guid, &request)?;
        self.self_contained(schema, &request).await
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        self.ask("GET", "/subjects".to_owned(), |settings| async move {
            get_all_subjects(&settings).await
        })
        .await
    }

    async fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        let subject = &Subject::new(subject)?;
        let path = format!("/subjects/{}/versions", subject.encoded());
        let mut versions = self
            .ask("GET", path, move |settings| async move {
                get_all_versions(&settings, subject.encoded().to_owned()).await
            })
            .await?;
        versions.sort_unstable();
        Ok(versions)
    }

    async fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError> {
        let schema = self.fetch_version(&Subject::new(subject)?, version).await?;
        let request = format!("GET /subjects/{subject}/versions/{version}");
        answer::expect_avro(&schema, &request)?;
        answer::registered(schema, subject, version, &request)
    }
}

impl std::fmt::Debug for HttpRegistry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpRegistry")
            .field("endpoints", &self.endpoints)
            .finish()
    }
}
