//! Documentation of a schema → lines of rustdoc that say the same and do nothing.
//!
//! In Markdown an indented line is a code block, which rustdoc compiles and runs as a test; brackets
//! are links, angle brackets HTML. Every character that means something is escaped, and indentation
//! is dropped.

use avro_model::escape::is_invisible;

/// The lines of a doc comment; none if there is nothing to say.
pub(crate) fn lines(doc: Option<&str>) -> Vec<String> {
    let mut lines: Vec<String> = doc.unwrap_or_default().lines().map(line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines
}

/// A name as code, or as text where it could end the code.
pub(crate) fn name(name: &str) -> String {
    let ends = |c: char| c == '`' || is_invisible(c);
    if !name.is_empty() && !name.contains(ends) {
        format!("`{name}`")
    } else {
        format!("\"{}\"", line(name))
    }
}

/// One line as text.
fn line(text: &str) -> String {
    let text = text.trim();
    let mut escaped = String::with_capacity(text.len());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (index, (at, c)) in text.char_indices().enumerate() {
        let starts_block = index == 0 && matches!(c, '#' | '+' | '-' | '=' | '>' | '|' | ':');
        let starts_list = digits > 0 && index == digits && matches!(c, '.' | ')');
        let means_something = matches!(
            c,
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '~' | '|'
        );
        // A bare URL is a link to some readers of Markdown, and to rustdoc a mistake.
        let ends_scheme = text.get(at..).is_some_and(|rest| rest.starts_with("://"));
        if starts_block || starts_list || means_something || ends_scheme {
            escaped.push('\\');
        }
        if c == '\t' {
            escaped.push(' ');
        } else if is_invisible(c) {
            escaped.push_str(&format!("U+{:04X}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{lines, name};

    #[track_caller]
    fn check(doc: &str, expected: &[&str]) {
        assert_eq!(lines(Some(doc)), expected);
    }

    #[test]
    fn plain_text_stays() {
        check(
            "The order's id, e.g. A-1_b.",
            &["The order's id, e.g. A-1_b."],
        );
    }

    #[test]
    fn nothing_becomes_code_a_link_or_html() {
        check("    let x = 1;", &["let x = 1;"]);
        check(
            "```\npanic!()\n```",
            &["\\`\\`\\`", "panic!()", "\\`\\`\\`"],
        );
        check("~~~rust", &["\\~\\~\\~rust"]);
        check(
            "see [Order](x) or [Vec]",
            &["see \\[Order\\](x) or \\[Vec\\]"],
        );
        check(
            "<script>alert(1)</script> &lt;",
            &["\\<script\\>alert(1)\\</script\\> \\&lt;"],
        );
        check(
            "see https://a.example/b:c",
            &["see https\\://a.example/b:c"],
        );
        check(
            "# head\n- item\n12. item",
            &["\\# head", "\\- item", "12\\. item"],
        );
    }

    #[test]
    fn a_name_is_code_unless_it_would_end_it() {
        assert_eq!(name("com.acme.Order"), "`com.acme.Order`");
        assert_eq!(name("blood-type"), "`blood-type`");
        assert_eq!(name("a` [b]"), "\"a\\` \\[b\\]\"");
    }

    #[test]
    fn what_cannot_be_seen_is_spelled_out() {
        check("a\u{202e}b\u{0}", &["aU+202EbU+0000"]);
        check("\n\n text \r\n\n", &["text"]);
        assert!(lines(None).is_empty());
    }
}
