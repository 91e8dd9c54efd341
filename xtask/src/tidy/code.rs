//! Rust source → the same text with comments and the content of strings blanked out.
//!
//! Enough of Rust's lexical structure for a search that must not be fooled by documentation and
//! messages: line and block comments, strings, raw strings, character literals beside lifetimes.

/// Only the code: lines keep their numbers, and everything else its column.
pub(super) fn only(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        match skipped(rest, out.chars().next_back()) {
            0 => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
            len => {
                out.extend(
                    rest[..len]
                        .chars()
                        .map(|c| if c == '\n' { '\n' } else { ' ' }),
                );
                rest = &rest[len..];
            }
        }
    }
    out
}

/// How many bytes at the start of `rest` are no code; `before` is the character before them.
fn skipped(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        block_comment(rest)
    } else if rest.starts_with('"') {
        quoted(rest, '"')
    } else if !in_word && (rest.starts_with('r') || rest.starts_with("br")) {
        raw_string(rest)
    } else if rest.starts_with('\'') {
        character(rest)
    } else {
        0
    }
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + quote.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> usize {
    let after = rest
        .trim_start_matches('b')
        .strip_prefix('r')
        .unwrap_or_default();
    let hashes = after.len() - after.trim_start_matches('#').len();
    if !after[hashes..].starts_with('"') {
        return 0;
    }
    let open = rest.len() - after.len() + hashes + 1;
    let close = format!("\"{}", "#".repeat(hashes));
    rest[open..]
        .find(&close)
        .map_or(rest.len(), |at| open + at + close.len())
}

/// A character literal; a lifetime has no closing quote behind one character.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => quoted(rest, '\''),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::only;

    #[test]
    fn comments_and_strings_become_blanks() {
        let check = |source: &str, code: &str| {
            let blanked = only(source);
            assert_eq!(blanked.chars().count(), source.chars().count(), "{source}");
            let squeezed: Vec<&str> = blanked.split_whitespace().collect();
            assert_eq!(squeezed.join(" "), code, "{source}");
        };
        check("a // b \"c\nd", "a d");
        check("a /* b /* c */ d */ e", "a e");
        check("a \"b // \\\" c\" d", "a d");
        check("a r#\"b \" c\"# d r\"\\\" e", "a d e");
        check("a '\"' b '\\'' c", "a b c");
        check(
            "fn a<'b>(c: &'b str) { r#type }",
            "fn a<'b>(c: &'b str) { r#type }",
        );
        check("a \"für\" b", "a b");
        check("a b\"c\" br\"d\" e", "a b e");
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(only("a\n/* b\nc */ d\n\"e\nf\" g").lines().count(), 5);
    }
}
