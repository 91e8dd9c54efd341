//! Types that no datum can have: records that always hold themselves, enums without symbols,
//! unions without branches.
//! The specification allows them.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Linked;
use crate::schema::{Definition, Field, NamedType, Schema, SchemaKind, SchemaSet, TypeId};

/// What the lint means for who generates code.
const NO_CODE: &str = "there is no Rust type for it: a build and `cargo avro generate` stop here";

/// Reports the causes; a type that merely holds one of them has no finding of its own.
pub(super) fn check(linked: &Linked, found: &mut Diagnostics) {
    let set = &linked.set;
    let inhabited = inhabited(set);
    let mut told = vec![false; set.types.len()];
    for (id, ty) in set.types() {
        if inhabited[id.index()] || told[id.index()] || !linked.sound[id.index()] {
            continue;
        }
        if matches!(ty.definition, Definition::Enum(_)) {
            found.push(no_symbols(ty));
        } else if let Some(field) = empty_union(ty, &inhabited) {
            let owner = format!("`{}.{}`", ty.fullname, field.name);
            found.push(no_branches(&field.schema, &owner));
        } else if let Some(way) = way_back(set, &inhabited, id) {
            way.iter()
                .for_each(|&(on_it, _)| told[on_it.index()] = true);
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
    let mut open: Vec<TypeId> = set.types().map(|(id, _)| id).collect();
    while let Some(id) = open.pop() {
        if inhabited[id.index()] {
            continue;
        }
        let has_datum = match &set[id].definition {
            Definition::Record(record) => record
                .fields
                .iter()
                .all(|field| has_datum(&field.schema, &inhabited)),
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
    match &schema.kind {
        SchemaKind::Union(branches) => branches.iter().any(|branch| has_datum(branch, inhabited)),
        SchemaKind::Named(id) => inhabited[id.index()],
        // An array or map may be empty.
        _ => true,
    }
}

/// The types and fields on the way from a record back to itself, if its first field without a
/// datum leads there.
fn way_back<'s>(
    set: &'s SchemaSet,
    inhabited: &[bool],
    start: TypeId,
) -> Option<Vec<(TypeId, &'s Field)>> {
    let mut way: Vec<(TypeId, &Field)> = Vec::new();
    let mut at = start;
    loop {
        let mut fields = set[at].fields().iter();
        let field = fields.find(|field| !has_datum(&field.schema, inhabited))?;
        way.push((at, field));
        at = first_named(&field.schema)?;
        if at == start {
            return Some(way);
        }
        if way.iter().any(|&(passed, _)| passed == at) {
            return None;
        }
    }
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
