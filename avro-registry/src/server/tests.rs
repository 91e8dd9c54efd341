//! What a slow schema and a slow client do to others: nothing.

use std::sync::Mutex;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::compile::compile;
use super::connections::Limits;
use super::registry::Registry;
use super::*;

/// Long enough for a busy machine; nothing waits for it where all is well.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(200);
const REGISTER: &str = "POST /subjects/a/versions HTTP/1.1\r\nhost: a\r\n";
const LIST: &str = "GET /subjects HTTP/1.1\r\nhost: a\r\n\r\n";

async fn server(registry: Registry, limits: Limits) -> EmbeddedRegistry {
    let address = (Ipv4Addr::LOCALHOST, 0).into();
    EmbeddedRegistry::start_with(address, registry, limits)
        .await
        .unwrap()
}

/// A connection on which this was sent.
async fn sent(server: &EmbeddedRegistry, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// What is answered until the server ends the connection.
async fn to_the_end(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    // An end by a reset is an end, too.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut all))
        .await
        .expect("the server ends the connection");
    String::from_utf8(all).unwrap()
}

/// The next answer; all that are asked for here fit into one piece.
async fn answer(stream: &mut TcpStream) -> String {
    let mut piece = vec![0; 4096];
    let length = timeout(PATIENCE, stream.read(&mut piece)).await;
    let length = length.expect("an answer in time").unwrap();
    String::from_utf8(piece[..length].to_vec()).unwrap()
}

fn registration(schema: &str) -> String {
    let body = serde_json::json!({ "schema": schema }).to_string();
    format!("{REGISTER}content-length: {}\r\n\r\n{body}", body.len())
}

/// On one thread: neither the lock nor the runtime is held up.
#[tokio::test]
async fn a_slow_schema_holds_up_nobody() {
    let (begun, begins) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let (begun, released) = (Mutex::new(begun), Mutex::new(released));
    let registry = Registry::with(move |schema, referenced, normalize| {
        if schema.text.contains("slow") {
            // Nobody listens for the second one.
            let _ = begun.lock().unwrap().send(());
            // The test drops its end; nothing is sent.
            let _ = released.lock().unwrap().recv();
        }
        compile(schema, referenced, normalize)
    });
    let server = server(registry, Limits::default()).await;

    let slow = r#"{"type":"string","note":"slow"}"#;
    let mut registering = sent(&server, &registration(slow)).await;
    let lookup = registration(slow).replace("/versions", "");
    let begun = tokio::task::spawn_blocking(move || begins.recv().unwrap());
    timeout(PATIENCE, begun).await.unwrap().unwrap();

    let mut other = sent(&server, LIST).await;
    assert!(answer(&mut other).await.ends_with("[]"));
    other
        .write_all(registration(r#""int""#).as_bytes())
        .await
        .unwrap();
    assert!(answer(&mut other).await.ends_with(r#"{"id":1}"#));
    let mut looking_up = sent(&server, &lookup).await;
    let version = LIST.replace("/subjects", "/subjects/a/versions/1/schema");
    other.write_all(version.as_bytes()).await.unwrap();
    assert!(answer(&mut other).await.ends_with(r#""int""#));

    drop(release);
    assert!(answer(&mut registering).await.ends_with(r#"{"id":2}"#));
    // It was asked before or after the other one was registered.
    let found = answer(&mut looking_up).await;
    assert!(
        found.contains(r#""id":2"#) || found.contains("40403"),
        "{found}"
    );
}

#[tokio::test]
async fn a_connection_without_a_request_ends() {
    let limits = Limits {
        idle: SHORT,
        ..Limits::default()
    };
    let server = server(Registry::new(), limits).await;
    let begin = Instant::now();
    assert_eq!(to_the_end(sent(&server, "").await).await, "");
    let all = to_the_end(sent(&server, "GET /subjects HTTP/1.1\r\nx: y\r\n").await).await;
    assert!(!all.contains("200 OK"), "{all}");
    let all = to_the_end(sent(&server, LIST).await).await;
    assert!(
        all.starts_with("HTTP/1.1 200 OK") && all.ends_with("[]"),
        "{all}"
    );
    assert!(begin.elapsed() >= 3 * SHORT);
}

#[tokio::test]
async fn a_body_that_trickles_in_is_given_up() {
    let limits = Limits {
        body: SHORT,
        ..Limits::default()
    };
    let server = server(Registry::new(), limits).await;
    for path in ["/subjects/a", "/subjects/a/versions"] {
        let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n");
        let (reader, mut writer) = sent(&server, &head).await.into_split();
        let trickling = tokio::spawn(async move {
            while writer.write_all(b" ").await.is_ok() {
                tokio::time::sleep(SHORT / 10).await;
            }
        });
        let mut all = String::new();
        let mut reader = tokio::io::BufReader::new(reader);
        // The connection is reset because the rest of the body is not read.
        let _ = timeout(PATIENCE, reader.read_to_string(&mut all))
            .await
            .unwrap();
        assert!(all.starts_with("HTTP/1.1 408 Request Timeout"), "{all}");
        assert!(
            all.contains(r#"{"error_code":408,"message":"the body did not arrive within 0.2 s"}"#)
        );
        timeout(PATIENCE, trickling).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_ends() {
    let limits = Limits {
        unread: SHORT,
        ..Limits::default()
    };
    let server = server(Registry::new(), limits).await;
    let doc = "d".repeat(1 << 20);
    let schema = format!(r#"{{"type":"fixed","name":"F","doc":"{doc}","size":1}}"#);
    let mut stream = sent(&server, &registration(&schema)).await;
    assert!(answer(&mut stream).await.ends_with(r#"{"id":1}"#));

    // More than the sockets between take.
    let count = 64;
    let asked = LIST
        .replace("/subjects", "/schemas/ids/1/schema")
        .repeat(count);
    stream.write_all(asked.as_bytes()).await.unwrap();
    tokio::time::sleep(5 * SHORT).await;
    let mut all = Vec::new();
    let _ = timeout(PATIENCE, stream.read_to_end(&mut all))
        .await
        .unwrap();
    assert!(all.len() < count << 20, "{} bytes", all.len());
}

#[tokio::test]
async fn connections_past_the_limit_wait_for_their_turn() {
    let limits = Limits {
        connections: 2,
        ..Limits::default()
    };
    let server = server(Registry::new(), limits).await;
    let mut first = sent(&server, LIST).await;
    let mut second = sent(&server, LIST).await;
    assert!(answer(&mut first).await.ends_with("[]"));
    assert!(answer(&mut second).await.ends_with("[]"));
    let mut third = sent(&server, LIST).await;
    let mut byte = [0];
    assert!(timeout(SHORT, third.read(&mut byte)).await.is_err());
    drop(first);
    assert!(answer(&mut third).await.ends_with("[]"));
}

/// The end of the server is the end of its connections.
#[tokio::test]
async fn no_connection_survives_the_server() {
    let limits = Limits {
        farewell: SHORT,
        ..Limits::default()
    };
    let server = server(Registry::new(), limits).await;
    let mut idle = sent(&server, LIST).await;
    assert!(answer(&mut idle).await.ends_with("[]"));
    let stuck = sent(&server, &format!("{REGISTER}content-length: 9\r\n\r\n{{")).await;
    timeout(PATIENCE, server.shutdown()).await.unwrap();
    assert_eq!(to_the_end(idle).await, "");
    assert_eq!(to_the_end(stuck).await, "");
}
