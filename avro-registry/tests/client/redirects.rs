//! Where a registry may lead the client, and what it gets to see there.

use std::time::{Duration, Instant};

use avro_registry::{ErrorKind, HttpRegistry, RegistryError, SchemaId, SchemaRegistry};

use crate::faulty::{Faulty, Reply};

const ID: SchemaId = SchemaId::new(7);
const STRING: Reply = Reply::Json(200, r#"{"schema":"\"string\""}"#);

fn redirect(status: u16, location: &str) -> Reply {
    let head = format!("HTTP/1.1 {status} X\r\nlocation: {location}\r\n");
    Reply::Raw(format!("{head}content-length: 0\r\nconnection: close\r\n\r\n").leak())
}

fn client(server: &Faulty) -> HttpRegistry {
    let builder = HttpRegistry::builder(&server.url()).basic_auth("me", "hunter2");
    builder.build().unwrap()
}

fn assert_rejected(error: &RegistryError, what: &str) {
    assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
    assert!(
        error.to_string().contains(what) && !error.is_retriable(),
        "{error}"
    );
}

fn path_of(request: &str) -> &str {
    request.split(' ').nth(1).unwrap()
}

#[tokio::test]
async fn within_the_registry_a_redirect_is_followed_with_credentials() {
    for status in [301, 302, 303, 307, 308] {
        let server = Faulty::start([redirect(status, "/base/schemas?x=1"), STRING]).await;
        let text = client(&server).schema_by_id(ID).await.unwrap();
        assert_eq!(&*text, r#""string""#);
        let requests = server.requests();
        let paths: Vec<_> = requests.iter().map(|request| path_of(request)).collect();
        assert_eq!(paths, ["/schemas/ids/7?deleted=true", "/base/schemas?x=1"]);
        assert!(
            requests
                .iter()
                .all(|request| request.contains("authorization: Basic"))
        );
    }
}

/// Also not to the second place of a chain on the other host, nor when a URL brings its own.
#[tokio::test]
async fn no_other_host_gets_credentials() {
    let stranger = Faulty::start([redirect(302, "/second"), STRING]).await;
    let theirs = stranger.url().replace("http://", "http://a:b@");
    let server = Faulty::start([redirect(307, &theirs)]).await;
    assert!(client(&server).schema_by_id(ID).await.is_ok());
    assert_eq!(stranger.asked(), 2);
    for request in stranger.requests() {
        let request = request.to_lowercase();
        assert!(
            !request.contains("authorization") && !request.contains("referer"),
            "{request}"
        );
    }
    assert!(server.requests()[0].contains("authorization: Basic"));
    // Where they would have been needed, the error says who did not get them.
    let stranger = Faulty::start([Reply::Json(401, "")]).await;
    let server = Faulty::start([redirect(307, &format!("{}/x?token=1", stranger.url()))]).await;
    let error = client(&server).schema_by_id(ID).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    let place = format!(
        "ids/7?deleted=true, redirected to {}/x: status 401",
        stranger.url()
    );
    assert!(error.to_string().contains(&place), "{error}");
}

#[tokio::test]
async fn a_circle_of_redirects_comes_to_an_end() {
    let server = Faulty::start([redirect(302, "/round")]).await;
    let error = client(&server).subjects().await.unwrap_err();
    assert_rejected(&error, "more than 5 redirects, the last one to ");
    assert_eq!(server.asked(), 6);
}

#[tokio::test]
async fn all_redirects_together_have_the_requests_time() {
    let slow = Reply::Slow(200, "[]");
    let server = Faulty::start([redirect(302, "/"), redirect(302, "/"), Reply::Hang, slow]).await;
    let start = Instant::now();
    let builder = HttpRegistry::builder(&server.url()).timeout(Duration::from_millis(400));
    let error = builder.build().unwrap().subjects().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

/// A schema that was to be registered is never asked for instead.
#[tokio::test]
async fn what_is_sent_goes_on_as_it_is_or_not_at_all() {
    for status in [301, 302, 303] {
        let server = Faulty::start([redirect(status, "/other?x=1")]).await;
        let error = client(&server).register("s", "{}").await.unwrap_err();
        assert_rejected(
            &error,
            &format!("{}/other: set the URL to that", server.url()),
        );
        assert_eq!((error.status(), server.asked()), (Some(status), 1));
    }
    for status in [307, 308] {
        let ids = Reply::Json(200, r#"{"id":3}"#);
        let server = Faulty::start([redirect(status, "/other"), ids]).await;
        let ids = client(&server).register("s", r#""int""#).await.unwrap();
        assert_eq!(ids.id.get(), 3);
        let [first, second] = &server.requests()[..] else {
            panic!("two requests were made");
        };
        assert!(
            first.starts_with("POST /subjects/s/versions ") && second.starts_with("POST /other ")
        );
        assert_eq!(
            first.split_once("\r\n\r\n").unwrap().1,
            second.split_once("\r\n\r\n").unwrap().1
        );
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_none() {
    for location in [
        "file:///etc/passwd",
        "http://",
        "javascript:1",
        "gopher://a/",
    ] {
        let server = Faulty::start([redirect(302, location)]).await;
        let error = client(&server).subjects().await.unwrap_err();
        assert_rejected(&error, "no URL of http or https");
    }
    // Other statuses of the 300s, and a redirect that does not say where to.
    for reply in [
        redirect(304, "/x"),
        redirect(300, "/x"),
        Reply::Json(302, ""),
    ] {
        let server = Faulty::start([reply]).await;
        let error = client(&server).subjects().await.unwrap_err();
        assert_rejected(&error, "status 30");
        assert_eq!(server.asked(), 1);
    }
}
