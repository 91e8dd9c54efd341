//! Linked schemas → findings: what the specification demands beyond structure, and lints.

mod aliases;
mod attributes;
mod defaults;
mod enums;
mod lint;
mod logical;
mod misplaced;
mod names;
mod nulls;
mod unions;

use crate::diagnostic::Diagnostics;
use crate::link::Linked;
use crate::options::Options;
use crate::schema::{NamedType, Schema, SchemaSet};

use attributes::Properties;

/// Runs the checks over everything that was linked, as [`compile`](crate::compile) does.
pub fn check(linked: &Linked, found: &mut Diagnostics) {
    check_with(linked, &Options::new(), found);
}

/// Runs the checks over everything that was linked, and of the lints those that are asked for.
pub fn check_with(linked: &Linked, options: &Options, found: &mut Diagnostics) {
    demands(linked, found);
    lint::run(linked, options, found);
}

/// Drops the defaults that do not fit their types, for a run that only warned of them.
pub(crate) fn drop_unfit_defaults(set: &mut SchemaSet) {
    defaults::drop_unfit(set);
}

/// What the specification demands, and what it has ignored.
fn demands(linked: &Linked, found: &mut Diagnostics) {
    let mut budget = defaults::Budget::new();
    for (id, ty) in linked.set.types() {
        names::check(ty, found);
        enums::check(linked, id, ty, found);
        logical::check_type(ty, found);
        misplaced::check_type(ty, found);
        attributes::check_type(ty, found);
        nulls::check_type(ty, found);
        if !ty.attributes.is_empty() && linked.is_complete(id) {
            Properties::of_type(ty).check(found);
        }
        aliases::check_fields(ty, found);
        fields(linked, ty, &mut budget, found);
    }
    aliases::check_types(linked, found);
    for root in linked.set.roots() {
        let owner = format!("`{}`", root.stem);
        misplaced::check_default(&root.schema, &owner, found);
        schema(linked, &root.schema, &owner, found);
    }
}

fn fields(linked: &Linked, ty: &NamedType, budget: &mut defaults::Budget, found: &mut Diagnostics) {
    names::check_fields(ty, found);
    for (field, json) in ty.fields_with_json() {
        let owner = format!("`{}.{}`", ty.fullname, field.name);
        let ty = json.get("type").unwrap_or(json);
        defaults::check(linked, field, ty, &owner, budget, found);
        misplaced::check_field(field, json, &owner, found);
        attributes::check_field(field, &owner, found);
        nulls::check_field(json, &owner, found);
        if !field.attributes.is_empty() && !linked.is_placeholder(&field.schema) {
            Properties::of_field(field, json.members(), &owner).check(found);
        }
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
        attributes::check_schema(inner, owner, found);
        if !inner.attributes.is_empty() {
            nulls::check_schema(inner, owner, found);
            Properties::of_schema(inner, owner).check(found);
        }
        if !std::ptr::eq(inner, schema) {
            misplaced::check_default(inner, owner, found);
        }
    });
}
