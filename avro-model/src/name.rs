//! Fullnames of named types (specification 1.12, "Names").

use std::borrow::Borrow;
use std::fmt;

/// The fullname of a named type: a short name and the namespace that it lives in, if any.
///
/// Ordered and compared by its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fullname {
    text: String,
    /// Offset of the short name.
    short: usize,
}

/// Why a text is no [`Fullname`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidName {
    /// The part, between dots, that is no name.
    pub part: String,
}

impl Fullname {
    /// Reads a fullname in which every part between dots is a name.
    ///
    /// # Errors
    ///
    /// [`InvalidName`] with the first part that does not match `[A-Za-z_][A-Za-z0-9_]*`.
    pub fn parse(text: &str) -> Result<Self, InvalidName> {
        match text.split('.').find(|part| !is_name(part)) {
            Some(part) => Err(InvalidName {
                part: part.to_owned(),
            }),
            None => Ok(Self::unchecked(text.to_owned())),
        }
    }

    /// A fullname whose parts are checked elsewhere.
    pub(crate) fn unchecked(text: String) -> Self {
        let short = text.rfind('.').map_or(0, |dot| dot + 1);
        Self { text, short }
    }

    /// The name that `text` stands for where `namespace` is in force: `text` itself if it has a
    /// dot, else `text` in that namespace. A leading dot names the null namespace.
    pub(crate) fn within(namespace: Option<&str>, text: &str) -> Self {
        match (text.strip_prefix('.'), namespace) {
            (Some(rest), _) => Self::unchecked(rest.to_owned()),
            (None, Some(namespace)) if !text.contains('.') && !namespace.is_empty() => {
                Self::unchecked(format!("{namespace}.{text}"))
            }
            (None, _) => Self::unchecked(text.to_owned()),
        }
    }

    /// The namespace, or nothing for the null namespace.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        self.short.checked_sub(1).map(|dot| &self.text[..dot])
    }

    /// The name without its namespace.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.text[self.short..]
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

// Ordered as its text is.
impl Borrow<str> for Fullname {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Fullname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a name: {NAME_RULE}", self.part)
    }
}

impl std::error::Error for InvalidName {}

pub(crate) const NAME_RULE: &str =
    "a name starts with a letter or `_` and goes on with letters, digits or `_`, all ASCII";

/// Whether `text` is a name as the specification has it: `[A-Za-z_][A-Za-z0-9_]*`.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether `text` is a namespace: names with dots between, or nothing.
#[must_use]
pub fn is_namespace(text: &str) -> bool {
    text.is_empty() || text.split('.').all(is_name)
}

/// What to write in place of a bad name: the rule, and a name near to this one that keeps it.
pub(crate) fn name_advice(name: &str) -> String {
    match mend(name) {
        Some(mended) => format!("{NAME_RULE}: \"{mended}\""),
        None => NAME_RULE.to_owned(),
    }
}

/// What to write in place of a bad namespace.
pub(crate) fn namespace_advice(namespace: &str) -> String {
    match mend(namespace) {
        Some(mended) => format!("write names with dots between: \"{mended}\""),
        None => "write names with dots between, or \"\" for the null namespace".to_owned(),
    }
}

/// The name with an underscore for each character that it may not have.
pub(crate) fn mend(name: &str) -> Option<String> {
    let parts = name.split('.').map(|part| {
        let mut mended: String = part
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        if mended.starts_with(|c: char| c.is_ascii_digit()) {
            mended.insert(0, '_');
        }
        mended
    });
    let mended = parts.collect::<Vec<_>>().join(".");
    let says_something = mended.bytes().any(|byte| byte.is_ascii_alphanumeric());
    (says_something && mended.split('.').all(is_name)).then_some(mended)
}

/// The candidate that `word` was probably meant to be: the one with the fewest edits, at most a
/// third of its letters; of equals the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The table below is quadratic, and nobody mistypes a name this long.
    const LONGEST: usize = 256;
    if word.len() > LONGEST {
        return None;
    }
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= word.len() / 3 + 1)
        .map(|candidate| {
            (
                edits(&word.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|&(edits, candidate)| edits <= (candidate.chars().count() / 3).max(1))
        .min_by_key(|&(edits, _)| edits)
        .map(|(_, candidate)| candidate)
}

/// Whether `word` is another spelling of `known`: but for upper case, and `_` in place of `-`, one
/// letter is missing, added, replaced, or swapped with its neighbour, or none.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
    let folded = |text: &str| text.to_ascii_lowercase().replace('_', "-");
    word != known
        && word.len().abs_diff(known.len()) <= 4
        && edits(&folded(word), &folded(known)) <= 1
}

/// Edits (insert, remove, replace, swap of neighbours) between two words.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    let mut last = None;
    for (i, a) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, &b) in to.iter().enumerate() {
            let mut best = (row[j] + usize::from(a != b))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if j > 0 && last == Some(b) && to[j - 1] == a {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(a);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fullname_has_a_namespace_and_a_short_name() {
        let name = Fullname::parse("com.acme.Order").unwrap();
        assert_eq!(
            (name.namespace(), name.short()),
            (Some("com.acme"), "Order")
        );
        let name = Fullname::parse("Order").unwrap();
        assert_eq!((name.namespace(), name.short()), (None, "Order"));
    }

    #[test]
    fn every_part_must_be_a_name() {
        for text in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "1a",
            "a.1b",
            "blood-type",
            "é",
            "a b",
        ] {
            assert!(Fullname::parse(text).is_err(), "{text:?}");
        }
        for text in ["_", "_1", "a.b_2.C"] {
            assert!(Fullname::parse(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn an_unqualified_name_inherits_and_a_dotted_one_does_not() {
        assert_eq!(Fullname::within(Some("n"), "A").as_str(), "n.A");
        assert_eq!(Fullname::within(Some("n"), "m.A").as_str(), "m.A");
        assert_eq!(Fullname::within(Some("n"), ".A").as_str(), "A");
        assert_eq!(Fullname::within(None, "A").as_str(), "A");
    }

    #[test]
    fn the_nearest_candidate_is_a_typing_error_away() {
        assert_eq!(nearest("Mony", ["Honey", "Money"]), Some("Money"));
        assert_eq!(
            nearest("timestamp-milis", ["timestamp-millis"]),
            Some("timestamp-millis")
        );
        assert_eq!(nearest("string", ["String"]), Some("String"));
        assert_eq!(nearest("ab", ["ba"]), Some("ba"));
        assert_eq!(nearest("Order", ["Address"]), None);
    }
}
