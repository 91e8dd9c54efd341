//! A registry that fails in every way there is: what the client makes of it.

use std::sync::Arc;
use std::time::Duration;

use avro_registry::{
    CachedRegistry, ErrorKind, Guid, HttpRegistry, RegistryError, SchemaId, SchemaRegistry, Version,
};
use futures::future::join_all;

use crate::faulty::{Faulty, Reply};

const ID: SchemaId = SchemaId::new(7);
const STRING: Reply = Reply::Json(200, r#"{"schema":"\"string\""}"#);
const NO_SCHEMA: Reply = Reply::Json(
    404,
    r#"{"error_code":40403,"message":"Schema 7 not found"}"#,
);

fn client(server: &Faulty) -> HttpRegistry {
    let builder = HttpRegistry::builder(&server.url()).timeout(Duration::from_millis(500));
    builder.build().unwrap()
}

async fn error_of(reply: Reply) -> RegistryError {
    let server = Faulty::start([reply]).await;
    client(&server).schema_by_id(ID).await.unwrap_err()
}

#[tokio::test]
async fn a_registry_that_cannot_serve_now_may_be_asked_again() {
    for status in [408, 429, 500, 502, 503, 504] {
        for body in [
            "<html>",
            "",
            r#"{"error_code":50003,"message":"leader unknown"}"#,
        ] {
            let error = error_of(Reply::Json(status, body)).await;
            assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
            assert!(error.is_retriable());
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.error_code(), body.contains("50003").then_some(50003));
        }
    }
}

