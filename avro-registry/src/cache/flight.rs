//! A key and a way to fetch its value → the value, fetched once for all who ask meanwhile.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt as _;
use futures::future::{BoxFuture, Shared, WeakShared};

use super::recent::Recent;
use crate::RegistryError;

type Fetch<V> = BoxFuture<'static, Result<V, RegistryError>>;

/// Bounded memory of values, with at most one request under way per key.
///
/// A request is polled by whichever caller is there, and dropped with the last of them: a caller
/// that gives up takes nothing from the others, and nothing runs in the background.
pub(super) struct SingleFlight<K, V> {
    state: Arc<Mutex<State<K, V>>>,
}

struct State<K, V> {
    kept: Recent<K, V>,
    flights: BTreeMap<K, Flight<V>>,
    next_number: u64,
}

struct Flight<V> {
    /// Tells a flight from a later one for the same key.
    number: u64,
    /// Weak, so that the callers alone keep the request alive.
    request: WeakShared<Fetch<V>>,
}

/// Takes the flight off the list, however it ends: landed, failed, abandoned, or panicked.
struct Landing<K: Ord, V> {
    state: Arc<Mutex<State<K, V>>>,
    key: K,
    number: u64,
}

impl<K, V> SingleFlight<K, V>
where
    K: Ord + Clone + Send + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub(super) fn new(capacity: usize) -> Self {
        let (kept, flights) = (Recent::new(capacity), BTreeMap::new());
        Self {
            state: Arc::new(Mutex::new(State {
                kept,
                flights,
                next_number: 0,
            })),
        }
    }

    /// The value kept, or that of the request under way, or that of this one.
    pub(super) async fn get(
        &self,
        key: K,
        fetch: impl Future<Output = Result<V, RegistryError>> + Send + 'static,
    ) -> Result<V, RegistryError> {
        let request = match self.kept_or_under_way(&key, fetch) {
            Ok(value) => return Ok(value),
            Err(request) => request,
        };
        request.await
    }

    fn kept_or_under_way(
        &self,
        key: &K,
        fetch: impl Future<Output = Result<V, RegistryError>> + Send + 'static,
    ) -> Result<V, Shared<Fetch<V>>> {
        let mut state = lock(&self.state);
        if let Some(value) = state.kept.get(key) {
            return Ok(value);
        }
        if let Some(request) = state
            .flights
            .get(key)
            .and_then(|flight| flight.request.upgrade())
        {
            return Err(request);
        }
        let number = state.next_number;
        state.next_number += 1;
        let landing = Landing {
            state: Arc::clone(&self.state),
            key: key.clone(),
            number,
        };
        let request: Fetch<V> = Box::pin(async move {
            let outcome = fetch.await;
            if let Ok(value) = &outcome {
                lock(&landing.state)
                    .kept
                    .insert(landing.key.clone(), value.clone());
            }
            outcome
        });
        let request = request.shared();
        let weak = request
            .downgrade()
            .expect("a request that nobody has polled is not finished");
        state.flights.insert(
            key.clone(),
            Flight {
                number,
                request: weak,
            },
        );
        Err(request)
    }
}

/// No code that can panic runs under the lock but `Ord` of the keys, which are ids and strings.
fn lock<K, V>(state: &Mutex<State<K, V>>) -> MutexGuard<'_, State<K, V>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<K: Ord, V> Drop for Landing<K, V> {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        if state
            .flights
            .get(&self.key)
            .is_some_and(|flight| flight.number == self.number)
        {
            state.flights.remove(&self.key);
        }
    }
}

impl<K, V> Clone for SingleFlight<K, V> {
    fn clone(&self) -> Self {
        Self {
            state: Arc::clone(&self.state),
        }
    }
}

impl<K, V> fmt::Debug for SingleFlight<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = lock(&self.state);
        let (kept, under_way) = (state.kept.len(), state.flights.len());
        write!(f, "{kept} kept, {under_way} under way")
    }
}
