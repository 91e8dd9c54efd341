//! A finding with its places resolved, whatever pass has made it.

use std::borrow::Cow;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Position, Source, SourceMap, Span};

/// A finding, ready to be shown: unlike a [`Diagnostic`] it needs no [`SourceMap`] beside it, and
/// its places may lie in several.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// The rule that was broken, as people write it; nothing where no rule is concerned: a mistake
    /// in a manifest, a file that cannot be read.
    pub code: Option<&'a str>,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: Cow<'a, str>,
    /// Where: the first is the place itself, the others explain it. Empty if no text is concerned.
    pub labels: Vec<Label<'a>>,
    /// The file concerned, of a finding without labels.
    pub path: Option<&'a Path>,
    /// What to do about it.
    pub notes: &'a [String],
}

/// One place that a [`Finding`] concerns.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// The text that the place lies in.
    pub source: &'a Source,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset behind its last byte.
    pub end: u32,
    /// What is the matter there; may be empty for the first label.
    pub text: &'a str,
}

impl<'a> Finding<'a> {
    /// A finding in schemas, and the sources that it points into.
    #[must_use]
    pub fn new(sources: &'a SourceMap, diagnostic: &'a Diagnostic) -> Self {
        let labels = diagnostic.labels.iter();
        let labels = labels.map(|label| Label::new(sources, label.span, &label.text));
        Self {
            code: Some(diagnostic.code.as_str()),
            severity: diagnostic.severity,
            message: Cow::Borrowed(&diagnostic.message),
            labels: labels.collect(),
            path: None,
            notes: &diagnostic.notes,
        }
    }

    /// An error that no rule is about and that concerns a file as a whole, or none.
    #[must_use]
    pub fn error(message: impl Into<Cow<'a, str>>, path: Option<&'a Path>) -> Self {
        Self {
            code: None,
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            path,
            notes: &[],
        }
    }

    /// The file concerned.
    #[must_use]
    pub fn path(&self) -> Option<&'a Path> {
        self.labels
            .first()
            .map_or(self.path, |label| Some(label.source.path()))
    }
}

impl<'a> Label<'a> {
    /// A place and what is the matter there.
    #[must_use]
    pub fn new(sources: &'a SourceMap, span: Span, text: &'a str) -> Self {
        let source = sources.source(span.file);
        let place = source.place(span);
        Self {
            source,
            start: place.start,
            end: place.end,
            text,
        }
    }

    /// Line and column of the first character.
    #[must_use]
    pub fn position(&self) -> Position {
        self.source.position(self.start)
    }

    /// Line and column behind the last character.
    #[must_use]
    pub fn end_position(&self) -> Position {
        self.source.position(self.end)
    }
}
