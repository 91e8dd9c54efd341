//! What decides about a pair of schemas: the rules of schema resolution, as Java has them.

use std::collections::BTreeSet;

use super::checker::{Checker, Finding, Meeting, Pointers, Reason, Step};
use super::place::{At, Token};
use crate::matching::{Branches, WriterFields, promotes, same_name};
use crate::schema::{Enum, Field, NamedType, Record, Schema, SchemaKind};
use crate::shape::Shape;

impl<'a> Checker<'a> {
    /// What decides about a pair, in Java's order.
    pub(super) fn steps(&mut self, meeting: Meeting<'a>) -> Vec<Step<'a>> {
        let (reader, writer) = self.shapes(meeting);
        match (reader, writer) {
            (Shape::Primitive(reader), Shape::Primitive(writer)) if reads(reader, writer) => {
                Vec::new()
            }
            (Shape::Array(reader), Shape::Array(writer)) => {
                vec![self.inside(meeting, reader, writer, "items")]
            }
            (Shape::Map(reader), Shape::Map(writer)) => {
                vec![self.inside(meeting, reader, writer, "values")]
            }
            (Shape::Fixed(reader, a), Shape::Fixed(writer, b)) => {
                let name = name(reader, writer);
                let size = (a.size != b.size).then_some(Reason::Size);
                let reasons = name.into_iter().chain(size);
                reasons.map(|reason| meeting.report(reason)).collect()
            }
            (Shape::Enum(reader, a), Shape::Enum(writer, b)) => {
                let name = name(reader, writer);
                let lacks = a.default.is_none() && !missing_symbols(a, b).is_empty();
                let reasons = name.into_iter().chain(lacks.then_some(Reason::Symbols));
                reasons.map(|reason| meeting.report(reason)).collect()
            }
            (Shape::Record(reader, a), Shape::Record(writer, b)) => {
                let name = name(reader, writer).map(|reason| meeting.report(reason));
                let fields = self.fields(meeting, a, b);
                name.into_iter().chain(fields).collect()
            }
            (Shape::Union(_), Shape::Union(branches)) => self.instead(meeting, branches),
            (_, Shape::Union(branches)) => self.each(meeting, branches),
            (Shape::Union(branches), _) => self.any(meeting, branches),
            _ => vec![meeting.report(Reason::Type)],
        }
    }

    pub(super) fn shapes(&self, meeting: Meeting<'a>) -> (Shape<'a>, Shape<'a>) {
        let reader = meeting.reader.node.shape(self.reader);
        (reader, meeting.writer.node.shape(self.writer))
    }

    fn inside(
        &mut self,
        meeting: Meeting<'a>,
        reader: &'a Schema,
        writer: &'a Schema,
        key: &'static str,
    ) -> Step<'a> {
        let token = [Token::Key(key)];
        Step::Merge(Meeting {
            reader: meeting.reader.inner(reader),
            writer: meeting.writer.inner(writer),
            trail: self.step(meeting.trail, &token, &token),
        })
    }

    /// Every field of the reader's record must come from the writer's, or from its default.
    fn fields(&mut self, at: Meeting<'a>, reader: &'a Record, writer: &'a Record) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let written = WriterFields::of(writer);
        for (index, field) in reader.fields.iter().enumerate() {
            let place = [Token::Key("fields"), Token::Index(index)];
            let matches = written.counterparts(field);
            if matches.len() > 1 {
                let trail = self.step(at.trail, &place, &[Token::Key("fields")]);
                let meeting = Meeting { trail, ..at };
                let reason = Reason::Ambiguous(field);
                self.beside.push(Finding { reason, meeting });
            }
            match matches.first() {
                Some(&(position, counterpart)) => {
                    let [a, b] = [index, position].map(|index| {
                        [
                            Token::Key("fields"),
                            Token::Index(index),
                            Token::Key("type"),
                        ]
                    });
                    steps.push(Step::Merge(Meeting {
                        reader: at.reader.field(field),
                        writer: at.writer.field(counterpart),
                        trail: self.step(at.trail, &a, &b),
                    }));
                }
                None if field.default.is_some() => {}
                None => steps.push(self.no_default(at, field, &place)),
            }
        }
        steps
    }

