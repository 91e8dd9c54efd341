//! Why a registry gave no answer, or said no.

use std::fmt;
use std::sync::Arc;

/// What kept a call to a registry from succeeding.
///
/// Small (one pointer) and cheap to clone, because all who wait for one request share its outcome.
/// It never holds a password or a token.
#[derive(Clone)]
pub struct RegistryError(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    request: Option<String>,
    status: Option<u16>,
    error_code: Option<u32>,
}

/// The kinds of [`RegistryError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No answer: the connection failed, broke, or timed out. Retriable.
    Unreachable,
    /// The registry answered that it cannot serve now: 408, 429, or 5xx. Retriable.
    Unavailable,
    /// The registry has no such subject (40401).
    SubjectNotFound,
    /// The subject has no such version (40402).
    VersionNotFound,
    /// No such schema, by id or under the subject (40403).
    SchemaNotFound,
    /// The schema breaks the subject's compatibility mode (409).
    Incompatible,
    /// The registry does not take the text for a schema (42201).
    InvalidSchema,
    /// The registry does not take the number for a version (42202).
    InvalidVersion,
    /// Credentials are missing, wrong, or not enough (401, 403).
    Unauthorized,
    /// The registry refused the request for another reason.
    Rejected,
    /// The answer is not one of Confluent's API.
    Malformed,
    /// The answer has more bytes than the client reads.
    TooLarge,
    /// The id or GUID belongs to a Protobuf or JSON schema.
    NotAvro,
    /// The registry gives schemas no GUIDs, and finds none by them.
    WithoutGuids,
    /// The schema's references do not make one self-contained schema with it, or lead to more
    /// schemas or bytes than the client reads.
    BadReferences,
    /// The subject's name cannot stand in a URL.
    InvalidSubject,
    /// The client's own settings are wrong.
    Configuration,
}

impl RegistryError {
    /// An error of this kind; for implementations of [`SchemaRegistry`](crate::SchemaRegistry).
    /// The message is lower case, without a full stop, and says what to do.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Arc::new(Inner {
            kind,
            message,
            request: None,
            status: None,
            error_code: None,
        }))
    }

    /// The same error of a request, which is shown as method and URL.
    pub(crate) fn of_request(self, request: impl Into<String>) -> Self {
        let mut inner = self.into_inner();
        inner.request = Some(request.into());
        Self(Arc::new(inner))
    }

    /// The same error, with the status and Confluent's code of an answer that is not a success.
    pub(crate) fn of_answer(self, status: Option<u16>, error_code: Option<u32>) -> Self {
        let mut inner = self.into_inner();
        (inner.status, inner.error_code) = (status, error_code);
        Self(Arc::new(inner))
    }

    /// The same error, known to be of another kind.
    pub(crate) fn of_kind(self, kind: ErrorKind) -> Self {
        let mut inner = self.into_inner();
        inner.kind = kind;
        Self(Arc::new(inner))
    }

    fn into_inner(self) -> Inner {
        Arc::unwrap_or_clone(self.0)
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the same call may succeed later without anybody changing anything.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Unreachable | ErrorKind::Unavailable)
    }

    /// Confluent's error code, such as 40403, if the registry sent one.
    #[must_use]
    pub fn error_code(&self) -> Option<u32> {
        self.0.error_code
    }

    /// The HTTP status, if the registry answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }
}

