//! What went wrong with a request → an error of its kind.

use std::error::Error;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::{ErrorKind, RegistryError};

/// The body of an answer that is not a success, in Confluent's API.
#[derive(Deserialize)]
struct ErrorBody {
    error_code: u32,
    message: Option<String>,
}

/// No answer, or one that broke off.
pub(super) fn no_answer(error: &reqwest::Error) -> RegistryError {
    if error.is_timeout() {
        return timed_out();
    }
    if error.is_builder() {
        return RegistryError::new(ErrorKind::Rejected, innermost(error));
    }
    RegistryError::new(ErrorKind::Unreachable, innermost(error))
}

pub(super) fn timed_out() -> RegistryError {
    RegistryError::new(ErrorKind::Unreachable, "no answer within the time limit")
}

pub(super) fn too_large(most: usize) -> RegistryError {
    let message = format!("it has more than {most} bytes, the most that is read");
    RegistryError::new(ErrorKind::TooLarge, message)
}

/// An answer with another status than success. A body that is not Confluent's says nothing.
pub(super) fn refusal(status: StatusCode, body: &[u8]) -> RegistryError {
    let status = status.as_u16();
    let (code, message) = match serde_json::from_slice(body) {
        Ok(ErrorBody {
            error_code,
            message,
        }) => (Some(error_code), message.unwrap_or_default()),
        Err(_) => (None, String::new()),
    };
    RegistryError::new(kind(status, code), message).of_answer(Some(status), code)
}

/// The code is more exact than the status, where it is one of those that Confluent documents.
pub(crate) fn kind(status: u16, code: Option<u32>) -> ErrorKind {
    match code {
        Some(40401) => return ErrorKind::SubjectNotFound,
        Some(40402) => return ErrorKind::VersionNotFound,
        Some(40403) => return ErrorKind::SchemaNotFound,
        Some(42201) => return ErrorKind::InvalidSchema,
        Some(42202) => return ErrorKind::InvalidVersion,
        _ => {}
    }
    match status {
        401 | 403 => ErrorKind::Unauthorized,
        408 | 429 | 500 | 502..=599 => ErrorKind::Unavailable,
        409 => ErrorKind::Incompatible,
        _ => ErrorKind::Rejected,
    }
}

/// What is at the bottom of an error: what the operating system or the TLS library says.
pub(crate) fn innermost(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.last().map_or_else(String::new, ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_codes_before_status() {
        assert_eq!(kind(404, Some(40401)), ErrorKind::SubjectNotFound);
        assert_eq!(kind(404, Some(40402)), ErrorKind::VersionNotFound);
        assert_eq!(kind(404, Some(40403)), ErrorKind::SchemaNotFound);
        assert_eq!(kind(404, None), ErrorKind::Rejected);
        assert_eq!(kind(404, Some(404)), ErrorKind::Rejected);
        assert_eq!(kind(409, Some(40901)), ErrorKind::Incompatible);
        assert_eq!(kind(409, None), ErrorKind::Incompatible);
        assert_eq!(kind(422, Some(42201)), ErrorKind::InvalidSchema);
        assert_eq!(kind(422, Some(42202)), ErrorKind::InvalidVersion);
        assert_eq!(kind(422, Some(42205)), ErrorKind::Rejected);
        assert_eq!(kind(401, Some(40101)), ErrorKind::Unauthorized);
        assert_eq!(kind(403, None), ErrorKind::Unauthorized);
        for status in [408, 429, 500, 502, 503, 504] {
            assert_eq!(kind(status, None), ErrorKind::Unavailable, "{status}");
        }
        assert_eq!(kind(501, None), ErrorKind::Rejected);
        assert_eq!(kind(302, None), ErrorKind::Rejected);
    }
}
