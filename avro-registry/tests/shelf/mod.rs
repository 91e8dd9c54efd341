//! A registry that answers what is put into it, as Confluent's does: schemas by id and by subject
//! and version, with references, and some of them deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A text and what it refers to: name, subject, version.
pub(crate) type Held = (String, Vec<(String, String, u32)>);

#[derive(Default)]
pub(crate) struct Content {
    pub(crate) ids: BTreeMap<u32, Held>,
    pub(crate) versions: BTreeMap<(String, u32), Held>,
    pub(crate) deleted: BTreeSet<(String, u32)>,
    /// The paths that were asked for, with their queries.
    pub(crate) asked: Vec<String>,
}

pub(crate) struct Shelf {
    pub(crate) content: Arc<Mutex<Content>>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Shelf {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let content = Arc::<Mutex<Content>>::default();
        let shared = Arc::clone(&content);
        let server = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            content,
            address,
            server,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// One request after the other, none of which has a body.
async fn serve(mut stream: TcpStream, content: Arc<Mutex<Content>>) {
    let mut head = Vec::new();
    while let Ok(byte) = stream.read_u8().await {
        head.push(byte);
        if !head.ends_with(b"\r\n\r\n") {
            continue;
        }
        let text = String::from_utf8_lossy(&head).into_owned();
        let path = text.split(' ').nth(1).unwrap_or_default();
        let (status, body) = content.lock().unwrap().answer(path);
        let body = body.to_string();
        let length = body.len();
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n{body}");
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        head.clear();
    }
}

impl Content {
    fn answer(&mut self, path: &str) -> (u16, Value) {
        self.asked.push(path.to_owned());
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<_> = path.split('/').skip(1).map(decoded).collect();
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        let found = match parts[..] {
            ["schemas", "ids", id] => {
                let held = self.ids.get(&id.parse().unwrap());
                held.map(|held| (held, json!({})))
            }
            ["subjects", subject, "versions", version] => {
                let key = (subject.to_owned(), version.parse().unwrap());
                let hidden = self.deleted.contains(&key) && query != "deleted=true";
                let held = self.versions.get(&key).filter(|_| !hidden);
                held.map(|held| (held, json!({"subject": key.0, "version": key.1, "id": 99})))
            }
            _ => None,
        };
        let Some(((text, references), mut body)) = found else {
            return (
                404,
                json!({"error_code": 40401, "message": "Subject not found."}),
            );
        };
        let references = references.iter().map(|(name, subject, version)| {
            json!({"name": name, "subject": subject, "version": version})
        });
        body["schema"] = text.as_str().into();
        body["references"] = references.collect();
        (200, body)
    }
}

fn decoded(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}
