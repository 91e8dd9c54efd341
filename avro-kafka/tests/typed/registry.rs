//! A registry in the test's hands: it counts what it is asked, and can be away.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use avro_registry::{ErrorKind, Registered, RegistryError, SchemaId, SchemaRegistry, Version};

#[derive(Default)]
pub(crate) struct TestRegistry {
    /// Subject and text; the id of the n-th is n + 7.
    schemas: Mutex<Vec<(String, Arc<str>)>>,
    away: AtomicBool,
    /// What every request for an id is answered.
    refusal: Mutex<Option<ErrorKind>>,
    asked: AtomicUsize,
}

const FIRST: u32 = 7;

impl TestRegistry {
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    pub(crate) fn set_refusal(&self, refusal: Option<ErrorKind>) {
        *self.refusal.lock().unwrap() = refusal;
    }

    /// How many requests there were.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn ask(&self) -> Result<(), RegistryError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        // Every request takes a moment, so that others can come while it is on its way.
        tokio::time::sleep(Duration::from_millis(2)).await;
        if self.away.load(Ordering::SeqCst) {
            return Err(RegistryError::new(
                ErrorKind::Unreachable,
                "the test says so",
            ));
        }
        Ok(())
    }

    fn find(&self, subject: &str, schema: &str) -> Option<SchemaId> {
        let schemas = self.schemas.lock().unwrap();
        let index = schemas
            .iter()
            .position(|(s, text)| s == subject && **text == *schema)?;
        Some(SchemaId::new(FIRST + index as u32))
    }
}

#[async_trait]
impl SchemaRegistry for TestRegistry {
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaId, RegistryError> {
        self.ask().await?;
        if let Some(id) = self.find(subject, schema) {
            return Ok(id);
        }
        let mut schemas = self.schemas.lock().unwrap();
        schemas.push((subject.to_owned(), schema.into()));
        Ok(SchemaId::new(FIRST + schemas.len() as u32 - 1))
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        self.ask().await?;
        let id = self.find(subject, schema);
        let id =
            id.ok_or_else(|| RegistryError::new(ErrorKind::SubjectNotFound, "never registered"))?;
        Ok(Registered::new(subject, id, 1, schema))
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        self.ask().await?;
        if let Some(kind) = *self.refusal.lock().unwrap() {
            return Err(RegistryError::new(kind, "the test says so"));
        }
        let schemas = self.schemas.lock().unwrap();
        let found = id
            .get()
            .checked_sub(FIRST)
            .and_then(|index| schemas.get(index as usize));
        found
            .map(|(_, text)| Arc::clone(text))
            .ok_or_else(|| RegistryError::new(ErrorKind::SchemaNotFound, "no such id"))
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        Ok(self
            .schemas
            .lock()
            .unwrap()
            .iter()
            .map(|(subject, _)| subject.clone())
            .collect())
    }

    async fn versions(&self, _subject: &str) -> Result<Vec<u32>, RegistryError> {
        Err(RegistryError::new(
            ErrorKind::SubjectNotFound,
            "not kept here",
        ))
    }

    async fn version(
        &self,
        _subject: &str,
        _version: Version,
    ) -> Result<Registered, RegistryError> {
        Err(RegistryError::new(
            ErrorKind::SubjectNotFound,
            "not kept here",
        ))
    }
}
