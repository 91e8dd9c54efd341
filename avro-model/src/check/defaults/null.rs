//! The text `"null"` as a default where null is a branch.

use crate::codes::Code;
use crate::datum::Datum;
use crate::default::Typed;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Kind;
use crate::schema::{Schema, SchemaKind, SchemaSet};

/// Warns of each such text, wherever it stands in a default.
pub(super) fn check(set: &SchemaSet, value: Typed<'_>, owner: &str, found: &mut Diagnostics) {
    if is_text_for_null(value) {
        let message = format!(
            "the default of {owner} is the text \"null\", and null is a branch of its type"
        );
        let finding = Diagnostic::new(Code::TextForNull, value.json.span, message)
            .label("four letters, not null")
            .also(value.schema.span, "the union")
            .note("write null, without quotes");
        found.push(match null_is_first(value.schema) {
            true => finding,
            false => finding.note("tools before 1.12 want null to be the first branch then"),
        });
    }
    for inner in value.inside(set) {
        check(set, inner, owner, found);
    }
}

/// Whether a union with null takes the text `"null"` for a string or for bytes.
pub(in crate::check) fn is_text_for_null(value: Typed<'_>) -> bool {
    let SchemaKind::Union(branches) = &value.schema.kind else {
        return false;
    };
    let is_text = matches!(&value.json.kind, Kind::String(text) if text == "null");
    is_text
        && branches.iter().any(is_null)
        && matches!(value.datum, Datum::Union(_, datum) if matches!(**datum, Datum::String(_) | Datum::Bytes(_)))
}

fn null_is_first(schema: &Schema) -> bool {
    matches!(&schema.kind, SchemaKind::Union(branches) if branches.first().is_some_and(is_null))
}

fn is_null(branch: &Schema) -> bool {
    matches!(branch.kind, SchemaKind::Null)
}
