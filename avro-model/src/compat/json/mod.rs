//! Does a reader that has its own schema alone take JSON that another version wrote?
//!
//! JSON goes by names, and its readers resolve nothing: an alias cures no renaming, an enum's
//! default takes in no symbol, and a logical type may give a value another form. Two encodings are
//! looked at: plain JSON, where a union's value stands for itself, and Avro's own (specification
//! 1.12, "JSON Encoding"), where it stands in an object under the name of its branch. A missing key
//! takes the field's default. One that the reader does not know is passed over, in Avro's own
//! encoding by Java alone: `json::avro` of the runtime refuses it, which is not reported here.

mod form;

use super::explain::{at, missing};
use super::place::{At, Met, Side};
use super::rules::missing_symbols;
use crate::codes::Code;
use crate::matching::{Branches, WriterFields, branch};
use crate::schema::{Enum, Field, NamedType, Record, Schema, SchemaKind, SchemaSet};
use crate::shape::Shape;
use crate::source::Span;
use form::{avro, plain};

/// A way in which JSON of the writer is not what the reader expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonBreak {
    /// Which way.
    pub kind: JsonKind,
    /// Where in the reader's schema.
    pub reader: Span,
    /// Where in the writer's schema.
    pub writer: Span,
    /// What is wrong, as a sentence: lower case, no full stop.
    pub message: String,
    /// What to do instead.
    pub note: &'static str,
}

/// In which way JSON is not what the reader expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    /// The writer has the field under a name that is an alias of the reader's.
    FieldName,
    /// The writer has no such field, and there is no default.
    FieldMissing,
    /// Symbols that the reader does not know.
    Symbols,
    /// A value in another form: a number, a text, an object.
    Form,
    /// A branch under another name, or none where there was one.
    Branch,
}

impl JsonKind {
    /// The code of its diagnostics.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::FieldName => Code::JsonFieldRenamed,
            Self::FieldMissing => Code::JsonFieldMissing,
            Self::Symbols => Code::JsonSymbolUnknown,
            Self::Form => Code::JsonFormChanged,
            Self::Branch => Code::JsonBranchRenamed,
        }
    }
}

/// Every break once, at the first place that leads to it, in the order of the reader's schema.
#[must_use]
pub fn compare(reader: Side<'_>, writer: Side<'_>) -> Vec<JsonBreak> {
    let mut walk = Walk {
        reader: reader.set,
        writer: writer.set,
        met: Met::default(),
        rest: vec![(reader.at, writer.at)],
        found: Vec::new(),
    };
    while let Some((reader, writer)) = walk.rest.pop() {
        if walk.met.is_new(reader.node, writer.node) {
            walk.meet(reader, writer);
        }
    }
    walk.found
}

struct Walk<'a> {
    reader: &'a SchemaSet,
    writer: &'a SchemaSet,
    met: Met,
    /// What is still to be visited, the next pair last.
    rest: Vec<(At<'a>, At<'a>)>,
    found: Vec<JsonBreak>,
}

impl<'a> Walk<'a> {
    fn meet(&mut self, reader: At<'a>, writer: At<'a>) {
        let shapes = (
            reader.node.shape(self.reader),
            writer.node.shape(self.writer),
        );
        match shapes {
            (Shape::Union(a), Shape::Union(b)) => self.branches((reader, a), (writer, b)),
            (_, Shape::Union(branches)) => {
                self.wrapped(reader, writer, branches, "in an object", "by itself");
                let branches = branches.iter().rev();
                let pairs = branches.map(|branch| (reader, writer.inner(branch)));
                self.rest.extend(pairs);
            }
            (Shape::Union(branches), written) => {
                self.wrapped(reader, writer, branches, "by itself", "in an object");
                let found = branch(branches, self.reader, written);
                self.rest
                    .extend(found.map(|(_, branch)| (reader.inner(branch), writer)));
            }
            (Shape::Array(a), Shape::Array(b)) | (Shape::Map(a), Shape::Map(b)) => {
                self.rest.push((reader.inner(a), writer.inner(b)));
            }
            (Shape::Record(ty, a), Shape::Record(other, b)) => {
                self.fields((reader, ty, a), (writer, other, b));
            }
            (Shape::Enum(_, a), Shape::Enum(_, b)) => self.symbols((reader, a), (writer, b)),
            _ => self.form(reader, writer),
        }
    }

    /// Fields go by their names, whatever their aliases.
    fn fields(
        &mut self,
        (reader, ty, read): (At<'a>, &NamedType, &'a Record),
        (writer, other, written): (At<'a>, &NamedType, &'a Record),
    ) {
        let mut inside = Vec::new();
        let by_name = WriterFields::of(written);
        for field in &read.fields {
            match by_name.counterparts(field).first() {
                Some(&(_, counterpart)) => {
                    if counterpart.name != field.name {
                        self.renamed(ty, field, counterpart);
                    }
                    inside.push((reader.field(field), writer.field(counterpart)));
                }
                None if field.default.is_some() => {}
                None => {
                    let message = format!(
                        "field `{}` of record `{}` has no default, and JSON of the writer has no \
                         such key",
                        field.name, ty.fullname
                    );
                    let note = "give the field a default in the reader's schema";
                    let spans = (field.name_span, other.name_span);
                    self.found(JsonKind::FieldMissing, spans, message, note);
                }
            }
        }
        self.rest.extend(inside.into_iter().rev());
    }

