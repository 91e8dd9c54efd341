//! The stocks of names, and how they are drawn from.

use super::model::{Model, Name};
use super::rng::Rng;

/// Namespaces; the null namespace has rules of its own and is given by [`Rng::chance`].
const NAMESPACES: [&str; 4] = ["a", "a.b", "com.acme", "org.example.deep.down"];

const TYPES: [&str; 8] = ["Order", "Item", "Node", "Money", "Kind", "Hash", "A", "_x1"];

const FIELDS: [&str; 10] = [
    "id", "name", "f0", "f1", "f2", "items", "next", "value", "_u", "type",
];

const SYMBOLS: [&str; 8] = ["A", "B", "C", "D", "UNKNOWN", "a", "_", "null"];

/// Documentation, some of it hard to quote.
const DOCS: [&str; 4] = [
    "The key.",
    "",
    "quotes \" and \\ backslashes,\nlines\tand tabs",
    "größer \u{2028} 日本語 \u{1F600}",
];

/// The name of a type, in this namespace.
pub(super) fn type_name(namespace: &'static str, rng: &mut Rng) -> Name {
    Name {
        namespace,
        short: (*rng.pick(&TYPES)).to_owned(),
    }
}

/// A namespace other than the null namespace.
pub(super) fn namespace(rng: &mut Rng) -> &'static str {
    NAMESPACES[rng.below(NAMESPACES.len())]
}

/// The name of a field.
pub(super) fn field(rng: &mut Rng) -> String {
    (*rng.pick(&FIELDS)).to_owned()
}

/// A symbol of an enum.
pub(super) fn symbol(rng: &mut Rng) -> String {
    (*rng.pick(&SYMBOLS)).to_owned()
}

/// Documentation, or none.
pub(super) fn doc(rng: &mut Rng) -> Option<&'static str> {
    rng.chance(15).then(|| *rng.pick(&DOCS))
}

/// The name itself, or with the first number behind it that `taken` does not know.
pub(super) fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let mut numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    numbered
        .find(|name| !taken(name))
        .unwrap_or_else(|| name.to_owned())
}

/// Whether a type of this fullname is there.
pub(super) fn is_taken(model: &Model, name: &Name) -> bool {
    model.types.iter().any(|named| named.name == *name)
}
