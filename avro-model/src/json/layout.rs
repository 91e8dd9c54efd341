//! JSON values → text over several lines, as people write schemas.

use super::{Kind, Value, quote};

/// Up to how many characters stand on one line.
const WIDTH: usize = 100;

/// The value with each object and array on one line if it fits into 100 characters, and else with
/// each member or item on a line of its own. Ends with a line break.
#[must_use]
pub fn laid_out(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, 0, &mut out);
    out.push('\n');
    out
}

/// Writes a value behind `before` characters of its line, `depth` levels deep.
fn write(value: &Value, depth: usize, before: usize, out: &mut String) {
    let line = format!("{value:#}");
    let fits = before + line.chars().count() <= WIDTH;
    match &value.kind {
        Kind::Array(items) if !fits => {
            let items = items.iter().map(|item| (String::new(), item));
            list(('[', ']'), depth, items, out);
        }
        Kind::Object(members) if !fits => {
            let members = members.iter();
            let members = members.map(|member| (quote(&member.key) + ": ", &member.value));
            list(('{', '}'), depth, members, out);
        }
        _ => out.push_str(&line),
    }
}

fn list<'v>(
    (open, close): (char, char),
    depth: usize,
    items: impl Iterator<Item = (String, &'v Value)>,
    out: &mut String,
) {
    out.push(open);
    for (index, (key, value)) in items.enumerate() {
        let start = "  ".repeat(depth + 1) + &key;
        out.push_str(if index > 0 { ",\n" } else { "\n" });
        out.push_str(&start);
        // A comma may follow.
        write(value, depth + 1, start.chars().count() + 1, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::laid_out;
    use crate::diagnostic::Diagnostics;
    use crate::json::parse;
    use crate::source::SourceMap;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut sources = SourceMap::new();
        let file = sources.add("a.avsc", text).unwrap();
        let value = parse(file, text, &mut Diagnostics::new()).unwrap();
        let laid_out = laid_out(&value);
        assert_eq!(laid_out, expected);
        let again = parse(file, &laid_out, &mut Diagnostics::new()).unwrap();
        assert_eq!(again.to_string(), value.to_string());
    }

    #[test]
    fn what_fits_stands_on_one_line() {
        check(
            r#"{"type":"fixed","name":"a","size":2}"#,
            "{\"type\": \"fixed\", \"name\": \"a\", \"size\": 2}\n",
        );
        check("[]", "[]\n");
    }

    #[test]
    fn what_does_not_fit_is_taken_apart() {
        let long = "x".repeat(80);
        let text =
            format!(r#"{{"fields":[{{"name":"a","doc":"{long}"}},{{"name":"b"}}],"doc":"é"}}"#);
        check(
            &text,
            &format!(
                "{{\n  \"fields\": [\n    {{\n      \"name\": \"a\",\n      \"doc\": \"{long}\"\n    }},\n    {{\"name\": \"b\"}}\n  ],\n  \"doc\": \"é\"\n}}\n"
            ),
        );
    }

    #[test]
    fn a_text_is_not_taken_apart() {
        let long = format!("\"{}\"", "x".repeat(200));
        check(&long, &format!("{long}\n"));
    }
}
