//! Whether a writer's schema can be read at all, whatever the datum.
//!
//! It cannot if something in it cannot, up to the branch of a union of the writer's: there it is
//! the branch alone.

use std::collections::BTreeSet;

use super::logical::{self, Change};
use super::matching::{self, Source};
use crate::oracle::random::model::{Definition, Field, Model, Named, Schema};

/// The pairs of records that cannot be read.
#[derive(Debug)]
pub(super) struct Readable<'m> {
    reader: &'m Model,
    writer: &'m Model,
    refused: BTreeSet<(usize, usize)>,
}

impl<'m> Readable<'m> {
    /// Looks at every pair of records that the roots lead to.
    pub(super) fn of(reader: &'m Model, writer: &'m Model) -> Self {
        let mut readable = Self {
            reader,
            writer,
            refused: BTreeSet::new(),
        };
        // What is found refused refuses what holds it, until nothing new is found.
        loop {
            let mut look = Look {
                known: &readable,
                met: BTreeSet::new(),
                found: BTreeSet::new(),
            };
            look.can_read(&reader.root, &writer.root);
            let found = look.found;
            if found.is_subset(&readable.refused) {
                return readable;
            }
            readable.refused.extend(found);
        }
    }

    /// Whether the reader's schema can read the writer's.
    pub(super) fn can_read(&self, reader: &Schema, writer: &Schema) -> bool {
        let mut look = Look {
            known: self,
            met: BTreeSet::new(),
            found: BTreeSet::new(),
        };
        look.can_read(reader, writer)
    }
}

struct Look<'a, 'm> {
    known: &'a Readable<'m>,
    met: BTreeSet<(usize, usize)>,
    found: BTreeSet<(usize, usize)>,
}

impl Look<'_, '_> {
    fn can_read(&mut self, read: &Schema, written: &Schema) -> bool {
        let (reader, writer) = (self.known.reader, self.known.writer);
        match (read, written) {
            (_, Schema::Union(branches)) => {
                // All are looked at, for what is found in them.
                let can = branches
                    .iter()
                    .map(|branch| self.can_read_branch(read, branch));
                can.fold(false, |one, other| one | other)
            }
            (Schema::Union(_), _) => self.can_read_branch(read, written),
            (Schema::Array(a), Schema::Array(b)) | (Schema::Map(a), Schema::Map(b)) => {
                self.can_read(a, b)
            }
            (Schema::Primitive(..), Schema::Primitive(..)) => {
                matching::fit((reader, read), (writer, written)).is_some()
                    && self.keeps_meaning(read, written)
            }
            (Schema::Named(a), Schema::Named(b)) => {
                let named = (&reader.types[*a], &writer.types[*b]);
                matching::fit((reader, read), (writer, written)).is_some()
                    && self.can_read_named(named, (*a, *b))
                    && self.keeps_meaning(read, written)
            }
            _ => false,
        }
    }

    /// A writer's schema that is no union, by the reader's that suits it.
    fn can_read_branch(&mut self, read: &Schema, written: &Schema) -> bool {
        let (reader, writer) = (self.known.reader, self.known.writer);
        match read {
            Schema::Union(branches) => matching::branch((reader, branches), (writer, written))
                .is_some_and(|(_, branch, _)| self.can_read(branch, written)),
            _ => self.can_read(read, written),
        }
    }

    fn keeps_meaning(&self, read: &Schema, written: &Schema) -> bool {
        let reader = logical::meaning(self.known.reader, read);
        let writer = logical::meaning(self.known.writer, written);
        logical::change(reader, writer) != Change::Refused
    }

    fn can_read_named(&mut self, named: (&Named, &Named), pair: (usize, usize)) -> bool {
        match (&named.0.definition, &named.1.definition) {
            (Definition::Record { fields: a, .. }, Definition::Record { fields: b, .. }) => {
                if self.known.refused.contains(&pair) {
                    return false;
                }
                let can = !self.met.insert(pair) || self.can_read_fields(a, b);
                if !can {
                    self.found.insert(pair);
                }
                can
            }
            (Definition::Fixed { size: a, .. }, Definition::Fixed { size: b, .. }) => a == b,
            // A symbol that is not known is an error of the datum that has it.
            _ => true,
        }
    }

    fn can_read_fields(&mut self, reader: &[Field], writer: &[Field]) -> bool {
        let sources = matching::sources(reader, writer);
        let can = reader
            .iter()
            .zip(sources)
            .map(|(field, source)| match source {
                Source::Written(at, _) => self.can_read(&field.schema, &writer[at].schema),
                Source::Absent => field.default.is_some(),
                Source::Ambiguous => false,
            });
        can.fold(true, |one, other| one & other)
    }
}
