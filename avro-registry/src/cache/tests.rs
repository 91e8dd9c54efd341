use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::FutureExt as _;
use futures::future::join_all;
use tokio::sync::Semaphore;

use super::*;
use crate::ErrorKind;

/// Counts what it is asked; answers when the gate lets it, and as `outcome` says.
struct Counting {
    asked: AtomicUsize,
    finished: AtomicUsize,
    gate: Semaphore,
    failures_left: AtomicUsize,
}

impl Counting {
    fn new(answers_allowed: usize, failures: usize) -> Arc<Self> {
        Arc::new(Self {
            asked: AtomicUsize::new(0),
            finished: AtomicUsize::new(0),
            gate: Semaphore::new(answers_allowed),
            failures_left: AtomicUsize::new(failures),
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn answer<T>(&self, value: T) -> Result<T, RegistryError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.gate
            .acquire()
            .await
            .expect("the gate is never closed")
            .forget();
        self.finished.fetch_add(1, Ordering::SeqCst);
        let one_less = |left: usize| left.checked_sub(1);
        match self
            .failures_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less)
        {
            Ok(_) => Err(RegistryError::new(ErrorKind::SchemaNotFound, "not yet")),
            Err(_) => Ok(value),
        }
    }
}

#[async_trait]
impl SchemaRegistry for Counting {
    async fn register(&self, _: &str, schema: &str) -> Result<SchemaIds, RegistryError> {
        self.answer(SchemaIds::new(SchemaId::new(schema.len() as u32)))
            .await
    }

    async fn lookup(&self, subject: &str, schema: &str) -> Result<Registered, RegistryError> {
        self.answer(Registered::new(
            subject,
            SchemaId::new(schema.len() as u32),
            1,
            schema,
        ))
        .await
    }

