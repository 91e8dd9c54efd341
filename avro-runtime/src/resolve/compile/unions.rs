//! Unions: which branch of the reader's takes what the writer's holds.
//!
//! A branch of the writer's that nothing of the reader's can read is an error of the datum that
//! holds it; only where no branch at all can be read, or the writer has no union, are the schemas
//! refused.

use avro_model::matching::{self, branch};
use avro_model::schema::Schema;
use avro_model::shape::Shape;

use super::{Compiler, Place, last, length};
use crate::resolve::plan::{Branch, Range, Read};

impl<'a> Compiler<'a> {
    /// A union of both.
    pub(super) fn union(&mut self, read: &'a [Schema], written: &'a [Schema], at: Place) -> Read {
        let mut branches = Vec::with_capacity(written.len());
        for (index, schema) in written.iter().enumerate() {
            branches.push(match self.target(read, index, schema) {
                Some((index, branch)) => Branch {
                    index,
                    read: self.read(branch, schema, at),
                },
                None => self.unreadable(schema, "the reader's union has no branch for it"),
            });
        }
        let in_order = read.len() == written.len()
            && (0..)
                .zip(&branches)
                .all(|(index, branch)| branch.index == index);
        Read::Union(self.branches(&branches, in_order))
    }

    /// A union of the writer's alone.
    pub(super) fn unwrap(&mut self, reader: &'a Schema, written: &'a [Schema], at: Place) -> Read {
        let mut branches = Vec::with_capacity(written.len());
        for schema in written {
            let shapes = (
                Shape::of(reader, self.reader),
                Shape::of(schema, self.writer),
            );
            branches.push(match matching::fit(shapes.0, shapes.1) {
                Some(_) => Branch {
                    index: 0,
                    read: self.read(reader, schema, at),
                },
                None => {
                    let reason = format!("the reader's is no union but {}", shapes.0.describe());
                    self.unreadable(schema, &reason)
                }
            });
        }
        Read::Unwrap(self.branches(&branches, false))
    }

    /// A union of the reader's alone.
    pub(super) fn wrap(&mut self, read: &'a [Schema], writer: &'a Schema, at: Place) -> Read {
        let shape = Shape::of(writer, self.writer);
        let Some((index, schema)) = branch(read, self.reader, shape) else {
            let reason = format!(
                "the union has no branch for the writer's {}",
                shape.describe()
            );
            return self.refuse(reason, at);
        };
        let read = self.read(schema, writer, at);
        if let Read::Refused(_) = read {
            return read;
        }
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.table.branches.push(Branch { index, read });
        Read::Wrap(last(&self.table.branches))
    }

    /// The reader's branch for one of the writer's; mostly that of the same index, which is looked
    /// at first.
    fn target(
        &self,
        read: &'a [Schema],
        index: usize,
        schema: &'a Schema,
    ) -> Option<(u32, &'a Schema)> {
        let shape = Shape::of(schema, self.writer);
        if let Some(branch) = read.get(index)
            && matching::fit(Shape::of(branch, self.reader), shape) == Some(matching::Fit::Same)
        {
            return Some((u32::try_from(index).ok()?, branch));
        }
        let (index, branch) = branch(read, self.reader, shape)?;
        Some((u32::try_from(index).ok()?, branch))
    }

    fn unreadable(&mut self, schema: &Schema, why: &str) -> Branch {
        let branch = Shape::of(schema, self.writer).describe();
        let read = Read::Refused(self.text(format!("the writer's branch {branch}: {why}")));
        Branch { index: 0, read }
    }

    fn branches(&mut self, branches: &[Branch], in_order: bool) -> u32 {
        let start = length(&self.table.branches);
        self.table.branches.extend_from_slice(branches);
        let end = length(&self.table.branches);
        self.table.unions.push(Range { start, end });
        self.in_order.push(in_order);
        last(&self.table.unions)
    }
}
