//! What is read without an error and means something else.
//!
//! Walks both schemas as a decoder does: fields by name, branches of a union by the rules of schema
//! resolution. Where data cannot be read, the verdict says so and nothing is said here.

use std::collections::BTreeMap;

use super::explain::{at, missing, pointer};
use super::finding::{Semantic, SemanticKind};
use super::logical::{self, Change};
use super::place::{At, Key, Met, Place, Side, Token, Trail, Trails};
use super::rules::missing_symbols;
use crate::diagnostic::Severity;
use crate::matching::{Branches, WriterFields, fit};
use crate::schema::{Enum, Record, Schema, SchemaKind, SchemaSet};
use crate::shape::Shape;

/// Every finding once, at the first place that leads to it, in the order of the reader's schema.
pub(super) fn check(reader: Side<'_>, writer: Side<'_>) -> Vec<Semantic> {
    let mut walk = Walk {
        reader: reader.set,
        writer: writer.set,
        trails: Trails::default(),
        met: Met::default(),
        unions: BTreeMap::new(),
        rest: Vec::new(),
        found: Vec::new(),
    };
    walk.rest.push(Step {
        reader: reader.at,
        writer: writer.at,
        read: Trail::default(),
        written: Trail::default(),
    });
    while let Some(step) = walk.rest.pop() {
        if walk.met.is_new(step.reader.node, step.writer.node) {
            walk.meet(step);
        }
    }
    walk.found
}

struct Walk<'a> {
    reader: &'a SchemaSet,
    writer: &'a SchemaSet,
    trails: Trails,
    met: Met,
    /// The branches of the reader's unions that were met.
    unions: BTreeMap<Key, Branches<'a>>,
    /// What is still to be visited, the next step last.
    rest: Vec<Step<'a>>,
    found: Vec<Semantic>,
}

#[derive(Clone, Copy)]
struct Step<'a> {
    reader: At<'a>,
    writer: At<'a>,
    read: Trail,
    written: Trail,
}

impl<'a> Walk<'a> {
    fn meet(&mut self, step: Step<'a>) {
        let reader = step.reader.node.shape(self.reader);
        let writer = step.writer.node.shape(self.writer);
        match (reader, writer) {
            (_, Shape::Union(branches)) => self.each(step, branches),
            (Shape::Union(branches), _) => self.choose(step, branches, writer),
            (Shape::Array(a), Shape::Array(b)) => self.inside(step, a, b, "items"),
            (Shape::Map(a), Shape::Map(b)) => self.inside(step, a, b, "values"),
            (Shape::Record(_, a), Shape::Record(_, b)) => self.fields(step, a, b),
            (Shape::Enum(_, a), Shape::Enum(_, b)) => self.symbols(step, a, b),
            _ if fit(reader, writer).is_some() => self.logical(step, reader, writer),
            _ => {}
        }
    }

    fn each(&mut self, step: Step<'a>, branches: &'a [Schema]) {
        for (index, branch) in branches.iter().enumerate().rev() {
            let written = self.trails.step(step.written, &[Token::Index(index)]);
            let writer = step.writer.inner(branch);
            self.rest.push(Step {
                writer,
                written,
                ..step
            });
        }
    }

    fn choose(&mut self, step: Step<'a>, branches: &'a [Schema], writer: Shape<'a>) {
        let reader = self.reader;
        let union = self.unions.entry(step.reader.node.key());
        let union = union.or_insert_with(|| Branches::of(branches, reader));
        if let Some((index, branch)) = union.taken(writer) {
            let read = self.trails.step(step.read, &[Token::Index(index)]);
            let reader = step.reader.inner(branch);
            self.rest.push(Step {
                reader,
                read,
                ..step
            });
        }
    }

    fn inside(
        &mut self,
        step: Step<'a>,
        reader: &'a Schema,
        writer: &'a Schema,
        key: &'static str,
    ) {
        let token = [Token::Key(key)];
        let step = Step {
            reader: step.reader.inner(reader),
            writer: step.writer.inner(writer),
            read: self.trails.step(step.read, &token),
            written: self.trails.step(step.written, &token),
        };
        self.rest.push(step);
    }

    fn fields(&mut self, step: Step<'a>, reader: &'a Record, writer: &'a Record) {
        let by_name = WriterFields::of(writer);
        for (index, field) in reader.fields.iter().enumerate().rev() {
            let Some(&(position, counterpart)) = by_name.counterparts(field).first() else {
                continue;
            };
            let token = |index| {
                [
                    Token::Key("fields"),
                    Token::Index(index),
                    Token::Key("type"),
                ]
            };
            let step = Step {
                reader: step.reader.field(field),
                writer: step.writer.field(counterpart),
                read: self.trails.step(step.read, &token(index)),
                written: self.trails.step(step.written, &token(position)),
            };
            self.rest.push(step);
        }
    }

    fn symbols(&mut self, step: Step<'a>, reader: &'a Enum, writer: &'a Enum) {
        let default = reader.default.and_then(|index| reader.symbols.get(index));
        let Some(default) = default.filter(|_| !missing_symbols(reader, writer).is_empty()) else {
            return;
        };
        let read = step.reader.node.shape(self.reader);
        let written = step.writer.node.shape(self.writer);
        let message = format!(
            "{} takes for its default `{}` what the writer may write: {}",
            read.describe(),
            default.name,
            missing(read, written)
        );
        let note = "add the symbols to the reader's enum";
        let kind = SemanticKind::EnumDefault;
        self.report(
            step,
            Some("symbols"),
            kind,
            Severity::Error,
            (message, note),
        );
    }

    fn logical(&mut self, step: Step<'a>, reader: Shape<'a>, writer: Shape<'a>) {
        let text = |shape| matches!(shape, Shape::Primitive(SchemaKind::String));
        let change = logical::compare(
            step.reader.node.logical(self.reader),
            step.writer.node.logical(self.writer),
            text(reader) != text(writer),
        );
        if let Some(Change {
            kind,
            severity,
            message,
            note,
        }) = change
        {
            self.report(step, None, kind, severity, (message, note));
        }
    }

    fn report(
        &mut self,
        step: Step<'a>,
        attribute: Option<&str>,
        kind: SemanticKind,
        severity: Severity,
        (message, note): (String, &str),
    ) {
        let place = |set: &SchemaSet, at: At<'_>, trail| Place {
            location: pointer(&self.trails, trail, attribute),
            span: at.span,
            within: at.inside().map(|id| set[id].fullname.clone()),
        };
        let finding = Semantic {
            kind,
            severity,
            reader: place(self.reader, step.reader, step.read),
            writer: place(self.writer, step.writer, step.written),
            message: at(self.reader, step.reader, message),
            notes: vec![note.to_owned()],
        };
        self.found.push(finding);
    }
}
