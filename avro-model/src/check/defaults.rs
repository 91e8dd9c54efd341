//! Defaults of fields against the fields' types.

mod ignored;
mod meant;
mod null;

use crate::codes::Code;
use crate::default::{MismatchKind, Typed, datum_within};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Value;
use crate::link::Linked;
use crate::parse::brief;
use crate::schema::{Definition, Field, Schema, SchemaKind, SchemaSet};

pub(super) use null::is_text_for_null;

/// How many values the defaults of one run may stand for, all together.
const MOST_VALUES: u32 = 1 << 22;

/// How many values more may be tried for the sake of hints.
const MOST_TRIED: u32 = 1 << 18;

/// What is left of the values that the defaults of one run may stand for.
pub(super) struct Budget {
    values: u32,
    hints: u32,
}

impl Budget {
    /// All of it.
    pub(super) const fn new() -> Self {
        Self {
            values: MOST_VALUES,
            hints: MOST_TRIED,
        }
    }
}

/// Checks that a field's default is a datum of its type, to the innermost value.
///
/// A type that holds a mistake is left alone: what fits it is not known yet. `ty` is its source.
pub(super) fn check(
    linked: &Linked,
    field: &Field,
    ty: &Value,
    owner: &str,
    budget: &mut Budget,
    found: &mut Diagnostics,
) {
    let Some(default) = &field.default else {
        return;
    };
    if !linked.is_sound(&field.schema) {
        return;
    }
    match datum_within(&linked.set, &field.schema, default, &mut budget.values) {
        Ok(datum) => {
            let value = Typed {
                schema: &field.schema,
                json: default,
                datum: &datum,
            };
            ignored::check(&linked.set, value, owner, &mut budget.hints, found);
            null::check(&linked.set, value, owner, found);
        }
        Err(mismatch) => {
            let code = match mismatch.kind {
                MismatchKind::Inherited => return,
                MismatchKind::Value | MismatchKind::TooLarge => Code::DefaultMismatch,
                MismatchKind::Endless => Code::EndlessDefault,
            };
            let message = format!(
                "the default of {owner} does not fit its type: {}",
                mismatch.reason
            );
            let finding =
                Diagnostic::new(code, mismatch.span, message).also(field.schema.span, "the type");
            let (schema, span) = (&field.schema, mismatch.span);
            let finding = match meant::advice(&linked.set, schema, default, span) {
                Some(advice) => finding.note(advice),
                None => finding,
            };
            found.push(match code {
                Code::EndlessDefault => {
                    finding.note("let the field be [\"null\", …] with the default null")
                }
                _ if default.is_null() && may_be_null(schema) => finding.note(format!(
                    "let the field be null too: \"type\": [\"null\", {}], or remove the default",
                    brief(ty)
                )),
                _ => finding.note("change the default, or remove it: then the field is required"),
            });
        }
    }
}

/// Whether null may become a branch beside this type.
fn may_be_null(schema: &Schema) -> bool {
    !matches!(schema.kind, SchemaKind::Union(_))
}

/// Drops the defaults that do not fit their types, and those that take one of them.
pub(super) fn drop_unfit(set: &mut SchemaSet) {
    loop {
        let mut budget = MOST_VALUES;
        let mut unfit = Vec::new();
        for (id, ty) in set.types() {
            for (index, field) in ty.fields().iter().enumerate() {
                let default = field.default.as_ref();
                let fits = default.is_none_or(|default| {
                    datum_within(set, &field.schema, default, &mut budget).is_ok()
                });
                if !fits {
                    unfit.push((id, index));
                }
            }
        }
        if unfit.is_empty() {
            return;
        }
        for (id, index) in unfit {
            if let Definition::Record(record) = &mut set.types[id.index()].definition {
                record.fields[index].default = None;
            }
        }
    }
}