impl ErrorKind {
    fn what(self) -> &'static str {
        match self {
            Self::Unreachable => "the schema registry does not answer",
            Self::Unavailable => "the schema registry cannot serve now",
            Self::SubjectNotFound => "the schema registry has no such subject",
            Self::VersionNotFound => "the subject has no such version",
            Self::SchemaNotFound => "the schema registry has no such schema",
            Self::Incompatible => {
                "the schema is incompatible with an earlier version of its subject"
            }
            Self::InvalidSchema => "the schema registry does not accept the schema",
            Self::InvalidVersion => "the schema registry does not accept the version",
            Self::Unauthorized => "the schema registry does not accept the credentials",
            Self::Rejected => "the schema registry refused the request",
            Self::Malformed => "the answer is not one of a schema registry",
            Self::TooLarge => "the answer is too large",
            Self::NotAvro => "the schema is not an Avro schema",
            Self::WithoutGuids => "the schema registry knows no GUIDs of schemas",
            Self::BadReferences => "the schema's references cannot be put in place",
            Self::InvalidSubject => "the subject's name is not usable",
            Self::Configuration => "the schema registry client is not set up right",
        }
    }

    fn advice(self) -> Option<&'static str> {
        match self {
            Self::Unreachable => Some("check the registry's URL and that it runs, then try again"),
            Self::Unavailable => Some("try again later"),
            Self::SubjectNotFound | Self::SchemaNotFound => {
                Some("register the schema first, or check that this is the right registry")
            }
            Self::VersionNotFound => Some("list the subject's versions"),
            Self::Incompatible => Some("make the change compatible, or use another subject"),
            Self::Unauthorized => Some("check the user and password, or the token"),
            Self::Rejected | Self::Malformed => Some(
                "check that the base URL holds the path of Confluent's API (Apicurio: /apis/ccompat/v7)",
            ),
            Self::TooLarge => Some(
                "check that the URL leads to a schema registry, or raise the client's `max_answer_bytes`",
            ),
            Self::WithoutGuids => Some(
                "use ids, in the prefix form, or a registry that has GUIDs (Confluent Platform 8)",
            ),
            Self::InvalidSchema
            | Self::InvalidVersion
            | Self::NotAvro
            | Self::BadReferences
            | Self::InvalidSubject
            | Self::Configuration => None,
        }
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            kind,
            message,
            request,
            status,
            error_code,
        } = &*self.0;
        f.write_str(kind.what())?;
        if let Some(request) = request {
            write!(f, ": {request}")?;
        }
        match (status, error_code) {
            (Some(status), Some(code)) => write!(f, ": status {status}, error code {code}")?,
            (Some(status), None) => write!(f, ": status {status}")?,
            (None, Some(code)) => write!(f, ": error code {code}")?,
            (None, None) => {}
        }
        if !message.is_empty() {
            f.write_str(": ")?;
            write_printable(message, f)?;
        }
        kind.advice()
            .map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

impl fmt::Debug for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegistryError({:?}: {self})", self.0.kind)
    }
}

impl std::error::Error for RegistryError {}

/// How many characters of a message are shown. Confluent's says in a few hundred why a schema is
/// incompatible.
const MOST_SHOWN: usize = 4000;

/// A message may hold what a registry says, and whatever it says takes one line of a log or a
/// terminal and no more.
fn write_printable(message: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write as _;
    for character in message.chars().take(MOST_SHOWN) {
        if character.is_control() {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    if message.chars().nth(MOST_SHOWN).is_some() {
        f.write_char('…')?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_one_pointer_and_can_cross_threads() {
        fn crosses<T: Send + Sync + 'static>() {}
        crosses::<RegistryError>();
        assert_eq!(size_of::<RegistryError>(), size_of::<usize>());
        assert_eq!(size_of::<Result<u32, RegistryError>>(), 16);
    }

    #[test]
    fn says_what_where_and_what_to_do() {
        let error = RegistryError::new(ErrorKind::SchemaNotFound, "Schema 7 not found")
            .of_request("GET http://localhost:8081/schemas/ids/7")
            .of_answer(Some(404), Some(40403));
        assert_eq!(
            error.to_string(),
            "the schema registry has no such schema: GET http://localhost:8081/schemas/ids/7: \
             status 404, error code 40403: Schema 7 not found; register the schema first, or check \
             that this is the right registry"
        );
        assert!(!error.is_retriable());
    }
    #[test]
    fn whatever_a_registry_says_takes_one_line_of_bounded_length() {
        let said = format!("no\r\nERROR \u{1b}[2J\u{85}{}", "ä".repeat(100_000));
        let shown = RegistryError::new(ErrorKind::Rejected, said).to_string();
        assert!(
            shown.contains("no\\r\\nERROR \\u{1b}[2J\\u{85}äää"),
            "{shown}"
        );
        assert!(shown.contains("ä…; ") && shown.chars().count() < 4300);
        assert!(!shown.chars().any(char::is_control));
    }
}
