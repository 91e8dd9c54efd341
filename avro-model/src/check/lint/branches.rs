//! Defaults of unions: of a later branch, and missing where null is a branch.

use super::each_field;
use crate::codes::Code;
use crate::datum::Datum;
use crate::default::datum_within;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Kind, Value};
use crate::link::Linked;
use crate::schema::{Field, Schema, SchemaKind, SchemaSet};

/// How many values the defaults of one run may stand for, all together.
const BUDGET: u32 = 1 << 22;

/// Reports both.
pub(super) fn check(linked: &Linked, found: &mut Diagnostics) {
    let mut budget = BUDGET;
    each_field(linked, |field, _, owner| match &field.default {
        Some(json) => {
            let set = &linked.set;
            if let Ok(datum) = datum_within(set, &field.schema, json, &mut budget) {
                later_branches(set, &field.schema, json, &datum, owner, found);
            }
        }
        None => without_default(field, owner, found),
    });
}

fn without_default(field: &Field, owner: &str, found: &mut Diagnostics) {
    let SchemaKind::Union(branches) = &field.schema.kind else {
        return;
    };
    let null = |branch: &Schema| matches!(branch.kind, SchemaKind::Null);
    if branches.len() < 2 || !branches.iter().any(null) {
        return;
    }
    let message = format!("{owner} may be null and has no default");
    let finding = Diagnostic::new(Code::OptionalWithoutDefault, field.name_span, message)
        .note("give it one: \"default\": null");
    found.push(match branches.first().is_some_and(null) {
        true => finding,
        false => finding.note("tools before 1.12 want null to be the first branch then"),
    });
}

/// Reports each value in a default that is of a later branch. What the default leaves out is
/// reported with the field that it belongs to.
fn later_branches(
    set: &SchemaSet,
    schema: &Schema,
    json: &Value,
    datum: &Datum,
    owner: &str,
    found: &mut Diagnostics,
) {
    match (&schema.kind, datum) {
        (SchemaKind::Union(branches), Datum::Union(index, datum)) => {
            let Some(branch) = branches.get(*index) else {
                return;
            };
            if *index > 0 {
                found.push(later_branch(set, branches, branch, json, schema, owner));
            }
            later_branches(set, branch, json, datum, owner, found);
        }
        (SchemaKind::Array(items), Datum::Array(data)) => {
            let values = json.as_array().unwrap_or_default();
            for (value, datum) in values.iter().zip(data) {
                later_branches(set, items, value, datum, owner, found);
            }
        }
        (SchemaKind::Map(values), Datum::Map(entries)) => {
            for (member, (_, datum)) in json.members().iter().zip(entries) {
                later_branches(set, values, &member.value, datum, owner, found);
            }
        }
        (SchemaKind::Named(id), Datum::Record(data)) if matches!(json.kind, Kind::Object(_)) => {
            for (field, datum) in set[*id].fields().iter().zip(data) {
                if let Some(value) = json.get(&field.name) {
                    later_branches(set, &field.schema, value, datum, owner, found);
                }
            }
        }
        _ => {}
    }
}

fn later_branch(
    set: &SchemaSet,
    branches: &[Schema],
    branch: &Schema,
    json: &Value,
    union: &Schema,
    owner: &str,
) -> Diagnostic {
    let ty = branch.describe(set);
    let first = branches.first().map_or("", |first| first.describe(set));
    let message = format!(
        "the default of {owner} is of the branch `{ty}`, and the union's first is `{first}`"
    );
    Diagnostic::new(Code::DefaultOfLaterBranch, json.span, message)
        .also(union.span, "the union")
        .note(format!(
            "tools before 1.12 refuse it: let `{ty}` be the first branch"
        ))
}
