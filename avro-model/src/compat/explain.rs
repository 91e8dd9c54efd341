//! A finding of the checker → places and a sentence.

use super::checker::{Checker, Finding, Meeting, Reason};
use super::finding::{Incompatibility, Kind};
use super::notes::notes;
use super::place::{At, Place, Trail, Trails};
use super::rules::missing_symbols;
use crate::count::Count;
use crate::matching::fields;
use crate::name::Fullname;
use crate::schema::{Field, NamedType, SchemaSet, TypeId};
use crate::shape::Shape;
use crate::source::Span;

/// Puts a finding into words.
pub(super) fn explain(checker: &Checker<'_>, finding: Finding<'_>) -> Incompatibility {
    let Finding { reason, meeting } = finding;
    let (kind, attribute) = classify(reason);
    let (reader_span, writer_span) = spans(checker, reason, meeting);
    let pointers = meeting.trail;
    // A cause has no causes of its own, so this ends.
    let causes: Vec<Incompatibility> = match reason {
        Reason::Branch => {
            let causes = checker.causes(meeting).into_iter();
            causes.map(|cause| explain(checker, cause)).collect()
        }
        _ => Vec::new(),
    };
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
        message: message(checker, reason, meeting),
        notes: notes(checker, reason, meeting, &causes),
        causes,
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
        Reason::Type | Reason::Absent(_) => (Kind::TypeMismatch, None),
        Reason::Branch => (Kind::MissingUnionBranch, None),
    }
}

/// The definition that is to be changed: of a definition's own attributes and fields itself, of a
/// schema in place the one around it.
fn owner(reason: Reason<'_>, at: At<'_>) -> Option<TypeId> {
    match reason {
        Reason::Type | Reason::Branch => at.within.or(at.inside()),
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
        Reason::Type | Reason::Branch => (reader.span, writer.span),
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
            "field `{}` of {read} answers to several fields of the writer's: {}",
            field.name,
            quoted(counterparts(field, writer))
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

fn counterparts<'a>(field: &Field, writer: Shape<'a>) -> Vec<&'a str> {
    match writer {
        Shape::Record(_, record) => {
            let fields = fields(field, record).into_iter();
            fields.map(|(_, field)| field.name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// The writer's symbols that the reader's enum lacks, quoted.
pub(super) fn missing(reader: Shape<'_>, writer: Shape<'_>) -> String {
    match (reader, writer) {
        (Shape::Enum(_, reader), Shape::Enum(_, writer)) => quoted(missing_symbols(reader, writer)),
        _ => String::new(),
    }
}

fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