    async fn lookup_with_deleted(
        &self,
        subject: &str,
        schema: &str,
    ) -> Result<Registered, RegistryError> {
        let id = SchemaId::new(100 + schema.len() as u32);
        self.answer(Registered::new(subject, id, 1, schema)).await
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<Arc<str>, RegistryError> {
        self.answer(format!("schema {id}").into()).await
    }

    async fn schema_by_guid(&self, guid: Guid) -> Result<Arc<str>, RegistryError> {
        self.answer(format!("schema {guid}").into()).await
    }

    async fn subjects(&self) -> Result<Vec<String>, RegistryError> {
        self.answer(vec!["a".to_owned()]).await
    }

    async fn versions(&self, _: &str) -> Result<Vec<u32>, RegistryError> {
        self.answer(vec![1]).await
    }

    async fn version(&self, subject: &str, _: Version) -> Result<Registered, RegistryError> {
        self.answer(Registered::new(subject, SchemaId::new(1), 1, ""))
            .await
    }
}

const ID: SchemaId = SchemaId::new(7);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_callers_make_one_request() {
    let inner = Counting::new(0, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    let callers = (0..50).map(|_| {
        let cached = cached.clone();
        tokio::spawn(async move { cached.schema_by_id(ID).await })
    });
    let callers: Vec<_> = callers.collect();
    while inner.asked() == 0 {
        tokio::task::yield_now().await;
    }
    inner.gate.add_permits(50);
    for answer in join_all(callers).await {
        assert_eq!(&*answer.unwrap().unwrap(), "schema 7");
    }
    assert_eq!(inner.asked(), 1);
    assert_eq!(
        format!("{cached:?}"),
        "CachedRegistry { schemas: 1 kept, 0 under way, .. }"
    );
}

#[tokio::test]
async fn each_id_has_its_own_request() {
    let inner = Counting::new(usize::MAX >> 4, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    let ids = [1, 2, 1, 3, 2, 1].map(SchemaId::new);
    for (id, answer) in ids
        .iter()
        .zip(join_all(ids.map(|id| cached.schema_by_id(id))).await)
    {
        assert_eq!(*answer.unwrap(), format!("schema {id}"));
    }
    assert_eq!(inner.asked(), 3);
}

#[tokio::test]
async fn registering_and_looking_up_are_kept_by_subject_and_text() {
    let inner = Counting::new(100, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    for _ in 0..3 {
        cached.register("a", "x").await.unwrap();
        cached.register("b", "x").await.unwrap();
        cached.register("a", "xy").await.unwrap();
        assert_eq!(cached.lookup("a", "x").await.unwrap().id, SchemaId::new(1));
        // What is in use and what was deleted are two questions.
        let with_deleted = cached.lookup_with_deleted("a", "x").await.unwrap();
        assert_eq!(with_deleted.id, SchemaId::new(101));
    }
    assert_eq!(inner.asked(), 5);
}

#[tokio::test]
async fn each_guid_is_asked_for_once() {
    let inner = Counting::new(100, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    let guids = [1, 2, 1].map(|byte| Guid::from_bytes([byte; 16]));
    for guid in guids {
        let schema = cached.schema(guid.into()).await.unwrap();
        assert_eq!(*schema, format!("schema {guid}"));
    }
    assert_eq!(inner.asked(), 2);
    cached.schema(ID.into()).await.unwrap();
    cached.schema_by_id(ID).await.unwrap();
    assert_eq!(inner.asked(), 3, "ids are kept apart");
}

#[tokio::test]
async fn what_changes_is_asked_each_time() {
    let inner = Counting::new(100, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    for _ in 0..2 {
        cached.subjects().await.unwrap();
        cached.versions("a").await.unwrap();
        cached.version("a", Version::Latest).await.unwrap();
    }
    assert_eq!(inner.asked(), 6);
}

#[tokio::test]
async fn an_error_reaches_all_who_wait_and_is_not_kept() {
    let inner = Counting::new(0, 1);
    let cached = CachedRegistry::new(inner.clone(), 10);
    let callers = join_all((0..5).map(|_| cached.schema_by_id(ID)));
    let (answers, ()) = tokio::join!(callers, async { inner.gate.add_permits(2) });
    for answer in answers {
        assert_eq!(answer.unwrap_err().kind(), ErrorKind::SchemaNotFound);
    }
    assert_eq!(inner.asked(), 1);
    assert_eq!(&*cached.schema_by_id(ID).await.unwrap(), "schema 7");
    assert_eq!(inner.asked(), 2);
}

#[tokio::test]
async fn keeps_no_more_than_its_capacity() {
    let inner = Counting::new(1000, 0);
    let cached = CachedRegistry::new(inner.clone(), 2);
    for number in [1, 2, 3, 3, 2] {
        cached.schema_by_id(SchemaId::new(number)).await.unwrap();
    }
    assert_eq!(inner.asked(), 3);
    cached.schema_by_id(SchemaId::new(1)).await.unwrap();
    assert_eq!(inner.asked(), 4, "1 was pushed out");
    for number in 10..500 {
        cached.schema_by_id(SchemaId::new(number)).await.unwrap();
    }
    assert_eq!(
        format!("{cached:?}"),
        "CachedRegistry { schemas: 2 kept, 0 under way, .. }"
    );
}

#[tokio::test]
async fn what_is_pushed_out_is_freed() {
    let inner = Counting::new(1000, 0);
    let cached = CachedRegistry::new(inner.clone(), 1);
    let text = Arc::downgrade(&cached.schema_by_id(ID).await.unwrap());
    assert!(text.upgrade().is_some(), "the cache holds it");
    cached.schema_by_id(SchemaId::new(8)).await.unwrap();
    assert!(text.upgrade().is_none(), "nobody holds it");
}

/// The caller that began the request gives up; those who joined it still get its answer.
#[tokio::test]
async fn a_caller_that_gives_up_fails_nobody_else() {
    let inner = Counting::new(0, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    let mut second = pin!(cached.schema_by_id(ID));
    {
        let mut first = pin!(cached.schema_by_id(ID));
        assert!(first.as_mut().now_or_never().is_none());
        assert!(second.as_mut().now_or_never().is_none());
    }
    inner.gate.add_permits(1);
    assert_eq!(&*second.await.unwrap(), "schema 7");
    assert_eq!(inner.asked(), 1);
}

#[tokio::test]
async fn a_request_that_all_gave_up_is_dropped_and_made_again() {
    let inner = Counting::new(0, 0);
    let cached = CachedRegistry::new(inner.clone(), 10);
    assert!(cached.schema_by_id(ID).now_or_never().is_none());
    assert_eq!(
        format!("{cached:?}"),
        "CachedRegistry { schemas: 0 kept, 0 under way, .. }"
    );
    inner.gate.add_permits(2);
    assert_eq!(&*cached.schema_by_id(ID).await.unwrap(), "schema 7");
    assert_eq!(
        (inner.asked(), inner.finished.load(Ordering::SeqCst)),
        (2, 1)
    );
}
