//! A TCP server that replies as it is told, and remembers what it was asked.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What one connection gets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    /// An HTTP answer with this status and body.
    Json(u16, &'static str),
    /// The same after 100 ms.
    Slow(u16, &'static str),
    /// These bytes, then the end.
    Raw(&'static str),
    /// The end, as soon as the request was read.
    Close,
    /// Nothing, for as long as the client waits.
    Hang,
}

/// Replies to the first connection with the first reply, and so on; the last one stays.
pub(crate) struct Faulty {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    server: JoinHandle<()>,
}

impl Faulty {
    pub(crate) async fn start<const N: usize>(replies: [Reply; N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&requests);
        let server = tokio::spawn(async move {
            let last = *replies.last().expect("there is a reply");
            let mut replies = replies.into_iter();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let reply = replies.next().unwrap_or(last);
                tokio::spawn(answer(stream, reply, Arc::clone(&log)));
            }
        });
        Self {
            address,
            requests,
            server,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests have come in.
    pub(crate) fn asked(&self) -> usize {
        self.requests.lock().unwrap().len()
    }

    /// The requests, whole, in the order in which they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Faulty {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(mut stream: TcpStream, reply: Reply, log: Arc<Mutex<Vec<String>>>) {
    let request = read(&mut stream).await;
    log.lock().unwrap().push(request);
    let reply = match reply {
        Reply::Json(status, body) => response(status, body),
        Reply::Slow(status, body) => {
            tokio::time::sleep(Duration::from_millis(100)).await;
            response(status, body)
        }
        Reply::Raw(bytes) => bytes.to_owned(),
        Reply::Close => return,
        Reply::Hang => return std::future::pending().await,
    };
    // The client may have gone; that is its business.
    let _ = stream.write_all(reply.as_bytes()).await;
}

fn response(status: u16, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

/// Reads head and body, so that closing the connection resets nothing.
async fn read(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await.unwrap_or_default();
        request.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if count == 0 || is_whole(&text) {
            return text;
        }
    }
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}
