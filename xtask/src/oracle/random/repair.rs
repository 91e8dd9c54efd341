//! After a change: what makes the model a schema again.
//!
//! Branches and names that clash go or get a number, defaults that no longer fit are made anew or
//! dropped, types that nothing leads to are forgotten.

use std::collections::BTreeSet;

use super::model::{Definition, Model, Name, Named, Primitive, Schema};
use super::rng::Rng;
use super::{data, names};

/// Makes the model a valid schema, with as little change as that takes.
pub(super) fn repair(model: &mut Model, rng: &mut Rng) {
    model.visit_mut(&mut union_branches);
    forget_unreached(model);
    for named in &mut model.types {
        parts(named);
    }
    null_namespace(model, rng);
    type_names(model);
    defaults(model, rng);
}

/// Unions inside are written among the branches of the outer one; the later of two branches of a
/// type goes.
fn union_branches(schema: &mut Schema) {
    if let Schema::Union(branches) = schema {
        let mut flat: Vec<Schema> = Vec::new();
        let mut rest: Vec<Schema> = std::mem::take(branches);
        rest.reverse();
        while let Some(branch) = rest.pop() {
            match branch {
                Schema::Union(inner) => rest.extend(inner.into_iter().rev()),
                branch if flat.iter().any(|known| is_same_branch(known, &branch)) => {}
                branch => flat.push(branch),
            }
        }
        if flat.is_empty() {
            flat.push(Primitive::Null.into());
        }
        *branches = flat;
    }
}

fn is_same_branch(a: &Schema, b: &Schema) -> bool {
    match (a, b) {
        (Schema::Primitive(a, _), Schema::Primitive(b, _)) => a == b,
        (Schema::Named(a), Schema::Named(b)) => a == b,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// Keeps the types that the root leads to, in their order.
fn forget_unreached(model: &mut Model) {
    let mut kept = BTreeSet::new();
    let mut rest = named_in(&model.root);
    while let Some(index) = rest.pop() {
        if kept.insert(index) {
            let fields = model.types[index].fields().iter();
            rest.extend(fields.flat_map(|field| named_in(&field.schema)));
        }
    }
    let position: Vec<usize> = (0..model.types.len())
        .map(|index| kept.range(..index).count())
        .collect();
    let types = std::mem::take(&mut model.types).into_iter().enumerate();
    model.types = types
        .filter_map(|(index, named)| kept.contains(&index).then_some(named))
        .collect();
    model.visit_mut(&mut |schema| {
        if let Schema::Named(index) = schema {
            *index = position[*index];
        }
    });
}

fn named_in(schema: &Schema) -> Vec<usize> {
    let mut found = Vec::new();
    schema.visit(&mut |schema| {
        if let Schema::Named(index) = schema {
            found.push(*index);
        }
    });
    found
}

/// The names of fields, the symbols of enums and the aliases of a type are different ones.
fn parts(named: &mut Named) {
    let own = named.name.clone();
    let mut known = BTreeSet::from([own]);
    named.aliases.retain(|alias| known.insert(alias.clone()));
    match &mut named.definition {
        Definition::Record { fields, .. } => {
            let mut known = BTreeSet::new();
            for field in fields {
                field.name = names::free(&field.name, |name| known.contains(name));
                known.insert(field.name.clone());
                let mut own = BTreeSet::from([field.name.clone()]);
                field.aliases.retain(|alias| own.insert(alias.clone()));
            }
        }
        Definition::Enum { symbols, default } => {
            let mut known = BTreeSet::new();
            symbols.retain(|symbol| known.insert(symbol.clone()));
            if symbols.is_empty() {
                symbols.push("A".to_owned());
            }
            if default
                .as_ref()
                .is_some_and(|symbol| !symbols.contains(symbol))
            {
                *default = None;
            }
        }
        Definition::Fixed { .. } => {}
    }
}

/// From within a namespace, nothing refers to a type in the null namespace. So all types are in
/// it, or none that is referred to twice.
fn null_namespace(model: &mut Model, rng: &mut Rng) {
    let is_null = |named: &Named| named.name.namespace.is_empty();
    if model.types.iter().all(is_null) {
        return;
    }
    let uses = model.uses();
    let namespace = names::namespace(rng);
    for (named, uses) in model.types.iter_mut().zip(uses) {
        if is_null(named) && uses > 1 {
            named.name.namespace = namespace;
        }
        if !is_null(named) {
            // As an alias of a type in a namespace it could not be written either.
            let aliases = named.aliases.iter_mut();
            for alias in aliases.filter(|alias| alias.namespace.is_empty()) {
                alias.namespace = namespace;
            }
        }
    }
}

/// Fullnames are different ones. A name in the null namespace differs from all others even without
/// their namespaces: Java 1.12 takes it for a type of the namespace around that is not complete yet.
fn type_names(model: &mut Model) {
    let mut known: BTreeSet<Name> = BTreeSet::new();
    for named in &mut model.types {
        let namespace = named.name.namespace;
        named.name.short = names::free(&named.name.short, |short| {
            known.iter().any(|name| {
                let is_apart = name.namespace != namespace
                    && !name.namespace.is_empty()
                    && !namespace.is_empty();
                name.short == short && !is_apart
            })
        });
        known.insert(named.name.clone());
        let name = named.name.clone();
        named.aliases.retain(|alias| *alias != name);
    }
}

/// Every alias means one type, or one field of its record.
pub(super) fn clashing_aliases(model: &mut Model) {
    let names = model.types.iter().map(|named| named.name.clone());
    let mut known: BTreeSet<Name> = names.collect();
    for named in &mut model.types {
        named.aliases.retain(|alias| known.insert(alias.clone()));
        let Some(fields) = named.fields_mut() else {
            continue;
        };
        let mut known: BTreeSet<String> = fields.iter().map(|field| field.name.clone()).collect();
        for field in fields {
            field.aliases.retain(|alias| known.insert(alias.clone()));
        }
    }
}

fn defaults(model: &mut Model, rng: &mut Rng) {
    for index in 0..model.types.len() {
        for field in 0..model.types[index].fields().len() {
            let Some(default) = &model.types[index].fields()[field].default else {
                continue;
            };
            if data::fits_as_default(model, (index, field), default) {
                continue;
            }
            let made = data::default(model, (index, field), rng);
            if let Some(fields) = model.types[index].fields_mut() {
                fields[field].default = made;
            }
        }
    }
}
