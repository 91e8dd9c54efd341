//! Defaults of fields against the fields' types.

mod meant;

use crate::codes::Code;
use crate::default::{MismatchKind, datum_within};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Kind, Value};
use crate::link::Linked;
use crate::parse::brief;
use crate::schema::{Definition, Field, Schema, SchemaKind, SchemaSet};
use crate::suggest::nearest;

/// How many values the defaults of one run may stand for, all together.
pub(super) const BUDGET: u32 = 1 << 22;

/// Checks that a field's default is a datum of its type, to the innermost value.
///
/// A type that holds a mistake is left alone: what fits it is not known yet. `ty` is its source.
pub(super) fn check(
    linked: &Linked,
    field: &Field,
    ty: &Value,
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
                        let fields = record.fields.iter().map(|field| field.name.as_str());
                        let missing = fields.filter(|name| json.get(name).is_none());
                        let note = match nearest(key, missing) {
                            Some(meant) => format!("did you mean \"{meant}\"?"),
                            None => "remove it: it is ignored".to_owned(),
                        };
                        found.push(
                            Diagnostic::new(Code::UnknownDefaultField, member.key_span, message)
                                .note(note),
                        );
                    }
                }
            }
        }
        _ => {}
    }
}
