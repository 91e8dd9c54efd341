//! A registry in the test's hands: it counts what it is asked, and can be away.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use avro_registry::{
    ErrorKind, Guid, Registered, RegistryError, SchemaId, SchemaIds, SchemaRegistry, Version,
};

#[derive(Default)]
pub(crate) struct TestRegistry {
    /// Subject and text; the id of the n-th is n + 7.
    schemas: Mutex<Vec<(String, Arc<str>)>>,
    away: AtomicBool,
    /// What every request for an id or a GUID is answered.
    refusal: Mutex<Option<ErrorKind>>,
    guids: Mutex<Guids>,
    asked: AtomicUsize,
}

/// Whom the registry tells GUIDs.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Guids {
    #[default]
    All,
    WhoLooksUp,
    Nobody,
}

const FIRST: u32 = 7;

/// The GUID of the schema with this id.
pub(crate) fn guid(id: u32) -> Guid {
    Guid::from_bytes(u128::from(id).to_be_bytes())
}

impl TestRegistry {
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    pub(crate) fn set_refusal(&self, refusal: Option<ErrorKind>) {
        *self.refusal.lock().unwrap() = refusal;
    }

    pub(crate) fn set_guids(&self, guids: Guids) {
        *self.guids.lock().unwrap() = guids;
    }

    fn ids(&self, id: SchemaId, told: &[Guids]) -> SchemaIds {
        let is_told = told.contains(&self.guids.lock().unwrap());
        SchemaIds::new(id).with_guid(is_told.then(|| guid(id.get())))
    }

    async fn text(&self, id: u32) -> Result<Arc<str>, RegistryError> {
        self.ask().await?;
        if let Some(kind) = *self.refusal.lock().unwrap() {
            return Err(RegistryError::new(kind, "the test says so"));
        }
        let schemas = self.schemas.lock().unwrap();
        let index = id.checked_sub(FIRST);
        let found = index.and_then(|index| schemas.get(index as usize));
        found
            .map(|(_, text)| Arc::clone(text))
            .ok_or_else(|| RegistryError::new(ErrorKind::SchemaNotFound, "no such id"))
    }

    /// How many requests there were.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn ask(&self) -> Result<(), RegistryError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        // Every request takes a moment, so that others can come while it is on its way; that it is not
        // answered at once holds on a busy machine too.
        tokio::task::yield_now().await;
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
    async fn register(&self, subject: &str, schema: &str) -> Result<SchemaIds, RegistryError> {
        self.ask().await?;
        let id = self.find(subject, schema).unwrap_or_else(|| {
            let mut schemas = self.schemas.lock().unwrap();
            schemas.push((subject.to_owned(), schema.into()));
            SchemaId::new(FIRST + schemas.len() as u32 - 1)
        });
        Ok(self.ids(id, &[Guids::All]))
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        self.ask().await?;
        let id = self.find(subject, schema);
        let id =
            id.ok_or_else(|| RegistryError::new(ErrorKind::SubjectNotFound, "never registered"))?;
        let ids = self.ids(id, &[Guids::All, Guids::WhoLooksUp]);
        Ok(Registered::new(subject, id, 1, schema).with_guid(ids.guid))
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        self.text(id.get()).await
    }

    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError> {
        let number = u128::from_be_bytes(guid.to_bytes());
        self.text(u32::try_from(number).unwrap_or_default()).await
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
