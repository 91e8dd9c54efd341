//! URLs, credentials and limits → the client's endpoints.

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, RequestBuilder, Url, redirect};

use super::{HttpRegistry, failure};
use crate::{ErrorKind, RegistryError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const USER_AGENT: &str = concat!("avro-registry/", env!("CARGO_PKG_VERSION"));

/// Without it Confluent's registry leaves GUIDs out of some answers, for clients that mind what
/// they do not know.
const ACCEPT_UNKNOWN_PROPERTIES: (HeaderName, HeaderValue) = (
    HeaderName::from_static("confluent-accept-unknown-properties"),
    HeaderValue::from_static("true"),
);

/// Settings of an [`HttpRegistry`].
#[derive(Clone)]
#[must_use = "a builder does nothing before `build`"]
pub struct HttpRegistryBuilder {
    urls: Vec<String>,
    credentials: Option<Credentials>,
    limits: Limits,
    connect_timeout: Duration,
}

/// Bounds on what one request may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How long it may take, redirects and the last byte included.
    pub(super) timeout: Duration,
    /// How many bytes an answer may have, and all texts that a schema refers to.
    pub(super) answer_bytes: usize,
}

/// Credentials are sent to the origin of the URL that they are for, and to no other.
#[derive(Clone)]
enum Credentials {
    Basic {
        user: String,
        password: Option<String>,
    },
    Bearer(String),
}

/// One base URL and how it is called.
pub(super) struct Endpoint {
    /// Without a slash at its end.
    url: String,
    /// The scheme, host and port that the credentials are for.
    origin: Origin,
    credentials: Option<Credentials>,
    client: Client,
}

/// Scheme, host and port.
#[derive(PartialEq, Eq)]
struct Origin(String);

/// The HTTP clients of a registry, made as they are needed. Connections are shared by all
/// endpoints of a client.
struct Clients {
    connect_timeout: Duration,
    outside: Option<Client>,
    here: Option<Client>,
}

impl HttpRegistryBuilder {
    pub(super) fn new(url: &str) -> Self {
        let none = Self {
            urls: Vec::new(),
            credentials: None,
            limits: Limits::default(),
            connect_timeout: CONNECT_TIMEOUT,
        };
        none.url(url)
    }

    /// Adds a base URL, or several separated by commas, to be tried after those before it.
    pub fn url(mut self, url: &str) -> Self {
        self.urls
            .extend(url.split(',').map(|url| url.trim().to_owned()));
        self
    }

    /// Sends a user and a password (Confluent Cloud: API key and API secret).
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (user.into(), Some(password.into()));
        self.credentials = Some(Credentials::Basic { user, password });
        self
    }

    /// Sends a bearer token.
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.credentials = Some(Credentials::Bearer(token.into()));
        self
    }

    /// How long a request may take, from connecting to the last byte, redirects included; 30
    /// seconds if not set. A schema with references takes a request for each of them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// How long connecting may take; 5 seconds if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How many bytes an answer may have; 16 MiB (16,777,216) if not set.
    ///
    /// Beyond that, a call fails with [`ErrorKind::TooLarge`], and no more is held in memory. All
    /// texts that one schema refers to may have so many bytes together, too: beyond that, it fails
    /// with [`ErrorKind::BadReferences`].
    pub fn max_answer_bytes(mut self, bytes: usize) -> Self {
        self.limits.answer_bytes = bytes;
        self
    }

    /// The client. Nothing is sent before the first call.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if a URL or the token is not usable.
    pub fn build(self) -> Result<HttpRegistry, RegistryError> {
        let mut clients = Clients {
            connect_timeout: self.connect_timeout,
            outside: None,
            here: None,
        };
        let endpoints: Vec<_> = self
            .urls
            .iter()
            .map(|url| self.endpoint(url, &mut clients))
            .collect::<Result<_, _>>()?;
        Ok(HttpRegistry {
            endpoints: endpoints.into(),
            limits: self.limits,
        })
    }

    fn endpoint(&self, text: &str, clients: &mut Clients) -> Result<Endpoint, RegistryError> {
        let (url, own_credentials) = base_url(text)?;
        let credentials = self.credentials.clone().or(own_credentials);
        if let Some(Credentials::Bearer(token)) = &credentials {
            check_token(token)?;
        }
        Ok(Endpoint {
            client: clients.for_url(&url)?,
            url: url.as_str().trim_end_matches('/').to_owned(),
            origin: Origin::of(&url),
            credentials,
        })
    }
}

impl Origin {
    fn of(url: &Url) -> Self {
        Self(url.origin().ascii_serialization())
    }
}