    /// The field is not in the writer's record and has no default. If its type is an enum with
    /// one, Java compares that enum with the writer's record, and finds that the types differ.
    fn no_default(&mut self, at: Meeting<'a>, field: &'a Field, place: &[Token]) -> Step<'a> {
        let trail = self.step(at.trail, place, &[Token::Key("fields")]);
        let reader = at.reader.field(field);
        match reader.node.shape(self.reader) {
            Shape::Enum(_, symbols) if symbols.default.is_some() => {
                let trail = self.step(trail, &[Token::Key("type")], &[]);
                Step::Absent(
                    Meeting {
                        reader,
                        trail,
                        ..at
                    },
                    field,
                )
            }
            _ => Meeting { trail, ..at }.report(Reason::NoDefault(field)),
        }
    }

    /// Each branch of the writer's must be read by the reader's union as a whole.
    fn instead(&mut self, at: Meeting<'a>, branches: &'a [Schema]) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let writer = at.writer.inner(branch);
            let token = [Token::Index(index)];
            let trail = self.step(at.trail, &token, &token);
            let found = Meeting {
                writer,
                trail,
                ..at
            };
            steps.push(Step::Instead(found.afresh(), found.finding(Reason::Branch)));
        }
        steps
    }

    /// Each branch of the writer's must be read by the reader's schema, which is no union.
    fn each(&mut self, at: Meeting<'a>, branches: &'a [Schema]) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let writer = at.writer.inner(branch);
            let token = [Token::Index(index)];
            let trail = self.step(at.trail, &token, &token);
            steps.push(Step::Merge(Meeting {
                writer,
                trail,
                ..at
            }));
        }
        steps
    }

    /// Some branch of the reader's union must read the writer's schema, which is no union.
    ///
    /// Java compares all of them. Those that neither name nor type lets fit decide nothing: they
    /// matter for the place at which a pair is met first. In large unions they are left out.
    fn any(&mut self, at: Meeting<'a>, branches: &'a [Schema]) -> Vec<Step<'a>> {
        let writer = at.writer.node.shape(self.writer);
        let fitting = self.branches(at.reader, branches).fitting(writer);
        let tried: Vec<&Schema> = match self.hopeless.take(branches.len() - fitting.len()) {
            true => branches.iter().collect(),
            false => fitting.iter().map(|(index, _)| &branches[*index]).collect(),
        };
        let tries = tried.into_iter().map(|branch| {
            let reader = at.reader.inner(branch);
            Step::Try(Meeting { reader, ..at }.afresh())
        });
        tries.chain([at.report(Reason::Branch)]).collect()
    }

    /// The branches of a reader's union by name, made when the union is met first.
    fn branches(&mut self, union: At<'a>, branches: &'a [Schema]) -> &Branches<'a> {
        let reader = self.reader;
        let entry = self.unions.entry(union.node.key());
        entry.or_insert_with(|| Branches::of(branches, reader))
    }

    fn step(&mut self, from: Pointers, java: &[Token], writer: &[Token]) -> Pointers {
        Pointers {
            java: self.trails.step(from.java, java),
            writer: self.trails.step(from.writer, writer),
        }
    }
}

/// Whether a primitive type reads another.
pub(super) fn reads(reader: &SchemaKind, writer: &SchemaKind) -> bool {
    std::mem::discriminant(reader) == std::mem::discriminant(writer) || promotes(reader, writer)
}

/// Whether the names keep two named types apart.
fn name<'a>(reader: &NamedType, writer: &NamedType) -> Option<Reason<'a>> {
    (!same_name(reader, writer)).then_some(Reason::Name)
}

/// The writer's symbols that the reader's enum does not have, in the writer's order.
pub(super) fn missing_symbols<'w>(reader: &Enum, writer: &'w Enum) -> Vec<&'w str> {
    let known = reader.symbols.iter().map(|symbol| symbol.name.as_str());
    let known: BTreeSet<&str> = known.collect();
    let symbols = writer.symbols.iter().map(|symbol| symbol.name.as_str());
    symbols.filter(|symbol| !known.contains(symbol)).collect()
}
