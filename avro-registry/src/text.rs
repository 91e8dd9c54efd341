//! A schema and the schemas that it refers to → one self-contained text.

use std::sync::Arc;

use avro_model::{bundle, compile_with_references, json};

/// The schema with what it names put in place, if all of it can be used to read data; else every
/// error, each with its place. Each text that is referred to stands behind what to call it, in the
/// order in which [`references`](crate::references) met it.
///
/// It is read leniently, as by [`compile_text`](avro_model::compile_text) and for the same reason.
pub(crate) fn self_contained(
    schema: &str,
    referenced: &[(String, Arc<str>)],
) -> Result<String, String> {
    let set =
        compile_with_references(schema, referenced).map_err(|error| error.findings().join("; "))?;
    let root = set.only_root().ok_or("it holds no schema")?;
    let mut whole = bundle::schema(&set, root);
    if is_too_deep(&whole) {
        whole = bundle::shallow(&set, root);
    }
    if is_too_deep(&whole) {
        let most = json::MAX_DEPTH;
        return Err(format!(
            "its types stand inside one another deeper than one text can hold them, which is {most} levels of JSON"
        ));
    }
    Ok(whole)
}

/// Whether nobody could read the text again. Each type may stand inside another one, and a graph
/// may have any depth.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut is_string, mut is_escaped) = (0_usize, false, false);
    text.bytes().any(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_string,
            b'"' => is_string = !is_string,
            b'{' | b'[' if !is_string => depth += 1,
            b'}' | b']' if !is_string => depth -= 1,
            _ => {}
        }
        depth > json::MAX_DEPTH
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: &str =
        r#"{"type":"record","name":"a.Point","fields":[{"name":"x","type":"int"}]}"#;

    fn referenced(texts: &[&str]) -> Vec<(String, Arc<str>)> {
        texts
            .iter()
            .zip(1..)
            .map(|(text, n)| (format!("s{n} version 1"), (*text).into()))
            .collect()
    }

    #[test]
    fn puts_each_type_where_it_is_first_used() {
        let line = r#"{"type":"record","name":"a.Line","fields":[
            {"name":"from","type":"Point"},{"name":"to","type":"a.Point"}]}"#;
        let whole = self_contained(line, &referenced(&[POINT])).unwrap();
        let fields =
            format!(r#"[{{"name":"from","type":{POINT}}},{{"name":"to","type":"a.Point"}}]"#);
        assert_eq!(
            whole,
            format!(r#"{{"type":"record","name":"a.Line","fields":{fields}}}"#)
        );
        assert_eq!(self_contained(&whole, &[]).as_ref(), Ok(&whole));
    }

    #[test]
    fn follows_references_of_references_in_any_order() {
        let line = r#"{"type":"array","items":"a.Point"}"#;
        let wrap = r#"{"type":"record","name":"b.Wrap","fields":[{"name":"p","type":"a.Point"}]}"#;
        let schema = r#"["null","b.Wrap"]"#;
        let expected = format!(r#"["null",{}]"#, wrap.replace(r#""a.Point""#, POINT));
        for texts in [
            [POINT, wrap, line],
            [line, wrap, POINT],
            [wrap, line, POINT],
        ] {
            assert_eq!(
                self_contained(schema, &referenced(&texts)).as_ref(),
                Ok(&expected)
            );
        }
    }

    /// Data are read with the reader's defaults, so a writer's bad default does not matter.
    #[test]
    fn a_default_that_does_not_fit_is_read_over() {
        let bad =
            r#"{"type":"record","name":"R","fields":[{"name":"x","type":"int","default":"a"}]}"#;
        assert_eq!(self_contained(bad, &[]).as_deref(), Ok(bad));
    }

    #[test]
    fn says_what_is_missing_and_where() {
        let schema = r#"{"type":"array","items":"a.Point"}"#;
        let why = self_contained(schema, &[]).unwrap_err();
        assert!(
            why.contains("schema:1:25") && why.contains("a.Point"),
            "{why}"
        );
        let why = self_contained(schema, &referenced(&["{"])).unwrap_err();
        assert!(why.contains("s1 version 1:1"), "{why}");
    }

    #[test]
    fn what_no_text_can_hold_is_refused_instead_of_made() {
        let link = |n: usize| {
            let next = n + 1;
            format!(
                r#"{{"type":"record","name":"R{n}","doc":"\"[{{","fields":[{{"name":"next","type":"R{next}"}}]}}"#
            )
        };
        let end = r#"{"type":"fixed","name":"R170","size":1}"#.to_owned();
        let texts: Vec<_> = (1..170).map(link).chain([end]).collect();
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        let whole = self_contained(&link(0), &referenced(&texts)).unwrap();
        assert!(avro_model::compile_text(&whole).is_ok());
        let first = r#"{"type":"array","items":"R0"}"#;
        let zero = link(0);
        let texts: Vec<_> = std::iter::once(zero.as_str()).chain(texts).collect();
        let whole = self_contained(first, &referenced(&texts)).unwrap();
        assert!(avro_model::compile_text(&whole).is_ok());
        let first = r#"{"type":"array","items":{"type":"array","items":"R0"}}"#;
        let why = self_contained(first, &referenced(&texts)).unwrap_err();
        assert!(why.contains("512 levels of JSON"), "{why}");
        // Where each type stands near the surface, too, the chain is no matter.
        let names: Vec<_> = (0..=170).map(|n| format!(r#""R{n}""#)).collect();
        let all = format!(
            r#"{{"type":"array","items":{{"type":"map","values":["null",{}]}}}}"#,
            names.join(",")
        );
        let whole = self_contained(&all, &referenced(&texts)).unwrap();
        let set = avro_model::compile_text(&whole).unwrap();
        assert_eq!(set.types().count(), 171);
    }
}
