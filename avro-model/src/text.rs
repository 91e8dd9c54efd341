//! One self-contained schema, as a registry or a container file has it → linked schema.

use std::fmt;

use crate::codes::Category;
use crate::diagnostic::Severity;
use crate::link::Repeats;
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
    compile_with_references(text, &[] as &[(&str, &str)])
}

/// Compiles one schema together with the texts that it refers to. Each of these stands behind the
/// name under which findings show it. The schema is the set's only [`root`](SchemaSet::roots).
///
/// All of them are read as leniently as by [`compile_text`]. Two texts may define the same name.
/// Then the first definition counts: the schema's own, else that of the first text in the list.
/// Every other definition stands for the first one, as its name would. A text that defines a name
/// twice by itself stays wrong.
///
/// # Errors
///
/// [`TextError`] with everything that is wrong with any of the texts.
pub fn compile_with_references(
    schema: &str,
    references: &[(impl AsRef<str>, impl AsRef<str>)],
) -> Result<SchemaSet, TextError> {
    let mut sources = SourceMap::new();
    let mut add = |name: &str, text: &str| {
        let too_large = |_| TextError::new(format!("{name} is larger than 4 GiB"));
        sources.add(name, text).map_err(too_large)
    };
    let schema = add("schema", schema)?;
    let mut order = vec![schema];
    for (name, text) in references {
        order.push(add(name.as_ref(), text.as_ref())?);
    }
    let options = Options::new().lenient(true).category(Category::Minimal);
    let (mut set, found) = crate::compile_in_order(&sources, &order, &options, Repeats::FirstMet);
    set.roots.retain(|root| root.file == schema);
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
