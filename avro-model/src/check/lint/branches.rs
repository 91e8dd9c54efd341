//! Defaults of unions: of a later branch, and missing where null is a branch.

use super::each_field;
use crate::check::defaults::is_text_for_null;
use crate::codes::Code;
use crate::datum::Datum;
use crate::default::{Typed, datum_within};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Value;
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
            let schema = &field.schema;
            if let Ok(datum) = datum_within(set, schema, json, &mut budget) {
                let value = Typed {
                    schema,
                    json,
                    datum: &datum,
                };
                later_branches(set, value, owner, found);
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
fn later_branches(set: &SchemaSet, value: Typed<'_>, owner: &str, found: &mut Diagnostics) {
    if let (SchemaKind::Union(branches), Datum::Union(index, _)) = (&value.schema.kind, value.datum)
        && let Some(branch) = branches.get(*index).filter(|_| *index > 0)
        // A warning has said that null is meant.
        && !is_text_for_null(value)
    {
        found.push(later_branch(
            set,
            branches,
            branch,
            value.json,
            value.schema,
            owner,
        ));
    }
    for inner in value.inside(set) {
        later_branches(set, inner, owner, found);
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