#[tokio::test]
async fn no_answer_may_be_asked_for_again() {
    let truncated = Reply::Raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"schema\":");
    for reply in [
        Reply::Close,
        Reply::Hang,
        truncated,
        Reply::Raw("\0\u{1}garbage\r\n\r\n"),
    ] {
        let error = error_of(reply).await;
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{reply:?}: {error}");
        assert!(error.is_retriable());
        assert_eq!((error.status(), error.error_code()), (None, None));
    }
    assert!(
        error_of(Reply::Hang)
            .await
            .to_string()
            .contains("within the time limit")
    );
    let error = HttpRegistry::new("http://127.0.0.1:1")
        .unwrap()
        .subjects()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    let text = error.to_string();
    assert!(
        text.contains("GET http://127.0.0.1:1/subjects: ") && text.contains("refused"),
        "{text}"
    );
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_final() {
    for body in [
        "<html>",
        "",
        "[]",
        "7",
        "{}",
        r#"{"schema":7}"#,
        r#"{"schema":"#,
    ] {
        let error = error_of(Reply::Json(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::Malformed, "{body}: {error}");
        assert!(!error.is_retriable());
        assert!(error.to_string().contains("/apis/ccompat/v7"), "{error}");
    }
    let empty = Faulty::start([Reply::Json(200, "{}")]).await;
    let registry = client(&empty);
    assert!(
        registry
            .register("s", "{}")
            .await
            .unwrap_err()
            .to_string()
            .contains("no id")
    );
    assert_eq!(
        registry.lookup("s", "{}").await.unwrap_err().kind(),
        ErrorKind::Malformed
    );
    let no_version = Faulty::start([Reply::Json(200, r#"{"id":1,"schema":"{}"}"#)]).await;
    let error = client(&no_version)
        .version("s", Version::Latest)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no version"), "{error}");
    let list = Faulty::start([Reply::Json(200, r#"["a",7]"#)]).await;
    assert_eq!(
        client(&list).subjects().await.unwrap_err().kind(),
        ErrorKind::Malformed
    );
    assert_eq!(
        client(&list).versions("s").await.unwrap_err().kind(),
        ErrorKind::Malformed
    );
}

#[tokio::test]
async fn a_refusal_is_final_and_keeps_its_code() {
    let cases = [
        (
            401,
            r#"{"error_code":401,"message":"Unauthorized"}"#,
            ErrorKind::Unauthorized,
        ),
        (403, "", ErrorKind::Unauthorized),
        (404, "", ErrorKind::Rejected),
        (
            409,
            r#"{"error_code":409,"message":"incompatible"}"#,
            ErrorKind::Incompatible,
        ),
        (
            422,
            r#"{"error_code":42201,"message":"bad"}"#,
            ErrorKind::InvalidSchema,
        ),
        (
            422,
            r#"{"error_code":42205,"message":"read-only"}"#,
            ErrorKind::Rejected,
        ),
    ];
    for (status, body, kind) in cases {
        let server = Faulty::start([Reply::Json(status, body)]).await;
        let error = client(&server).register("s", "{}").await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status()),
            (kind, Some(status)),
            "{error}"
        );
        assert!(!error.is_retriable());
        assert!(
            error
                .to_string()
                .contains(&format!("POST {}/subjects/s/versions", server.url()))
        );
    }
}

#[tokio::test]
async fn schemas_of_other_kinds_are_refused() {
    let protobuf = Reply::Json(
        200,
        r#"{"schemaType":"PROTOBUF","schema":"syntax = \"proto3\";"}"#,
    );
    let error = error_of(protobuf).await;
    assert_eq!(error.kind(), ErrorKind::NotAvro);
    assert!(error.to_string().contains("PROTOBUF"), "{error}");
}

/// Registries older than GUIDs do not have their path, and say so as of any path that leads nowhere.
#[tokio::test]
async fn a_registry_without_guids_is_told_from_a_wrong_url() {
    let guid = Guid::from_bytes([7; 16]);
    let no_path = [
        Reply::Json(404, ""),
        Reply::Json(404, r#"{"error_code":404,"message":"HTTP 404 Not Found"}"#),
    ];
    for reply in no_path {
        let old = Faulty::start([reply, Reply::Json(200, r#"["orders-value"]"#)]).await;
        let error = client(&old).schema_by_guid(guid).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WithoutGuids, "{error}");
        assert!(!error.is_retriable());
        let path = format!("GET {}/schemas/guids/{guid}", old.url());
        assert!(error.to_string().contains(&path), "{error}");
        assert_eq!(old.asked(), 2);

        let elsewhere = Faulty::start([reply]).await;
        let error = client(&elsewhere).schema_by_guid(guid).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
    }
    let unknown = Faulty::start([NO_SCHEMA]).await;
    let error = client(&unknown).schema_by_guid(guid).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SchemaNotFound);
    assert_eq!(unknown.asked(), 1);
}

#[tokio::test]
async fn a_guid_that_is_none_or_another_is_no_answer() {
    let guid = Guid::from_bytes([7; 16]);
    for body in [
        r#"{"schema":"\"int\"","guid":"7"}"#,
        r#"{"schema":"\"int\"","guid":"cc0e0e0e-53c1-4a1a-8f1a-000000000001"}"#,
    ] {
        let server = Faulty::start([Reply::Json(200, body)]).await;
        let error = client(&server).schema_by_guid(guid).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed, "{error}");
    }
    let silent = Faulty::start([STRING]).await;
    let text = client(&silent).schema_by_guid(guid).await.unwrap();
    assert_eq!(&*text, r#""string""#, "an answer may leave it out");
    // Who does not need one is not held up by it.
    for body in [r#"{"id":1,"guid":"7"}"#, r#"{"id":1}"#] {
        let server = Faulty::start([Reply::Json(200, body)]).await;
        let ids = client(&server).register("s", "{}").await.unwrap();
        assert_eq!((ids.id.get(), ids.guid), (1, None));
    }
}

#[tokio::test]
async fn the_next_url_is_asked_only_if_that_may_help() {
    let good = Faulty::start([STRING]).await;
    let bad = [
        Reply::Close,
        Reply::Hang,
        Reply::Json(500, ""),
        Reply::Raw("?"),
    ];
    for (reply, asked) in bad.into_iter().zip(1..) {
        let first = Faulty::start([reply]).await;
        let registry = HttpRegistry::builder(&format!("{},{}", first.url(), good.url()))
            .timeout(Duration::from_millis(300));
        let text = registry.build().unwrap().schema_by_id(ID).await.unwrap();
        assert_eq!(
            (&*text, first.asked(), good.asked()),
            (r#""string""#, 1, asked)
        );
    }
    let first = Faulty::start([NO_SCHEMA]).await;
    let second = Faulty::start([STRING]).await;
    let registry = HttpRegistry::builder(&first.url())
        .url(&second.url())
        .build()
        .unwrap();
    let error = registry.schema_by_id(ID).await.unwrap_err();
    assert_eq!(
        (error.kind(), second.asked()),
        (ErrorKind::SchemaNotFound, 0)
    );
}

#[tokio::test]
async fn if_no_url_serves_the_first_error_counts() {
    let first = Faulty::start([Reply::Json(503, "")]).await;
    let second = Faulty::start([Reply::Close]).await;
    let registry = HttpRegistry::builder(&first.url())
        .url(&second.url())
        .build()
        .unwrap();
    let error = registry.subjects().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Unavailable, Some(503))
    );
    assert!(error.to_string().contains(&first.url()), "{error}");
}

#[tokio::test]
async fn sends_credentials_and_shows_them_nowhere() {
    let server = Faulty::start([Reply::Json(401, ""), Reply::Json(200, "no"), Reply::Close]).await;
    let in_url = server.url().replace("http://", "http://me:hunter2@");
    let basic = HttpRegistry::new(&in_url).unwrap();
    let also_basic = HttpRegistry::builder(&server.url()).basic_auth("me", "hunter2");
    let bearer = HttpRegistry::builder(&server.url()).bearer_token("hunter2");
    let expected = [
        "Basic bWU6aHVudGVyMg==",
        "Basic bWU6aHVudGVyMg==",
        "Bearer hunter2",
    ];
    let registries = [basic, also_basic.build().unwrap(), bearer.build().unwrap()];
    for (registry, header) in registries.iter().zip(expected) {
        let error = registry.subjects().await.unwrap_err();
        let shown = format!("{error} {error:?} {registry:?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("bWU6"),
            "{shown}"
        );
        let request = server.requests().pop().unwrap();
        assert!(
            request.contains(&format!("authorization: {header}\r\n")),
            "{request}"
        );
    }
}

#[tokio::test]
async fn the_path_of_the_base_url_and_the_subject_are_kept() {
    let server = Faulty::start([Reply::Json(200, r#"{"id":1}"#)]).await;
    let registry = HttpRegistry::new(&format!("{}/apis/ccompat/v7/", server.url())).unwrap();
    registry
        .register(":.ctx:a/b c%2F", r#""int""#)
        .await
        .unwrap();
    let request = server.requests().pop().unwrap();
    let line = "POST /apis/ccompat/v7/subjects/%3A.ctx%3Aa%2Fb%20c%252F/versions HTTP/1.1\r\n";
    assert!(request.starts_with(line), "{request}");
    assert!(request.contains("content-type: application/vnd.schemaregistry.v1+json\r\n"));
    assert!(request.contains("confluent-accept-unknown-properties: true\r\n"));
    assert!(
        request.contains(r#""schema":"\"int\"""#) && request.contains(r#""schemaType":"AVRO""#)
    );
}

/// As the documentation of `SchemaRegistry` says of each call.
#[tokio::test]
async fn readers_ask_for_deleted_schemas_and_writers_do_not() {
    let every = r#"{"id":1,"version":1,"schema":"\"int\""}"#;
    let server = Faulty::start([Reply::Json(200, every)]).await;
    let registry = client(&server);
    let guid = Guid::from_bytes([7; 16]);
    registry.register("s", "{}").await.unwrap();
    registry.lookup("s", "{}").await.unwrap();
    registry.lookup_with_deleted("s", "{}").await.unwrap();
    registry.schema_by_id(ID).await.unwrap();
    registry.schema_by_guid(guid).await.unwrap();
    registry.version("s", Version::Number(3)).await.unwrap();
    registry.version("s", Version::Latest).await.unwrap();
    registry.versions("s").await.unwrap_err();
    registry.subjects().await.unwrap_err();
    let requests = server.requests();
    let lines = requests
        .iter()
        .filter_map(|request| request.split_once(" HTTP/1.1"));
    let lines: Vec<_> = lines.map(|(line, _)| line).collect();
    assert_eq!(
        lines,
        [
            "POST /subjects/s/versions",
            "POST /subjects/s",
            "POST /subjects/s?deleted=true",
            "GET /schemas/ids/7?deleted=true",
            &format!("GET /schemas/guids/{guid}?deleted=true"),
            "GET /subjects/s/versions/3?deleted=true",
            "GET /subjects/s/versions/latest",
            "GET /subjects/s/versions",
            "GET /subjects",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_callers_of_a_cache_make_one_request() {
    let server = Faulty::start([Reply::Slow(200, r#"{"schema":"\"string\""}"#)]).await;
    let cached = CachedRegistry::new(Arc::new(client(&server)), 10);
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let cached = cached.clone();
            tokio::spawn(async move { cached.schema_by_id(ID).await })
        })
        .collect();
    for answer in join_all(callers).await {
        assert_eq!(&*answer.unwrap().unwrap(), r#""string""#);
    }
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn a_cache_forgets_errors_and_recovers() {
    let server = Faulty::start([NO_SCHEMA, Reply::Close, Reply::Json(500, ""), STRING]).await;
    let cached = CachedRegistry::new(Arc::new(client(&server)), 10);
    let kinds = [
        ErrorKind::SchemaNotFound,
        ErrorKind::Unreachable,
        ErrorKind::Unavailable,
    ];
    for kind in kinds {
        assert_eq!(cached.schema_by_id(ID).await.unwrap_err().kind(), kind);
    }
    for _ in 0..3 {
        assert_eq!(&*cached.schema_by_id(ID).await.unwrap(), r#""string""#);
    }
    assert_eq!(server.asked(), 4);
}

#[tokio::test]
async fn references_that_run_in_a_circle_come_to_an_end() {
    let circle = Reply::Json(
        200,
        r#"{"id":7,"version":1,"schema":"{\"type\":\"array\",\"items\":\"X\"}","references":[{"name":"X","subject":"x","version":1}]}"#,
    );
    let server = Faulty::start([circle]).await;
    let error = client(&server).schema_by_id(ID).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BadReferences, "{error}");
    assert_eq!(
        server.asked(),
        2,
        "the schema, and the one that it refers to"
    );
}
