//! A pair of records → the steps that read the writer's fields into the reader's.

use std::collections::BTreeMap;

use avro_model::schema::{Field, Record};

use super::{Compiler, Place, length};
use crate::resolve::plan::{Packed, Range, Read, Step};
use crate::resolve::skip::Skip;

/// So many fields are looked through one by one; beyond, a table of names is faster.
const FEW: usize = 16;

/// No field.
const NONE: u32 = u32::MAX;

/// Which field of the one record is which of the other; kept for its allocations.
#[derive(Default)]
pub(super) struct Targets {
    /// For each field of the writer's the reader's, or [`NONE`].
    of_writer: Vec<u32>,
    /// For each field of the reader's the writer's, or [`NONE`].
    of_reader: Vec<u32>,
}

impl<'a> Compiler<'a> {
    /// Fills in the steps of a pair that was met.
    pub(super) fn record(&mut self, number: u32) {
        let Some(pair) = self.pairs.get(number as usize) else {
            return;
        };
        let (reader, writer) = (pair.reader.1, pair.writer.1);
        let mut targets = std::mem::take(&mut self.targets);
        self.match_fields(number, reader, writer, &mut targets);

        let start = length(&self.table.steps);
        for (field, &target) in writer.fields.iter().zip(&targets.of_writer) {
            let step = self.step(number, reader, field, target);
            self.add(step, start);
        }
        for (index, field) in (0..).zip(&reader.fields) {
            if targets.of_reader[index as usize] == NONE {
                let read = self.missing(
                    field,
                    Place {
                        pair: number,
                        field: index,
                    },
                );
                let read = Packed::of(read);
                self.table.steps.push(Step { field: index, read });
            }
        }
        let end = length(&self.table.steps);
        self.table.records[number as usize] = Range { start, end };

        let in_order = targets
            .of_writer
            .iter()
            .copied()
            .eq(0..length(&reader.fields));
        self.pairs[number as usize].in_order = in_order;
        self.targets = targets;
    }

    /// Adds a step to those of a record, the first of which is given: neighbours of a fixed size are
    /// skipped at once, and what takes no bytes not at all.
    fn add(&mut self, step: Step, first: u32) {
        if let Read::Skip(Skip::Bytes(more)) = step.read.read() {
            let steps = self.table.steps.get_mut(first as usize..);
            let last = steps.and_then(<[Step]>::last_mut);
            if let Some(last) = last
                && let Read::Skip(Skip::Bytes(bytes)) = last.read.read()
                && let Some(bytes) = bytes.checked_add(more)
            {
                last.read = Packed::of(Read::Skip(Skip::Bytes(bytes)));
                return;
            }
            if more == 0 {
                return;
            }
        }
        self.table.steps.push(step);
    }

    fn step(&mut self, pair: u32, reader: &'a Record, field: &'a Field, target: u32) -> Step {
        match reader.fields.get(target as usize) {
            Some(read) => {
                let at = Place {
                    pair,
                    field: target,
                };
                let read = Packed::of(self.read(&read.schema, &field.schema, at));
                Step {
                    field: target,
                    read,
                }
            }
            None => Step {
                field: Step::NO_FIELD,
                read: Packed::of(Read::Skip(self.skip(&field.schema))),
            },
        }
    }

    /// A field that the writer does not have.
    fn missing(&mut self, field: &Field, at: Place) -> Read {
        if field.default.is_some() {
            return Read::Default;
        }
        let reason = "the writer has no such field, and there is no default".to_owned();
        self.refuse(reason, at)
    }

    /// Each field of the reader's is the writer's of its name, or of one of its aliases.
    fn match_fields(
        &mut self,
        number: u32,
        reader: &Record,
        writer: &Record,
        targets: &mut Targets,
    ) {
        targets.of_writer.clear();
        targets.of_writer.resize(writer.fields.len(), NONE);
        targets.of_reader.clear();
        targets.of_reader.resize(reader.fields.len(), NONE);
        let mut names = Names::of(writer);
        for (index, field) in (0..).zip(&reader.fields) {
            if let Some(found) = names.find(&field.name) {
                targets.claim(index, found);
            }
        }
        for (index, field) in (0..).zip(&reader.fields) {
            for alias in &field.aliases {
                let Some(found) = names.find(alias) else {
                    continue;
                };
                let taken = targets.of_writer[found as usize];
                if taken != NONE && taken != index {
                    // The writer's field is another one's by its own name.
                    continue;
                }
                let source = targets.of_reader[index as usize];
                if source != NONE && source != found {
                    self.ambiguous(
                        writer,
                        (source, found),
                        Place {
                            pair: number,
                            field: index,
                        },
                    );
                }
                targets.claim(index, found);
            }
        }
    }

    fn ambiguous(&mut self, writer: &Record, (a, b): (u32, u32), at: Place) {
        let name = |index: u32| writer.fields.get(index as usize).map_or("", |it| &*it.name);
        let reason = format!(
            "it answers to both `{}` and `{}` of the writer's: remove one of the aliases",
            name(a),
            name(b)
        );
        let number = at.pair as usize;
        if let Read::Refused(reason) = self.refuse(reason, at) {
            self.pairs[number].refused = Some(reason);
        }
    }
}

impl Targets {
    fn claim(&mut self, reader: u32, writer: u32) {
        self.of_reader[reader as usize] = writer;
        self.of_writer[writer as usize] = reader;
    }
}

/// The names of a record's fields, most of which are asked for in order.
struct Names<'a> {
    fields: &'a [Field],
    /// Where the next one is expected.
    next: usize,
    table: BTreeMap<&'a str, u32>,
}

impl<'a> Names<'a> {
    fn of(record: &'a Record) -> Self {
        Self {
            fields: &record.fields,
            next: 0,
            table: BTreeMap::new(),
        }
    }

    fn find(&mut self, name: &str) -> Option<u32> {
        let found = match self.fields.get(self.next) {
            Some(field) if field.name == name => u32::try_from(self.next).ok(),
            _ => self.search(name),
        }?;
        self.next = found as usize + 1;
        Some(found)
    }

    fn search(&mut self, name: &str) -> Option<u32> {
        if self.fields.len() <= FEW {
            let found = self.fields.iter().position(|field| field.name == name)?;
            return u32::try_from(found).ok();
        }
        if self.table.is_empty() {
            let names = self.fields.iter().map(|field| field.name.as_str());
            self.table = names.zip(0..).collect();
        }
        self.table.get(name).copied()
    }
}
