//! Many callers → one request per schema, and at most so many schemas kept.

mod flight;
mod recent;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{Guid, Registered, RegistryError, SchemaId, SchemaIds, SchemaRegistry, Version};
use flight::SingleFlight;

/// A registry that remembers what another one answered.
///
/// Kept are schemas by id and by GUID, and what was registered or looked up, by subject and text:
/// answers that do not change. Each of the five holds at most `capacity` answers and drops the one
/// that was not asked for longest. Callers that ask for the same thing at the same time share one
/// request; it goes on as long as one of them waits. Errors reach all who wait for them and are not
/// kept, so that the next call asks again. Lists of subjects and versions, and versions of a subject,
/// are asked for each time.
#[derive(Clone)]
pub struct CachedRegistry {
    inner: Arc<dyn SchemaRegistry>,
    by_id: SingleFlight<SchemaId, Arc<str>>,
    by_guid: SingleFlight<Guid, Arc<str>>,
    registered: SingleFlight<UnderSubject, SchemaIds>,
    looked_up: SingleFlight<UnderSubject, Arc<Registered>>,
    looked_up_with_deleted: SingleFlight<UnderSubject, Arc<Registered>>,
}

/// A subject and a schema's text.
type UnderSubject = (Arc<str>, Arc<str>);

impl CachedRegistry {
    /// A cache before `inner` that keeps at most `capacity` answers of each kind; 0 counts as 1.
    #[must_use]
    pub fn new(inner: Arc<dyn SchemaRegistry>, capacity: usize) -> Self {
        Self {
            inner,
            by_id: SingleFlight::new(capacity),
            by_guid: SingleFlight::new(capacity),
            registered: SingleFlight::new(capacity),
            looked_up: SingleFlight::new(capacity),
            looked_up_with_deleted: SingleFlight::new(capacity),
        }
    }
}

#[async_trait]
impl SchemaRegistry for CachedRegistry {
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaIds, RegistryError> {
        let key: UnderSubject = (subject.into(), schema.into());
        let inner = Arc::clone(&self.inner);
        let (subject, schema) = key.clone();
        self.registered
            .get(key, async move { inner.register(&subject, &schema).await })
            .await
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        let key: UnderSubject = (subject.into(), schema.into());
        let inner = Arc::clone(&self.inner);
        let (subject, schema) = key.clone();
        let found = self
            .looked_up
            .get(key, async move {
                inner.lookup(&subject, &schema).await.map(Arc::new)
            })
            .await?;
        Ok(Registered::clone(&found))
    }

    async fn lookup_with_deleted(
        &self,
        subject: &str,
        schema: &str,
    ) -> Result<Registered, RegistryError> {
        let key: UnderSubject = (subject.into(), schema.into());
        let inner = Arc::clone(&self.inner);
        let (subject, schema) = key.clone();
        let found = self
            .looked_up_with_deleted
            .get(key, async move {
                let found = inner.lookup_with_deleted(&subject, &schema).await;
                found.map(Arc::new)
            })
            .await?;
        Ok(Registered::clone(&found))
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        let inner = Arc::clone(&self.inner);
        self.by_id
            .get(id, async move { inner.schema_by_id(id).await })
            .await
    }

    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError> {
        let inner = Arc::clone(&self.inner);
        self.by_guid
            .get(guid, async move { inner.schema_by_guid(guid).await })
            .await
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        self.inner.subjects().await
    }

    async fn versions(&self, subject: &str) -> Result<Vec<u32>, RegistryError> {
        self.inner.versions(subject).await
    }

    async fn version(&self, subject: &str, version: Version) -> Result<Registered, RegistryError> {
        self.inner.version(subject, version).await
    }
}

impl fmt::Debug for CachedRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedRegistry")
            .field("schemas", &self.by_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
