//! Which of the schemas that a schema refers to count, and in which order they are fetched.
//!
//! The rule is that of Confluent's clients (`AbstractSchemaProvider.resolveReferences`):
//!
//! 1. References are followed depth first, in the order in which each schema lists them.
//! 2. A reference has a *name*. The first reference of a name counts. Later references of that name
//!    are passed over, whatever subject and version they give. So a graph may hold one name at two
//!    versions, and a graph that runs in a circle comes to an end.
//! 3. A reference of a schema in a context (`:.context:subject`) to a subject without a context
//!    means the subject in the same context.
//!
//! Confluent's clients fetch what they pass over, too; this walk does not, so a schema that does
//! not count may be missing.
//!
//! A text may define a type that another text of the graph also defines, under another reference's
//! name or inside another type. Java's Avro refuses such a graph unless both say the same. Here the
//! definition that the walk meets first counts: the schema's own, then that of the first text that
//! was fetched. All later definitions of the name stand for the first one, so the graph can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::{ErrorKind, Reference, Registered, RegistryError};

/// How many names one schema may lead to. It is far more than anybody uses, and it bounds the
/// requests that one message can cause.
pub(crate) const MOST_NAMES: usize = 1000;

/// The walk over the references of one schema. It fetches nothing: whoever holds it asks for the
/// [`next`](Walk::next) reference and hands in what was [`found`](Walk::found).
///
/// It keeps a stack of its own, so a deep graph takes no stack of the thread's.
pub(crate) struct Walk {
    names: BTreeSet<String>,
    /// The lists that are not yet read to their end, the innermost last.
    open: Vec<List>,
    /// What each schema that was fetched refers to. One schema may have several names.
    fetched: BTreeMap<(String, u32), Arc<[Reference]>>,
    texts: Vec<(String, Arc<str>)>,
    bytes: usize,
    most_bytes: usize,
}

/// What is left of the references of one schema.
struct List {
    /// Where the schema itself stands, as far as it is known.
    subject: Option<String>,
    references: Arc<[Reference]>,
    next: usize,
}

impl Walk {
    /// A walk over these references of a schema. All texts together may have `most_bytes` bytes.
    pub(crate) fn new(
        subject: Option<String>,
        references: Vec<Reference>,
        most_bytes: usize,
    ) -> Self {
        Self {
            names: BTreeSet::new(),
            open: vec![List::new(subject, references.into())],
            fetched: BTreeMap::new(),
            texts: Vec::new(),
            bytes: 0,
            most_bytes,
        }
    }

    /// The reference to fetch next; `None` at the end of the walk.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BadReferences`] if there are more than [`MOST_NAMES`] names.
    pub(crate) fn next(&mut self) -> Result<Option<Reference>, RegistryError> {
        while let Some(list) = self.open.last_mut() {
            let Some(mut reference) = list.references.get(list.next).cloned() else {
                self.open.pop();
                continue;
            };
            list.next += 1;
            if !self.names.insert(reference.name.clone()) {
                continue;
            }
            if self.names.len() > MOST_NAMES {
                let what = format!("it leads to more than {MOST_NAMES} other schemas");
                return Err(bad(format!("{what}, the most that are fetched")));
            }
            reference.subject = in_context_of(list.subject.as_deref(), reference.subject);
            let Reference {
                subject, version, ..
            } = &reference;
            match self.fetched.get(&(subject.clone(), *version)) {
                Some(known) => {
                    let known = Arc::clone(known);
                    self.open.push(List::new(Some(reference.subject), known));
                }
                None => return Ok(Some(reference)),
            }
        }
        Ok(None)
    }

    /// Takes what was fetched for the reference that [`next`](Walk::next) gave.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BadReferences`] if the texts have more bytes together than they may.
    pub(crate) fn found(
        &mut self,
        reference: Reference,
        found: Registered,
    ) -> Result<(), RegistryError> {
        let Reference {
            subject, version, ..
        } = reference;
        self.bytes = self.bytes.saturating_add(found.schema.len());
        if self.bytes > self.most_bytes {
            let most = self.most_bytes;
            let what =
                format!("the schemas that it refers to have more than {most} bytes together");
            return Err(bad(format!("{what}, the most that are read")));
        }
        let place = format!("{subject} version {version}");
        self.texts.push((place, found.schema));
        let references: Arc<[Reference]> = found.references.into();
        let list = List::new(Some(subject.clone()), Arc::clone(&references));
        self.open.push(list);
        self.fetched.insert((subject, version), references);
        Ok(())
    }

    /// The texts that were fetched, in that order, each with what to call it.
    pub(crate) fn into_texts(self) -> Vec<(String, Arc<str>)> {
        self.texts
    }
}

impl List {
    fn new(subject: Option<String>, references: Arc<[Reference]>) -> Self {
        Self {
            subject,
            references,
            next: 0,
        }
    }
}

/// The schema's references do not make one schema with it, and why.
pub(crate) fn bad(why: impl Into<String>) -> RegistryError {
    RegistryError::new(ErrorKind::BadReferences, why)
}

/// A subject in the context of the subject that refers to it, if it gives none itself.
fn in_context_of(parent: Option<&str>, subject: String) -> String {
    let context = parent.map(context).unwrap_or_default();
    if context.is_empty() || subject.starts_with(":.") {
        return subject;
    }
    format!("{context}{subject}")
}

/// `:.context:` of `:.context:subject`; nothing of the default context.
fn context(subject: &str) -> &str {
    let end = subject
        .strip_prefix(":.")
        .and_then(|rest| rest.find(':').map(|end| end + 2));
    match end {
        Some(end) if end > 2 => &subject[..=end],
        _ => "",
    }
}

#[cfg(test)]
mod tests;
