//! How a command ends: with a verdict, or with the reason why it has none.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use avro_model::load::LoadError;
use avro_model::render::Finding;
use avro_model::{Diagnostics, Severity, SourceMap};

/// What a command says of what it looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All is well.
    Good,
    /// Something is not, and has been shown.
    Bad,
}

/// Why a command has no result.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It was called wrongly, or a file cannot be read or written.
    Failure {
        message: String,
        path: Option<PathBuf>,
    },
    /// The schemas have errors.
    Schemas {
        sources: SourceMap,
        errors: Diagnostics,
    },
    /// What the command found out leaves no result: an error that no schema is to be blamed for.
    Finding { message: String },
    /// What the back end says; of either kind.
    Codegen(avro_codegen::Error),
}

/// What ends with a verdict or without one.
pub(crate) type Outcome = Result<Verdict, Stop>;

impl Verdict {
    /// [`Good`](Self::Good) if the condition holds.
    pub(crate) fn good_if(condition: bool) -> Self {
        if condition { Self::Good } else { Self::Bad }
    }

    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Bad => 1,
        }
    }
}

impl Stop {
    /// A command that was called wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Failure {
            message: message.into(),
            path: None,
        }
    }

    /// What was found out and leaves no result.
    pub(crate) fn finding(message: impl Into<String>) -> Self {
        Self::Finding {
            message: message.into(),
        }
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, message: impl Into<String>) -> Self {
        Self::Failure {
            message: message.into(),
            path: Some(path.to_owned()),
        }
    }

    /// What could not be done with a file, and why.
    pub(crate) fn io(action: &str, path: &Path, error: impl Display) -> Self {
        Self::file(path, format!("cannot {action} {}: {error}", path.display()))
    }

    /// The errors among what was found in schemas.
    pub(crate) fn schemas(sources: &SourceMap, found: &Diagnostics) -> Self {
        let mut errors = found.clone();
        errors.retain(|found| found.severity == Severity::Error);
        Self::Schemas {
            sources: sources.clone(),
            errors,
        }
    }

    /// Whether these are findings: about schemas or a manifest, mostly with places in them.
    pub(crate) fn is_finding(&self) -> bool {
        match self {
            Self::Failure { .. } => false,
            Self::Schemas { .. } | Self::Finding { .. } => true,
            Self::Codegen(error) => error.is_about_sources(),
        }
    }

    pub(crate) fn findings(&self) -> Vec<Finding<'_>> {
        match self {
            Self::Failure { message, path } => {
                vec![Finding::error(message.as_str(), path.as_deref())]
            }
            Self::Finding { message } => vec![Finding::error(message.as_str(), None)],
            Self::Schemas { sources, errors } => errors
                .iter()
                .map(|found| Finding::new(sources, found))
                .collect(),
            Self::Codegen(error) => error.findings(),
        }
    }

    pub(crate) fn code(&self) -> u8 {
        if self.is_finding() { 1 } else { 2 }
    }
}

impl From<LoadError> for Stop {
    fn from(error: LoadError) -> Self {
        Self::file(error.path(), error.to_string())
    }
}

impl From<avro_codegen::Error> for Stop {
    fn from(error: avro_codegen::Error) -> Self {
        Self::Codegen(error)
    }
}
