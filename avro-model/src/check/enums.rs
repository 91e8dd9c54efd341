//! Symbols of enums and their default.

use std::collections::BTreeMap;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::Value;
use crate::link::Linked;
use crate::name::{is_name, name_advice};
use crate::parse::brief;
use crate::schema::{Definition, Enum, NamedType, TypeId};
use crate::source::Span;
use crate::suggest::nearest;

/// Checks the symbols of an enum and its default; nothing of other types.
pub(super) fn check(linked: &Linked, id: TypeId, ty: &NamedType, found: &mut Diagnostics) {
    let Definition::Enum(definition) = &ty.definition else {
        return;
    };
    symbols(ty, definition, found);
    match ty.json.get("default").filter(|default| !default.is_null()) {
        // Among symbols that could not be read may be the one meant.
        _ if !linked.is_complete(id) => {}
        Some(default) if definition.default.is_none() => {
            found.push(unknown_default(ty, definition, default));
        }
        Some(_) => {}
        None => {
            let message = format!("enum `{}` has no default", ty.fullname);
            let note = "readers fail on a symbol that is added later: add a symbol for what they do \
                        not know, and name it as the default: \"default\": \"UNKNOWN\"";
            found.push(Diagnostic::new(Code::EnumWithoutDefault, ty.name_span, message).note(note));
        }
    }
}

fn symbols(ty: &NamedType, definition: &Enum, found: &mut Diagnostics) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for symbol in &definition.symbols {
        if !is_name(&symbol.name) {
            let message = format!("`{}` is no valid symbol of `{}`", symbol.name, ty.fullname);
            let finding = Diagnostic::new(Code::BadName.of(&symbol.name), symbol.span, message);
            found.push(finding.note(name_advice(&symbol.name)));
        }
        match first.get(symbol.name.as_str()) {
            Some(&first) => {
                let message = format!("`{}` lists symbol `{}` twice", ty.fullname, symbol.name);
                found.push(
                    Diagnostic::new(Code::DuplicateSymbol, symbol.span, message)
                        .label("listed again here")
                        .also(first, "first listed here")
                        .note("rename or remove one of the two"),
                );
            }
            None => {
                first.insert(&symbol.name, symbol.span);
            }
        }
    }
}

fn unknown_default(ty: &NamedType, definition: &Enum, default: &Value) -> Diagnostic {
    let message = format!(
        "default {} of enum `{}` is none of its symbols",
        brief(default),
        ty.fullname
    );
    let finding = Diagnostic::new(Code::UnknownEnumDefault, default.span, message);
    let symbols = definition.symbols.iter().map(|symbol| symbol.name.as_str());
    match default
        .as_str()
        .and_then(|default| nearest(default, symbols))
    {
        Some(meant) => finding.note(format!("did you mean \"{meant}\"?")),
        None => finding.note("write one of the symbols, or add this one to them"),
    }
}
