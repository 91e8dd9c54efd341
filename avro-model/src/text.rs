//! One self-contained schema, as a registry or a container file has it → linked schema.

use std::fmt;

use crate::codes::Code;
use crate::diagnostic::Severity;
use crate::render;
use crate::schema::{Root, SchemaSet};
use crate::source::SourceMap;

/// Why a text is no schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    findings: Vec<String>,
}

impl TextError {
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
/// Defaults that do not fit their types are let pass: data are read with the defaults of the
/// reader's schema alone, and what was deployed with such a default must stay readable.
///
/// # Errors
///
/// [`TextError`] with everything that is wrong with the schema.
pub fn compile_text(text: &str) -> Result<SchemaSet, TextError> {
    let mut sources = SourceMap::new();
    if sources.add("schema", text).is_err() {
        return Err(TextError {
            findings: vec!["larger than 4 GiB".to_owned()],
        });
    }
    let (set, found) = crate::compile(&sources);
    let errors = found.iter().filter(|finding| {
        finding.severity == Severity::Error
            && !matches!(finding.code, Code::DefaultMismatch | Code::EndlessDefault)
    });
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
