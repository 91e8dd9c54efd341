//! Letters that no Avro name has → letters that one could have. A lenient run lets them through.
//!
//! Rust takes identifiers in every script, and warns of those that look like others; so that
//! generated code compiles whatever the names are, identifiers are ASCII.

use std::borrow::Cow;

/// The name in ASCII: Latin letters without their marks, other letters and digits by their code
/// points, each a word of its own. What stands between words stays, for it separates them.
pub(super) fn ascii(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        match latin(c) {
            _ if c.is_ascii() => text.push(c),
            Some(letters) => text.push_str(letters),
            None if c.is_alphanumeric() => text.push_str(&format!("_u{:x}_", u32::from(c))),
            None => text.push('_'),
        }
    }
    Cow::Owned(text)
}

/// A letter of the block "Latin-1 Supplement".
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'À'..='Å' => "A",
        'Æ' => "Ae",
        'Ç' => "C",
        'È'..='Ë' => "E",
        'Ì'..='Ï' => "I",
        'Ð' => "D",
        'Ñ' => "N",
        'Ò'..='Ö' | 'Ø' => "O",
        'Ù'..='Ü' => "U",
        'Ý' => "Y",
        'Þ' => "Th",
        'ß' => "ss",
        'à'..='å' => "a",
        'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ð' => "d",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'ù'..='ü' => "u",
        'ý' | 'ÿ' => "y",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn letters_keep_their_sound_or_their_number() {
        for (name, expected) in [
            ("order_id", "order_id"),
            ("blood-type", "blood-type"),
            ("größe", "grosse"),
            ("Ærø", "Aero"),
            ("éàçô", "eaco"),
            ("имя", "_u438__u43c__u44f_"),
            ("a×b", "a_b"),
            ("価格2", "_u4fa1__u683c_2"),
        ] {
            assert_eq!(ascii(name), expected, "{name}");
        }
    }
}
