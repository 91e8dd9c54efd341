//! What the embedded registry does beyond the contract: exact bodies, refusals, start and stop.

use std::time::Duration;

use avro_registry::server::EmbeddedRegistry;
use avro_registry::{ErrorKind, HttpRegistry, SchemaRegistry as _};
use futures::future::join_all;
use reqwest::{Client, Method};

const JSON: &str = "application/vnd.schemaregistry.v1+json";
const NOT_FOUND: &str = r#"{"error_code":404,"message":"HTTP 404 Not Found"}"#;
/// The MD5 of the record below, without its spaces.
const GUID: &str = "74eac7ad-f8e9-b2da-013c-1887a2f89163";
/// The MD5 of `"int"`.
const INT_GUID: &str = "ef524ea1-b91e-7317-3d93-8ade36c1db32";
const RECORD: &str = r#"{"schema":"{\"type\": \"record\", \"name\": \"R\", \"fields\": []}"}"#;

/// Sends a request and gives the status, the content type and the body.
async fn send(method: Method, url: &str, body: impl Into<Vec<u8>>) -> (u16, String, String) {
    let request = Client::new()
        .request(method, url)
        .header("content-type", JSON)
        .body(body.into());
    let answer = request.send().await.unwrap();
    let content_type = answer.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (
        answer.status().as_u16(),
        content_type,
        answer.text().await.unwrap(),
    )
}

struct Asking {
    url: String,
    _server: EmbeddedRegistry,
}

impl Asking {
    async fn start() -> Self {
        let server = EmbeddedRegistry::start().await.unwrap();
        Self {
            url: server.url(),
            _server: server,
        }
    }

    async fn get(&self, path: &str, status: u16, body: &str) {
        self.check(Method::GET, path, "", status, body).await;
    }

    async fn post(&self, path: &str, sent: &str, status: u16, body: &str) {
        self.check(Method::POST, path, sent, status, body).await;
    }

    async fn check(&self, method: Method, path: &str, sent: &str, status: u16, body: &str) {
        let answer = send(method.clone(), &format!("{}{path}", self.url), sent).await;
        let expected = (status, JSON.to_owned(), body.to_owned());
        assert_eq!(answer, expected, "{method} {path} {sent}");
    }
}

