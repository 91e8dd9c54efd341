//! Incompatibilities as findings: the changed schema's place first, its counterpart beside it.

use std::borrow::Cow;

use super::finding::{Finding, Label};
use crate::compat::{Direction, Incompatibility, Place, Semantic};
use crate::diagnostic::Severity;
use crate::source::SourceMap;

/// The two sides of a comparison, each with the sources that its places point into.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// The sources of the reader's schema.
    pub reader: &'a SourceMap,
    /// The sources of the writer's schema.
    pub writer: &'a SourceMap,
    /// Which of them is new: the reader's where the check is backward. A finding stands there.
    pub direction: Direction,
}

impl<'a> Sides<'a> {
    fn labels(self, reader: &Place, writer: &Place) -> Vec<Label<'a>> {
        let reader = Label::new(self.reader, reader.span, "the reader's schema");
        let writer = Label::new(self.writer, writer.span, "the writer's schema");
        match self.direction {
            Direction::Backward => vec![reader, writer],
            Direction::Forward => vec![writer, reader],
        }
    }
}

impl<'a> Finding<'a> {
    /// An incompatibility: an error.
    #[must_use]
    pub fn incompatibility(found: &'a Incompatibility, sides: Sides<'a>) -> Self {
        Self {
            code: Some(found.kind.as_str()),
            severity: Severity::Error,
            message: Cow::Borrowed(&found.message),
            labels: sides.labels(&found.reader, &found.writer),
            path: None,
            notes: &found.notes,
        }
    }

    /// A datum that comes to mean something else, with the weight that it has by default.
    #[must_use]
    pub fn semantic(found: &'a Semantic, sides: Sides<'a>) -> Self {
        Self {
            code: Some(found.kind.as_str()),
            severity: found.severity,
            message: Cow::Borrowed(&found.message),
            labels: sides.labels(&found.reader, &found.writer),
            path: None,
            notes: &found.notes,
        }
    }
}
