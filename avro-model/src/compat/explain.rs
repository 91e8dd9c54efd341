//! A finding of the checker → places and a sentence.

use std::collections::BTreeMap;

use super::checker::{Checker, Finding, MOST_PAIRS, Meeting, Reason};
use super::finding::{Incompatibility, Kind};
use super::notes::notes;
use super::place::{At, Key, Place, Trail, Trails};
use super::renamed::Renamed;
use super::rules::missing_symbols;
use crate::count::Count;
use crate::matching::WriterFields;
use crate::name::Fullname;
use crate::schema::{Field, NamedType, Record, SchemaSet, TypeId};
use crate::shape::Shape;
use crate::source::Span;
use crate::steps::limit;

/// How many causes of missing branches a comparison tells. Unions that lead to one type have the
/// causes in it in common, and each tells them anew.
const MOST_CAUSES: usize = limit(10_000);

/// Puts everything that was found into words.
pub(super) fn explain(checker: &Checker<'_>) -> Vec<Incompatibility> {
    let mut explainer = Explainer {
        checker,
        causes_left: MOST_CAUSES,
        written: BTreeMap::new(),
        renamed: BTreeMap::new(),
    };
    let findings = checker.findings().into_iter();
    findings.map(|finding| explainer.explain(finding)).collect()
}

/// What is known while findings are put into words.
pub(super) struct Explainer<'c, 'a> {
    pub(super) checker: &'c Checker<'a>,
    causes_left: usize,
    /// The fields of a writer's record.
    written: BTreeMap<Key, WriterFields<'a>>,
    /// What a reader's record may have renamed of a writer's.
    renamed: BTreeMap<(Key, Key), Renamed<'a>>,
}

impl<'a> Explainer<'_, 'a> {
    fn explain(&mut self, finding: Finding<'a>) -> Incompatibility {
        let checker = self.checker;
        let Finding { reason, meeting } = finding;
        let (kind, attribute) = classify(reason);
        let (reader_span, writer_span) = spans(checker, reason, meeting);
        let pointers = meeting.trail;
        let (causes, complete) = self.causes(finding);
        let notes = match complete {
            true => notes(self, reason, meeting, &causes),
            false => vec![format!(
                "a branch of that name or type does not fit; why is left out, because this \
                 comparison has told {MOST_CAUSES} such reasons already"
            )],
        };
        let mut message = message(checker, reason, meeting);
        if let Reason::Ambiguous(field) = reason {
            message = format!("{message}: {}", self.counterparts(field, meeting));
        }
        Incompatibility {
            kind,
            reader: Place {
                location: pointer(&checker.trails, pointers.java, attribute),
                span: reader_span,
                within: owner(reason, meeting.reader).map(|id| checker.reader[id].fullname.clone()),
            },
            writer: Place {
                location: pointer(&checker.trails, pointers.writer, attribute),
                span: writer_span,
                within: owner(reason, meeting.writer).map(|id| checker.writer[id].fullname.clone()),
            },
            message,
            notes,
            causes,
        }
    }

    /// Why a branch does not fit; none, and that these are not all, where too many are told already.
    fn causes(&mut self, finding: Finding<'a>) -> (Vec<Incompatibility>, bool) {
        let Reason::Branch = finding.reason else {
            return (Vec::new(), true);
        };
        let (causes, complete) = self.checker.causes(finding.meeting, self.causes_left);
        if !complete {
            self.causes_left = 0;
            return (Vec::new(), false);
        }
        self.causes_left -= causes.len();
        // A cause is no missing branch with causes of its own, so this ends.
        let causes = causes.into_iter().map(|cause| self.explain(cause));
        (causes.collect(), true)
    }

    /// The writer's fields that a reader's field names, quoted.
    fn counterparts(&mut self, field: &Field, meeting: Meeting<'a>) -> String {
        let (_, Shape::Record(_, record)) = self.checker.shapes(meeting) else {
            return String::new();
        };
        let written = self.written.entry(meeting.writer.node.key());
        let written = written.or_insert_with(|| WriterFields::of(record));
        let fields = written.counterparts(field).into_iter();
        quoted(fields.map(|(_, field)| field.name.as_str()))
    }

    /// What the reader's record may have renamed of the writer's.
    pub(super) fn renamed(
        &mut self,
        meeting: Meeting<'a>,
        read: &'a Record,
        written: &'a Record,
    ) -> &Renamed<'a> {
        let set = self.checker.writer;
        let known = self.renamed.entry(meeting.key());
        known.or_insert_with(|| Renamed::between(read, written, set))
    }
}

/// The kind, and the attribute of a definition that the location ends in.
fn classify(reason: Reason<'_>) -> (Kind, Option<&'static str>) {
    match reason {
        Reason::Name => (Kind::NameMismatch, Some("name")),
        Reason::Ambiguous(_) => (Kind::NameMismatch, None),
        Reason::Size => (Kind::FixedSizeMismatch, Some("size")),
        Reason::Symbols => (Kind::MissingEnumSymbols, Some("symbols")),
        Reason::NoDefault(_) => (Kind::ReaderFieldMissingDefaultValue, None),
        Reason::Type | Reason::Absent(_) | Reason::TooLarge => (Kind::TypeMismatch, None),
        Reason::Branch => (Kind::MissingUnionBranch, None),
    }
}

