//! URLs, credentials and timeouts → the client's endpoints.

use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use schema_registry_converter::async_impl::schema_registry::SrSettings;

use super::HttpRegistry;
use crate::{ErrorKind, RegistryError};

const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

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
    timeout: Duration,
    connect_timeout: Duration,
}

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
    url: String,
    settings: SrSettings,
}

impl HttpRegistryBuilder {
    pub(super) fn new(url: &str) -> Self {
        let none = Self {
            urls: Vec::new(),
            credentials: None,
            timeout: TIMEOUT,
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

    /// How long a request may take, from connecting to the last byte; 30 seconds if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long connecting may take; 5 seconds if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The client. Nothing is sent before the first call.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] if a URL or the token is not usable.
    pub fn build(self) -> Result<HttpRegistry, RegistryError> {
        let endpoints: Vec<_> = self
            .urls
            .iter()
            .map(|url| self.endpoint(url))
            .collect::<Result<_, _>>()?;
        Ok(HttpRegistry {
            endpoints: endpoints.into(),
        })
    }

    fn endpoint(&self, text: &str) -> Result<Endpoint, RegistryError> {
        let (url, own_credentials) = base_url(text)?;
        let text = url.as_str().trim_end_matches('/').to_owned();
        let mut settings = SrSettings::new_builder(text.clone());
        settings.set_timeout(self.timeout);
        if is_loopback(&url) {
            // A proxy is for the world outside: on another machine the same address is another host.
            settings.no_proxy();
        }
        match self.credentials.as_ref().or(own_credentials.as_ref()) {
            Some(Credentials::Basic { user, password }) => {
                settings.set_basic_authorization(user, password.as_deref());
            }
            Some(Credentials::Bearer(token)) => {
                check_token(token)?;
                settings.set_token_authorization(token);
            }
            None => {}
        }
        let client = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .default_headers(HeaderMap::from_iter([ACCEPT_UNKNOWN_PROPERTIES]));
        let settings = settings.build_with(client).map_err(|error| {
            configuration(format!("no client can be made for `{text}`: {error}"))
        })?;
        Ok(Endpoint {
            url: text,
            settings,
        })
    }
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

    pub(super) fn settings(&self) -> &SrSettings {
        &self.settings
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
            .field("timeout", &self.timeout)
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
