//! A header of a record, whose name is text by custom and any bytes by the protocol.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

/// One header of a record.
///
/// Kafka keeps headers as an ordered list in which a name may occur more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name.
    pub name: HeaderName,
    /// The value; `None` is Kafka's null, which is not the empty value.
    pub value: Option<Bytes>,
}

impl Header {
    /// A header with a value.
    pub fn new(name: impl Into<HeaderName>, value: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            value: Some(value.into()),
        }
    }
}

/// The name of a header.
///
/// Kafka's protocol says that it is UTF-8, and no broker checks that. So these are the bytes as the sender wrote them, and they are
/// sent on as they are. Only a byte 0 ends the name of a header that is read from a cluster: librdkafka shows nothing
/// behind it.
///
/// ```
/// use avro_kafka::HeaderName;
///
/// let name = HeaderName::from("event_type");
/// assert_eq!(name, "event_type");
/// let strange = HeaderName::from(&b"\xffx"[..]);
/// assert_eq!(strange.to_str(), None);
/// assert_eq!(strange.to_string(), "\u{fffd}x");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeaderName(Box<[u8]>);

impl HeaderName {
    /// The bytes of the name.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The name as text, if it is UTF-8.
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The name as text, with U+FFFD for what is no UTF-8, as Java's client shows it.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_string_lossy())
    }
}

impl fmt::Debug for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_str() {
            Some(text) => text.fmt(f),
            None => write!(f, "b\"{}\"", self.0.escape_ascii()),
        }
    }
}

impl AsRef<[u8]> for HeaderName {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for HeaderName {
    fn from(name: &str) -> Self {
        Self(name.as_bytes().into())
    }
}

impl From<String> for HeaderName {
    fn from(name: String) -> Self {
        Self(name.into_bytes().into())
    }
}

impl From<&[u8]> for HeaderName {
    fn from(name: &[u8]) -> Self {
        Self(name.into())
    }
}

impl From<Vec<u8>> for HeaderName {
    fn from(name: Vec<u8>) -> Self {
        Self(name.into())
    }
}

impl PartialEq<str> for HeaderName {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other.as_bytes()
    }
}

impl PartialEq<&str> for HeaderName {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_not_the_same() {
        let [one, other] = [&b"\xfe"[..], b"\xff"].map(HeaderName::from);
        assert_ne!(one, other);
        assert_eq!(one.to_string(), other.to_string());
        assert_eq!(format!("{one:?}"), r#"b"\xfe""#);
        assert_ne!(one, "\u{fffd}");
        assert_eq!(format!("{:?}", HeaderName::from("ä\"")), r#""ä\"""#);
        assert_eq!(HeaderName::from("ä").to_str(), Some("ä"));
    }
}
