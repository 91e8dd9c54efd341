//! Documentation comments → documentation, as Java's `IdlReader` makes it: byte for byte, since
//! it is part of the text that is registered.

/// The documentation that a comment (`/** … */`) holds.
pub(super) fn documentation(comment: &str) -> String {
    let inner = comment.strip_prefix("/**").unwrap_or_default();
    let inner = inner.strip_suffix("*/").unwrap_or(inner);
    // Java's `trim`.
    let text = inner.trim_matches(|c: char| c <= ' ');
    let lines = lines(text);
    match stars(&lines) {
        Some(stars) => without_stars(&lines, stars),
        None => without_indentation(&lines),
    }
}

/// The lines of a text, each with the line break that ends it.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        let line_break = match rest[at..].starts_with("\r\n") {
            true => 2,
            false => rest[at..].chars().next().map_or(0, char::len_utf8),
        };
        let (line, behind) = rest.split_at(at);
        let (line_break, behind) = behind.split_at(line_break);
        lines.push((line, line_break));
        rest = behind;
    }
    lines.push((rest, ""));
    lines
}

/// The one or two stars that every line begins with. A blank line has none.
fn stars(lines: &[(&str, &str)]) -> Option<&'static str> {
    let begins = |stars: &&str| {
        let mut lines = lines.iter().enumerate();
        lines.all(|(index, (line, _))| match index {
            0 => line.starts_with(stars),
            _ => line.trim_start_matches(is_blank).starts_with(stars),
        })
    };
    ["**", "*"].into_iter().find(begins)
}

/// The lines without the stars, the blanks before them, and one behind them.
fn without_stars(lines: &[(&str, &str)], stars: &str) -> String {
    let mut text = String::new();
    for (line, line_break) in lines {
        let line = line.trim_start_matches(is_blank);
        let line = line.strip_prefix(stars).unwrap_or(line);
        text.push_str(line.strip_prefix(is_blank).unwrap_or(line));
        text.push_str(line_break);
    }
    text
}

/// The lines without the blanks that all but the first begin with. A line without any, such as
/// one between two paragraphs, keeps the others as they are.
fn without_indentation(lines: &[(&str, &str)]) -> String {
    let common = |one: &str, other: &str| {
        let pairs = one.chars().zip(other.chars());
        pairs
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum::<usize>()
    };
    let indentation = |line: &str| line.len() - line.trim_start_matches(is_blank).len();
    let mut indent: Option<&str> = None;
    for (line, _) in lines.iter().skip(1) {
        let own = &line[..indentation(line)];
        indent = Some(indent.map_or(own, |indent| &indent[..common(indent, own)]));
    }
    let indent = indent.unwrap_or_default();
    let mut text = String::new();
    for (index, (line, line_break)) in lines.iter().enumerate() {
        let line = match index {
            0 => line,
            _ => line.strip_prefix(indent).unwrap_or(line),
        };
        text.push_str(line);
        text.push_str(line_break);
    }
    text
}

/// Horizontal whitespace: `\h` of Java's patterns.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200a}'
    ) || matches!(c, '\u{202f}' | '\u{205f}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::documentation;

    /// What avro-tools 1.12.1 makes of the same comments.
    #[test]
    fn documentation_is_that_of_java() {
        for (comment, expected) in [
            ("/** One. */", "One."),
            ("/** */", ""),
            ("/***/", ""),
            ("/**\n     One.\n\n     Two.\n     */", "One.\n\n     Two."),
            (
                "/**\n      Deep.\n        Deeper.\n      Deep.\n     */",
                "Deep.\n  Deeper.\nDeep.",
            ),
            (
                "/**\n     * Star one.\n     *\n     *  Star two.\n     */",
                "Star one.\n\n Star two.",
            ),
            (
                "/**\n     * Star one.\n\n     * Star two.\n     */",
                "* Star one.\n\n     * Star two.",
            ),
            ("/**\n     ** two\n     ** stars\n     */", "two\nstars"),
            ("/** ** two\n     * one */", "* two\none"),
            ("/** a\n\tb\n    c\n    */", "a\n\tb\n    c"),
            ("/** a\n\tb\n\t  c */", "a\nb\n  c"),
            ("/**x\ny*/", "x\ny"),
            ("/**\n     *No space\n     *\ttab\n     */", "No space\ntab"),
            ("/**\r\n     * A\r\n     * B\r\n     */", "A\r\nB"),
            ("/** x\r\n        y\r\n        z */", "x\r\ny\r\nz"),
            (
                "/** with **bold** and \\n \"q\" */",
                "with **bold** and \\n \"q\"",
            ),
        ] {
            assert_eq!(documentation(comment), expected, "{comment:?}");
        }
    }
}
