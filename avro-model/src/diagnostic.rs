//! What a pass has to say: a code, a severity, the places concerned, and what to do.

use std::collections::BTreeMap;

use crate::codes::{Category, Code};
use crate::source::{FileId, SourceMap, Span};

/// How much a [`Diagnostic`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The schema is valid and means what it says, but a better form is known.
    Lint,
    /// Part of the schema is ignored or has no effect.
    Warning,
    /// The schema cannot be used.
    Error,
}

/// One place that a [`Diagnostic`] concerns, and what is the matter there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is the matter at this place; may be empty for the first label.
    pub text: String,
}

/// One finding.
///
/// `message` begins in lower case, has no full stop, names the fullname concerned and says what
/// was expected. `notes` say what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where: the first is the place itself, the others explain it. Never empty.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub notes: Vec<String>,
}

/// The findings of a run, in the order in which the passes made them.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostic {
    /// A finding at one place, with the severity that its code has by default.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            notes: Vec::new(),
        }
    }

    /// Says what is the matter at the first place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }

    /// Adds a place that explains the first one.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// The place of the finding.
    #[must_use]
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
}

impl Diagnostics {
    /// No findings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether a finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|found| found.severity == Severity::Error)
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Keeps the findings that pass.
    pub fn retain(&mut self, passes: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(passes);
    }

    /// Without the lints that are in none of the categories up to this one. A finding that was
    /// given more weight than a lint stays.
    #[must_use]
    pub fn up_to(mut self, category: Category) -> Self {
        self.retain(|found| found.severity > Severity::Lint || found.code.category() <= category);
        self
    }

    /// Sorts by path, then as [`sort`](Self::sort): whatever the order in which the sources were
    /// added.
    pub fn sort_by_path(&mut self, sources: &SourceMap) {
        let files = self.0.iter().map(|found| found.span().file);
        let order = sources.ordered(files);
        self.sort_by_file(&order);
    }

    /// Sorts by file, in this order, then as [`sort`](Self::sort).
    pub(crate) fn sort_by_file(&mut self, order: &[FileId]) {
        let rank: BTreeMap<FileId, usize> = order.iter().copied().zip(0..).collect();
        let key = |found: &Diagnostic| {
            let span = found.span();
            (
                rank.get(&span.file).copied(),
                span.start,
                span.end,
                found.code,
            )
        };
        self.0.sort_by_key(key);
    }

    /// Sorts by place, so that the findings of one file stand together from top to bottom.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|found| (found.span(), found.code));
    }
}

/// Names in a sentence: `Rust, Go and Java`.
#[must_use]
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(T::as_ref).collect();
    match &names[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, found: I) {
        self.0.extend(found);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
