//! A registry in the process, for tests, examples and development.
//!
//! It has the calls of Confluent's API that register, look up and list, and answers anything else
//! as Confluent's does a path that it does not know: 404 with an error body. It does not judge
//! compatibility, and says so: `GET /config` answers NONE. Nothing is kept when it stops.
//!
//! | file | idea |
//! |---|---|
//! | `store` | schemas, subjects and versions: pure state, no HTTP |
//! | `routes` | paths and queries to calls of the store |
//! | `answer` | what goes back: content type, error bodies, error codes |

mod answer;
mod routes;
mod store;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How long a shutdown waits for requests under way.
const PATIENCE: Duration = Duration::from_secs(2);

/// A registry in the process, on an address of its own; it stops when dropped.
///
/// It runs on the Tokio runtime that it was started in.
#[must_use = "the registry stops when this is dropped"]
pub struct EmbeddedRegistry {
    address: SocketAddr,
    /// Dropped, it tells the server to stop.
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

impl EmbeddedRegistry {
    /// Starts an empty registry on a free port of the loopback interface.
    ///
    /// # Errors
    ///
    /// No port can be opened.
    pub async fn start() -> io::Result<Self> {
        Self::start_on((Ipv4Addr::LOCALHOST, 0).into()).await
    }

    /// Starts an empty registry on this address; port 0 stands for a free one.
    ///
    /// # Errors
    ///
    /// The address cannot be listened on.
    pub async fn start_on(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, routes::router()).with_graceful_shutdown(async {
            // Nothing is ever sent: both a shutdown and a drop close the channel.
            let _ = stopped.await;
        });
        // The server outlives errors of single connections, and has none of its own.
        let server = tokio::spawn(async { drop(server.await) });
        Ok(Self {
            address,
            stop,
            server,
        })
    }

    /// The base URL for clients.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops listening, lets requests under way finish for at most two seconds, and returns when
    /// the port is free.
    pub async fn shutdown(self) {
        let Self {
            stop, mut server, ..
        } = self;
        drop(stop);
        if tokio::time::timeout(PATIENCE, &mut server).await.is_err() {
            server.abort();
            // It was cancelled just now: there is nothing to learn from how it ended.
            let _ = server.await;
        }
    }
}

impl fmt::Debug for EmbeddedRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedRegistry")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
