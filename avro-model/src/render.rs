//! Findings → text for people: on one line each, or (feature `render`) with the source line and
//! a mark under it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceMap;

#[cfg(feature = "render")]
mod text;

#[cfg(feature = "render")]
pub use text::{text, text_of};

/// One finding on one line: `file:line:column: severity[CODE]: message`.
#[must_use]
pub fn line(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span();
    let position = sources.position(span);
    format!(
        "{}:{}:{}: {}[{}]: {}",
        sources.source(span.file).path().display(),
        position.line,
        position.column,
        word(diagnostic.severity),
        diagnostic.code,
        diagnostic.message,
    )
}

/// The severity as findings show it.
const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Lint => "lint",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
