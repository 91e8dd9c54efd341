//! One request to one endpoint → the body of its answer, within the limits.

use std::time::Instant;

use reqwest::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Method, Response, Url};

use super::settings::{Endpoint, Limits};
use super::{failure, redirect};
use crate::{ErrorKind, RegistryError};

const SENT: &str = "application/vnd.schemaregistry.v1+json";
const ACCEPTED: &str =
    "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json";

/// A request of the API, whichever endpoint it goes to.
pub(super) struct Call {
    method: Method,
    /// With a slash before it and its query behind it, percent-encoded.
    path: String,
    body: Option<String>,
}

/// The body of a success.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    /// As the answer states it.
    pub(super) content_type: Option<String>,
}

impl Call {
    pub(super) fn get(path: String) -> Self {
        Self {
            method: Method::GET,
            path,
            body: None,
        }
    }

    pub(super) fn post(path: String, body: String) -> Self {
        Self {
            method: Method::POST,
            path,
            body: Some(body),
        }
    }

    /// The request as an error shows it.
    pub(super) fn to(&self, endpoint: &Endpoint) -> String {
        format!("{} {}{}", self.method, endpoint.url(), self.path)
    }
}

/// Sends the request, follows where it is led, and reads the answer.
pub(super) async fn exchange(
    endpoint: &Endpoint,
    call: &Call,
    limits: &Limits,
) -> Result<Body, RegistryError> {
    // A limit beyond what the clock can count is none.
    let deadline = Instant::now().checked_add(limits.timeout);
    let mut request = call.to(endpoint);
    let mut url = endpoint
        .at(&call.path)
        .map_err(|e| e.of_request(&*request))?;
    for _ in 0..=redirect::MOST_REDIRECTS {
        let about = |error: RegistryError| error.of_request(&*request);
        let response = send(endpoint, call, url.clone(), deadline)
            .await
            .map_err(about)?;
        match redirect::next(&call.method, &url, &response).map_err(about)? {
            None => return read(response, limits).await.map_err(about),
            Some(next) => url = next,
        }
        request = format!(
            "{}, redirected to {}",
            call.to(endpoint),
            redirect::shown(&url)
        );
    }
    Err(redirect::too_many(&url).of_request(call.to(endpoint)))
}

async fn send(
    endpoint: &Endpoint,
    call: &Call,
    url: Url,
    deadline: Option<Instant>,
) -> Result<Response, RegistryError> {
    let mut request = endpoint
        .request(call.method.clone(), url)
        .header(ACCEPT, ACCEPTED);
    if let Some(body) = &call.body {
        request = request.header(CONTENT_TYPE, SENT).body(body.clone());
    }
    if let Some(deadline) = deadline {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(failure::timed_out());
        }
        request = request.timeout(left);
    }
    let answer = request.send().await;
    answer.map_err(|error| failure::no_answer(&error))
}

async fn read(mut response: Response, limits: &Limits) -> Result<Body, RegistryError> {
    let (status, most) = (response.status(), limits.answer_bytes);
    if !status.is_success() {
        // The status counts, whatever became of the body.
        let body = bytes(&mut response, most).await.unwrap_or_default();
        return Err(failure::refusal(status, &body));
    }
    let header = |name| {
        let value = response.headers().get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let content_type = header(CONTENT_TYPE);
    if let Some(coding) = header(CONTENT_ENCODING).filter(|it| !it.eq_ignore_ascii_case("identity"))
    {
        let message = format!("the body is compressed by `{coding}`, which was not asked for");
        return Err(RegistryError::new(ErrorKind::Malformed, message));
    }
    let bytes = bytes(&mut response, most).await?;
    Ok(Body {
        bytes,
        content_type,
    })
}

/// Takes memory for what has arrived, never for what a header claims.
async fn bytes(response: &mut Response, most: usize) -> Result<Vec<u8>, RegistryError> {
    let claimed = response.content_length().unwrap_or(0);
    if usize::try_from(claimed).map_or(true, |claimed| claimed > most) {
        return Err(failure::too_large(most));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| failure::no_answer(&e))? {
        if chunk.len() > most - bytes.len() {
            return Err(failure::too_large(most));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