    fn renamed(&mut self, ty: &NamedType, field: &Field, counterpart: &Field) {
        let lost = match field.default {
            Some(_) => "takes its default instead",
            None => "misses it",
        };
        let message = format!(
            "field `{}` of record `{}` is `{}` in JSON of the writer: aliases do not count \
             there, and the reader {lost}",
            field.name, ty.fullname, counterpart.name
        );
        let note = "keep the name, or send no JSON between the two versions";
        let spans = (field.name_span, counterpart.name_span);
        self.found(JsonKind::FieldName, spans, message, note);
    }

    fn symbols(&mut self, reader: (At<'a>, &'a Enum), writer: (At<'a>, &'a Enum)) {
        let lacking = missing_symbols(reader.1, writer.1);
        let Some(first) = lacking.first() else {
            return;
        };
        let (read, written) = (
            reader.0.node.shape(self.reader),
            writer.0.node.shape(self.writer),
        );
        let message = format!(
            "{} lacks what JSON of the writer may hold: {}",
            read.describe(),
            missing(read, written)
        );
        let mut symbols = writer.1.symbols.iter();
        let symbol = symbols.find(|symbol| symbol.name == *first);
        let writer_span = symbol.map_or(writer.0.span, |symbol| symbol.span);
        let spans = (self.symbols_span(reader.0), writer_span);
        let note = "add the symbols to the reader's enum; its default is for binary data alone";
        self.found(
            JsonKind::Symbols,
            spans,
            at(self.reader, reader.0, message),
            note,
        );
    }

    fn symbols_span(&self, at: At<'_>) -> Span {
        let ty = at.node.shape(self.reader).definition();
        let symbols = ty.and_then(|ty| ty.json.get("symbols"));
        symbols.map_or(at.span, |symbols| symbols.span)
    }

    /// Every branch of the writer's goes under its name.
    fn branches(&mut self, reader: (At<'a>, &'a [Schema]), writer: (At<'a>, &'a [Schema])) {
        let mut inside = Vec::new();
        let branches = Branches::of(reader.1, self.reader);
        for written in writer.1 {
            let at = writer.0.inner(written);
            let shape = at.node.shape(self.writer);
            match branches.taken(shape) {
                Some((_, read)) => {
                    let read = reader.0.inner(read);
                    self.name_of_branch(read, at);
                    inside.push((read, at));
                }
                None => {
                    let sentence = format!(
                        "the reader's union has no branch for the writer's {}",
                        shape.describe()
                    );
                    let note = "add the branch to the reader's union";
                    self.at(JsonKind::Branch, (reader.0, at), sentence, note);
                }
            }
        }
        self.rest.extend(inside.into_iter().rev());
    }

    fn name_of_branch(&mut self, reader: At<'a>, writer: At<'a>) {
        let name = |at: At<'a>, set: &'a SchemaSet| {
            let shape = at.node.shape(set);
            let named = shape.definition().map(|ty| ty.fullname.as_str());
            named.unwrap_or(shape.keyword())
        };
        let (read, written) = (name(reader, self.reader), name(writer, self.writer));
        if read != written {
            let sentence = format!("the writer's branch `{written}` is `{read}` to the reader");
            let note = "keep names and namespaces of a union's branches, or send no Avro JSON";
            self.at(JsonKind::Branch, (reader, writer), sentence, note);
        }
    }

    /// In Avro JSON a union's value stands in an object, but for null.
    fn wrapped(
        &mut self,
        reader: At<'a>,
        writer: At<'a>,
        branches: &[Schema],
        written: &str,
        read: &str,
    ) {
        let is_null = |schema: &Schema| matches!(schema.kind, SchemaKind::Null);
        if branches.iter().all(is_null) {
            return;
        }
        let sentence = format!(
            "in Avro JSON the writer writes the value {written}, and the reader expects it {read}"
        );
        let note = "a union's value is an object in Avro JSON: send none between the two versions";
        self.at(JsonKind::Branch, (reader, writer), sentence, note);
    }

    fn form(&mut self, reader: At<'a>, writer: At<'a>) {
        let forms = |form: fn(Shape<'_>, Option<_>) -> form::Form| {
            let of =
                |at: At<'a>, set: &'a SchemaSet| form(at.node.shape(set), at.node.logical(set));
            (of(reader, self.reader), of(writer, self.writer))
        };
        let (in_plain, in_avro) = (forms(plain), forms(avro));
        let (encoding, (read, written)) =
            match (in_plain.0.reads(in_plain.1), in_avro.0.reads(in_avro.1)) {
                (true, true) => return,
                (false, false) => ("JSON", in_plain),
                (false, true) => ("plain JSON", in_plain),
                (true, false) => ("Avro JSON", in_avro),
            };
        let sentence = format!(
            "in {encoding} the writer writes {}, and the reader expects {}",
            written.describe(),
            read.describe()
        );
        let note = "keep the type, and add a field of the new one under another name";
        self.at(JsonKind::Form, (reader, writer), sentence, note);
    }

    /// A break at the schemas themselves.
    fn at(
        &mut self,
        kind: JsonKind,
        (reader, writer): (At<'a>, At<'a>),
        sentence: String,
        note: &'static str,
    ) {
        let message = at(self.reader, reader, sentence);
        self.found(kind, (reader.span, writer.span), message, note);
    }

    fn found(
        &mut self,
        kind: JsonKind,
        (reader, writer): (Span, Span),
        message: String,
        note: &'static str,
    ) {
        self.found.push(JsonBreak {
            kind,
            reader,
            writer,
            message,
            note,
        });
    }
}
