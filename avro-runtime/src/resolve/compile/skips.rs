//! The writer's schemas that are skipped, and the lengths of their shortest data.

use std::collections::BTreeMap;

use avro_model::schema::{Definition, Schema, SchemaKind, TypeId};

use super::{Compiler, last, length};
use crate::resolve::plan::{Range, SkipRange};
use crate::resolve::skip::Skip;

/// What is known of the writer's named types.
#[derive(Default)]
pub(super) struct Known {
    /// By what they are skipped.
    skips: BTreeMap<TypeId, Skip>,
    /// The records whose fields are to be filled in.
    open: Vec<(TypeId, u32)>,
    min_lens: BTreeMap<TypeId, u32>,
}

/// Beyond this depth a shortest length is taken for 0, which is always safe.
const MOST_NESTED: u32 = 64;

impl<'a> Compiler<'a> {
    /// How a field of the writer's is skipped.
    pub(super) fn skip(&mut self, schema: &'a Schema) -> Skip {
        let skip = self.skip_schema(schema);
        while let Some((id, number)) = self.skips.open.pop() {
            self.fill(id, number);
        }
        skip
    }

    fn skip_schema(&mut self, schema: &'a Schema) -> Skip {
        use SchemaKind as K;
        match &schema.kind {
            K::Null => Skip::Bytes(0),
            K::Boolean => Skip::Bytes(1),
            K::Int | K::Long => Skip::Varint,
            K::Float => Skip::Bytes(4),
            K::Double => Skip::Bytes(8),
            K::Bytes | K::String => Skip::Text,
            K::Array(items) => {
                let item = self.skip_schema(items);
                let min_len = self.min_len(items);
                Skip::Array(self.nested(&[item], min_len))
            }
            K::Map(values) => {
                let value = self.skip_schema(values);
                let min_len = self.min_len(values).saturating_add(1);
                Skip::Map(self.nested(&[value], min_len))
            }
            K::Union(branches) => {
                let skips: Vec<_> = branches.iter().map(|it| self.skip_schema(it)).collect();
                Skip::Union(self.nested(&skips, 1))
            }
            K::Named(id) => self.skip_type(*id),
        }
    }

    fn skip_type(&mut self, id: TypeId) -> Skip {
        if let Some(skip) = self.skips.skips.get(&id) {
            return *skip;
        }
        let skip = match &self.writer[id].definition {
            Definition::Enum(_) => Skip::Varint,
            Definition::Fixed(fixed) => Skip::Bytes(u32::try_from(fixed.size).unwrap_or(u32::MAX)),
            Definition::Record(_) => {
                let number = self.nested(&[], 0);
                self.skips.open.push((id, number));
                Skip::Record(number)
            }
        };
        self.skips.skips.insert(id, skip);
        skip
    }

    /// Fills in the fields of a record. Neighbours of a fixed size are skipped at once.
    fn fill(&mut self, id: TypeId, number: u32) {
        let mut fields: Vec<Skip> = Vec::new();
        for schema in self.writer[id].schemas() {
            match (self.skip_schema(schema), fields.last_mut()) {
                (Skip::Bytes(more), Some(Skip::Bytes(bytes))) => {
                    *bytes = bytes.saturating_add(more);
                }
                (skip, _) => fields.push(skip),
            }
        }
        let range = self.list(&fields);
        if let Some(skip) = self.table.skips.get_mut(number as usize) {
            skip.range = range;
        }
    }

    fn nested(&mut self, parts: &[Skip], min_len: u32) -> u32 {
        let range = self.list(parts);
        self.table.skips.push(SkipRange { range, min_len });
        last(&self.table.skips)
    }

    fn list(&mut self, parts: &[Skip]) -> Range {
        let start = length(&self.table.skip_lists);
        self.table.skip_lists.extend_from_slice(parts);
        let end = length(&self.table.skip_lists);
        Range { start, end }
    }

    /// The length of the shortest datum of a schema of the writer's, or less.
    pub(super) fn min_len(&mut self, schema: &Schema) -> u32 {
        self.min_len_within(schema, MOST_NESTED)
    }

    fn min_len_within(&mut self, schema: &Schema, depth: u32) -> u32 {
        use SchemaKind as K;
        let Some(depth) = depth.checked_sub(1) else {
            return 0;
        };
        match &schema.kind {
            K::Null => 0,
            K::Float => 4,
            K::Double => 8,
            K::Boolean | K::Int | K::Long | K::Bytes | K::String | K::Array(_) | K::Map(_) => 1,
            K::Union(branches) => {
                let lens = branches.iter().map(|it| self.min_len_within(it, depth));
                1_u32.saturating_add(lens.min().unwrap_or(0))
            }
            K::Named(id) => self.min_len_of_type(*id, depth),
        }
    }

    fn min_len_of_type(&mut self, id: TypeId, depth: u32) -> u32 {
        let set = self.writer;
        match &set[id].definition {
            Definition::Enum(_) => 1,
            Definition::Fixed(fixed) => u32::try_from(fixed.size).unwrap_or(u32::MAX),
            Definition::Record(_) => {
                if let Some(len) = self.skips.min_lens.get(&id) {
                    return *len;
                }
                // Inside itself a record counts for nothing.
                self.skips.min_lens.insert(id, 0);
                let mut sum = 0_u32;
                for schema in set[id].schemas() {
                    sum = sum.saturating_add(self.min_len_within(schema, depth));
                }
                self.skips.min_lens.insert(id, sum);
                sum
            }
        }
    }
}
