//! Linked schemas → findings: what the specification demands beyond structure, and lints.

mod defaults;
mod enums;
mod logical;
mod misplaced;
mod names;
mod unions;

use crate::diagnostic::Diagnostics;
use crate::link::Linked;
use crate::schema::{NamedType, Schema};

/// Runs every check over everything that was linked.
pub fn check(linked: &Linked, found: &mut Diagnostics) {
    let mut budget = defaults::BUDGET;
    for (id, ty) in linked.set.types() {
        names::check(ty, found);
        enums::check(linked, id, ty, found);
        logical::check_type(ty, found);
        misplaced::check_type(ty, found);
        fields(linked, ty, &mut budget, found);
    }
    for root in linked.set.roots() {
        let owner = format!("`{}`", root.stem);
        misplaced::check_default(&root.schema, &owner, found);
        schema(linked, &root.schema, &owner, found);
    }
}

fn fields(linked: &Linked, ty: &NamedType, budget: &mut u32, found: &mut Diagnostics) {
    names::check_fields(ty, found);
    for (field, json) in ty.fields_with_json() {
        let owner = format!("`{}.{}`", ty.fullname, field.name);
        defaults::check(linked, field, &owner, budget, found);
        misplaced::check_field(field, json, &owner, found);
        schema(linked, &field.schema, &owner, found);
    }
}

/// A schema and what stands inside it, up to named types. `owner` is the field, or file, that it
/// belongs to.
fn schema(linked: &Linked, schema: &Schema, owner: &str, found: &mut Diagnostics) {
    schema.visit(&mut |inner| {
        if linked.is_placeholder(inner) {
            return;
        }
        unions::check(linked, inner, owner, found);
        logical::check_schema(inner, owner, found);
        if !std::ptr::eq(inner, schema) {
            misplaced::check_default(inner, owner, found);
        }
    });
}
