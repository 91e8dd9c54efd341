//! Sockets → requests: how many there are at once, and how long each may be idle or slow.
//!
//! hyper's server for HTTP/1 bounds the head of a request: 100 headers, some 400 KB, and the time
//! in which the head must arrive. That time begins when the answer before it was sent, so it ends
//! idle connections, too. [`submission`](super::submission) bounds bodies, [`slow`] bounds clients
//! that do not take their answers.

mod slow;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use slow::Impatient;

/// What clients may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Connections at once. Further ones wait, not accepted, until one ends.
    pub(super) connections: usize,
    /// How long a connection may be without a whole head of a request.
    pub(super) idle: Duration,
    /// How long a body may take to arrive.
    pub(super) body: Duration,
    /// How long a client may take nothing of an answer.
    pub(super) unread: Duration,
    /// How long the end of the server waits for requests under way.
    pub(super) farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            idle: Duration::from_secs(30),
            body: Duration::from_secs(30),
            unread: Duration::from_secs(30),
            farewell: Duration::from_secs(2),
        }
    }
}

/// Answers requests until `stop` is done. No connection is left when this returns.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let (leaving, left) = watch::channel(());
    let mut open = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            (stream, place) = accept(&listener, &places) => {
                let answered = answer(stream, router.clone(), limits, left.clone());
                open.spawn(async move {
                    answered.await;
                    drop(place);
                });
            }
            // What ended is taken out of the set; how it ended matters to its client alone.
            Some(_) = open.join_next() => {}
        }
    }
    drop(listener);
    drop(leaving);
    let all_ended = async { while open.join_next().await.is_some() {} };
    // What is still open after that time ends with the set.
    let _ = tokio::time::timeout(limits.farewell, all_ended).await;
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, OwnedSemaphorePermit) {
    /// Until a process that has too many files open may have closed one.
    const PAUSE: Duration = Duration::from_millis(100);
    let place = Arc::clone(places).acquire_owned().await;
    let place = place.expect("nobody closes the semaphore");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Answers the requests of one connection, one after the other.
async fn answer(
    stream: TcpStream,
    router: Router,
    limits: Limits,
    mut leaving: watch::Receiver<()>,
) {
    let io = TokioIo::new(Impatient::new(stream, limits.unread));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.idle);
    let mut connection = pin!(http.serve_connection(io, TowerToHyperService::new(router)));
    tokio::select! {
        // An error is of this connection alone, which is over then.
        _ = connection.as_mut() => return,
        // Nothing is ever sent: the end closes the channel.
        _ = leaving.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}
