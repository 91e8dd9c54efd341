//! Names that differ in Avro and become one in the spelling of another language.

use std::collections::BTreeMap;

use super::words::{capital, snake, words};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, listed};
use crate::link::Linked;
use crate::schema::{Definition, NamedType};
use crate::source::Span;

/// What has names: how a finding calls them, their spellings, and how to part two of them.
struct Kind {
    names: &'static str,
    spellings: &'static [(Spelling, &'static [&'static str])],
    advice: &'static str,
}

/// One way to spell names.
type Spelling = fn(&str) -> String;

const RENAME: &str = "rename one of the two, and keep the old name as its alias";

/// `foo_bar` in Rust and Python, `FooBar` in Go, all from the words of the name; `getFooBar` in
/// Java, which joins the parts and keeps the letters of each.
const FIELDS: Kind = Kind {
    names: "fields",
    spellings: &[
        (by_words, &["Rust", "Go", "Python"]),
        (java_method, &["Java"]),
    ],
    advice: RENAME,
};
/// Variants in Rust. The others take symbols as they are.
const SYMBOLS: Kind = Kind {
    names: "symbols",
    spellings: &[(by_words, &["Rust"])],
    advice: "rename one of the two before it is in use, for symbols have no aliases",
};
/// By their words in Rust and Go. In Java each has a file of its name, and not every file system
/// tells upper from lower case.
const TYPES: Kind = Kind {
    names: "types",
    spellings: &[
        (by_words, &["Rust", "Go"]),
        (str::to_ascii_lowercase, &["Java"]),
    ],
    advice: RENAME,
};

/// Reports the later of two such names.
pub(super) fn check(linked: &Linked, found: &mut Diagnostics) {
    let mut namespaces: BTreeMap<Option<&str>, Names<'_>> = BTreeMap::new();
    for (_, ty) in linked.set.types() {
        let name = (ty.fullname.short(), ty.name_span);
        namespaces
            .entry(ty.fullname.namespace())
            .or_default()
            .push(name);
        members(ty, found);
    }
    for (namespace, types) in namespaces {
        let place = namespace.map_or("the null namespace".to_owned(), |name| {
            format!("namespace `{name}`")
        });
        clashes(&types, &TYPES, &place, found);
    }
}

type Names<'s> = Vec<(&'s str, Span)>;

fn members(ty: &NamedType, found: &mut Diagnostics) {
    let place = format!("`{}`", ty.fullname);
    match &ty.definition {
        Definition::Record(record) => {
            let fields = record.fields.iter();
            let names: Names<'_> = fields.map(|f| (f.name.as_str(), f.name_span)).collect();
            clashes(&names, &FIELDS, &place, found);
        }
        Definition::Enum(definition) => {
            let symbols = definition.symbols.iter();
            let names: Names<'_> = symbols.map(|s| (s.name.as_str(), s.span)).collect();
            clashes(&names, &SYMBOLS, &place, found);
        }
        Definition::Fixed(_) => {}
    }
}

fn clashes(names: &Names<'_>, kind: &Kind, place: &str, found: &mut Diagnostics) {
    // By the two names, so that one pair is one finding for all languages.
    let mut pairs: BTreeMap<(Span, Span), (&str, &str, Vec<&str>)> = BTreeMap::new();
    for (spelling, languages) in kind.spellings {
        let mut first: BTreeMap<String, (&str, Span)> = BTreeMap::new();
        for &(name, span) in names {
            let &mut (earlier, place) = first.entry(spelling(name)).or_insert((name, span));
            if earlier != name {
                let pair = pairs.entry((span, place));
                let pair = pair.or_insert((earlier, name, Vec::new()));
                pair.2.extend_from_slice(languages);
            }
        }
    }
    for ((span, first), (earlier, name, languages)) in pairs {
        let what = kind.names;
        let languages = listed(&languages);
        let message =
            format!("{what} `{earlier}` and `{name}` of {place} become one in {languages}");
        found.push(
            Diagnostic::new(Code::ForeignClash, span, message)
                .also(first, "the other one")
                .note(kind.advice),
        );
    }
}

fn by_words(name: &str) -> String {
    match snake(&words(name)) {
        none if none.is_empty() => name.to_owned(),
        words => words,
    }
}

fn java_method(name: &str) -> String {
    name.split('_').map(capital).collect()
}
