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

/// An object that is being written, minified: members in the order in which they are added.
///
/// ```
/// use avro_model::json::{Object, array, quote};
///
/// let object = Object::new().string("name", "a").raw("of", array([quote("b"), quote("c")]));
/// assert_eq!(object.finish(), r#"{"name":"a","of":["b","c"]}"#);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Object {
    members: String,
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a string.
    pub fn string(self, key: &str, value: &str) -> Self {
        self.raw(key, quote(value))
    }

    /// Adds a string, or `null` for none.
    pub fn optional(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.string(key, value),
            None => self.raw(key, "null"),
        }
    }

    /// Adds what is JSON already: a number, a boolean, `null`, what this module has written.
    pub fn raw(mut self, key: &str, json: impl fmt::Display) -> Self {
        let comma = if self.members.is_empty() { "" } else { "," };
        // A String takes everything.
        let _ = write!(self.members, "{comma}{}:{json}", quote(key));
        self
    }

    /// The object's text.
    #[must_use]
    pub fn finish(self) -> String {
        format!("{{{}}}", self.members)
    }
}

/// An array of what is JSON already.
#[must_use]
pub fn array(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    format!("[{}]", items.join(","))
}

/// The same, with each item on a line of its own.
#[must_use]
pub fn lines(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.is_empty() {
        true => "[]".to_owned(),
        false => format!("[\n{}\n]", items.join(",\n")),
    }
}

/// A text as a JSON string, quotes included.
#[must_use]
pub fn quote(text: &str) -> String {
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
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        // What is not plain is ASCII.
        let (plain, special) = rest.split_at(at);
        let (special, behind) = special.split_at(1);
        out.write_str(plain)?;
        match special {
            "\"" => out.write_str("\\\"")?,
            "\\" => out.write_str("\\\\")?,
            "\n" => out.write_str("\\n")?,
            "\r" => out.write_str("\\r")?,
            "\t" => out.write_str("\\t")?,
            "\u{8}" => out.write_str("\\b")?,
            "\u{c}" => out.write_str("\\f")?,
            control => {
                let code = control.bytes().next().unwrap_or_default();
                write!(out, "\\u{code:04x}")?;
            }
        }
        rest = behind;
    }
    out.write_str(rest)?;
    out.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn strings_are_escaped_where_they_must_be() {
        for (text, json) in [
            ("", r#""""#),
            ("plain é€𝄞 text", r#""plain é€𝄞 text""#),
            ("\"", r#""\"""#),
            ("a\\b\"c", r#""a\\b\"c""#),
            ("é\n\r\t\u{8}\u{c}é", r#""é\n\r\t\b\fé""#),
            ("\0\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""),
        ] {
            assert_eq!(quote(text), json);
        }
    }
}
