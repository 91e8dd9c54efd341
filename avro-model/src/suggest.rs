//! A name that is not there → the name that was probably meant.
//!
//! Thousands of names may be wrong at once, and each is compared with thousands of others. So words
//! are compared by their length and letters first, and a [`Names`] compares no more than
//! a set number of words in full; after that it suggests nothing.

mod edits;

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::steps::{limit, step};
use edits::Word;

/// How many candidates [`nearest`] looks at.
const MOST_CANDIDATES: usize = 1_000;

/// How many words a [`Names`] looks at, and how many pairs of letters it compares in full.
const MOST_WORDS: usize = limit(1 << 23);
const MOST_PAIRS: usize = limit(1 << 25);

/// The candidate that is a typing error away, of a few candidates: an insertion, removal or
/// replacement of a letter, or a swap of neighbours, for every three letters. Case does not count.
///
/// [`Names`] serves for many candidates.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Word::new(word)?;
    let candidates = candidates.into_iter().take(MOST_CANDIDATES);
    let near = candidates.filter_map(|candidate| {
        let edits = word.edits(&Word::new(candidate)?)?;
        Some((edits, candidate))
    });
    near.min_by_key(|&(edits, _)| edits).map(|(_, name)| name)
}

/// Whether `word` is another spelling of `known`. Case and `_` in place of `-` do not count, and one
/// letter may be missing, added, replaced, or swapped with its neighbour.
pub(crate) fn is_slip(word: &str, known: &str) -> bool {
    let folded = |text: &str| Word::new(&text.replace('_', "-"));
    let slip = |word: Word, known: Word| word.is_slip(&known);
    word != known
        && folded(word)
            .zip(folded(known))
            .is_some_and(|(a, b)| slip(a, b))
}

/// Dotted names, and other names for them, to choose a suggestion from.
///
/// ```
/// use avro_model::suggest::Names;
///
/// let mut names = Names::of(["shop.Payment", "com.acme.common.Geo"]);
/// names.alias("shop.Charge", "shop.Payment");
/// assert_eq!(names.meant("Payment"), Some("shop.Payment"));
/// assert_eq!(names.meant("com.acme.orders.Geo"), Some("com.acme.common.Geo"));
/// assert_eq!(names.meant("shop.Charge"), Some("shop.Payment"));
/// assert_eq!(names.meant("shop.Paymnet"), Some("shop.Payment"));
/// assert_eq!(names.meant("shop.Refund"), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Names<'a> {
    /// What can be mistyped, and the name that is meant by it.
    words: Vec<(Word, &'a str)>,
    /// Without what stands before the last dot.
    by_short: BTreeMap<&'a str, Vec<&'a str>>,
    aliases: BTreeMap<&'a str, &'a str>,
    words_left: Budget,
    pairs_left: Budget,
}

impl<'a> Names<'a> {
    /// These names.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found = Self {
            words_left: Budget(Cell::new(MOST_WORDS)),
            pairs_left: Budget(Cell::new(MOST_PAIRS)),
            ..Self::default()
        };
        for name in names {
            found.word(name, name);
            if short(name) != name {
                found.word(short(name), name);
            }
            found.by_short.entry(short(name)).or_default().push(name);
        }
        found
    }

    /// Adds another name for one of them: an alias, or what it was called before.
    pub fn alias(&mut self, alias: &'a str, name: &'a str) {
        self.aliases.entry(alias).or_insert(name);
        self.word(alias, name);
    }

    fn word(&mut self, word: &str, meant: &'a str) {
        self.words.extend(Word::new(word).map(|word| (word, meant)));
    }

    /// The names that are the same behind their last dot.
    #[must_use]
    pub fn with_short_name_of(&self, name: &str) -> &[&'a str] {
        self.by_short.get(short(name)).map_or(&[], Vec::as_slice)
    }

    /// The name that was probably meant: one with this alias; else one that differs before its last
    /// dot alone; else one that is a typing error away.
    #[must_use]
    pub fn meant(&self, name: &str) -> Option<&'a str> {
        if let Some(meant) = self.aliases.get(name) {
            return Some(meant);
        }
        match self.with_short_name_of(name) {
            [] => self.mistyped(name),
            [only] => Some(only),
            several => nearest(name, several.iter().copied()).or(several.first().copied()),
        }
    }

    fn mistyped(&self, name: &str) -> Option<&'a str> {
        let word = Word::new(name)?;
        if !self.words_left.spend(self.words.len()) {
            return None;
        }
        let near = self.words.iter().filter_map(|(candidate, meant)| {
            step();
            let near = word.may_be(candidate) && self.pairs_left.spend(word.pairs(candidate));
            let edits = near.then(|| word.edits(candidate)).flatten()?;
            Some((edits, *meant))
        });
        near.min_by_key(|&(edits, _)| edits).map(|(_, meant)| meant)
    }
}

/// What may still be spent.
#[derive(Clone, Debug, Default)]
struct Budget(Cell<usize>);

impl Budget {
    fn spend(&self, amount: usize) -> bool {
        let left = self.0.get().checked_sub(amount);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn of_several_with_the_same_short_name_the_nearest_is_meant() {
        let names = Names::of(["a.orders.Geo", "com.acme.common.Geo", "com.acme.order.Geo"]);
        assert_eq!(
            names.meant("com.acme.orders.Geo"),
            Some("com.acme.order.Geo")
        );
        assert_eq!(names.meant("Geo"), Some("a.orders.Geo"));
        assert_eq!(names.with_short_name_of("x.Geo").len(), 3);
    }

    #[test]
    fn a_mistyped_short_name_or_alias_is_understood() {
        let mut names = Names::of(["shop.Payment"]);
        names.alias("invoice", "bill");
        assert_eq!(names.meant("Paymnet"), Some("shop.Payment"));
        assert_eq!(names.meant("invioce"), Some("bill"));
        assert_eq!(names.meant("orders.Paymet"), None);
    }

    /// Every name wrong, and every name alike: what is compared is bounded.
    #[test]
    fn thousands_of_mistakes_among_thousands_of_names_end_in_silence() {
        let text: Vec<String> = (0..300)
            .map(|n| format!("a_rather_long_name_{n:04}"))
            .collect();
        let names = Names::of(text.iter().map(String::as_str));
        let wrong = (0..300).map(|n| format!("a_rather_lnog_name_{n:04}"));
        let found = wrong.filter(|name| names.meant(name).is_some()).count();
        assert!(found > 0 && found < 300, "{found}");
        assert_eq!(names.meant("a_rather_long_name_0007x"), None);
        assert_eq!(
            names.meant("x.a_rather_long_name_0007"),
            Some("a_rather_long_name_0007")
        );
    }
}
