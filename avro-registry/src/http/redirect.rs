//! An answer that leads to another URL, and whether to follow it.
//!
//! The HTTP client's own redirects are switched off, for it sends what it was given to each host on
//! the way but the first one that differs. Here, credentials go to the origin that they were given
//! for and to no other: scheme, host and port have to be the same.

use reqwest::header::LOCATION;
use reqwest::{Method, Response, StatusCode, Url};

use crate::{ErrorKind, RegistryError};

/// How many redirects one request may follow.
pub(super) const MOST_REDIRECTS: usize = 5;

/// Where the answer leads, if it is a redirect that may be followed; nothing if it is none.
pub(super) fn next(
    method: &Method,
    from: &Url,
    response: &Response,
) -> Result<Option<Url>, RegistryError> {
    let status = response.status();
    let Some(location) = location(status, response) else {
        return Ok(None);
    };
    let to = target(from, &location).map_err(|why| refused(status, why))?;
    let keeps_method = matches!(
        status,
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
    );
    if *method != Method::GET && !keeps_method {
        let what = format!("it leads a {method} to {}", shown(&to));
        return Err(refused(status, format!("{what}: set the URL to that")));
    }
    Ok(Some(to))
}

pub(super) fn too_many(at: &Url) -> RegistryError {
    let what = format!(
        "more than {MOST_REDIRECTS} redirects, the last one to {}",
        shown(at)
    );
    RegistryError::new(ErrorKind::Rejected, what)
}

/// A URL without what may be secret in it.
pub(super) fn shown(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// The header of a redirect; other statuses of the 300s say something else.
fn location(status: StatusCode, response: &Response) -> Option<String> {
    let leads_on = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
    let header = response.headers().get(LOCATION).filter(|_| leads_on)?;
    Some(String::from_utf8_lossy(header.as_bytes()).into_owned())
}

fn target(from: &Url, location: &str) -> Result<Url, String> {
    let unusable = || "it leads to no URL of http or https".to_owned();
    let mut to = from.join(location).map_err(|_| unusable())?;
    if !matches!(to.scheme(), "http" | "https") {
        return Err(unusable());
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(format!(
            "it leads from https to {}, where anybody may answer",
            shown(&to)
        ));
    }
    // The HTTP client would send these.
    to.set_username("").map_err(|()| unusable())?;
    to.set_password(None).map_err(|()| unusable())?;
    Ok(to)
}

fn refused(status: StatusCode, why: String) -> RegistryError {
    let why = format!("the redirect is not followed: {why}");
    RegistryError::new(ErrorKind::Rejected, why).of_answer(Some(status.as_u16()), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(from: &str, location: &str) -> Result<String, String> {
        target(&Url::parse(from).unwrap(), location).map(|url| url.to_string())
    }

    #[test]
    fn a_target_is_another_place_of_http_and_holds_no_credentials() {
        let from = "http://a:1/base/subjects?x=1";
        assert_eq!(led(from, "/other").as_deref(), Ok("http://a:1/other"));
        assert_eq!(led(from, "https://me:pw@b/").as_deref(), Ok("https://b/"));
        assert_eq!(led("https://a/", "//b/c").as_deref(), Ok("https://b/c"));
        for nowhere in ["file:///etc/passwd", "ftp://a/", "http://", "data:,{}"] {
            assert!(led(from, nowhere).is_err(), "{nowhere}");
        }
        let why = led("https://a/", "http://a/x?token=secret").unwrap_err();
        assert!(why.contains("from https to http://a/x, "), "{why}");
    }
}
