//! Names, namespaces and aliases of types; names and aliases of fields.

use std::collections::BTreeMap;

use crate::ast::Primitive;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Value;
use crate::name::{is_name, is_namespace, mend, name_advice, namespace_advice};
use crate::schema::{Field, NamedType};
use crate::source::Span;

/// Checks the name of a type, its namespace and its aliases.
pub(super) fn check(ty: &NamedType, found: &mut Diagnostics) {
    let Some(name) = ty.json.get("name").and_then(Value::as_str) else {
        return;
    };
    if !name.split('.').all(is_name) {
        let message = format!("`{name}` is no valid name of a type");
        found.push(bad_name(ty.name_span, name, message));
    }
    namespace(ty, name, found);
    primitive(ty, found);
    aliases(ty, found);
}

/// Checks the names and aliases of a record's fields.
pub(super) fn check_fields(ty: &NamedType, found: &mut Diagnostics) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for field in ty.fields() {
        if !is_name(&field.name) {
            let message = format!(
                "`{}` is no valid name of a field in `{}`",
                field.name, ty.fullname
            );
            found.push(bad_name(field.name_span, &field.name, message));
        }
        match first.get(field.name.as_str()) {
            Some(&first) => found.push(duplicate_field(ty, field, first)),
            None => {
                first.insert(&field.name, field.name_span);
            }
        }
    }
    field_aliases(ty, found);
}

fn namespace(ty: &NamedType, name: &str, found: &mut Diagnostics) {
    let Some(value) = ty.json.get("namespace") else {
        return;
    };
    let Some(namespace) = value.as_str() else {
        return;
    };
    if let Some((own, _)) = name.rsplit_once('.') {
        if own != namespace {
            let message = format!("`{name}` is a fullname: namespace `{namespace}` is ignored");
            let note = format!("remove the namespace, or the `{own}.` from the name");
            found.push(Diagnostic::new(Code::IgnoredNamespace, value.span, message).note(note));
        }
    } else if !is_namespace(namespace) {
        let message = format!("`{namespace}` is no valid namespace");
        let code = Code::BadNamespace.of(namespace);
        found.push(Diagnostic::new(code, value.span, message).note(namespace_advice(namespace)));
    }
}

fn primitive(ty: &NamedType, found: &mut Diagnostics) {
    let short = ty.fullname.short();
    if Primitive::parse(short).is_none() {
        return;
    }
    let note = format!("rename it: `{short}` always means the primitive type");
    let finding = match ty.fullname.namespace() {
        None => {
            let message = format!("`{short}` is the name of a primitive type");
            Diagnostic::new(Code::PrimitiveName, ty.name_span, message)
        }
        Some(_) => {
            let message = format!("`{}` has the name of a primitive type", ty.fullname);
            Diagnostic::new(Code::PrimitiveShortName, ty.name_span, message)
        }
    };
    found.push(finding.note(note));
}

fn aliases(ty: &NamedType, found: &mut Diagnostics) {
    for (alias, span) in listed_aliases(&ty.json) {
        if !alias.split('.').all(is_name) {
            let message = format!("alias `{alias}` of `{}` is no name", ty.fullname);
            let note = "Java refuses the schema; else it is right if data were written under it";
            found.push(Diagnostic::new(Code::BadAlias, span, message).note(note));
        }
    }
}

fn field_aliases(ty: &NamedType, found: &mut Diagnostics) {
    // Fields whose mistakes parse has reported are missing from the type, so ask the JSON.
    let fields = ty
        .json
        .get("fields")
        .and_then(Value::as_array)
        .unwrap_or_default();
    for field in fields {
        let name = field
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        for (alias, span) in listed_aliases(field) {
            // The bad name that this field had once, mended: that is what such aliases are for.
            if !is_name(alias) && mend(alias).is_none_or(|mended| mended != name) {
                let message = format!("alias `{alias}` of `{}.{name}` is no name", ty.fullname);
                let note = "right if data were written under it; else write a name";
                found.push(Diagnostic::new(Code::BadAlias, span, message).note(note));
            }
        }
    }
}

/// The aliases of a definition or field that are texts, with their places.
pub(super) fn listed_aliases(json: &Value) -> impl Iterator<Item = (&str, Span)> {
    let aliases = json
        .get("aliases")
        .and_then(Value::as_array)
        .unwrap_or_default();
    aliases
        .iter()
        .filter_map(|alias| Some((alias.as_str()?, alias.span)))
}

fn bad_name(span: Span, name: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::BadName.of(name), span, message).note(name_advice(name))
}

fn duplicate_field(ty: &NamedType, field: &Field, first: Span) -> Diagnostic {
    let message = format!("`{}` has two fields `{}`", ty.fullname, field.name);
    Diagnostic::new(Code::DuplicateField, field.name_span, message)
        .label("defined again here")
        .also(first, "first defined here")
        .note("rename or remove one of the two")
}
