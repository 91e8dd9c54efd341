use super::*;

fn refusal(url: &str) -> String {
    let error = HttpRegistry::new(url).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    error.to_string()
}

#[test]
fn keeps_paths_and_order_and_drops_slashes_at_the_end() {
    let registry = HttpRegistry::builder("http://a:8081/, http://b/apis/ccompat/v7/")
        .url("http://[::1]:1")
        .build()
        .unwrap();
    let urls: Vec<_> = registry.urls().collect();
    assert_eq!(
        urls,
        [
            "http://a:8081",
            "http://b/apis/ccompat/v7",
            "http://[::1]:1"
        ]
    );
}

#[test]
fn no_secret_is_shown() {
    let builder = HttpRegistry::builder("http://me:hunter2@a:8081").basic_auth("key", "hunter2");
    let shown = format!("{builder:?}");
    let registry = builder.build().unwrap();
    let shown = format!("{shown} {registry:?}");
    assert!(
        !shown.contains("hunter2") && !shown.contains("me:"),
        "{shown}"
    );
    let token = HttpRegistry::builder("http://a").bearer_token("hunter2");
    let shown = format!("{token:?} {:?}", token.clone().build().unwrap());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn refuses_what_cannot_work_and_says_what_to_do() {
    assert!(refusal("").contains("give one like http://host:8081"));
    assert!(refusal("localhost:8081").contains("must be http or https"));
    assert!(refusal("http://a,").contains("give one like"));
    assert!(refusal("http://a?x=1").contains("without `?`"));
    assert!(!refusal("http://me:hunter2@a:port").contains("hunter2"));
    let error = HttpRegistry::builder("http://a")
        .bearer_token("a\nb")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("line break"));
}

#[cfg(not(any(feature = "native-tls", feature = "rustls")))]
#[test]
fn https_without_tls_names_the_features() {
    assert!(refusal("https://a").contains("`rustls` or `native-tls`"));
}

#[test]
fn reads_credentials_out_of_the_url() {
    let (url, credentials) = base_url("http://me:a%40b%3A@host:1/p").unwrap();
    assert_eq!(url.as_str(), "http://host:1/p");
    let Some(Credentials::Basic { user, password }) = credentials else {
        panic!("the URL holds a user and a password");
    };
    assert_eq!((user.as_str(), password.as_deref()), ("me", Some("a@b:")));
}

#[test]
fn knows_this_machine() {
    let loopback = |url| is_loopback(&Url::parse(url).unwrap());
    for url in [
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.9.9.9",
        "http://[::1]:2/p",
    ] {
        assert!(loopback(url), "{url}");
    }
    for url in [
        "http://example.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
    ] {
        assert!(!loopback(url), "{url}");
    }
}

#[cfg(any(feature = "native-tls", feature = "rustls"))]
#[test]
fn https_with_tls_makes_a_client() {
    let registry = HttpRegistry::new("https://key:secret@registry.example.com/").unwrap();
    assert!(registry.urls().eq(["https://registry.example.com"]));
}