/// The definition that is to be changed: of a definition's own attributes and fields itself, of a
/// schema in place the one around it.
fn owner(reason: Reason<'_>, at: At<'_>) -> Option<TypeId> {
    match reason {
        Reason::Type | Reason::Branch | Reason::TooLarge => at.within.or(at.inside()),
        _ => at.inside(),
    }
}

/// A way as a JSON pointer, with an attribute at its end.
pub(super) fn pointer(trails: &Trails, trail: Trail, attribute: Option<&str>) -> String {
    let pointer = trails.pointer(trail);
    match attribute {
        None => pointer,
        Some(attribute) if pointer == "/" => format!("/{attribute}"),
        Some(attribute) => format!("{pointer}/{attribute}"),
    }
}

fn spans(checker: &Checker<'_>, reason: Reason<'_>, meeting: Meeting<'_>) -> (Span, Span) {
    let Meeting { reader, writer, .. } = meeting;
    let (read, written) = checker.shapes(meeting);
    let (Some(read), Some(written)) = (read.definition(), written.definition()) else {
        return (reader.span, writer.span);
    };
    match reason {
        Reason::Name => (read.name_span, written.name_span),
        Reason::Size => (attribute(read, "size"), attribute(written, "size")),
        Reason::Symbols => (attribute(read, "symbols"), first_missing(checker, meeting)),
        Reason::NoDefault(field) | Reason::Ambiguous(field) | Reason::Absent(field) => {
            (field.name_span, written.name_span)
        }
        Reason::Type | Reason::Branch | Reason::TooLarge => (reader.span, writer.span),
    }
}

/// The value of a definition's attribute.
fn attribute(ty: &NamedType, key: &str) -> Span {
    ty.json.get(key).map_or(ty.span, |value| value.span)
}

fn first_missing(checker: &Checker<'_>, meeting: Meeting<'_>) -> Span {
    let (Shape::Enum(_, read), Shape::Enum(ty, written)) = checker.shapes(meeting) else {
        return meeting.writer.span;
    };
    let missing = missing_symbols(read, written);
    let mut symbols = written.symbols.iter();
    let first = symbols.find(|symbol| Some(&symbol.name.as_str()) == missing.first());
    first.map_or(ty.span, |symbol| symbol.span)
}

fn message(checker: &Checker<'_>, reason: Reason<'_>, meeting: Meeting<'_>) -> String {
    let (reader, writer) = checker.shapes(meeting);
    let (read, written) = (reader.describe(), writer.describe());
    match reason {
        Reason::Name => format!(
            "{read} is not the writer's {written}: their unqualified names differ, and no alias \
             of the reader's names the writer's"
        ),
        Reason::Size => {
            let (Shape::Fixed(_, a), Shape::Fixed(_, b)) = (reader, writer) else {
                return format!("{read} has another size than the writer's {written}");
            };
            let bytes = Count(a.size, "byte");
            format!("{read} has {bytes}, the writer's has {}", b.size)
        }
        Reason::Symbols => {
            let symbols = missing(reader, writer);
            format!("{read} has no default and lacks what the writer may write: {symbols}")
        }
        Reason::NoDefault(field) => format!(
            "field `{}` of {read} has no default, and the writer's record has no such field",
            field.name
        ),
        Reason::Absent(field) => format!(
            "{} has no default, and the writer's {written} has no such field; the default of \
             {read} is for unknown symbols alone",
            place(checker.reader, meeting.reader).unwrap_or_else(|| format!("`{}`", field.name))
        ),
        Reason::Ambiguous(field) => format!(
            "field `{}` of {read} answers to several fields of the writer's",
            field.name
        ),
        Reason::Type => {
            let sentence =
                format!("the reader's {read} cannot be read from the writer's {written}");
            at(checker.reader, meeting.reader, sentence)
        }
        Reason::Branch => {
            let sentence = format!("the reader's union has no branch for the writer's {written}");
            at(checker.reader, meeting.reader, sentence)
        }
        Reason::TooLarge => format!(
            "the schemas are not compared any further: their types meet in more than {MOST_PAIRS} \
             pairs"
        ),
    }
}

/// Begins a sentence with the field that it is about, if there is one.
pub(super) fn at(set: &SchemaSet, at: At<'_>, sentence: String) -> String {
    match place(set, at) {
        Some(place) => format!("{place}: {sentence}"),
        None => sentence,
    }
}

/// The field that a schema stands in: ``field `total` of record `com.acme.Order` ``.
fn place(set: &SchemaSet, at: At<'_>) -> Option<String> {
    let record: &Fullname = &set[at.within?].fullname;
    Some(format!("field `{}` of record `{record}`", at.field?))
}

/// The writer's symbols that the reader's enum lacks, quoted.
pub(super) fn missing(reader: Shape<'_>, writer: Shape<'_>) -> String {
    match (reader, writer) {
        (Shape::Enum(_, reader), Shape::Enum(_, writer)) => quoted(missing_symbols(reader, writer)),
        _ => String::new(),
    }
}

/// How many names a sentence lists.
const MOST_NAMES: usize = 20;

fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let shown = names.by_ref().take(MOST_NAMES);
    let mut shown: Vec<String> = shown.map(|name| format!("`{name}`")).collect();
    if let more @ 1.. = names.count() {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}
