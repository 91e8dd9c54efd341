//! Types that no datum can have: records that always hold themselves, enums without symbols,
//! unions without branches.
//! The specification allows them.

use std::collections::BTreeMap;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Linked;
use crate::schema::{Definition, Field, NamedType, Schema, SchemaKind, SchemaSet, TypeId};
use crate::steps::step;

/// What the lint means for who generates code.
const NO_CODE: &str = "there is no Rust type for it: a build and `cargo avro generate` stop here";

/// Reports the causes; a type that merely holds one of them has no finding of its own.
pub(super) fn check(linked: &Linked, found: &mut Diagnostics) {
    let set = &linked.set;
    let inhabited = inhabited(set);
    let mut ways = ways_back(set, &inhabited);
    for (id, ty) in set.types() {
        if inhabited[id.index()] || !linked.sound[id.index()] {
            continue;
        }
        if matches!(ty.definition, Definition::Enum(_)) {
            found.push(no_symbols(ty));
        } else if let Some(field) = empty_union(ty, &inhabited) {
            let owner = format!("`{}.{}`", ty.fullname, field.name);
            found.push(no_branches(&field.schema, &owner));
        } else if let Some(way) = ways.remove(&id) {
            found.push(endless(set, ty, &way));
        }
    }
    for root in set.roots() {
        let is_empty = !has_datum(&root.schema, &inhabited) && first_named(&root.schema).is_none();
        if is_empty && linked.is_sound(&root.schema) {
            found.push(no_branches(&root.schema, &format!("`{}`", root.stem)));
        }
    }
}

/// The first field without a datum, if no named type is to blame: it is a union without branches.
fn empty_union<'s>(ty: &'s NamedType, inhabited: &[bool]) -> Option<&'s Field> {
    let mut fields = ty.fields().iter();
    let field = fields.find(|field| !has_datum(&field.schema, inhabited))?;
    first_named(&field.schema).is_none().then_some(field)
}

/// By type: whether it has a datum. The least set that is closed: it grows until it stands still.
fn inhabited(set: &SchemaSet) -> Vec<bool> {
    let mut inhabited = vec![false; set.types.len()];
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); set.types.len()];
    for (id, ty) in set.types() {
        for schema in ty.schemas() {
            schema.visit(&mut |inner| {
                if let SchemaKind::Named(used) = inner.kind {
                    users[used.index()].push(id);
                }
            });
        }
    }
    // By type: how many of its first fields are known to have a datum.
    let mut looked_at = vec![0; set.types.len()];
    let mut open: Vec<TypeId> = set.types().map(|(id, _)| id).collect();
    while let Some(id) = open.pop() {
        if inhabited[id.index()] {
            continue;
        }
        let has_datum = match &set[id].definition {
            Definition::Record(record) => {
                let rest = &record.fields[looked_at[id.index()]..];
                let without = |field: &Field| !has_datum(&field.schema, &inhabited);
                let first_without = rest.iter().position(without);
                looked_at[id.index()] += first_without.unwrap_or(rest.len());
                first_without.is_none()
            }
            Definition::Enum(definition) => !definition.symbols.is_empty(),
            Definition::Fixed(_) => true,
        };
        if has_datum {
            inhabited[id.index()] = true;
            open.extend(&users[id.index()]);
        }
    }
    inhabited
}

fn has_datum(schema: &Schema, inhabited: &[bool]) -> bool {
    step();
    match &schema.kind {
        SchemaKind::Union(branches) => branches.iter().any(|branch| has_datum(branch, inhabited)),
        SchemaKind::Named(id) => inhabited[id.index()],
        // An array or map may be empty.
        _ => true,
    }
}

/// A step from a record to the type that keeps it from having a datum: the record, and its first
/// field without a datum.
type Step<'s> = (TypeId, &'s Field);

/// The ways that lead from a record back to itself, each under the first of its types.
///
/// Each record without a datum has one step to take, so the ways share no type. Every type is
/// passed once.
fn ways_back<'s>(set: &'s SchemaSet, inhabited: &[bool]) -> BTreeMap<TypeId, Vec<Step<'s>>> {
    let next_of = |at: TypeId| {
        let mut fields = set[at].fields().iter();
        let field = fields.find(|field| !has_datum(&field.schema, inhabited))?;
        Some((field, first_named(&field.schema)?))
    };
    let mut ways = BTreeMap::new();
    // By type: where it stands on the walk on which it was passed.
    let mut passed: Vec<Option<(TypeId, usize)>> = vec![None; set.types.len()];
    for (start, _) in set.types().filter(|(id, _)| !inhabited[id.index()]) {
        let mut walk: Vec<Step<'s>> = Vec::new();
        let mut at = start;
        let end = loop {
            if let Some((on, place)) = passed[at.index()] {
                break (on == start).then_some(place);
            }
            step();
            passed[at.index()] = Some((start, walk.len()));
            let Some((field, next)) = next_of(at) else {
                break None;
            };
            walk.push((at, field));
            at = next;
        };
        if let Some(place) = end {
            let mut way = walk.split_off(place);
            let first = (0..way.len()).min_by_key(|&index| way[index].0);
            way.rotate_left(first.unwrap_or(0));
            ways.insert(way[0].0, way);
        }
    }
    ways
}

/// The first named type that stands directly in a schema, or as a branch of it.
fn first_named(schema: &Schema) -> Option<TypeId> {
    match &schema.kind {
        SchemaKind::Named(id) => Some(*id),
        SchemaKind::Union(branches) => branches.iter().find_map(first_named),
        _ => None,
    }
}

fn no_symbols(ty: &NamedType) -> Diagnostic {
    let message = format!(
        "enum `{}` has no symbols, so no datum can have it",
        ty.fullname
    );
    Diagnostic::new(Code::NoDatum, ty.name_span, message)
        .note("give the enum a symbol")
        .note(NO_CODE)
}

fn no_branches(schema: &Schema, owner: &str) -> Diagnostic {
    let message = format!("the union of {owner} has no branches, so no datum can have it");
    Diagnostic::new(Code::NoDatum, schema.span, message)
        .note("give the union a branch")
        .note(NO_CODE)
}

fn endless(set: &SchemaSet, ty: &NamedType, way: &[(TypeId, &Field)]) -> Diagnostic {
    let message = format!(
        "no datum can have the type `{}`: it would never end",
        ty.fullname
    );
    let finding = Diagnostic::new(Code::NoDatum, ty.name_span, message)
        .label("a value of this type holds another one, always");
    let finding = way.iter().fold(finding, |finding, (id, field)| {
        let next = first_named(&field.schema).map(|id| &set[id].fullname);
        let text = match next {
            Some(next) => format!("`{}` holds `{next}`", set[*id].fullname),
            None => String::new(),
        };
        finding.also(field.schema.span, text)
    });
    finding
        .note("make a field on the way back to the type optional: [\"null\", …]")
        .note(NO_CODE)
}
