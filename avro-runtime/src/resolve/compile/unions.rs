//! Unions: which branch of the reader's takes what the writer's holds.
//!
//! A branch of the writer's that nothing of the reader's can read is an error of the datum that
//! holds it; only where no branch at all can be read, or the writer has no union, are the schemas
//! refused.

use avro_model::matching::{self, branch};
use avro_model::schema::Schema;
use avro_model::shape::Shape;

use super::{Compiler, Place, last, length};
use crate::resolve::plan::{Branch, Packed, Range, Read};

impl<'a> Compiler<'a> {
    /// A union of both.
    pub(super) fn union(&mut self, read: &'a [Schema], written: &'a [Schema], at: Place) -> Read {
        let union = self.branches(written.len());
        let mut in_order = read.len() == written.len();
        for (position, schema) in written.iter().enumerate() {
            let branch = match self.target(read, position, schema) {
                Some((index, branch)) => {
                    in_order &= index as usize == position;
                    let read = Packed::of(self.read(branch, schema, at));
                    Branch { index, read }
                }
                None => self.unreadable(schema, "the reader's union has no branch for it"),
            };
            self.set_branch(union, position, branch);
        }
        self.in_order[union as usize] = in_order;
        Read::Union(union)
    }

    /// A union of the writer's alone.
    pub(super) fn unwrap(&mut self, reader: &'a Schema, written: &'a [Schema], at: Place) -> Read {
        let union = self.branches(written.len());
        for (position, schema) in written.iter().enumerate() {
            let shapes = (
                Shape::of(reader, self.reader),
                Shape::of(schema, self.writer),
            );
            let branch = match matching::fit(shapes.0, shapes.1) {
                Some(_) => Branch {
                    index: 0,
                    read: Packed::of(self.read(reader, schema, at)),
                },
                None => {
                    let reason = format!("the reader's is no union but {}", shapes.0.describe());
                    self.unreadable(schema, &reason)
                }
            };
            self.set_branch(union, position, branch);
        }
        Read::Unwrap(union)
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
        let read = Packed::of(read);
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
        Branch {
            index: 0,
            read: Packed::of(read),
        }
    }

    /// The number of a new union of so many branches, which are to be set.
    fn branches(&mut self, count: usize) -> u32 {
        const UNSET: Branch = Branch {
            index: 0,
            read: Packed::SAME,
        };
        let start = length(&self.table.branches);
        let end = self.table.branches.len() + count;
        self.table.branches.resize(end, UNSET);
        let end = length(&self.table.branches);
        self.table.unions.push(Range { start, end });
        self.in_order.push(false);
        last(&self.table.unions)
    }

    fn set_branch(&mut self, union: u32, position: usize, branch: Branch) {
        let start = self.table.unions[union as usize].start as usize;
        self.table.branches[start + position] = branch;
    }
}
