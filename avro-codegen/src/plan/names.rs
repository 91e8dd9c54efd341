//! Avro names → Rust names: case, keywords, and what to do when two become one.

mod ascii;
mod ident;

use std::collections::BTreeMap;

pub(crate) use ident::{Ident, ident};

/// Words that are not even taken with `r#`.
const UNESCAPABLE: &[&str] = &["self", "Self", "super", "crate", "_"];

/// `order_event`, `orderEvent` and `ORDER_EVENT` → `OrderEvent`; an acronym is one word: `Sla`.
pub(crate) fn pascal(name: &str) -> String {
    let pascal: String = words(name).iter().map(|word| capitalized(word)).collect();
    sound(pascal, "Underscore")
}

/// `orderId` and `OrderID` → `order_id`; underscores in front stay.
pub(crate) fn snake(name: &str) -> String {
    let front: String = name.chars().take_while(|&c| c == '_').collect();
    let words: Vec<String> = words(name).iter().map(|word| word.to_lowercase()).collect();
    if words.is_empty() {
        return sound(String::new(), "underscore");
    }
    sound(format!("{front}{}", words.join("_")), "underscore")
}

/// The name of what belongs to a type: `OrderRef` to `Order`, `SelfRef` to `Self_`.
pub(crate) fn after(owner: &str, suffix: &str) -> String {
    format!("{}{suffix}", owner.trim_end_matches('_'))
}

/// Whether a text can be an identifier, raw or not.
pub(crate) fn is_ident(name: &str) -> bool {
    !UNESCAPABLE.contains(&name) && is_plain(name)
}

fn is_plain(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Makes an identifier of what conversion left: a name of underscores has no words, a word may
/// begin with a digit, and a few keywords are not taken even with `r#`.
fn sound(name: String, if_empty: &str) -> String {
    match name.chars().next() {
        None => if_empty.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) if UNESCAPABLE.contains(&name.as_str()) => format!("{name}_"),
        Some(_) => name,
    }
}

/// Words end at characters that no identifier has, at underscores, where a capital follows a small
/// letter or digit, and before the last capital of several that a small letter follows.
pub(super) fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = ascii::ascii(name).chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            continue;
        }
        let before = index.checked_sub(1).and_then(|index| chars.get(index));
        let after_small = before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let last_capital = before.is_some_and(char::is_ascii_uppercase)
            && chars.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && (after_small || last_capital) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first
        .into_iter()
        .chain(chars.map(|c| c.to_ascii_lowercase()))
        .collect()
}

/// Names that are taken in one place, each with what took it.
#[derive(Debug)]
pub(crate) struct Scope<P> {
    taken: BTreeMap<String, P>,
}

/// A name that was given out.
#[derive(Debug)]
pub(crate) struct Claim<P> {
    pub(crate) name: String,
    /// Who has the name that was wanted, if it was taken.
    pub(crate) clash: Option<P>,
}

impl<P: Copy> Scope<P> {
    pub(crate) fn new() -> Self {
        Self {
            taken: BTreeMap::new(),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains_key(name)
    }

    /// Gives out the name, or if it is taken the name with the first number that is not. Of
    /// `self_` the second is `self_2`.
    pub(crate) fn claim(&mut self, wanted: &str, place: P) -> Claim<P> {
        let clash = self.taken.get(wanted).copied();
        let mut name = wanted.to_owned();
        let mut number = 2;
        while self.taken.contains_key(&name) {
            name = format!("{}_{number}", wanted.trim_end_matches('_'));
            number += 1;
        }
        self.taken.insert(name.clone(), place);
        Claim { name, clash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_variants_are_in_pascal_case() {
        for (name, expected) in [
            ("OrderEvent", "OrderEvent"),
            ("order_event", "OrderEvent"),
            ("orderEvent", "OrderEvent"),
            ("ORDER_CREATED", "OrderCreated"),
            ("SLA", "Sla"),
            ("QoS", "QoS"),
            ("HTTPServer", "HttpServer"),
            ("order_v2", "OrderV2"),
            ("_", "Underscore"),
            ("_1", "_1"),
            ("feature-trigger.v1", "FeatureTriggerV1"),
            ("1st place", "_1stPlace"),
            ("", "Underscore"),
            ("größe", "Grosse"),
            ("имя", "U438U43cU44f"),
        ] {
            assert_eq!(pascal(name), expected, "{name}");
        }
    }

    #[test]
    fn fields_are_in_snake_case() {
        for (name, expected) in [
            ("order_id", "order_id"),
            ("orderId", "order_id"),
            ("OrderID", "order_id"),
            ("URL", "url"),
            ("eTag", "e_tag"),
            ("_id", "_id"),
            ("__", "underscore"),
            ("a1B", "a1_b"),
            ("blood-type", "blood_type"),
            ("1st", "_1st"),
            ("x; int y", "x_int_y"),
            ("価格", "u4fa1_u683c"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn keywords_are_escaped() {
        for (name, expected) in [
            ("type", "r#type"),
            ("self", "self_"),
            ("gen", "r#gen"),
            ("id", "id"),
        ] {
            assert_eq!(ident(&snake(name)).to_string(), expected);
        }
        assert_eq!(ident(&pascal("self")).to_string(), "Self_");
    }

    #[test]
    fn the_first_keeps_its_name() {
        let mut scope = Scope::new();
        let mut claim = |name, place| {
            let claim = scope.claim(name, place);
            (claim.name, claim.clash)
        };
        assert_eq!(claim("a", 1), ("a".to_owned(), None));
        assert_eq!(claim("a", 2), ("a_2".to_owned(), Some(1)));
        assert_eq!(claim("a", 3), ("a_3".to_owned(), Some(1)));
        assert_eq!(claim("a_2", 4), ("a_2_2".to_owned(), Some(2)));
        assert_eq!(claim("self_", 5), ("self_".to_owned(), None));
        assert_eq!(claim("self_", 6), ("self_2".to_owned(), Some(5)));
        assert_eq!(after("Self_", "Ref"), "SelfRef");
    }
}
