//! Attributes that stand where the specification gives them no meaning: a logical type on a
//! field, a default inside a type. Every implementation passes over them without a word.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Kind, Member, Value};
use crate::logical::{Annotation, Carrier, annotation, misspelled};
use crate::parse::brief;
use crate::schema::{Definition, Field, NamedType, Schema, SchemaKind};

/// Checks a field: logical types on it, and a default inside its type.
pub(super) fn check_field(field: &Field, json: &Value, owner: &str, found: &mut Diagnostics) {
    let Some(ty) = json.get("type") else {
        return;
    };
    if let Some(attribute) = attribute(&field.attributes, "logicalType") {
        found.push(logical_type(field, ty, attribute, owner));
    }
    if let Some(default) = attribute(&field.schema.attributes, "default") {
        let note = match &field.default {
            Some(_) => "remove it: the field has a default of its own".to_owned(),
            None => format!(
                "write it on the field: \"type\": {:#}, \"default\": {}",
                without(ty, "default"),
                brief(&default.value)
            ),
        };
        found.push(default_in_type(default, owner, note));
    }
}

/// Checks a schema that is not the type of a field.
pub(super) fn check_default(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    if let Some(default) = attribute(&schema.attributes, "default") {
        let note = "remove it: only a field has a default, and it stands beside the field's type";
        found.push(default_in_type(default, owner, note.to_owned()));
    }
}

/// Checks a definition; an enum's default is where it belongs.
pub(super) fn check_type(ty: &NamedType, found: &mut Diagnostics) {
    if matches!(ty.definition, Definition::Enum(_)) {
        return;
    }
    if let Some(default) = attribute(&ty.attributes, "default") {
        let note = format!(
            "write it on the field that has this type: \"type\": …, \"default\": {}",
            brief(&default.value)
        );
        found.push(default_in_type(
            default,
            &format!("`{}`", ty.fullname),
            note,
        ));
    }
}

fn default_in_type(default: &Member, owner: &str, note: String) -> Diagnostic {
    let message = format!("the default inside the type of {owner} has no effect");
    Diagnostic::new(Code::MisplacedDefault, default.key_span, message).note(note)
}

fn logical_type(field: &Field, ty: &Value, attribute: &Member, owner: &str) -> Diagnostic {
    let name = brief(&attribute.value);
    let message = format!("the logical type {name} on field {owner} has no effect");
    let finding = Diagnostic::new(Code::MisplacedLogicalType, attribute.key_span, message);
    let parameters: Vec<&Member> = field
        .attributes
        .iter()
        .filter(|member| matches!(member.key.as_str(), "logicalType" | "precision" | "scale"))
        .collect();
    if field.schema.logical.is_some() {
        return finding.note("remove it: the field's type has a logical type of its own");
    }
    match annotated(&field.schema, ty, &parameters) {
        Some(ty) => finding.note(format!("write it inside the type: \"type\": {ty:#}")),
        None => finding.note(
            "remove it, or write it into the object of a type that it can annotate: \
             {\"type\": …, \"logicalType\": …}",
        ),
    }
}

/// The type with the logical type where it can stand: on the type itself, or on the first branch
/// of a union that it can annotate.
fn annotated(schema: &Schema, json: &Value, parameters: &[&Member]) -> Option<Value> {
    if let (SchemaKind::Union(branches), Kind::Array(sources)) = (&schema.kind, &json.kind) {
        let mut sources = sources.clone();
        for (branch, source) in branches.iter().zip(&mut sources) {
            if let Some(annotated) = annotated(branch, source, parameters) {
                *source = annotated;
                return Some(Value {
                    span: json.span,
                    kind: Kind::Array(sources),
                });
            }
        }
        return None;
    }
    let carrier = Carrier::Plain(&schema.kind);
    let fits = matches!(
        annotation(parameters, carrier),
        Annotation::Valid(_) | Annotation::Unknown(_)
    );
    if !fits || schema.logical.is_some() || matches!(schema.kind, SchemaKind::Named(_)) {
        return None;
    }
    let mut members = match &json.kind {
        Kind::Object(members) => members.clone(),
        _ => vec![Member {
            key: "type".to_owned(),
            key_span: json.span,
            value: json.clone(),
        }],
    };
    members.extend(
        parameters
            .iter()
            .map(|&parameter| spelled(parameter, carrier)),
    );
    Some(Value {
        span: json.span,
        kind: Kind::Object(members),
    })
}

/// A parameter; a misspelled logical type as it is spelled.
fn spelled(parameter: &Member, carrier: Carrier<'_>) -> Member {
    let name = parameter.value.as_str();
    let name = name.filter(|_| parameter.key == "logicalType");
    let mut parameter = parameter.clone();
    if let Some(meant) = name.and_then(|name| misspelled(name, carrier)) {
        parameter.value.kind = Kind::String(meant.to_owned());
    }
    parameter
}

/// A type's object without one member; the bare name if nothing but the name is left.
fn without(ty: &Value, key: &str) -> Value {
    let members: Vec<_> = ty
        .members()
        .iter()
        .filter(|member| member.key != key)
        .cloned()
        .collect();
    match members.as_slice() {
        [only] if only.key == "type" => only.value.clone(),
        _ => Value {
            span: ty.span,
            kind: Kind::Object(members),
        },
    }
}

fn attribute<'a>(attributes: &'a [Member], key: &str) -> Option<&'a Member> {
    attributes.iter().find(|member| member.key == key)
}
