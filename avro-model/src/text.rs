//! One self-contained schema, as a registry or a container file has it → linked schema.

use std::fmt;

use crate::codes::Category;
use crate::diagnostic::Severity;
use crate::options::Options;
use crate::render;
use crate::schema::{Root, SchemaSet};
use crate::source::SourceMap;

/// Why a text is no schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    findings: Vec<String>,
}

impl TextError {
    /// One finding that is not the compiler's.
    #[must_use]
    pub fn new(finding: impl Into<String>) -> Self {
        Self {
            findings: vec![finding.into()],
        }
    }

    /// The errors, each on one line with line and column.
    #[must_use]
    pub fn findings(&self) -> &[String] {
        &self.findings
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the text is no valid schema: {}",
            self.findings.join("; ")
        )
    }
}

impl std::error::Error for TextError {}

/// Compiles one self-contained schema: the writer's schema of data that are to be read. Its only
/// top-level schema is the set's only [`root`](SchemaSet::roots).
///
/// It is read leniently: what was deployed must stay readable, mistakes included, as long as they
/// leave the binary form of data in no doubt. A default that does not fit its type does not matter
/// here, for data are read with the defaults of the reader's schema alone.
///
/// # Errors
///
/// [`TextError`] with everything that is wrong with the schema.
pub fn compile_text(text: &str) -> Result<SchemaSet, TextError> {
    let mut sources = SourceMap::new();
    if sources.add("schema", text).is_err() {
        return Err(TextError::new("larger than 4 GiB"));
    }
    let options = Options::new().lenient(true).category(Category::Minimal);
    let (set, found) = crate::compile_with(&sources, &options);
    let errors = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let findings: Vec<_> = errors
        .map(|finding| render::line(&sources, finding))
        .collect();
    if findings.is_empty() {
        Ok(set)
    } else {
        Err(TextError { findings })
    }
}

impl SchemaSet {
    /// The only top-level schema, of a set that [`compile_text`] made.
    #[must_use]
    pub fn only_root(&self) -> Option<&Root> {
        match self.roots() {
            [root] => Some(root),
            _ => None,
        }
    }
}
