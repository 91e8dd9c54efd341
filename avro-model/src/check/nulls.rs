//! Attributes that are null, where the specification has a string or an array.
//!
//! One rule for all of them: null counts as if the attribute were not there, with a warning. A
//! namespace within another is an error, for implementations disagree about the type's name then.
//! Attributes that must be there are missing if they are null, which `parse` reports, and `doc`
//! says nothing either way.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Member, Value};
use crate::parse::null_attribute;
use crate::schema::{Definition, NamedType, Schema};

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
            None => null_attribute(member, &owner),
        });
    }
}

/// Checks the attributes of a field.
pub(super) fn check_field(json: &Value, owner: &str, found: &mut Diagnostics) {
    report(json.members(), &["aliases", "order"], owner, found);
}

/// Checks the attributes of a schema that is no definition.
pub(super) fn check_schema(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    let owner = format!("the type of {owner}");
    report(&schema.attributes, &["logicalType"], &owner, found);
}

fn report(members: &[Member], keys: &[&str], owner: &str, found: &mut Diagnostics) {
    let nulls = keys.iter().filter_map(|key| null(members, key));
    found.extend(nulls.map(|member| null_attribute(member, owner)));
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