#[tokio::test]
async fn answers_what_confluent_answers() {
    let server = Asking::start().await;
    let minified = r#"{"type":"record","name":"R","fields":[]}"#;
    let text = r#"{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}"#;
    let held =
        &format!(r#"{{"subject":"a/b","id":1,"version":1,"guid":"{GUID}","schema":"{text}"}}"#);
    server.get("/subjects", 200, "[]").await;
    server
        .post("/subjects/a%2Fb/versions", RECORD, 200, r#"{"id":1}"#)
        .await;
    server
        .post(
            "/subjects/c/versions",
            &RECORD.replace(' ', ""),
            200,
            r#"{"id":1}"#,
        )
        .await;
    server.post("/subjects/a%2Fb", RECORD, 200, held).await;
    server
        .post(
            "/subjects/a%2Fb?deleted=true&normalize=false",
            RECORD,
            200,
            held,
        )
        .await;
    for version in ["1", "latest", "-1"] {
        server
            .get(&format!("/subjects/a%2Fb/versions/{version}"), 200, held)
            .await;
        server
            .get(
                &format!("/subjects/a%2Fb/versions/{version}/schema"),
                200,
                minified,
            )
            .await;
    }
    server.get("/subjects", 200, r#"["a/b","c"]"#).await;
    server.get("/subjects/c/versions", 200, "[1]").await;
    let by_id = &format!(r#"{{"schema":"{text}","guid":"{GUID}"}}"#);
    server.get("/schemas/ids/1", 200, by_id).await;
    for query in ["", "?deleted=true", "?format="] {
        let path = format!("/schemas/guids/{GUID}{query}");
        server.get(&path, 200, by_id).await;
    }
    server
        .get("/schemas/ids/1?fetchMaxId=false&subject=c", 200, by_id)
        .await;
    server.get("/schemas/ids/1/schema", 200, minified).await;
    server
        .get("/schemas/ids/1/subjects", 200, r#"["a/b","c"]"#)
        .await;
    let places = r#"[{"subject":"a/b","version":1},{"subject":"c","version":1}]"#;
    server.get("/schemas/ids/1/versions", 200, places).await;
    server.get("/schemas/types", 200, r#"["AVRO"]"#).await;
    for path in ["/config", "/config/c?defaultToGlobal=true"] {
        server
            .get(path, 200, r#"{"compatibilityLevel":"NONE"}"#)
            .await;
    }
    for path in ["/mode", "/mode/c?defaultToGlobal=True"] {
        server.get(path, 200, r#"{"mode":"READWRITE"}"#).await;
    }
    for (path, code, what) in [
        ("/config/c", 40408, "compatibility"),
        ("/mode/c?defaultToGlobal=false", 40409, "mode"),
    ] {
        let message = format!("Subject 'c' does not have subject-level {what} configured");
        let body = format!(r#"{{"error_code":{code},"message":"{message}"}}"#);
        server.get(path, 404, &body).await;
    }
}

/// What Python's client of Confluent sends unless it is told otherwise.
#[tokio::test]
async fn query_parameters_mean_what_they_mean_in_confluents_registry() {
    let server = Asking::start().await;
    for subject in ["a-value", "b-key", "b-value"] {
        let path = format!("/subjects/{subject}/versions?normalize=False");
        server.post(&path, RECORD, 200, r#"{"id":1}"#).await;
    }
    let int = r#"{"schema":"\"int\""}"#;
    server
        .post(
            "/subjects/b-value/versions?format=",
            int,
            200,
            r#"{"id":2}"#,
        )
        .await;

    let all = r#"["a-value","b-key","b-value"]"#;
    for (query, body) in [
        ("deleted=False&deleted_only=False&offset=0&limit=-1", all),
        ("deleted=True&unknown=1&subjectPrefix=&limit=0", all),
        ("subjectPrefix=%3A*%3A", all),
        ("subjectPrefix=b", r#"["b-key","b-value"]"#),
        ("subjectPrefix=%3A*%3Ab&offset=1", r#"["b-value"]"#),
        ("offset=1&limit=1", r#"["b-key"]"#),
        ("offset=7", "[]"),
        ("deletedOnly=True&deleted=true", "[]"),
    ] {
        server.get(&format!("/subjects?{query}"), 200, body).await;
    }
    for (query, body) in [
        (
            "deleted=False&deleted_only=False&offset=0&limit=-1",
            "[1,2]",
        ),
        ("limit=1", "[1]"),
        ("offset=1", "[2]"),
        ("deletedOnly=true", "[]"),
    ] {
        let path = format!("/subjects/b-value/versions?{query}");
        server.get(&path, 200, body).await;
    }
    for (query, body) in [
        ("offset=0&limit=-1", all),
        ("subject=b-key&deleted=True", r#"["b-key"]"#),
        ("subject=nobody", "[]"),
        ("limit=1", r#"["a-value"]"#),
    ] {
        let path = format!("/schemas/ids/1/subjects?{query}");
        server.get(&path, 200, body).await;
    }
    let place = r#"[{"subject":"b-key","version":1}]"#;
    for query in ["subject=b-key", "offset=1&limit=1"] {
        let path = format!("/schemas/ids/1/versions?{query}");
        server.get(&path, 200, place).await;
    }
    for path in [
        "/subjects?offset=x",
        "/subjects?limit=1.5",
        "/subjects?offset=-1",
        "/subjects/b-value/versions?limit=2147483648",
        "/schemas/ids/1/subjects?offset=True",
        "/schemas/ids/1/versions?limit=x",
    ] {
        server.get(path, 404, NOT_FOUND).await;
    }
    let max = format!(r#"{{"schema":"\"int\"","guid":"{INT_GUID}","maxId":2}}"#);
    let without = max.replace(r#","maxId":2"#, "");
    server
        .get("/schemas/ids/2?fetchMaxId=True&subject=b-value", 200, &max)
        .await;
    for query in [
        "subject=b-value",
        "subject=nobody&format=ignore_extensions&findTags=*",
    ] {
        let path = format!("/schemas/ids/2?{query}");
        server.get(&path, 200, &without).await;
    }
}

#[tokio::test]
async fn a_schema_can_be_normalized() {
    let server = Asking::start().await;
    let written =
        r#"{"schema":"{\"fields\": [], \"name\": \"a.R\", \"doc\": \"d\", \"type\": \"record\"}"}"#;
    let normal = r#"{"type":"record","name":"R","namespace":"a","doc":"d","fields":[]}"#;
    let path = "/subjects/n/versions?normalize=True";
    server.post(path, written, 200, r#"{"id":1}"#).await;
    server.get("/schemas/ids/1/schema", 200, normal).await;
    let other = serde_json::json!({ "schema": normal }).to_string();
    server
        .post("/subjects/n/versions", &other, 200, r#"{"id":1}"#)
        .await;
    let unknown = r#"{"error_code":40403,"message":"Schema not found"}"#;
    let lookup = "/subjects/n?normalize=false&deleted=False";
    server.post(lookup, written, 404, unknown).await;
    let url = format!("{}/subjects/n?normalize=true", server.url);
    assert_eq!(send(Method::POST, &url, written).await.0, 200);
    server
        .post("/subjects/n/versions", written, 200, r#"{"id":2}"#)
        .await;
}

#[tokio::test]
async fn a_schema_can_be_shown_with_what_it_refers_to_in_place() {
    let server = Asking::start().await;
    server
        .post("/subjects/r/versions", RECORD, 200, r#"{"id":1}"#)
        .await;
    let list = r#"{"schema":"{\"type\":\"array\",\"items\":\"R\"}","references":[{"name":"R","subject":"r","version":1}]}"#;
    server
        .post("/subjects/l/versions", list, 200, r#"{"id":2}"#)
        .await;
    let held = r#"{"type":"array","items":"R"}"#;
    let whole = r#"{"type":"array","items":{"type":"record","name":"R","fields":[]}}"#;
    for path in ["/schemas/ids/2/schema", "/subjects/l/versions/1/schema"] {
        for query in [
            "",
            "?format=",
            "?format=%20",
            "?format=serialized",
            "?format=Resolved",
        ] {
            server.get(&format!("{path}{query}"), 200, held).await;
        }
        let path = format!("{path}?format=resolved&deleted=True");
        server.get(&path, 200, whole).await;
    }
    for path in ["/schemas/ids/2", "/subjects/l/versions/latest"] {
        let url = format!("{}{path}?format=resolved", server.url);
        let (status, _, body) = send(Method::GET, &url, "").await;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, body["schema"].as_str()), (200, Some(whole)));
        assert_eq!(body["references"][0]["subject"], "r");
    }
}

/// As Confluent's registry, which has clients that stumble over what they do not know.
#[tokio::test]
async fn who_registers_is_told_the_guid_if_it_says_that_it_can_take_it() {
    let server = Asking::start().await;
    let url = format!("{}/subjects/x/versions", server.url);
    for (header, body) in [
        (None, r#"{"id":1}"#.to_owned()),
        (Some("false"), r#"{"id":1}"#.to_owned()),
        (Some("true"), format!(r#"{{"id":1,"guid":"{GUID}"}}"#)),
    ] {
        let mut request = Client::new().post(&url).body(RECORD);
        if let Some(header) = header {
            request = request.header("Confluent-Accept-Unknown-Properties", header);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), body, "{header:?}");
    }
    let registry = HttpRegistry::new(&server.url).unwrap();
    let ids = registry.register("x", r#""int""#).await.unwrap();
    let guid = ids.guid.expect("the client says so");
    assert_eq!(&*registry.schema_by_guid(guid).await.unwrap(), r#""int""#);
    let held = registry.lookup("x", r#""int""#).await.unwrap();
    assert_eq!(held.ids(), ids);
}

#[tokio::test]
async fn says_what_is_missing_as_confluent_does() {
    let server = Asking::start().await;
    let no_subject = r#"{"error_code":40401,"message":"Subject 'x' not found."}"#;
    server.get("/subjects/x/versions", 404, no_subject).await;
    server.get("/subjects/x/versions/1", 404, no_subject).await;
    server
        .get("/subjects/x/versions/latest/schema", 404, no_subject)
        .await;
    server.post("/subjects/x", RECORD, 404, no_subject).await;
    for path in [
        "/schemas/ids/7",
        "/schemas/ids/7/schema",
        "/schemas/ids/7/subjects",
    ] {
        server
            .get(
                path,
                404,
                r#"{"error_code":40403,"message":"Schema 7 not found"}"#,
            )
            .await;
    }
    server
        .post("/subjects/x/versions", RECORD, 200, r#"{"id":1}"#)
        .await;
    let no_version = r#"{"error_code":40402,"message":"Version 2 not found."}"#;
    server.get("/subjects/x/versions/2", 404, no_version).await;
    let no_schema = r#"{"error_code":40403,"message":"Schema not found"}"#;
    for guid in ["00000000-0000-0000-0000-000000000000", "x", "1"] {
        let path = format!("/schemas/guids/{guid}");
        server.get(&path, 404, no_schema).await;
    }
    server
        .post("/subjects/x", r#"{"schema":"\"int\""}"#, 404, no_schema)
        .await;
    for version in ["0", "-2", "x", "1.0", "99999999999"] {
        let path = format!("/subjects/x/versions/{version}");
        let message = format!(
            "The specified version '{version}' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \\\"latest\\\""
        );
        let body = format!(r#"{{"error_code":42202,"message":"{message}"}}"#);
        server.get(&path, 422, &body).await;
    }
}

#[tokio::test]
async fn what_it_does_not_have_is_not_found() {
    let server = Asking::start().await;
    server
        .post("/subjects/x/versions", RECORD, 200, r#"{"id":1}"#)
        .await;
    let gets = [
        "/",
        "/schemas/guids",
        "/schemas/guids/x/ids",
        "/schemas/ids/x",
        "/schemas/ids/-1",
        "/contexts",
        "/subjects/%FF/versions",
        "/associations/resources/-/x?resourceType=topic",
    ];
    for path in gets {
        server.get(path, 404, NOT_FOUND).await;
    }
    server
        .check(
            Method::PUT,
            "/config",
            r#"{"compatibility":"FULL"}"#,
            404,
            NOT_FOUND,
        )
        .await;
    server
        .check(Method::DELETE, "/subjects/x", "", 404, NOT_FOUND)
        .await;
    server
        .post(
            "/compatibility/subjects/x/versions/1",
            RECORD,
            404,
            NOT_FOUND,
        )
        .await;
}

#[tokio::test]
async fn refuses_bodies_that_it_cannot_honour() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let url = format!("{}/subjects/x/versions", server.url());
    let cases = [
        ("nonsense".as_bytes(), 400, r#"{"error_code":400,"#),
        (b"", 400, r#"{"error_code":400,"#),
        (b"\xff", 400, r#"{"error_code":400,"#),
        (
            b"{}",
            422,
            r#"{"error_code":42201,"message":"Invalid schema: there is no `schema`"}"#,
        ),
        (br#"{"schema":7}"#, 422, r#"{"error_code":422,"#),
        (
            br#"{"schema":"\"int\"","nonsense":1}"#,
            422,
            r#"{"error_code":422,"message":"unknown field"#,
        ),
        (
            br#"{"schema":"\"int\"","metadata":{"tags":{}}}"#,
            422,
            r#"{"error_code":422,"#,
        ),
        (
            br#"{"schema":"\"int\"","schemaType":"JSON"}"#,
            422,
            r#"{"error_code":42201,"#,
        ),
        (
            br#"{"schema":"\"itn\""}"#,
            422,
            r#"{"error_code":42201,"message":"Invalid schema: schema:1:1"#,
        ),
    ];
    for (sent, status, body) in cases {
        let answer = send(Method::POST, &url, sent).await;
        let sent = String::from_utf8_lossy(sent);
        assert_eq!(
            (answer.0, answer.1.as_str()),
            (status, JSON),
            "{sent}: {}",
            answer.2
        );
        assert!(answer.2.starts_with(body), "{sent}: {}", answer.2);
    }
    let large = format!(r#"{{"schema":"{}"}}"#, " ".repeat(3 << 20));
    assert_eq!(send(Method::POST, &url, large).await.0, 413);
    let unset = r#"{"schema":"\"int\"","schemaType":null,"references":null,"metadata":null,"ruleSet":null}"#;
    assert_eq!(send(Method::POST, &url, unset).await.2, r#"{"id":1}"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_register_one_schema_once() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let registry = HttpRegistry::new(&server.url()).unwrap();
    let subjects = ["a", "b"];
    let all = (0..50).map(|n| registry.register(subjects[n % 2], r#""string""#));
    let ids = join_all(all).await;
    assert!(ids.into_iter().all(|ids| ids.unwrap().id.get() == 1));
    assert_eq!(registry.versions("a").await.unwrap(), [1]);
    assert_eq!(registry.subjects().await.unwrap(), subjects);
}

#[tokio::test]
async fn a_shutdown_frees_the_port() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let address = server.address();
    let registry = HttpRegistry::new(&server.url()).unwrap();
    registry.register("a", r#""int""#).await.unwrap();
    server.shutdown().await;
    assert_eq!(
        registry.subjects().await.unwrap_err().kind(),
        ErrorKind::Unreachable
    );
    let again = EmbeddedRegistry::start_on(address).await.unwrap();
    assert_eq!(
        registry.subjects().await.unwrap(),
        [""; 0],
        "it starts empty"
    );
    drop(again);
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_up_the_shutdown() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let address = server.address();
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.writable().await.unwrap();
    stream
        .try_write(b"POST /subjects/a/versions HTTP/1.1\r\ncontent-length: 10\r\n\r\n{")
        .unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    tokio::time::timeout(Duration::from_secs(10), server.shutdown())
        .await
        .unwrap();
    EmbeddedRegistry::start_on(address)
        .await
        .unwrap()
        .shutdown()
        .await;
}

#[tokio::test]
async fn it_stops_when_dropped() {
    let server = EmbeddedRegistry::start().await.unwrap();
    let registry = HttpRegistry::new(&server.url()).unwrap();
    registry.subjects().await.unwrap();
    drop(server);
    let stopped = async {
        while registry.subjects().await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), stopped)
        .await
        .unwrap();
}
