//! Avro IDL text → tokens with their places, comments left out.

use std::collections::BTreeMap;
use std::ops::Range;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name or keyword, with its dots, dashes and backticks.
    Word(&'t str),
    /// A string with its quotes.
    Text(&'t str),
    /// Anything else: a sign, or a part of a number.
    Sign(char),
}

/// The tokens of a text.
#[derive(Default)]
pub(super) struct Tokens<'t> {
    /// Every token and where it stands.
    pub(super) all: Vec<(Token<'t>, Range<usize>)>,
    /// By the index of a token: the last documentation comment before it.
    pub(super) docs: BTreeMap<usize, Range<usize>>,
}

/// Reads the tokens of a text.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    let mut tokens = Tokens::default();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, len) = if let Some(len) = blank(rest, first) {
            if is_doc(&rest[..len]) {
                tokens.docs.insert(tokens.all.len(), at..at + len);
            }
            (None, len)
        } else if first == '"' {
            let len = string(rest);
            (Some(Token::Text(&rest[..len])), len)
        } else if is_word(first) {
            let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            (Some(Token::Word(&rest[..len])), len)
        } else {
            (Some(Token::Sign(first)), first.len_utf8())
        };
        tokens.all.extend(token.map(|token| (token, at..at + len)));
        at += len;
    }
    tokens
}

/// Whether blanks or a comment are documentation. `/**/` is an empty comment.
fn is_doc(text: &str) -> bool {
    text.starts_with("/**") && text.ends_with("*/") && text.len() > "/**/".len()
}

/// The length of the blanks or the comment that the text begins with.
fn blank(text: &str, first: char) -> Option<usize> {
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if text.starts_with("//") {
        return Some(text.find(['\n', '\r']).unwrap_or(text.len()));
    }
    let comment = text.strip_prefix("/*")?;
    Some(comment.find("*/").map_or(text.len(), |end| end + 4))
}

/// The length of the string that the text begins with.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '`')
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    #[test]
    fn documentation_stands_before_a_token() {
        let text = "/** a */ /** b */ x /**/ y // c\n/** d */ /* e */ z /***/";
        let docs = tokens(text).docs.into_iter();
        let docs: Vec<_> = docs.map(|(index, place)| (index, &text[place])).collect();
        assert_eq!(docs, [(0, "/** b */"), (2, "/** d */"), (3, "/***/")]);
    }

    #[test]
    fn comments_are_left_out_and_strings_are_whole() {
        let text = "/** doc */ record // x\n `a`.b-c { string \"a\\\"b // c\" = -1; }";
        let found: Vec<String> = tokens(text)
            .all
            .into_iter()
            .map(|(token, place)| {
                assert!(!matches!(token, Token::Word("")));
                text[place].to_owned()
            })
            .collect();
        assert_eq!(
            found,
            [
                "record",
                "`a`.b-c",
                "{",
                "string",
                "\"a\\\"b // c\"",
                "=",
                "-1",
                ";",
                "}"
            ]
        );
    }

    #[test]
    fn what_is_not_closed_ends_with_the_text() {
        for text in ["/* a", "\"a", "\"a\\", "// a", "é"] {
            assert!(tokens(text).all.len() <= 1, "{text}");
        }
    }
}
