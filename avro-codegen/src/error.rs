//! Why nothing was generated. `Debug` shows every finding with its line, because that is what a build
//! script prints that returns an error.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use avro_model::diagnostic::{Diagnostics, Severity};
use avro_model::escape;
use avro_model::load::LoadError;
use avro_model::render::{self, Label};
use avro_model::source::{FileId, SourceMap, Span};

use crate::config::{Config, Finding, ManifestText};
use crate::output::{Drift, OUTDATED, REMEDY};

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
    Load {
        message: String,
        path: PathBuf,
    },
    Manifest {
        /// The manifest alone.
        sources: SourceMap,
        findings: Vec<(Span, Finding)>,
    },
    Schemas {
        sources: SourceMap,
        diagnostics: Diagnostics,
    },
    /// Committed code is not what would be generated now.
    Drift(Vec<Drifted>),
    Usage(String),
    Bug(String),
}

/// A drift, and what stands beside it.
struct Drifted {
    path: PathBuf,
    notes: [String; 2],
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self(Box::new(Kind::Io {
            action,
            path: path.to_owned(),
            error,
        }))
    }

    pub(crate) fn load(config: &Config, error: &LoadError) -> Self {
        let manifest = config.manifest_path();
        let message = match manifest.as_os_str().is_empty() {
            true => error.to_string(),
            false => format!(
                "{error}; `schemas` and `reference` in {} say what is read",
                manifest.display()
            ),
        };
        let path = error.path().to_owned();
        Self(Box::new(Kind::Load { message, path }))
    }

    /// A path that is refused before anything is read or written there.
    pub(crate) fn path(error: &LoadError) -> Self {
        let (message, path) = (error.to_string(), error.path().to_owned());
        Self(Box::new(Kind::Load { message, path }))
    }

    /// A file or folder that is not written or removed, and why.
    pub(crate) fn refused(path: &Path, why: &str) -> Self {
        let message = format!("{} is not touched: {why}", escape::path(path));
        let path = path.to_owned();
        Self(Box::new(Kind::Load { message, path }))
    }

    /// Committed code that is not what would be generated now.
    pub(crate) fn drift(drifts: Vec<Drift>) -> Self {
        let drifted = |drift: Drift| Drifted {
            notes: drift.notes(),
            path: drift.path,
        };
        Self(Box::new(Kind::Drift(
            drifts.into_iter().map(drifted).collect(),
        )))
    }

    pub(crate) fn manifest(text: &ManifestText, mut findings: Vec<Finding>) -> Self {
        let mut sources = SourceMap::new();
        let Ok(file) = sources.add(&text.path, text.text.as_str()) else {
            return Self::usage(format!("{} is larger than 4 GiB", text.path.display()));
        };
        findings.sort_by_key(|finding| (finding.at.start, finding.at.end));
        let findings = findings.into_iter();
        let findings = findings.map(|finding| (place(file, &text.text, &finding), finding));
        let findings = findings.collect();
        Self(Box::new(Kind::Manifest { sources, findings }))
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

    /// What a build shows: lints would drown what has to be done now.
    pub(crate) fn without_lints(mut self) -> Self {
        if let Kind::Schemas { diagnostics, .. } = &mut *self.0 {
            diagnostics.retain(|found| found.severity > Severity::Lint);
        }
        self
    }

    /// Whether mistakes in schemas or in the manifest, or committed code that is not up to date,
    /// stopped the run, and not the file system or how it was called.
    #[must_use]
    pub fn is_about_sources(&self) -> bool {
        matches!(
            &*self.0,
            Kind::Manifest { .. } | Kind::Schemas { .. } | Kind::Drift(_)
        )
    }

    /// Everything that was found, for any form of [`render`]. Of what is neither about schemas nor
    /// about the manifest it is the sentence of `Display`.
    #[must_use]
    pub fn findings(&self) -> Vec<render::Finding<'_>> {
        match &*self.0 {
            Kind::Schemas {
                sources,
                diagnostics,
            } => diagnostics
                .iter()
                .map(|found| render::Finding::new(sources, found))
                .collect(),
            Kind::Manifest { sources, findings } => findings
                .iter()
                .map(|(span, finding)| in_manifest(sources, *span, finding))
                .collect(),
            Kind::Drift(drifts) => drifts.iter().map(Drifted::finding).collect(),
            Kind::Io { path, .. } | Kind::Load { path, .. } => {
                vec![render::Finding::error(self.to_string(), Some(path))]
            }
            Kind::Usage(_) | Kind::Bug(_) => vec![render::Finding::error(self.to_string(), None)],
        }
    }

    /// Everything that was found, with the lines concerned; in colour if asked.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        match &*self.0 {
            Kind::Manifest { .. } | Kind::Schemas { .. } => {}
            Kind::Drift(drifts) => return describe(drifts),
            _ => return self.to_string(),
        }
        render::text_of_findings(&self.findings(), color)
    }
}

