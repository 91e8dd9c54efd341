//! Findings → what people and programs read. Nothing here prints.
//!
//! | function | form | for |
//! |---|---|---|
//! | [`line()`] | one line | logs, and tools that read `file:line:column:` |
//! | `text`, `text_of`, `text_of_finding`, `text_of_findings` (feature `render`) | the source lines with marks under them | people |
//! | [`json`] | an array of objects | programs |
//! | [`github`] | a workflow command for each finding | the pages of a pull request |
//!
//! What findings quote comes from strangers; each form is escaped for its place by [`escape`].
//!
//! All of them show a [`Finding`], which has its places with it: it may come from schemas, from a
//! manifest, or from a comparison of two sets of schemas.
//!
//! ```
//! use avro_model::render::{self, Finding};
//!
//! let mut sources = avro_model::SourceMap::new();
//! sources.add("a.avsc", r#"{"type": "array", "items": "strin"}"#)?;
//! let (_, found) = avro_model::compile(&sources);
//! let findings: Vec<_> = found.iter().map(|found| Finding::new(&sources, found)).collect();
//!
//! assert_eq!(
//!     render::github(&findings),
//!     "::error file=a.avsc,line=1,col=28,title=AVR022::`a` refers to `strin`, which is not \
//!      defined%0Adid you mean `string`?\n"
//! );
//! # Ok::<(), avro_model::source::SourceTooLarge>(())
//! ```

use crate::diagnostic::{Diagnostic, Severity};
use crate::escape;
use crate::source::SourceMap;

#[cfg(feature = "render")]
mod excerpt;
mod finding;
mod github;
mod json;
#[cfg(feature = "render")]
mod text;

pub use finding::{Finding, Label};
pub use github::github;
pub use json::{json, json_of};
#[cfg(feature = "render")]
pub use text::{text, text_of, text_of_finding, text_of_findings};

/// One finding on one line: `file:line:column: severity[CODE]: message`.
#[must_use]
pub fn line(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span();
    let position = sources.position(span);
    let line = format!(
        "{}:{}:{}: {}[{}]: {}",
        sources.source(span.file).path().display(),
        position.line,
        position.column,
        diagnostic.severity,
        diagnostic.code,
        diagnostic.message,
    );
    escape::line(&line).into_owned()
}

impl Severity {
    /// The word that findings show: `lint`, `warning` or `error`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}
