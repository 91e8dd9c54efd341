//! JSON values → text: minified, or with `{:#}` on one line with blanks, as people write it.

use std::fmt::{self, Write};

use super::{Kind, Member, Value};

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Null => f.write_str("null"),
            Kind::Bool(value) => write!(f, "{value}"),
            Kind::Number(text) => f.write_str(text),
            Kind::String(text) => write_string(f, text),
            Kind::Array(items) => list(f, ('[', ']'), items),
            Kind::Object(members) => list(f, ('{', '}'), members),
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_string(f, &self.key)?;
        f.write_str(if f.alternate() { ": " } else { ":" })?;
        fmt::Display::fmt(&self.value, f)
    }
}

/// A text as a JSON string, quotes included.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    // A String takes everything.
    let _ = write_string(&mut out, text);
    out
}

fn list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    (open, close): (char, char),
    items: &[T],
) -> fmt::Result {
    f.write_char(open)?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(if f.alternate() { ", " } else { "," })?;
        }
        fmt::Display::fmt(item, f)?;
    }
    f.write_char(close)
}

fn write_string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for char in text.chars() {
        match char {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            '\u{8}' => out.write_str("\\b")?,
            '\u{c}' => out.write_str("\\f")?,
            control if control < ' ' => write!(out, "\\u{:04x}", u32::from(control))?,
            char => out.write_char(char)?,
        }
    }
    out.write_char('"')
}
