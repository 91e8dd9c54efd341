//! Attributes that the place gives no meaning: known ones, misspelled ones, custom properties.
//! A misplaced `logicalType` or `default` is in `misplaced`, which also knows what was meant.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Member;
use crate::schema::{Definition, Field, NamedType, Schema};
use crate::suggest::nearest;

const ON_A_FIELD: &str = "write it on the field, beside `name`";
const ON_A_DEFINITION: &str = "write it on the definition of a record, enum or fixed";
/// The property for exceptions from lints.
const OWN: &str = "lint";

/// Checks a definition for an attribute of fields.
pub(super) fn check_type(ty: &NamedType, found: &mut Diagnostics) {
    if ty.attributes.is_empty() {
        return;
    }
    let owner = format!("`{}`", ty.fullname);
    report(&ty.attributes, &[("order", ON_A_FIELD)], &owner, found);
}

/// Checks a field for an attribute of definitions.
pub(super) fn check_field(field: &Field, owner: &str, found: &mut Diagnostics) {
    let misplaced = [("namespace", ON_A_DEFINITION)];
    report(&field.attributes, &misplaced, owner, found);
}

/// Checks a schema that is no definition for attributes of fields and definitions.
pub(super) fn check_schema(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    if schema.attributes.is_empty() {
        return;
    }
    let misplaced = [
        ("order", ON_A_FIELD),
        ("aliases", "write them on the field, beside `name`"),
        ("namespace", ON_A_DEFINITION),
    ];
    let owner = format!("the type of {owner}");
    report(&schema.attributes, &misplaced, &owner, found);
}

fn report(attributes: &[Member], misplaced: &[(&str, &str)], owner: &str, found: &mut Diagnostics) {
    for member in attributes {
        for (_, note) in misplaced.iter().filter(|(key, _)| *key == member.key) {
            let message = format!("`{}` on {owner} has no effect", member.key);
            found.push(
                Diagnostic::new(Code::MisplacedAttribute, member.key_span, message).note(*note),
            );
        }
    }
}

/// Reports the custom properties of a definition, those that resemble a known one apart.
pub(super) fn lint_type(ty: &NamedType, found: &mut Diagnostics) {
    let known: &[&str] = match ty.definition {
        Definition::Record(_) => &["namespace", "doc", "aliases"],
        Definition::Enum(_) => &["namespace", "doc", "aliases", "default"],
        Definition::Fixed(_) => &[
            "namespace",
            "doc",
            "aliases",
            "logicalType",
            "precision",
            "scale",
        ],
    };
    let written: Vec<&str> = ty.json.members().iter().map(|m| m.key.as_str()).collect();
    custom(
        &ty.attributes,
        known,
        &written,
        &format!("`{}`", ty.fullname),
        found,
    );
}

/// The same of a field.
pub(super) fn lint_field(field: &Field, json: &[Member], owner: &str, found: &mut Diagnostics) {
    let known = ["doc", "default", "order", "aliases"];
    let written: Vec<&str> = json.iter().map(|member| member.key.as_str()).collect();
    custom(&field.attributes, &known, &written, owner, found);
}

/// The same of a schema that is no definition.
pub(super) fn lint_schema(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    let known = ["logicalType", "precision", "scale"];
    let attributes = &schema.attributes;
    let mut written: Vec<&str> = attributes.iter().map(|m| m.key.as_str()).collect();
    // What has been read into a valid logical type is no attribute any more.
    written.extend(
        schema
            .logical
            .is_some()
            .then_some(known)
            .into_iter()
            .flatten(),
    );
    let owner = format!("the type of {owner}");
    custom(attributes, &known, &written, &owner, found);
}

fn custom(
    attributes: &[Member],
    known: &[&str],
    written: &[&str],
    owner: &str,
    found: &mut Diagnostics,
) {
    // Reported where they stand in the wrong place, or as what is wrong with the logical type.
    const ELSEWHERE: [&str; 10] = [
        OWN,
        "logicalType",
        "precision",
        "scale",
        "default",
        "order",
        "aliases",
        "namespace",
        "doc",
        "name",
    ];
    for member in attributes
        .iter()
        .filter(|m| !ELSEWHERE.contains(&m.key.as_str()))
    {
        let key = &member.key;
        let free = known
            .iter()
            .copied()
            .filter(|known| !written.contains(known));
        let finding = match nearest(key, free) {
            Some(meant) => {
                let message = format!("the attribute `{key}` of {owner} has no effect");
                Diagnostic::new(Code::MisspelledAttribute, member.key_span, message)
                    .note(format!("did you mean \"{meant}\"?"))
            }
            None => {
                let message = format!("{owner} has the custom property `{key}`");
                Diagnostic::new(Code::UnknownAttribute, member.key_span, message)
                    .note("remove it if nothing reads it")
            }
        };
        found.push(finding);
    }
}
