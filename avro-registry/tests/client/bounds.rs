//! What stands in a registry's place may send anything: what the client takes of it has a bound.

use std::time::{Duration, Instant};

use avro_registry::{ErrorKind, HttpRegistry, RegistryError, SchemaId, SchemaRegistry};

use crate::faulty::{Faulty, Reply};

const ID: SchemaId = SchemaId::new(7);
const STRING: Reply = Reply::Json(200, r#"{"schema":"\"string\""}"#);
const ENDLESS: Reply = Reply::Endless("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");

fn client(url: &str) -> HttpRegistry {
    let builder = HttpRegistry::builder(url).timeout(Duration::from_secs(20));
    builder.build().unwrap()
}

async fn error_of(reply: Reply) -> RegistryError {
    let server = Faulty::start([reply]).await;
    let error = client(&server.url()).schema_by_id(ID).await.unwrap_err();
    let request = format!("GET {}/schemas/ids/7?deleted=true", server.url());
    assert!(error.to_string().contains(&request), "{error}");
    error
}

/// The most memory that the process has held so far, in KiB.
#[cfg(target_os = "linux")]
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap().trim().trim_end_matches(" kB");
    digits.parse().unwrap()
}

/// Sends both kinds of a body that is too large, and looks at what the process and the wire took.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_body_without_end_takes_no_more_than_the_bound() {
    let before = peak_kib();
    let claims = Reply::Endless("HTTP/1.1 200 OK\r\ncontent-length: 2147483648\r\n\r\n");
    let until_close = Reply::Endless("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
    for reply in [claims, ENDLESS, until_close] {
        let server = Faulty::start([reply]).await;
        let registry = client(&server.url());
        let error = registry.schema_by_id(ID).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
        assert!(!error.is_retriable());
        let text = error.to_string();
        let what = "more than 16777216 bytes";
        assert!(
            text.contains(what) && text.contains("`max_answer_bytes`"),
            "{text}"
        );
        assert!(
            server.sent() < 64 << 20,
            "{} bytes were taken",
            server.sent()
        );
    }
    let grown = peak_kib() - before;
    assert!(grown < 100 * 1024, "{grown} KiB");
}

#[tokio::test]
async fn the_bound_is_exact_and_settable() {
    const BODY: &str = r#"{"schema":"\"string\""}"#;
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n17\r\n{\"schema\":\"\\\"string\\\"\"}\r\n0\r\n\r\n";
    assert_eq!(BODY.len(), 0x17);
    for reply in [Reply::Json(200, BODY), Reply::Raw(chunked)] {
        for (most, fits) in [(BODY.len(), true), (BODY.len() - 1, false), (0, false)] {
            let server = Faulty::start([reply]).await;
            let builder = HttpRegistry::builder(&server.url()).max_answer_bytes(most);
            let answer = builder.build().unwrap().schema_by_id(ID).await;
            let kind = answer.as_ref().err().map(RegistryError::kind);
            assert_eq!(
                kind,
                (!fits).then_some(ErrorKind::TooLarge),
                "{most}: {answer:?}"
            );
        }
    }
}

/// A refusal is one by its status, however much is said about it.
#[tokio::test]
async fn the_status_counts_whatever_becomes_of_the_body() {
    let endless = "HTTP/1.1 403 No\r\ntransfer-encoding: chunked\r\n\r\n";
    let broken = "HTTP/1.1 403 No\r\ncontent-length: 100\r\n\r\n{\"error_code\":40301";
    let zipped = "HTTP/1.1 403 No\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n\u{1f}?";
    for reply in [
        Reply::Endless(endless),
        Reply::Raw(broken),
        Reply::Raw(zipped),
    ] {
        let error = error_of(reply).await;
        let found = (error.kind(), error.status(), error.error_code());
        assert_eq!(found, (ErrorKind::Unauthorized, Some(403), None), "{error}");
    }
}

#[tokio::test]
async fn a_body_that_drips_ends_with_the_requests_time() {
    let server = Faulty::start([Reply::Drip]).await;
    let start = Instant::now();
    let builder = HttpRegistry::builder(&server.url()).timeout(Duration::from_millis(300));
    let error = builder.build().unwrap().subjects().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(
        error.to_string().contains("within the time limit"),
        "{error}"
    );
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_unpacked() {
    // Eleven bytes of gzip, read as UTF-8 would be: the coding alone decides.
    let zipped = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\nconnection: close\r\n\r\nabcde";
    let error = error_of(Reply::Raw(zipped)).await;
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(
        error.to_string().contains("compressed by `gzip`"),
        "{error}"
    );
    let server = Faulty::start([STRING]).await;
    client(&server.url()).schema_by_id(ID).await.unwrap();
    let request = server.requests().pop().unwrap().to_lowercase();
    assert!(!request.contains("accept-encoding"), "{request}");
}

#[tokio::test]
async fn a_page_in_the_registrys_place_is_told_as_such() {
    let page = "HTTP/1.1 404 Not Found\r\ncontent-type: text/html\r\ncontent-length: 15\r\nconnection: close\r\n\r\n<h1>Nginx!</h1>";
    let error = error_of(Reply::Raw(page)).await;
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Rejected, Some(404))
    );
    assert!(error.to_string().contains("/apis/ccompat/v7"), "{error}");
    let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\nconnection: close\r\n\r\n<h1>Nginx!</h1>";
    let error = error_of(Reply::Raw(page)).await;
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(
        error.to_string().contains("stated to be text/html"),
        "{error}"
    );
    let error = error_of(Reply::Json(200, "")).await;
    assert!(error.to_string().contains("the body is empty"), "{error}");
    let error = error_of(Reply::Raw(
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n",
    ))
    .await;
    assert_eq!(error.kind(), ErrorKind::Malformed);
}

/// The deeper a body nests, the more stack would a reader take that recurses.
#[tokio::test]
async fn a_body_that_nests_without_end_is_no_answer() {
    let deep = format!(r#"{{"metadata":{}"#, "[".repeat(1 << 20)).leak();
    let error = error_of(Reply::Json(200, deep)).await;
    assert_eq!(error.kind(), ErrorKind::Malformed, "{error}");
}
