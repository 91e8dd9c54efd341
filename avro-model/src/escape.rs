//! Text of strangers → text that shows and does nothing else: one function for each place.
//!
//! Names of files and folders, schemas, what Git and registries answer: all of it may hold
//! characters that end a line, move a terminal's cursor, or turn the direction of the text behind
//! them. Whoever writes such text uses the function of the place that it is written to.
//!
//! | function | place |
//! |---|---|
//! | [`line()`] | one line: a log, a directive to Cargo, a comment in generated code |
//! | [`path`] | the same, for a path |
//! | [`lines`] | a terminal, where the text may have several lines |
//! | [`json`] | JSON that is written already |
//! | [`annotation`], [`property`] | a workflow command of GitHub |
//!
//! A character that cannot be seen is spelled as in a Rust string: `\n`, `\u{1b}`.

use std::borrow::Cow;
use std::path::Path;

/// Whether a character acts on the text around it: it ends a line, moves the cursor of a terminal,
/// or turns the direction of text. No path of a source may have one.
#[must_use]
pub fn is_active(c: char) -> bool {
    let ends_line = matches!(c, '\u{2028}' | '\u{2029}');
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || ends_line || turns
}

/// Whether a character cannot be seen: an [active](is_active) one, or one without width. With it, a
/// text is not what a reader takes it for.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let has_no_width = matches!(
        c,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    is_active(c) || has_no_width
}

/// One line.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    spelled(text, is_invisible)
}

/// A path on one line. Bytes that are no UTF-8 are shown as `\u{fffd}`.
#[must_use]
pub fn path(path: &Path) -> String {
    line(&path.to_string_lossy()).into_owned()
}

/// Text for a terminal: line breaks and tabs stay.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    spelled(text, |c| is_invisible(c) && !matches!(c, '\n' | '\t'))
}

/// JSON with the same value, in which every character can be seen.
///
/// It must be JSON already: beyond ASCII there is text in strings only, where `\u202e` means the
/// character.
#[must_use]
pub fn json(json: &str) -> Cow<'_, str> {
    let hides = |c: char| c >= '\u{7f}' && is_invisible(c);
    replaced(json, hides, |c, out| {
        // All of these are of the Basic Multilingual Plane.
        out.push_str(&format!("\\u{:04x}", u32::from(c)));
    })
}

/// What stands behind the second `::` of a workflow command of GitHub. Line breaks stay, in the form
/// that a command has for them.
#[must_use]
pub fn annotation(text: &str) -> String {
    lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// What stands behind the `=` of a property of such a command.
#[must_use]
pub fn property(text: &str) -> String {
    let text = annotation(&line(text));
    text.replace(':', "%3A").replace(',', "%2C")
}

fn spelled(text: &str, hides: impl Fn(char) -> bool) -> Cow<'_, str> {
    // It knows `\n`, `\r` and `\t`, and gives the number of any other.
    replaced(text, hides, |c, out| out.extend(c.escape_default()))
}

fn replaced(
    text: &str,
    hides: impl Fn(char) -> bool,
    replace: impl Fn(char, &mut String),
) -> Cow<'_, str> {
    if !text.contains(&hides) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match hides(c) {
            true => replace(c, &mut shown),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each range of characters that cannot be seen, by its ends, and some from inside.
    const HOSTILE: [char; 27] = [
        '\0', '\u{7}', '\u{8}', '\t', '\n', '\u{b}', '\r', '\u{1b}', '\u{1f}', '\u{7f}', '\u{80}',
        '\u{85}', '\u{9b}', '\u{9f}', '\u{61c}', '\u{200b}', '\u{200f}', '\u{2028}', '\u{2029}',
        '\u{202a}', '\u{202e}', '\u{2060}', '\u{2066}', '\u{2069}', '\u{206a}', '\u{206f}',
        '\u{feff}',
    ];

    #[test]
    fn every_place_shows_every_character() {
        for c in HOSTILE {
            let text = format!("a{c}b");
            let spelled = format!("a{}b", c.escape_default());
            assert_eq!(line(&text), spelled);
            assert_eq!(path(Path::new(&text)), spelled);
            assert_eq!(property(&text), spelled);
            match c {
                '\n' => {
                    assert_eq!(lines(&text), text);
                    assert_eq!(annotation(&text), "a%0Ab");
                }
                '\t' => {
                    assert_eq!(lines(&text), text);
                    assert_eq!(annotation(&text), text);
                }
                _ => {
                    assert_eq!(lines(&text), spelled);
                    assert_eq!(annotation(&text), spelled);
                }
            }
        }
    }

    #[test]
    fn json_keeps_its_value() {
        for c in HOSTILE {
            let written = crate::json::quote(&format!("a{c}b"));
            let shown = json(&written);
            assert!(!shown.contains(is_invisible), "{shown}");
            let mut sources = crate::SourceMap::new();
            let file = sources.add("a", &*shown).unwrap();
            let mut found = crate::Diagnostics::new();
            let value = crate::json::parse(file, &shown, &mut found);
            let read = value.map(|value| value.to_string());
            assert_eq!(read.as_deref(), Some(written.as_str()));
        }
        assert_eq!(json("{\n\t\"a\": 1\r\n}"), "{\n\t\"a\": 1\r\n}");
    }

    #[test]
    fn what_can_be_seen_stays() {
        let text = "schemas/Bestellung äöü 日本語 🦀 a\\b \"c\".avsc";
        assert!(matches!(line(text), Cow::Borrowed(same) if same == text));
        assert!(matches!(lines(text), Cow::Borrowed(same) if same == text));
        assert!(matches!(json(text), Cow::Borrowed(same) if same == text));
        assert_eq!(annotation("50 %, a::b"), "50 %25, a::b");
        assert_eq!(property("c:/a,b%"), "c%3A/a%2Cb%25");
    }

    #[test]
    fn an_emoji_of_several_and_persian_may_name_a_file() {
        for name in ["👨\u{200d}👩\u{200d}👧", "می\u{200c}خواهم"] {
            assert!(!name.contains(is_active));
        }
        let active = |c: &&char| is_active(**c);
        assert_eq!(HOSTILE.iter().filter(active).count(), 20);
    }
}
