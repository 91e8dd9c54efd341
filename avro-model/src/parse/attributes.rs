//! The attributes that several kinds of declaration have in common.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::json::{Member, Value};
use crate::parse::brief;
use crate::source::Span;

/// The members whose key is not among those known here, in order.
pub(super) fn others<'a>(json: &'a Value, known: &[&str]) -> Vec<&'a Member> {
    json.members()
        .iter()
        .filter(|member| !known.contains(&member.key.as_str()))
        .collect()
}

/// An attribute that need not be there; nothing if it is null. A check reports what is null.
pub(super) fn optional<'a>(json: &'a Value, key: &str) -> Option<&'a Value> {
    json.get(key).filter(|value| !value.is_null())
}

/// The finding about an attribute that is null.
pub(crate) fn null_attribute(member: &Member, owner: &str) -> Diagnostic {
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

/// The documentation; what is no string is ignored, as everywhere, though not in silence.
pub(super) fn doc<'a>(json: &'a Value, found: &mut Diagnostics) -> Option<&'a str> {
    let doc = optional(json, "doc")?;
    if doc.as_str().is_none() {
        let message = format!("`doc` is a string, found {}; it is ignored", doc.describe());
        found.push(
            Diagnostic::new(Code::IgnoredDoc, doc.span, message)
                .note("write the documentation in double quotes, or remove it"),
        );
    }
    doc.as_str()
}

/// The namespace.
pub(super) fn namespace<'a>(json: &'a Value, found: &mut Diagnostics) -> Option<(&'a str, Span)> {
    let namespace = optional(json, "namespace")?;
    if namespace.as_str().is_none() {
        let message = format!("`namespace` is a string, found {}", namespace.describe());
        found.push(
            Diagnostic::new(Code::WrongAttribute, namespace.span, message)
                .note("write the namespace in double quotes; \"\" is the null namespace"),
        );
    }
    Some((namespace.as_str()?, namespace.span))
}

/// The aliases that are strings; the others are reported.
///
/// A lenient run warns only: without an alias, data mean what they meant.
pub(super) fn aliases<'a>(
    json: &'a Value,
    lenient: bool,
    found: &mut Diagnostics,
) -> Vec<(&'a str, Span)> {
    let Some(aliases) = optional(json, "aliases") else {
        return Vec::new();
    };
    let mut wrong = |value: &Value, what: &str| {
        let message = format!("{what}, found {}", value.describe());
        let note = match value.as_str() {
            Some(_) => format!("write `\"aliases\": [{}]`", brief(value)),
            None => "write `\"aliases\": [\"…\"]`".to_owned(),
        };
        let mut finding = Diagnostic::new(Code::WrongAttribute, value.span, message).note(note);
        if lenient {
            finding.severity = Severity::Warning;
        }
        found.push(finding);
    };
    let Some(items) = aliases.as_array() else {
        wrong(aliases, "`aliases` is an array of names");
        if let (true, Some(alias)) = (lenient, aliases.as_str()) {
            return vec![(alias, aliases.span)];
        }
        return Vec::new();
    };
    let mut names = Vec::new();
    for item in items {
        match item.as_str() {
            Some(name) => names.push((name, item.span)),
            None => wrong(item, "an alias is a string"),
        }
    }
    names
}
