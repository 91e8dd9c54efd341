//! A registry in the process, for tests, examples and development.
//!
//! It has the calls of Confluent's API that register, look up and list, and answers anything else
//! as Confluent's does a path that it does not know: 404 with an error body. It does not judge
//! compatibility, and says so: `GET /config` answers NONE. Nothing is kept when it stops.
//!
//! Query parameters mean what they mean in Confluent's registry, which ignores those that it does
//! not know. A slow schema or a slow client holds up nobody else: schemas are compiled beside the
//! store's lock and beside the runtime's threads, four at once. There are at most 256 connections;
//! further ones wait. A body has at most 2 MiB. A connection ends when 30 s pass without the head of a
//! request, when a body takes longer than 30 s, and when a client takes nothing of its answer for 30 s.
//!
//! | file | idea |
//! |---|---|
//! | `store` | schemas, subjects and versions: pure state, no HTTP |
//! | `compile`, `normal` | the schema that was sent to what the store holds of it |
//! | `registry` | the store behind its lock, and the compiling beside it |
//! | `routes`, `query`, `submission` | paths, queries and bodies to calls of the store |
//! | `answer` | what goes back: content type, error bodies, error codes |
//! | `connections` | sockets to requests, and what clients may take of both |

mod answer;
mod compile;
mod connections;
mod normal;
mod query;
mod registry;
mod routes;
mod store;
mod submission;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use connections::Limits;
use registry::Registry;

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
        Self::start_with(address, Registry::new(), Limits::default()).await
    }

    async fn start_with(
        address: SocketAddr,
        registry: Registry,
        limits: Limits,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let router = routes::router(registry, limits.body);
        let server = tokio::spawn(connections::serve(listener, router, limits, async {
            // Nothing is ever sent: both a shutdown and a drop close the channel.
            let _ = stopped.await;
        }));
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
        drop(self.stop);
        // It does not fail, and a panic of its own would have been shown by the runtime.
        let _ = self.server.await;
    }
}

impl fmt::Debug for EmbeddedRegistry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedRegistry")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