impl Clients {
    fn for_url(&mut self, url: &Url) -> Result<Client, RegistryError> {
        // A proxy is for the world outside: on another machine the same address is another host.
        let is_here = is_loopback(url);
        let slot = if is_here {
            &mut self.here
        } else {
            &mut self.outside
        };
        if let Some(client) = slot {
            return Ok(client.clone());
        }
        let client = client(self.connect_timeout, is_here)?;
        Ok(slot.insert(client).clone())
    }
}

/// Compression is switched off whatever features of reqwest another crate switches on.
fn client(connect_timeout: Duration, is_here: bool) -> Result<Client, RegistryError> {
    let client = Client::builder()
        .connect_timeout(connect_timeout)
        .user_agent(USER_AGENT)
        .default_headers(HeaderMap::from_iter([ACCEPT_UNKNOWN_PROPERTIES]))
        .redirect(redirect::Policy::none())
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate();
    let client = if is_here { client.no_proxy() } else { client };
    client.build().map_err(|error| {
        let why = failure::innermost(&error);
        configuration(format!("no HTTP client can be made: {why}"))
    })
}

/// The URL without credentials, and the credentials that it held.
fn base_url(text: &str) -> Result<(Url, Option<Credentials>), RegistryError> {
    // What cannot be parsed is not shown: there may be a password in it.
    let mut url = Url::parse(text).map_err(|error| {
        configuration(format!(
            "the URL cannot be read ({error}): give one like http://host:8081"
        ))
    })?;
    match url.scheme() {
        "http" => {}
        "https" if cfg!(any(feature = "native-tls", feature = "rustls")) => {}
        "https" => {
            let advice = "https needs the feature `rustls` or `native-tls` of avro-registry";
            return Err(configuration(advice));
        }
        other => {
            let message = format!("the URL's scheme is `{other}`: it must be http or https");
            return Err(configuration(message));
        }
    }
    if url.query().is_some() || url.fragment().is_some() {
        let message = "the base URL has a query or a fragment: give it without `?` and `#`";
        return Err(configuration(message));
    }
    let credentials = credentials_in(&url)?;
    let stripped = url.set_username("").and_then(|()| url.set_password(None));
    stripped.map_err(|()| configuration("the URL has no host"))?;
    Ok((url, credentials))
}

fn credentials_in(url: &Url) -> Result<Option<Credentials>, RegistryError> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let user = percent_decode(url.username())?;
    let password = url.password().map(percent_decode).transpose()?;
    Ok(Some(Credentials::Basic { user, password }))
}

fn percent_decode(text: &str) -> Result<String, RegistryError> {
    let unreadable =
        || configuration("the user or password in the URL is not percent-encoded UTF-8");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
            let (high, low) = digit().zip(digit()).ok_or_else(unreadable)?;
            (high * 16 + low) as u8
        } else {
            byte
        });
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// A header cannot hold more, and the HTTP client would report it as a connection that failed.
fn check_token(token: &str) -> Result<(), RegistryError> {
    if !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    let message =
        "the bearer token is empty or holds what no header may: check for a line break in it";
    Err(configuration(message))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn configuration(message: impl Into<String>) -> RegistryError {
    RegistryError::new(ErrorKind::Configuration, message)
}

impl Endpoint {
    /// The base URL, without credentials and without a slash at its end.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The URL of a path with its query, which begins with a slash.
    pub(super) fn at(&self, path: &str) -> Result<Url, RegistryError> {
        Url::parse(&format!("{}{path}", self.url))
            .map_err(|error| configuration(format!("the URL cannot be read: {error}")))
    }

    /// A request to a URL, with the credentials if it has the origin that they are for.
    pub(super) fn request(&self, method: Method, url: Url) -> RequestBuilder {
        let is_trusted = Origin::of(&url) == self.origin;
        let request = self.client.request(method, url);
        match self.credentials.as_ref().filter(|_| is_trusted) {
            Some(Credentials::Basic { user, password }) => {
                request.basic_auth(user, password.as_deref())
            }
            Some(Credentials::Bearer(token)) => request.bearer_auth(token),
            None => request,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            answer_bytes: 16 << 20,
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

impl fmt::Debug for HttpRegistryBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URLs may hold passwords until `build` takes them out.
        f.debug_struct("HttpRegistryBuilder")
            .field("urls", &self.urls.len())
            .field("credentials", &self.credentials)
            .field("limits", &self.limits)
            .field("connect_timeout", &self.connect_timeout)
            .finish()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic(…)",
            Self::Bearer(_) => "Bearer(…)",
        })
    }
}

#[cfg(test)]
mod tests;
