//! Aliases that lead to more than one thing, or to nothing new (specification 1.12, "Aliases").

use std::collections::BTreeMap;

use super::names::listed_aliases;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Linked;
use crate::name::Fullname;
use crate::schema::NamedType;
use crate::source::Span;

/// Checks the aliases of all types against the names and aliases of all others.
pub(super) fn check_types(linked: &Linked, found: &mut Diagnostics) {
    let mut aliases: BTreeMap<Fullname, Span> = BTreeMap::new();
    for (id, ty) in linked.set.types() {
        if ty.aliases.is_empty() {
            continue;
        }
        let mut own: BTreeMap<Fullname, Span> = BTreeMap::new();
        for (text, span) in listed_aliases(&ty.json) {
            let alias = Fullname::within(ty.fullname.namespace(), text);
            let owner = ty.fullname.as_str();
            if alias == ty.fullname {
                found.push(own_name(&alias, owner, span, ty.name_span));
                continue;
            }
            if let Some(first) = own.insert(alias.clone(), span) {
                found.push(repeated(&alias, owner, span, first));
                continue;
            }
            let named = linked.set.names.get(&alias).filter(|&&named| named != id);
            if let Some(named) = named.map(|&named| &linked.set[named]) {
                found.push(clash(&alias, owner, span, "name", named.name_span));
            } else if let Some(&other) = aliases.get(&alias) {
                found.push(clash(&alias, owner, span, "alias", other));
            }
        }
        aliases.extend(own);
    }
}

/// Checks the aliases of a record's fields against the names and aliases of its other fields.
pub(super) fn check_fields(ty: &NamedType, found: &mut Diagnostics) {
    if ty.fields().iter().all(|field| field.aliases.is_empty()) {
        return;
    }
    let names: BTreeMap<&str, Span> = ty
        .fields()
        .iter()
        .map(|field| (field.name.as_str(), field.name_span))
        .collect();
    let mut aliases: BTreeMap<&str, Span> = BTreeMap::new();
    for (field, json) in ty.fields_with_json() {
        let owner = format!("{}.{}", ty.fullname, field.name);
        let mut own: BTreeMap<&str, Span> = BTreeMap::new();
        for (alias, span) in listed_aliases(json) {
            if alias == field.name {
                found.push(own_name(&alias, &owner, span, field.name_span));
            } else if let Some(first) = own.insert(alias, span) {
                found.push(repeated(&alias, &owner, span, first));
            } else if let Some(&named) = names.get(alias) {
                found.push(clash(&alias, &owner, span, "name", named));
            } else if let Some(&other) = aliases.get(alias) {
                found.push(clash(&alias, &owner, span, "alias", other));
            }
        }
        aliases.extend(own);
    }
}

type Alias<'a> = &'a dyn std::fmt::Display;

fn own_name(alias: Alias<'_>, owner: &str, span: Span, name: Span) -> Diagnostic {
    let message = format!("alias `{alias}` of `{owner}` is its own name");
    Diagnostic::new(Code::IdleAlias, span, message)
        .also(name, "the name")
        .note("remove the alias: it has no effect")
}

fn repeated(alias: Alias<'_>, owner: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("alias `{alias}` of `{owner}` is listed twice");
    Diagnostic::new(Code::IdleAlias, span, message)
        .label("listed again here")
        .also(first, "first listed here")
        .note("remove one of the two")
}

fn clash(alias: Alias<'_>, owner: &str, span: Span, what: &str, other: Span) -> Diagnostic {
    let message = format!("alias `{alias}` of `{owner}` has another meaning already");
    let code = match span.file == other.file {
        true => Code::DuplicateAlias,
        false => Code::AliasClash,
    };
    Diagnostic::new(code, span, message)
        .label(format!("an alias of `{owner}`"))
        .also(other, format!("and the {what} of this one"))
        .note("a reader may take the data of one for the other: keep the alias on one of them only")
}
