//! What a run reports, and how much it lets pass.

use std::collections::BTreeSet;

use crate::codes::{Category, Code};
use crate::diagnostic::{Diagnostic, Severity};

/// What [`compile_with`](crate::compile_with) reports, and how much it lets pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether mistakes that other implementations accept, and that leave the binary form of data
    /// in no doubt, are warnings instead of errors.
    pub lenient: bool,
    /// The lints to report: those of this category and the ones before it.
    pub category: Category,
    /// Lints to report whatever their category.
    pub also: BTreeSet<Code>,
}

impl Options {
    /// As [`compile`](crate::compile) has them: strict, with the lints of [`Category::Basic`].
    #[must_use]
    pub fn new() -> Self {
        Self {
            lenient: false,
            category: Category::Basic,
            also: BTreeSet::new(),
        }
    }

    /// Makes warnings of the errors that other implementations accept.
    ///
    /// What is read then: of a repeated key the last value, a size in quotes, the schema inside a
    /// needless object (`{"type": {"type": "int"}}`); and what does not fit is left out: a default
    /// of another type, an alias that is no text. Names stay as they are written.
    #[must_use]
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }

    /// Reports the lints of this category and of those before it.
    #[must_use]
    pub fn category(mut self, category: Category) -> Self {
        self.category = category;
        self
    }

    /// Reports this lint whatever its category.
    #[must_use]
    pub fn also(mut self, code: Code) -> Self {
        self.also.insert(code);
        self
    }

    /// Whether findings with this code are reported.
    #[must_use]
    pub fn reports(&self, code: Code) -> bool {
        code.category() <= self.category || self.also.contains(&code)
    }

    /// The finding as this run reports it, if it does.
    pub(crate) fn applied(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        if !self.reports(finding.code) {
            return None;
        }
        let code = finding.code;
        if self.lenient && code.is_tolerable() && !code.is_tolerable_in_part() {
            finding.severity = finding.severity.min(Severity::Warning);
        }
        if code.is_tolerable() && finding.severity == Severity::Warning {
            finding = finding.note("without leniency this is an error");
        }
        Some(finding)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
