//! Subject → one segment of a URL's path.

use std::fmt::Write as _;

use crate::{ErrorKind, RegistryError};

/// A subject that can stand in a URL, percent-encoded.
pub(crate) struct Subject(String);

impl Subject {
    /// Refuses the names that a URL cannot carry, however they are encoded: the empty one, and the
    /// dots, which every URL parser takes for steps in the path.
    pub(crate) fn new(subject: &str) -> Result<Self, RegistryError> {
        if matches!(subject, "" | "." | "..") {
            let message = format!("`{subject}` cannot be asked for over HTTP: choose another name");
            return Err(RegistryError::new(ErrorKind::InvalidSubject, message));
        }
        Ok(Self(percent_encode(subject)))
    }

    pub(crate) fn encoded(&self) -> &str {
        &self.0
    }
}

/// Leaves what RFC 3986 calls unreserved, and nothing else.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => write!(encoded, "%{byte:02X}").expect("a String takes whatever is written"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_the_unreserved() {
        assert_eq!(percent_encode("orders.raw-value_1~"), "orders.raw-value_1~");
        assert_eq!(
            percent_encode(":.ctx:a/b c%é?#"),
            "%3A.ctx%3Aa%2Fb%20c%25%C3%A9%3F%23"
        );
    }

    #[test]
    fn refuses_what_a_path_cannot_hold() {
        for subject in ["", ".", ".."] {
            let refused = Subject::new(subject).map(|_| ()).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::InvalidSubject);
        }
        assert_eq!(Subject::new("...").unwrap().encoded(), "...");
    }
}
