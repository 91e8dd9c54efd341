//! Findings as JSON, for programs.

use super::finding::{Finding, Label};
use crate::escape;
use crate::json::{Object, array, lines, quote};

/// An array with an object for each finding, each on a line of its own. Ends with a line break.
///
/// Every object has `code`, `severity` (`lint`, `warning` or `error`), `message`, `file`, `line`,
/// `column` and `notes`, an array of strings. Lines and columns count from 1, columns in characters.
/// `end_line` and `end_column` are the place behind the last character; `label` says what is the
/// matter there, and is left out if there is nothing to say. `related` has further places, each
/// with `file`, `line`, `column`, `end_line`, `end_column` and `message`.
///
/// What no rule is about has no code, and what concerns no text has no line: these are `null` then.
/// Keys may be added.
#[must_use]
pub fn json<'f>(findings: impl IntoIterator<Item = &'f Finding<'f>>) -> String {
    lines(findings.into_iter().map(json_of)) + "\n"
}

/// One of the objects of [`json`].
#[must_use]
pub fn json_of(finding: &Finding<'_>) -> String {
    let file = finding.path().map(|path| path.to_string_lossy());
    let object = Object::new()
        .optional("code", finding.code)
        .string("severity", finding.severity.as_str())
        .string("message", &finding.message)
        .optional("file", file.as_deref());
    let object = match finding.labels.split_first() {
        None => object.raw("line", "null").raw("column", "null"),
        Some((first, _)) => position(object, first),
    };
    let object = object.raw("notes", array(finding.notes.iter().map(|note| quote(note))));
    let object = match finding.labels.split_first() {
        None => object,
        Some((first, others)) => {
            let object = end(object, first);
            let object = match first.text.is_empty() {
                true => object,
                false => object.string("label", first.text),
            };
            object.raw("related", array(others.iter().map(related)))
        }
    }
    .finish();
    escape::json(&object).into_owned()
}

fn related(label: &Label<'_>) -> String {
    let object = Object::new().string("file", &label.source.path().to_string_lossy());
    let object = end(position(object, label), label);
    object.string("message", label.text).finish()
}

fn position(object: Object, label: &Label<'_>) -> Object {
    let position = label.position();
    object
        .raw("line", position.line)
        .raw("column", position.column)
}

fn end(object: Object, label: &Label<'_>) -> Object {
    let position = label.end_position();
    object
        .raw("end_line", position.line)
        .raw("end_column", position.column)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::codes::Code;
    use crate::diagnostic::Diagnostic;
    use crate::source::{SourceMap, Span};

    #[test]
    fn places_are_lines_and_columns_in_characters() {
        let mut sources = SourceMap::new();
        let file = sources
            .add("dir/a \"b\".avsc", "é\n[äö,\n \u{1f980}x]")
            .unwrap();
        let span = |start, end| Span { file, start, end };
        let found = Diagnostic::new(Code::BadName, span(4, 15), "a\n\"b\"\\\u{1}")
            .label("here")
            .also(span(0, 2), "")
            .note("do\tthis");
        assert_eq!(
            json(&[Finding::new(&sources, &found)]),
            concat!(
                "[\n",
                r#"{"code":"AVR020","severity":"error","message":"a\n\"b\"\\\u0001","#,
                r#""file":"dir/a \"b\".avsc","line":2,"column":2,"notes":["do\tthis"],"#,
                r#""end_line":3,"end_column":3,"label":"here","#,
                r#""related":[{"file":"dir/a \"b\".avsc","line":1,"column":1,"end_line":1,"#,
                r#""end_column":2,"message":""}]}"#,
                "\n]\n",
            )
        );
    }

    #[test]
    fn what_has_no_place_has_null_for_it() {
        let path = Path::new("a.avsc");
        assert_eq!(
            json(&[
                Finding::error("cannot read a.avsc", Some(path)),
                Finding::error("no", None)
            ]),
            concat!(
                "[\n",
                r#"{"code":null,"severity":"error","message":"cannot read a.avsc","file":"a.avsc","#,
                r#""line":null,"column":null,"notes":[]},"#,
                "\n",
                r#"{"code":null,"severity":"error","message":"no","file":null,"#,
                r#""line":null,"column":null,"notes":[]}"#,
                "\n]\n",
            )
        );
        assert_eq!(json([]), "[]\n");
    }
}
