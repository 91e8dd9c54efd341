//! The style of names: types, fields, symbols, namespaces.

use std::collections::BTreeSet;

use super::words::{lower_camel, snake, upper_camel, words};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Linked;
use crate::name::is_name;
use crate::schema::{Definition, Enum, NamedType, Record};
use crate::source::Span;

/// Checks the names of a type and of its fields or symbols. What is no name has been reported.
pub(in crate::check) fn check(ty: &NamedType, found: &mut Diagnostics) {
    type_name(ty, found);
    match &ty.definition {
        Definition::Record(record) => fields(ty, record, found),
        Definition::Enum(definition) => symbols(ty, definition, found),
        Definition::Fixed(_) => {}
    }
}

fn type_name(ty: &NamedType, found: &mut Diagnostics) {
    let name = ty.fullname.short();
    if !is_name(name) || is_upper_camel(name) {
        return;
    }
    let message = format!("the name of `{}` is not in UpperCamelCase", ty.fullname);
    let better = upper_camel(&words(name));
    let finding = Diagnostic::new(Code::TypeNameStyle, ty.name_span, message);
    found.push(match is_upper_camel(&better) {
        true => finding.note(format!(
            "rename it to `{better}`, with `{name}` as its alias"
        )),
        false => finding.note("begin it with a capital letter, without underscores"),
    });
}

fn fields(ty: &NamedType, record: &Record, found: &mut Diagnostics) {
    // The first name that can be in one style only decides for the record.
    let names = record.fields.iter().map(|field| field.name.as_str());
    let of_record = names
        .clone()
        .find(|name| is_snake(name) != is_lower_camel(name));
    let camel = of_record.is_some_and(is_lower_camel);
    for field in &record.fields {
        let name = field.name.as_str();
        let fits = if camel {
            is_lower_camel(name)
        } else {
            is_snake(name)
        };
        if fits || !is_name(name) {
            continue;
        }
        let (style, words) = (if camel { lower_camel } else { snake }, words(name));
        let message = match of_record {
            Some(first) if is_snake(name) || is_lower_camel(name) => format!(
                "field `{}.{name}` is in another style than `{first}`",
                ty.fullname
            ),
            _ => format!(
                "the name of field `{}.{name}` is neither in snake_case nor in lowerCamelCase",
                ty.fullname
            ),
        };
        let better = style(&words);
        let finding = Diagnostic::new(Code::FieldNameStyle, field.name_span, message);
        found.push(match is_name(&better) {
            true => finding.note(format!(
                "rename it to `{better}`, with `{name}` as its alias"
            )),
            false => finding,
        });
    }
}

fn symbols(ty: &NamedType, definition: &Enum, found: &mut Diagnostics) {
    type Style = (fn(&str) -> bool, &'static str);
    const STYLES: [Style; 3] = [
        (is_upper, "UPPER_CASE"),
        (is_snake, "lower_case"),
        (is_upper_camel, "UpperCamelCase"),
    ];
    let names = || {
        definition
            .symbols
            .iter()
            .filter(|symbol| is_name(&symbol.name))
    };
    let odd = |fits: fn(&str) -> bool| names().filter(move |symbol| !fits(&symbol.name));
    // Of styles with equally many odd symbols, the first.
    let fewest = STYLES
        .into_iter()
        .min_by_key(|(fits, _)| odd(*fits).count());
    let Some((fits, style)) = fewest else {
        return;
    };
    let Some(first) = odd(fits).next() else {
        return;
    };
    let message = format!(
        "symbol `{}` of `{}` is not in {style}, as others are",
        first.name, ty.fullname
    );
    let finding = Diagnostic::new(Code::SymbolStyle, first.span, message);
    let finding = odd(fits)
        .skip(1)
        .fold(finding, |f, symbol| f.also(symbol.span, ""));
    found.push(finding.note(
        "write all symbols in one style; a symbol that is in use cannot be renamed, for symbols \
         have no aliases",
    ));
}

/// Checks the namespaces of the types, each where it is written.
pub(super) fn check_namespaces(linked: &Linked, found: &mut Diagnostics) {
    let mut top: BTreeSet<Span> = BTreeSet::new();
    for root in linked.set.roots() {
        root.schema.visit(&mut |schema| {
            top.insert(schema.span);
        });
    }
    for (_, ty) in linked.set.types() {
        let namespace = ty.fullname.namespace();
        let inherited = ty.enclosing_namespace.as_deref() == namespace;
        let (message, note) = match namespace {
            None if top.contains(&ty.span) => (
                format!("{} `{}` has no namespace", ty.keyword(), ty.fullname),
                "give it one: \"namespace\": \"com.example\"",
            ),
            Some(namespace)
                if !inherited && namespace.bytes().any(|byte| byte.is_ascii_uppercase()) =>
            {
                (
                    format!(
                        "namespace `{namespace}` of `{}` is not in lower case",
                        ty.fullname
                    ),
                    "write it in lower case, and keep the old fullname as an alias",
                )
            }
            _ => continue,
        };
        let place = ty
            .json
            .get("namespace")
            .map_or(ty.name_span, |json| json.span);
        found.push(Diagnostic::new(Code::NamespaceStyle, place, message).note(note));
    }
}

fn is_upper_camel(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.contains('_')
}

/// Underscores before the first word are let pass: `_id` is what a document store calls its key.
fn is_lower_camel(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.starts_with(|first: char| first.is_ascii_lowercase()) && !name.contains('_')
}

fn is_snake(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.bytes().any(|byte| byte.is_ascii_uppercase())
        && !name.ends_with('_')
        && !name.contains("__")
}

fn is_upper(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && !name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
}
