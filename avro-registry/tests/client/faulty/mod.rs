//! A TCP server that replies as it is told, and remembers what it was asked.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// This head, then blanks without end.
    Endless(&'static str),
    /// The head of an answer, then a blank every 20 ms.
    Drip,
}

/// Replies to the first connection with the first reply, and so on; the last one stays.
pub(crate) struct Faulty {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    sent: Arc<AtomicU64>,
    server: JoinHandle<()>,
}

impl Faulty {
    pub(crate) async fn start<const N: usize>(replies: [Reply; N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&requests);
        let sent = Arc::<AtomicU64>::default();
        let count = Arc::clone(&sent);
        let server = tokio::spawn(async move {
            let last = *replies.last().expect("there is a reply");
            let mut replies = replies.into_iter();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let reply = replies.next().unwrap_or(last);
                tokio::spawn(answer(stream, reply, Arc::clone(&log), Arc::clone(&count)));
            }
        });
        Self {
            address,
            requests,
            sent,
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

    /// How many bytes went out in bodies without end.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
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

async fn answer(
    mut stream: TcpStream,
    reply: Reply,
    log: Arc<Mutex<Vec<String>>>,
    sent: Arc<AtomicU64>,
) {
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
        Reply::Endless(head) => return endless(stream, head, &sent).await,
        Reply::Drip => return drip(stream).await,
    };
    // The client may have gone; that is its business.
    let _ = stream.write_all(reply.as_bytes()).await;
}

/// Sends blanks, in chunks of a chunked body if the head says so, until the client goes away.
async fn endless(mut stream: TcpStream, head: &str, sent: &AtomicU64) {
    const BLANKS: [u8; 0x4000] = [b' '; 0x4000];
    let is_chunked = head.contains("chunked");
    let mut all_is_well = stream.write_all(head.as_bytes()).await.is_ok();
    while all_is_well {
        let chunk = match is_chunked {
            true => [b"4000\r\n", &BLANKS[..], b"\r\n"].concat(),
            false => BLANKS.to_vec(),
        };
        all_is_well = stream.write_all(&chunk).await.is_ok();
        sent.fetch_add(BLANKS.len() as u64, Ordering::Relaxed);
    }
}

async fn drip(mut stream: TcpStream) {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    let mut all_is_well = stream.write_all(head).await.is_ok();
    while all_is_well {
        tokio::time::sleep(Duration::from_millis(20)).await;
        all_is_well = stream.write_all(b" ").await.is_ok();
    }
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
