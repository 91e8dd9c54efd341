//! Logical types that are ignored because they are invalid (specification 1.12, "Logical Types").

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Member;
use crate::logical::{Annotation, Carrier, annotation, is_another, misspelled, names_on};
use crate::schema::{Definition, NamedType, Schema};
use crate::suggest::nearest;

/// Checks what a schema in place says of its logical type.
pub(super) fn check_schema(schema: &Schema, owner: &str, found: &mut Diagnostics) {
    if schema.logical.is_none() {
        report(
            &schema.attributes,
            Carrier::Plain(&schema.kind),
            owner,
            found,
        );
    }
}

/// Checks what a definition says of its logical type.
pub(super) fn check_type(ty: &NamedType, found: &mut Diagnostics) {
    let owner = format!("`{}`", ty.fullname);
    match &ty.definition {
        Definition::Fixed(fixed) if fixed.logical.is_some() => {}
        Definition::Fixed(fixed) => {
            report(&ty.attributes, Carrier::Fixed(fixed.size), &owner, found);
        }
        _ => report(&ty.attributes, Carrier::Other, &owner, found),
    }
}

fn report(attributes: &[Member], carrier: Carrier<'_>, owner: &str, found: &mut Diagnostics) {
    let attributes: Vec<&Member> = attributes.iter().collect();
    let Some(attribute) = attributes.iter().find(|member| member.key == "logicalType") else {
        return;
    };
    let span = attribute.value.span;
    match annotation(&attributes, carrier) {
        Annotation::None | Annotation::Valid(_) => {}
        Annotation::Unknown(name) if is_another(name) => {}
        Annotation::Unknown(name) => {
            let (code, meant) = match misspelled(name, carrier) {
                Some(meant) => (Code::MisspelledLogicalType, meant),
                None => match nearest(name, names_on(carrier)) {
                    Some(meant) => (Code::UnknownLogicalType, meant),
                    None => return,
                },
            };
            let message = format!("the logical type `{name}` of {owner} is unknown and ignored");
            let note = format!("did you mean \"{meant}\"?");
            found.push(Diagnostic::new(code, span, message).note(note));
        }
        Annotation::Invalid { reason, advice } => {
            let message = format!("the logical type of {owner} is invalid and ignored: {reason}");
            found.push(Diagnostic::new(Code::InvalidLogicalType, span, message).note(advice));
        }
    }
}
