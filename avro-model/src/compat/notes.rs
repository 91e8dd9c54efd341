//! A finding of the checker → what to do instead.

use super::checker::{Meeting, Reason};
use super::explain::Explainer;
use super::finding::Incompatibility;
use super::renamed::Renamed;
use crate::matching::promotes;
use crate::schema::{Field, NamedType};
use crate::shape::Shape;

/// How many reasons a branch that does not fit may give.
const REASONS: usize = 3;

/// What would make the two compatible.
pub(super) fn notes<'a>(
    explainer: &mut Explainer<'_, 'a>,
    reason: Reason<'a>,
    meeting: Meeting<'a>,
    causes: &[Incompatibility],
) -> Vec<String> {
    let checker = explainer.checker;
    let (reader, writer) = checker.shapes(meeting);
    match (reason, reader, writer) {
        (Reason::Name, _, _) => match (reader.definition(), writer.definition()) {
            (Some(reader), Some(writer)) => name(reader, writer),
            _ => Vec::new(),
        },
        (Reason::Size, _, _) => vec![
            "a fixed keeps its size: add a field with a fixed of another name, or use bytes".into(),
        ],
        (Reason::Symbols, _, _) => vec![
            "add the symbols to the reader's enum, or give it a `default`, the symbol that stands \
             for unknown ones"
                .into(),
        ],
        (Reason::NoDefault(field), Shape::Record(_, read), Shape::Record(ty, written)) => {
            let at = meeting.reader.field(field);
            let renamed = explainer.renamed(meeting, read, written);
            no_default(at.node.shape(checker.reader), field, ty, renamed)
        }
        (Reason::NoDefault(field) | Reason::Absent(field), _, _) => vec![default(field)],
        (Reason::Ambiguous(field), _, _) => vec![format!(
            "let name and aliases of `{}` name one of them alone: Java refuses to compare such \
             schemas, and a registry refuses the version",
            field.name
        )],
        (Reason::TooLarge, _, _) => vec![
            "types that refer to each other in circles pair up in many ways: compare the versions \
             of smaller schemas, or keep the circles of the version before"
                .into(),
        ],
        (Reason::Type, _, _) => types(reader, writer),
        (Reason::Branch, _, _) => branch(writer, causes),
    }
}

fn name(reader: &NamedType, writer: &NamedType) -> Vec<String> {
    let (read, written) = (&reader.fullname, &writer.fullname);
    let mut notes = vec![format!(
        "if it was renamed, only an alias in the reader's schema cures it: \
         \"aliases\": [\"{written}\"] on `{read}`; else keep the old name"
    )];
    if writer.aliases.iter().any(|alias| alias == read) {
        notes.push(format!(
            "the writer's alias `{read}` does not count: aliases are taken from the reader's \
             schema alone"
        ));
    }
    notes
}

fn default(field: &Field) -> String {
    format!("give `{}` a default in the reader's schema", field.name)
}

/// The field is new, or has been renamed: on the writer's side, or perhaps on the reader's.
fn no_default(
    reader: Shape<'_>,
    field: &Field,
    writer: &NamedType,
    renamed: &Renamed<'_>,
) -> Vec<String> {
    if let Some(renamed) = renamed.by_alias(&field.name) {
        let (old, new) = (&field.name, &renamed.name);
        return vec![
            format!(
                "`{}` has the field as `{new}` and names `{old}` as its alias, which does not \
                 count: aliases are taken from the reader's schema alone",
                writer.fullname
            ),
            format!(
                "only an alias in the reader's schema cures it: \"aliases\": [\"{new}\"] on \
                 `{old}`; where that schema is deployed already, keep `{old}` and add `{new}` \
                 beside it"
            ),
        ];
    }
    let mut notes = vec![default(field)];
    if let Some(renamed) = renamed.by_type(reader) {
        notes.push(format!(
            "if it is the writer's `{}` renamed, an alias in the reader's schema says so: \
             \"aliases\": [\"{}\"]",
            renamed.name, renamed.name
        ));
    }
    notes
}

fn types(reader: Shape<'_>, writer: Shape<'_>) -> Vec<String> {
    let (read, written) = (reader.describe(), writer.describe());
    let mut notes = Vec::new();
    match (reader, writer) {
        (Shape::Primitive(a), Shape::Primitive(b)) if promotes(b, a) => notes.push(format!(
            "only the other way round: the wider {written} is read from {read}"
        )),
        (Shape::Primitive(_), Shape::Fixed(..)) | (Shape::Fixed(..), Shape::Primitive(_)) => notes
            .push(
                "bytes and fixed are never read as each other, whatever logical type they carry"
                    .into(),
            ),
        _ => {}
    }
    notes.push(format!(
        "keep {written}; or let the reader's type be a union that has both; or add a field of the \
         new type under another name"
    ));
    notes
}

/// Add the branch; or, where one of that name or type is there, why it does not fit.
fn branch(writer: Shape<'_>, causes: &[Incompatibility]) -> Vec<String> {
    let why = causes.iter().take(REASONS).map(|cause| {
        format!(
            "the reader has a branch of that name or type, which does not fit: {}",
            cause.message
        )
    });
    let mut notes: Vec<String> = why.collect();
    if let more @ 1.. = causes.len().saturating_sub(REASONS) {
        notes.push(format!("and {more} more reasons like this"));
    }
    if notes.is_empty() {
        notes.push(format!("add {} to the reader's union", writer.describe()));
    }
    notes
}
