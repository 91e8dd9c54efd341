//! Defaults of fields against the fields' types.

use crate::codes::Code;
use crate::default::{MismatchKind, datum_within};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Kind, Value};
use crate::link::Linked;
use crate::schema::{Definition, Field, Schema, SchemaKind, SchemaSet};

/// How many values the defaults of one run may stand for, all together.
pub(super) const BUDGET: u32 = 1 << 22;

/// Checks that a field's default is a datum of its type, to the innermost value.
///
/// A type that holds a mistake is left alone: what fits it is not known yet.
pub(super) fn check(
    linked: &Linked,
    field: &Field,
    owner: &str,
    budget: &mut u32,
    found: &mut Diagnostics,
) {
    let Some(default) = &field.default else {
        return;
    };
    if !linked.is_sound(&field.schema) {
        return;
    }
    match datum_within(&linked.set, &field.schema, default, budget) {
        Ok(_) => ignored_members(&linked.set, &field.schema, default, owner, found),
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
            let note = match code {
                Code::EndlessDefault => "let the field be [\"null\", …] with the default null",
                _ => "change the default, or remove it: then the field is required",
            };
            found.push(
                Diagnostic::new(code, mismatch.span, message)
                    .also(field.schema.span, "the type")
                    .note(note),
            );
        }
    }
}

/// Drops the defaults that do not fit their types, and those that take one of them.
pub(super) fn drop_unfit(set: &mut SchemaSet) {
    loop {
        let mut budget = BUDGET;
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

/// Warns of members that a record's default has and the record has not.
fn ignored_members(
    set: &SchemaSet,
    schema: &Schema,
    json: &Value,
    owner: &str,
    found: &mut Diagnostics,
) {
    match (&schema.kind, &json.kind) {
        (SchemaKind::Array(items), Kind::Array(values)) => {
            values
                .iter()
                .for_each(|value| ignored_members(set, items, value, owner, found));
        }
        (SchemaKind::Map(values), Kind::Object(members)) => {
            for member in members {
                ignored_members(set, values, &member.value, owner, found);
            }
        }
        (SchemaKind::Named(id), Kind::Object(members)) => {
            let Definition::Record(record) = &set[*id].definition else {
                return;
            };
            for member in members {
                match record.fields.iter().find(|field| field.name == member.key) {
                    Some(field) => ignored_members(set, &field.schema, &member.value, owner, found),
                    None => {
                        let name = &set[*id].fullname;
                        let key = &member.key;
                        let message = format!(
                            "the default of {owner} has a member `{key}` that `{name}` does not have"
                        );
                        found.push(
                            Diagnostic::new(Code::UnknownDefaultField, member.key_span, message)
                                .note("remove it, or correct its spelling: it is ignored"),
                        );
                    }
                }
            }
        }
        _ => {}
    }
}
