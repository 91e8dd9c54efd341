//! Attributes that are null, where the specification has a string or an array.
//!
//! One rule for all of them: null counts as if the attribute were not there, with a warning. A
//! namespace within another is an error, for implementations disagree about the type's name then.
//! Attributes that must be there are missing if they are null, which `parse` reports, and `doc`
//! says nothing either way.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Member, Value};
use crate::schema::{Definition, Field, NamedType, Schema};

/// Checks the attributes of a definition.
pub(super) fn check_type(ty: &NamedType, found: &mut Diagnostics) {
    let owner = format!("`{}`", ty.fullname);
    let keys: &[&str] = match ty.definition {
        Definition::Enum(_) => &["aliases", "logicalType", "default"],
        Definition::Record(_) | Definition::Fixed(_) => &["aliases", "logicalType"],
    };
    report(ty.json.members(), keys, &owner, found);
    if let Some(member) = null(ty.json.members(), "namespace") {
        found.push(match disputed_name(ty) {
            Some(namespace) => null_namespace(member, ty, namespace),
            None => null_attribute_of(member, &owner),
        });
    }
}

/// Checks the attributes of a field.
pub(super) fn check_field(field: &Field, json: &Value, owner: &str, found: &mut Diagnostics) {
    debug_assert_eq!(field.span, json.span);
    report(json.members(), &["aliases", "order"], owner, found);
}

/// Checks the attributes of a schema that is no definition.
pub(super) fn check_schema(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    if !schema.attributes.is_empty() {
        let owner = format!("the type of {owner}");
        report(&schema.attributes, &["logicalType"], &owner, found);
    }
}

fn report(members: &[Member], keys: &[&str], owner: &str, found: &mut Diagnostics) {
    let nulls = members
        .iter()
        .filter(|member| keys.contains(&member.key.as_str()));
    found.extend(nulls.filter_map(|member| null_attribute(member, owner)));
}

fn null<'a>(members: &'a [Member], key: &str) -> Option<&'a Member> {
    members
        .iter()
        .find(|member| member.key == key && member.value.is_null())
}

/// The namespace that the type has if its own, which is null, does not count; nothing if there is
/// none, or the name says which.
fn disputed_name(ty: &NamedType) -> Option<&str> {
    let name = ty.json.get("name").and_then(Value::as_str);
    let is_fullname = name.is_some_and(|name| name.contains('.'));
    ty.fullname.namespace().filter(|_| !is_fullname)
}

fn null_namespace(member: &Member, ty: &NamedType, namespace: &str) -> Diagnostic {
    let (fullname, short) = (&ty.fullname, ty.fullname.short());
    let message = format!("the namespace of `{short}` is null, and its name is in doubt");
    Diagnostic::new(Code::NullNamespace, member.value.span, message)
        .label(format!(
            "`{fullname}` for Java and Python's avro, `{short}` for fastavro"
        ))
        .note(format!(
            "remove it for `{fullname}`: the namespace `{namespace}` is in force here"
        ))
        .note(format!("or write \"namespace\": \"\" for `{short}`"))
}

/// The finding about an attribute, if it is null.
pub(crate) fn null_attribute(member: &Member, owner: &str) -> Option<Diagnostic> {
    member
        .value
        .is_null()
        .then(|| null_attribute_of(member, owner))
}

fn null_attribute_of(member: &Member, owner: &str) -> Diagnostic {
    let key = &member.key;
    let message = format!("`{key}` of {owner} is null, which counts as no `{key}`");
    let write = match key.as_str() {
        "namespace" => "a namespace in quotes; \"\" is the null namespace",
        "aliases" => "an array of names; Java refuses null",
        "types" => "an array of definitions",
        "order" => "\"ascending\", \"descending\" or \"ignore\"; Java refuses null",
        "default" => "one of the symbols in quotes; fastavro refuses null",
        _ => "its name in quotes",
    };
    Diagnostic::new(Code::NullAttribute, member.value.span, message)
        .note(format!("remove it, or write {write}"))
}
