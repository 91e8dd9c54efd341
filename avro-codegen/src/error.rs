//! Why nothing was generated. `Debug` shows every finding with its line, because build scripts unwrap.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use avro_model::diagnostic::Diagnostics;
use avro_model::source::{SourceMap, Span};

use crate::config::{Config, Finding, ManifestText};

/// Why nothing was generated.
///
/// `Display` is one line; `Debug` shows everything that was found, each with the line concerned.
pub struct Error(Box<Kind>);

enum Kind {
    Io {
        action: &'static str,
        path: PathBuf,
        error: io::Error,
    },
    Load(String),
    Manifest {
        text: ManifestText,
        findings: Vec<Finding>,
    },
    Schemas {
        sources: SourceMap,
        diagnostics: Diagnostics,
    },
    Usage(String),
    Bug(String),
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self(Box::new(Kind::Io {
            action,
            path: path.to_owned(),
            error,
        }))
    }

    pub(crate) fn load(config: &Config, error: &dyn fmt::Display) -> Self {
        let manifest = config.manifest_path();
        let text = match manifest.as_os_str().is_empty() {
            true => error.to_string(),
            false => format!(
                "{error}; `schemas` and `reference` in {} say what is read",
                manifest.display()
            ),
        };
        Self(Box::new(Kind::Load(text)))
    }

    pub(crate) fn manifest(text: &ManifestText, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| (finding.at.start, finding.at.end));
        Self(Box::new(Kind::Manifest {
            text: text.clone(),
            findings,
        }))
    }

    pub(crate) fn schemas(sources: &SourceMap, diagnostics: Diagnostics) -> Self {
        Self(Box::new(Kind::Schemas {
            sources: sources.clone(),
            diagnostics,
        }))
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Usage(message.into())))
    }

    pub(crate) fn bug(message: impl Into<String>) -> Self {
        Self(Box::new(Kind::Bug(message.into())))
    }

    /// The findings in schemas, if it is these that stopped the run, and the sources that they
    /// point into.
    #[must_use]
    pub fn diagnostics(&self) -> Option<(&SourceMap, &Diagnostics)> {
        match &*self.0 {
            Kind::Schemas {
                sources,
                diagnostics,
            } => Some((sources, diagnostics)),
            _ => None,
        }
    }

    /// Everything that was found, with the lines concerned; in colour if asked.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        match &*self.0 {
            Kind::Schemas {
                sources,
                diagnostics,
            } => avro_model::render::text(sources, diagnostics, color),
            Kind::Manifest { text, findings } => {
                let shown: Vec<String> = findings
                    .iter()
                    .map(|finding| excerpt(text, finding))
                    .collect();
                shown.join("\n\n")
            }
            _ => self.to_string(),
        }
    }
}

/// A finding in a manifest, with its line and a mark under the place.
fn excerpt(text: &ManifestText, finding: &Finding) -> String {
    let mut sources = SourceMap::new();
    let mut shown = format!("error: {}", finding.message);
    let Ok(file) = sources.add(&text.path, text.text.as_str()) else {
        return shown;
    };
    let offset = u32::try_from(finding.at.start).unwrap_or(u32::MAX);
    let position = sources.position(Span {
        file,
        start: offset,
        end: offset,
    });
    let line_index = position.line.saturating_sub(1) as usize;
    let line = text.text.lines().nth(line_index).unwrap_or_default();
    let number = position.line.to_string();
    let margin = " ".repeat(number.len());
    let before = " ".repeat(position.column.saturating_sub(1) as usize);
    let place = text.text.get(finding.at.clone()).unwrap_or_default();
    let mark = "^".repeat(
        place
            .lines()
            .next()
            .map_or(1, |first| first.chars().count().max(1)),
    );
    shown.push_str(&format!(
        "\n{margin}--> {}:{}:{}\n{margin} |\n{number} | {line}\n{margin} | {before}{mark}",
        text.path.display(),
        position.line,
        position.column,
    ));
    if let Some(note) = &finding.note {
        shown.push_str(&format!("\n{margin} = help: {note}"));
    }
    shown
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Io {
                action,
                path,
                error,
            } => {
                write!(f, "cannot {action} {}: {error}", path.display())
            }
            Kind::Load(message) | Kind::Usage(message) => f.write_str(message),
            Kind::Manifest { text, findings } => {
                let first = findings
                    .first()
                    .map_or("", |finding| finding.message.as_str());
                write!(f, "{}: {first}", text.path.display())?;
                more(f, findings.len())
            }
            Kind::Schemas {
                sources,
                diagnostics,
            } => {
                let mut errors = diagnostics
                    .iter()
                    .filter(|found| found.severity == avro_model::diagnostic::Severity::Error);
                if let Some(first) = errors.next() {
                    f.write_str(&avro_model::render::line(sources, first))?;
                }
                more(f, errors.count() + 1)
            }
            Kind::Bug(message) => write!(f, "bug in avro-codegen: {message}"),
        }
    }
}

fn more(f: &mut fmt::Formatter<'_>, findings: usize) -> fmt::Result {
    match findings {
        0 | 1 => Ok(()),
        _ => write!(f, " (and {} more)", findings - 1),
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "avro-codegen\n\n{}", self.render(false))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}
