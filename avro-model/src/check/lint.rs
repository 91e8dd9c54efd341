//! Lints: schemas that are valid and mean what they say, and could be better.
//!
//! One file per family. Each lint is made only if it is reported, so that a build does not pay
//! for what it does not show.

mod branches;
mod clashes;
mod docs;
mod meaning;
mod recursion;
mod style;
mod unions;
mod words;

use super::attributes::Properties;
use crate::codes::Code;
use crate::diagnostic::Diagnostics;
use crate::json::Value;
use crate::link::Linked;
use crate::options::Options;
use crate::schema::{Field, NamedType, Schema};

/// Makes the lints that are asked for.
pub(super) fn run(linked: &Linked, options: &Options, found: &mut Diagnostics) {
    let wants = |codes: &[Code]| codes.iter().any(|&code| options.reports(code));
    if wants(&[Code::NoDatum]) {
        recursion::check(linked, found);
    }
    if wants(&[Code::ForeignClash]) {
        clashes::check(linked, found);
    }
    if wants(&[Code::NamespaceStyle]) {
        style::check_namespaces(linked, found);
    }
    if wants(&[Code::TypeNameStyle, Code::FieldNameStyle, Code::SymbolStyle]) {
        each_type(linked, |ty| style::check(ty, found));
    }
    if wants(&[Code::MissingDoc]) {
        each_type(linked, |ty| docs::check(ty, found));
    }
    if wants(&[Code::DefaultOfLaterBranch, Code::OptionalWithoutDefault]) {
        branches::check(linked, found);
    }
    if wants(&[Code::AmbiguousUnion]) {
        unions::check(linked, found);
    }
    if wants(&[
        Code::FloatMoney,
        Code::TextTime,
        Code::BareTime,
        Code::TextUuid,
    ]) {
        each_field(linked, |field, _, owner| {
            meaning::check(field, owner, found);
        });
    }
    if wants(&[Code::MisspelledAttribute, Code::UnknownAttribute]) {
        properties(linked, found);
    }
}

fn properties(linked: &Linked, found: &mut Diagnostics) {
    each_type(linked, |ty| Properties::of_type(ty).lint(found));
    each_field(linked, |field, json, owner| {
        Properties::of_field(field, json.members(), owner).lint(found);
    });
    each_schema(linked, |schema, owner| {
        Properties::of_schema(schema, owner).lint(found);
    });
}

/// Every type whose own attributes could be read.
fn each_type(linked: &Linked, mut visit: impl FnMut(&NamedType)) {
    for (id, ty) in linked.set.types() {
        if linked.is_complete(id) {
            visit(ty);
        }
    }
}

/// Every field whose type could be read, with its JSON and how a finding names it.
fn each_field(linked: &Linked, mut visit: impl FnMut(&Field, &Value, &str)) {
    for (_, ty) in linked.set.types() {
        for (field, json) in ty.fields_with_json() {
            if linked.is_sound(&field.schema) {
                let owner = format!("`{}.{}`", ty.fullname, field.name);
                visit(field, json, &owner);
            }
        }
    }
}

/// Every schema in place that could be read, with how a finding names what it belongs to.
fn each_schema(linked: &Linked, mut visit: impl FnMut(&Schema, &str)) {
    each_field(linked, |field, _, owner| {
        field.schema.visit(&mut |inner| visit(inner, owner));
    });
    for root in linked.set.roots() {
        if linked.is_sound(&root.schema) {
            let owner = format!("`{}`", root.stem);
            root.schema.visit(&mut |inner| visit(inner, &owner));
        }
    }
}
