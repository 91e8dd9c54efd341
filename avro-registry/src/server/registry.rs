//! What the requests share: the store behind its lock, and the compiling of schemas beside it.

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::answer::Failure;
use super::compile::{Compiled, compile};
use super::store::{Refusal, Schema, Store};

/// How many schemas are compiled at once, each on a thread of its own. Others wait.
const COMPILED_AT_ONCE: usize = 4;

/// The texts that a schema refers to, each behind what to call it.
type Referenced = [(String, Arc<str>)];
type Compiler = dyn Fn(Schema, &Referenced, bool) -> Result<Compiled, String> + Send + Sync;

/// A registry, shared by its requests.
#[derive(Clone)]
pub(super) struct Registry {
    store: Arc<RwLock<Store>>,
    compiler: Arc<Compiler>,
    turns: Arc<Semaphore>,
}

impl Registry {
    /// An empty registry.
    pub(super) fn new() -> Self {
        Self::with(compile)
    }

    /// An empty registry that compiles in this way.
    pub(super) fn with(
        compiler: impl Fn(Schema, &Referenced, bool) -> Result<Compiled, String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            store: Arc::default(),
            compiler: Arc::new(compiler),
            turns: Arc::new(Semaphore::new(COMPILED_AT_ONCE)),
        }
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Store> {
        self.store.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Store> {
        self.store.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Compiles a schema with what it refers to.
    ///
    /// The store is locked only to copy pointers to the texts. Nothing is ever taken from it, so what
    /// was found there holds when the work is done.
    pub(super) async fn compiled(
        &self,
        schema: Schema,
        normalize: bool,
    ) -> Result<Compiled, Failure> {
        let referenced = self.read().referenced(&schema.references)?;
        let compiler = Arc::clone(&self.compiler);
        let compiled = self.aside(move || compiler(schema, &referenced, normalize));
        compiled.await?.map_err(|why| Refusal::Invalid(why).into())
    }

    /// Does long work on a thread where it holds up no other request, when it is its turn.
    pub(super) async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let work = spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        work.await
            .map_err(|error| Failure::internal(&error.to_string()))
    }
}
