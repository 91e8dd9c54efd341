//! What a producer or consumer asks of a registry.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{Guid, RegistryError, SchemaId, SchemaIdentifier, SchemaIds};

/// Which version of a subject is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The one registered last.
    Latest,
    /// This one; counted from 1.
    Number(u32),
}

/// A schema under a subject, as the registry holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registered {
    /// The subject.
    pub subject: String,
    /// The schema's id, the same under every subject.
    pub id: SchemaId,
    /// The schema's GUID; `None` if the registry gives none.
    pub guid: Option<Guid>,
    /// The version under this subject, from 1.
    pub version: u32,
    /// The text as registered. It is self-contained only if `references` is empty.
    pub schema: Arc<str>,
    /// The schemas under other subjects that the text names.
    pub references: Vec<Reference>,
}

/// A named type that a schema's text uses and another subject defines.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize,
)]
pub struct Reference {
    /// The fullname by which the text calls it.
    pub name: String,
    /// The subject that defines it.
    pub subject: String,
    /// The version under that subject, from 1.
    pub version: u32,
}

/// A schema registry, real or in memory; used as `Arc<dyn SchemaRegistry>`.
///
/// Every call may be repeated: registering a schema again answers with the same id. No call
/// retries by itself; [`RegistryError::is_retriable`] says whether that may help.
///
/// A registry may mark a version or a subject as deleted and keep it. Data that were written with
/// it may still be there, so a schema that data or other schemas name is found all the same. What
/// asks for the present state finds what is not deleted:
///
/// | call | finds what is deleted |
/// |---|---|
/// | [`schema_by_id`](Self::schema_by_id), [`schema_by_guid`](Self::schema_by_guid), what these refer to | yes |
/// | [`version`](Self::version) by number | yes |
/// | [`lookup_with_deleted`](Self::lookup_with_deleted) | yes |
/// | [`version`](Self::version) for the latest | no |
/// | [`register`](Self::register), [`lookup`](Self::lookup): what is written is in use | no |
/// | [`subjects`](Self::subjects), [`versions`](Self::versions) | no |
#[async_trait]
pub trait SchemaRegistry: Send + Sync {
    /// Registers a self-contained schema under a subject, and answers with what it is called.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidSchema`](crate::ErrorKind::InvalidSchema),
    /// [`ErrorKind::Incompatible`](crate::ErrorKind::Incompatible) with an earlier version, or the
    /// registry cannot be asked.
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaIds, RegistryError>;

    /// The id and version that a schema already has under a subject; registers nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::SubjectNotFound`](crate::ErrorKind::SubjectNotFound),
    /// [`ErrorKind::SchemaNotFound`](crate::ErrorKind::SchemaNotFound), or the registry cannot be asked.
    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError>;

    /// The same for whoever reads data that are written already: a version that was deleted since
    /// is found, too. A registry that deletes nothing has no more to find than
    /// [`lookup`](Self::lookup).
    ///
    /// # Errors
    ///
    /// As [`lookup`](Self::lookup).
    async fn lookup_with_deleted(
        &self,
        subject: &str,
        schema: &str,
    ) -> Result<Registered, RegistryError> {
        self.lookup(subject, schema).await
    }

    /// The text of the schema with this id, self-contained: what it refers to under other subjects
    /// is fetched and put in place.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::SchemaNotFound`](crate::ErrorKind::SchemaNotFound),
    /// [`ErrorKind::NotAvro`](crate::ErrorKind::NotAvro), or the registry cannot be asked.
    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError>;

    /// The text of the schema with this GUID, self-contained as by [`schema_by_id`](Self::schema_by_id).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WithoutGuids`](crate::ErrorKind::WithoutGuids), and those of
    /// [`schema_by_id`](Self::schema_by_id).
    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError>;

    /// The text of the schema that data name.
    ///
    /// # Errors
    ///
    /// Those of [`schema_by_id`](Self::schema_by_id) or [`schema_by_guid`](Self::schema_by_guid).
    async fn schema(&self, identifier: SchemaIdentifier) -> Result<Arc<str>, RegistryError> {
        match identifier {
            SchemaIdentifier::Id(id) => self.schema_by_id(id).await,
            SchemaIdentifier::Guid(guid) => self.schema_by_guid(guid).await,
        }
    }

    /// Every subject.
    ///
    /// # Errors
    ///
    /// The registry cannot be asked.
    async fn subjects(&self) -> Result<Vec<String>, RegistryError>;

    /// The versions of a subject, ascending.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::SubjectNotFound`](crate::ErrorKind::SubjectNotFound), or the registry cannot be asked.
    async fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError>;

    /// One version of a subject.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::SubjectNotFound`](crate::ErrorKind::SubjectNotFound),
    /// [`ErrorKind::VersionNotFound`](crate::ErrorKind::VersionNotFound), or the registry cannot be asked.
    async fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError>;
}

impl From<u32> for Version {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Latest => f.write_str("latest"),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl Registered {
    /// A schema without references under a subject.
    #[must_use]
    pub fn new(
        subject: impl Into<String>,
        id: SchemaId,
        version: u32,
        schema: impl Into<Arc<str>>,
    ) -> Self {
        Self {
            subject: subject.into(),
            id,
            guid: None,
            version,
            schema: schema.into(),
            references: Vec::new(),
        }
    }

    /// The same with the schema's GUID, where there is one.
    #[must_use]
    pub fn with_guid(mut self, guid: Option<Guid>) -> Self {
        self.guid = guid;
        self
    }

    /// All that the registry calls the schema.
    #[must_use]
    pub fn ids(&self) -> SchemaIds {
        SchemaIds::new(self.id).with_guid(self.guid)
    }

    /// The same with the schemas that its text names.
    #[must_use]
    pub fn with_references(mut self, references: Vec<Reference>) -> Self {
        self.references = references;
        self
    }
}
