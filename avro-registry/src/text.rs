//! A schema and the schemas that it refers to → one self-contained text.

use avro_model::{Options, Severity, SourceMap, bundle, render, source::FileId};

/// The schema with what it names put in place, if all of it can be used to read data; else every
/// error, each with its place. The texts referred to come with what to call them.
///
/// It is read leniently, as by [`compile_text`](avro_model::compile_text) and for the same reason.
pub(crate) fn self_contained(
    schema: &str,
    referenced: &[(String, String)],
) -> Result<String, String> {
    compiled(schema, referenced, &Options::new().lenient(true))
}

/// The text without white space and comments between its tokens, if it is a schema together with
/// the texts that it refers to; else every error, each with its place.
#[cfg(feature = "server")]
pub(crate) fn minified(schema: &str, referenced: &[(String, String)]) -> Result<String, String> {
    compiled(schema, referenced, &Options::new())?;
    let mut sources = SourceMap::new();
    let file = add(&mut sources, "schema", schema)?;
    let mut found = avro_model::Diagnostics::new();
    let value = avro_model::json::parse(file, sources.source(file).text(), &mut found);
    value
        .map(|value| value.to_string())
        .ok_or_else(|| "it is no JSON".to_owned())
}

fn compiled(
    schema: &str,
    referenced: &[(String, String)],
    options: &Options,
) -> Result<String, String> {
    let mut sources = SourceMap::new();
    let file = add(&mut sources, "schema", schema)?;
    for (place, text) in referenced {
        add(&mut sources, place, text)?;
    }
    let (set, found) = avro_model::compile_with(&sources, options);
    let errors = found
        .iter()
        .filter(|found| found.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|found| render::line(&sources, found)).collect();
    if !errors.is_empty() {
        return Err(errors.join("; "));
    }
    let root = set.roots().iter().find(|root| root.file == file);
    Ok(bundle::schema(&set, root.ok_or("it holds no schema")?))
}

fn add(sources: &mut SourceMap, place: &str, text: &str) -> Result<FileId, String> {
    sources
        .add(place, text)
        .map_err(|_| format!("{place} is larger than 4 GiB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: &str =
        r#"{"type":"record","name":"a.Point","fields":[{"name":"x","type":"int"}]}"#;

    fn referenced(texts: &[&str]) -> Vec<(String, String)> {
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

    /// What was deployed must stay readable; what is new must be right.
    #[test]
    fn a_default_that_does_not_fit_matters_to_who_registers_alone() {
        let bad =
            r#"{"type":"record","name":"R","fields":[{"name":"x","type":"int","default":"a"}]}"#;
        assert_eq!(self_contained(bad, &[]).as_deref(), Ok(bad));
        #[cfg(feature = "server")]
        assert!(minified(bad, &[]).unwrap_err().contains("schema:1:"));
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
}