/// The place of a finding, on one line: of a table its head.
fn place(file: FileId, text: &str, finding: &Finding) -> Span {
    let found = text.get(finding.at.clone()).unwrap_or_default();
    let first = found.lines().next().unwrap_or_default();
    let start = finding.at.start.min(text.len());
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(start),
        end: offset(start + first.len()),
    }
}

fn in_manifest<'a>(
    sources: &'a SourceMap,
    span: Span,
    finding: &'a Finding,
) -> render::Finding<'a> {
    render::Finding {
        code: None,
        severity: Severity::Error,
        message: finding.message.as_str().into(),
        labels: vec![Label::new(sources, span, "")],
        path: None,
        notes: finding.note.as_slice(),
    }
}

/// Every drift as the commands show it.
fn describe(drifts: &[Drifted]) -> String {
    let drifts = drifts.iter().map(|drift| drift.notes[1].as_str());
    let text = format!(
        "error: {OUTDATED}: {REMEDY}\n{}\n",
        drifts.collect::<Vec<_>>().join("\n")
    );
    escape::lines(&text).into_owned()
}

impl Drifted {
    fn finding(&self) -> render::Finding<'_> {
        render::Finding {
            notes: &self.notes,
            ..render::Finding::error(OUTDATED, Some(&self.path))
        }
    }
}

impl Kind {
    /// The sentence of `Display`.
    fn sentence(&self) -> String {
        match self {
            Self::Io {
                action,
                path,
                error,
            } => format!("cannot {action} {}: {error}", path.display()),
            Self::Load { message, .. } | Self::Usage(message) => message.clone(),
            Self::Manifest { sources, findings } => {
                let first = findings.first().map(|(span, first)| {
                    let path = sources.source(span.file).path();
                    format!("{}: {}", path.display(), first.message)
                });
                first.unwrap_or_default() + &more(findings.len())
            }
            Self::Schemas {
                sources,
                diagnostics,
            } => {
                let errors = diagnostics.iter();
                let mut errors = errors.filter(|found| found.severity == Severity::Error);
                let first = errors.next().map(|first| render::line(sources, first));
                first.unwrap_or_default() + &more(errors.count() + 1)
            }
            Self::Drift(drifts) => {
                let first = drifts.first().map(|first| first.path.display());
                let first = first.map_or_else(String::new, |path| format!("{path}: "));
                format!("{first}{OUTDATED}: {REMEDY}{}", more(drifts.len()))
            }
            Self::Bug(message) => format!("bug in avro-codegen: {message}"),
        }
    }
}

fn more(findings: usize) -> String {
    match findings {
        0 | 1 => String::new(),
        _ => format!(" (and {} more)", findings - 1),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escape::lines(&self.0.sentence()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_findings_that_programs_can_read() {
        let manifest = "schemas = []\n\n[[override]]\nselct = \"a\"\n";
        let error = Config::from_toml("a/avro.toml", manifest).unwrap_err();
        assert!(error.is_about_sources());
        assert_eq!(
            render::github(&error.findings()),
            "::error file=a/avro.toml,line=3,col=1::[[override]] needs the key `select`\n\
             ::error file=a/avro.toml,line=4,col=1::unknown key `selct` in [[override]]%0A\
             did you mean `select`?\n"
        );

        let error = Config::load("nowhere/avro.toml").unwrap_err();
        assert!(!error.is_about_sources());
        let message = error.to_string();
        assert!(message.starts_with("cannot read nowhere/avro.toml: "));
        assert_eq!(
            render::github(&error.findings()),
            format!("::error file=nowhere/avro.toml::{message}\n")
        );

        let mut sources = SourceMap::new();
        sources.add("a.avsc", "[\"int\", \"int\"]").unwrap();
        let error = Config::new().generate(&sources).unwrap_err();
        assert!(error.is_about_sources());
        assert!(
            render::json(&error.findings())
                .starts_with("[\n{\"code\":\"AVR030\",\"severity\":\"error\",")
        );
    }

    #[test]
    fn a_build_shows_no_lints_beside_errors() {
        let mut sources = SourceMap::new();
        let lint = r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#;
        sources.add("a.avsc", lint).unwrap();
        sources.add("b.avsc", "[\"int\", \"int\"]").unwrap();
        let error = Config::new().generate(&sources).unwrap_err();
        assert_eq!(error.findings().len(), 2);
        assert_eq!(error.without_lints().findings().len(), 1);
    }

    #[test]
    fn a_byte_order_mark_moves_no_place() {
        let error = Config::from_toml("avro.toml", "\u{feff}jsn = true\n").unwrap_err();
        let shown = error.render(false);
        assert!(shown.contains("avro.toml:1:1\n"), "{shown}");
        assert!(shown.contains("\n1 | jsn = true\n  | ^^^\n"), "{shown}");
    }
}
