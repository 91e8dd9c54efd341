//! Members of a default that nothing takes, and texts that mean null: found wherever they stand.

use std::fmt::Write as _;

use avro_model::codes::{Category, Code};
use avro_model::{Diagnostic, Options, SourceMap, compile_with, render};

fn found_in(text: &str, codes: &[Code]) -> Vec<Diagnostic> {
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (_, found) = compile_with(&sources, &Options::new().category(Category::Standard));
    assert!(!found.has_errors(), "{text}: {found:?}");
    let found = found.into_iter();
    found.filter(|found| codes.contains(&found.code)).collect()
}

fn at<'t>(text: &'t str, found: &Diagnostic) -> &'t str {
    &text[found.span().start as usize..found.span().end as usize]
}

/// Random types, each with a default that fits it but for members and texts too many.
struct Random {
    state: u64,
    records: usize,
    /// The members that nothing takes.
    extra: Vec<String>,
    /// How many texts mean null.
    nulls: usize,
}

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.state >> 33) as usize % end
    }

    /// A type that is no union, and a default of it.
    fn plain(&mut self, depth: usize) -> (String, String) {
        let kinds = if depth == 0 { 2 } else { 6 };
        match self.below(kinds) {
            0 => (r#""int""#.to_owned(), "7".to_owned()),
            1 => (r#""boolean""#.to_owned(), "true".to_owned()),
            2 => {
                let (items, default) = self.any(depth - 1);
                let ty = format!(r#"{{"type": "array", "items": {items}}}"#);
                (ty, format!("[{default}]"))
            }
            3 => {
                let (values, default) = self.any(depth - 1);
                let ty = format!(r#"{{"type": "map", "values": {values}}}"#);
                (ty, format!(r#"{{"z": {default}}}"#))
            }
            _ => self.record(depth),
        }
    }

    fn record(&mut self, depth: usize) -> (String, String) {
        self.records += 1;
        let name = self.records;
        let (mut fields, mut default) = (String::new(), String::new());
        for field in 0..=self.below(3) {
            let (ty, value) = self.any(depth - 1);
            let comma = if field > 0 { ", " } else { "" };
            write!(fields, r#"{comma}{{"name": "f{field}", "type": {ty}}}"#).unwrap();
            write!(default, r#"{comma}"f{field}": {value}"#).unwrap();
            if self.below(3) == 0 {
                let extra = format!("extra_{}", self.extra.len());
                write!(default, r#", "{extra}": {{"f0": [null]}}"#).unwrap();
                self.extra.push(format!("\"{extra}\""));
            }
        }
        (
            format!(r#"{{"type": "record", "name": "R{name}", "fields": [{fields}]}}"#),
            format!("{{{default}}}"),
        )
    }

    fn any(&mut self, depth: usize) -> (String, String) {
        match self.below(3) {
            0 if self.below(3) == 0 => {
                self.nulls += 1;
                let unions = [r#"["null", "string"]"#, r#"["bytes", "int", "null"]"#];
                (unions[self.below(2)].to_owned(), r#""null""#.to_owned())
            }
            0 => {
                let (ty, default) = self.plain(depth);
                (format!(r#"["null", "string", {ty}]"#), default)
            }
            _ => self.plain(depth),
        }
    }
}

#[test]
fn members_and_texts_are_found_wherever_they_stand() {
    let (mut members, mut nulls) = (0, 0);
    for seed in 0..1_000 {
        let mut random = Random {
            state: seed,
            records: 0,
            extra: Vec::new(),
            nulls: 0,
        };
        let (ty, default) = random.any(5);
        let text = format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {ty}, "default": {default}}}]}}"#
        );
        let found = found_in(&text, &[Code::UnknownDefaultField]);
        let places: Vec<_> = found.iter().map(|found| at(&text, found)).collect();
        let mut expected: Vec<&str> = random.extra.iter().map(String::as_str).collect();
        expected.sort_by_key(|extra| text.find(extra));
        assert_eq!(places, expected, "{text}");

        let texts = found_in(&text, &[Code::TextForNull]);
        assert_eq!(texts.len(), random.nulls, "{text}");
        assert!(
            texts.iter().all(|found| at(&text, found) == "\"null\""),
            "{text}"
        );
        members += expected.len();
        nulls += random.nulls;
    }
    assert!(members > 300 && nulls > 100, "{members} {nulls}");
}

#[test]
fn a_later_branch_that_takes_every_member_is_named() {
    let two = r#"[{"type": "record", "name": "A", "fields": []},
      {"type": "record", "name": "B", "fields": [{"name": "x", "type": "int"}]},
      {"type": "record", "name": "C", "fields": [{"name": "x", "type": "int"}, {"name": "y", "type": "string", "default": ""}]}]"#;
    for (default, meant) in [
        (r#"{"x": 1}"#, Some("B")),
        (r#"{"x": 1, "y": "z"}"#, Some("C")),
        (r#"{"y": "z"}"#, None),
        (r#"{"x": "no int"}"#, None),
    ] {
        let text = format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {{"type": "array", "items": {two}}}, "default": [{default}]}}]}}"#
        );
        let found = found_in(&text, &[Code::UnknownDefaultField]);
        assert!(!found.is_empty(), "{text}");
        for finding in found {
            let says =
                |name: &str| finding.notes[0].contains(&format!("`{name}` has every member"));
            let named: Vec<_> = ["A", "B", "C"]
                .into_iter()
                .filter(|name| says(name))
                .collect();
            assert_eq!(named, Vec::from_iter(meant), "{text}: {finding:?}");
        }
    }
}

/// The branch is the union's, even if the member stands deeper inside.
#[test]
fn a_later_branch_is_named_for_a_member_inside_a_branch() {
    let text = r#"{"type": "record", "name": "R", "fields": [{"name": "f", "default": {"in": {"x": 1}}, "type": [
      {"type": "record", "name": "A", "fields": [{"name": "in", "type": {"type": "record", "name": "Empty", "fields": []}}]},
      {"type": "record", "name": "B", "fields": [{"name": "in", "type": {"type": "map", "values": "int"}}]}]}]}"#;
    let found = found_in(text, &[Code::UnknownDefaultField]);
    let [finding] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(at(text, finding), "\"x\"");
    assert!(
        finding.notes[0].contains("put it before `A`"),
        "{finding:?}"
    );
}

/// A map's values are in the order of their keys as data, and in any order in a schema.
#[test]
fn the_value_of_a_later_branch_is_found_in_a_map_in_any_order() {
    let text = r#"{"type": "record", "name": "R", "fields": [{"name": "f", "default": {"b": null, "a": 3},
      "type": {"type": "map", "values": ["null", "int"]}}]}"#;
    let found = found_in(text, &[Code::DefaultOfLaterBranch]);
    let places: Vec<_> = found.iter().map(|found| at(text, found)).collect();
    assert_eq!(places, ["3"]);
}

/// Hints cost a bounded number of values, however many members nothing takes.
#[test]
fn many_unions_with_members_too_many_stay_cheap() {
    let mut branches = String::from(r#"{"type": "record", "name": "A", "fields": []}"#);
    for branch in 0..200 {
        write!(
            branches,
            r#", {{"type": "record", "name": "B{branch}", "fields": [{{"name": "b", "type": "int", "default": 1}}]}}"#
        )
        .unwrap();
    }
    let items = vec![r#"{"x": 1}"#; 2_000].join(", ");
    let text = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {{"type": "array", "items": [{branches}]}}, "default": [{items}]}}]}}"#
    );
    assert_eq!(found_in(&text, &[Code::UnknownDefaultField]).len(), 2_000);
}

#[test]
fn what_findings_about_defaults_say() {
    let text = r#"{"type": "record", "name": "R", "fields": [
  {"name": "outcome", "type": [
    {"type": "record", "name": "Won", "fields": []},
    {"type": "record", "name": "Drawn", "fields": [{"name": "rounds", "type": "int"}]}], "default": {"rounds": 3}},
  {"name": "places", "type": {"type": "map", "values": ["null",
    {"type": "record", "name": "Place", "fields": [{"name": "street", "type": "string", "default": ""}]}]},
    "default": {"home": {"stret": "High Street"}}},
  {"name": "note", "type": ["null", "string"], "default": "null"},
  {"name": "remark", "type": ["string", "null"], "default": "null"}]}"#;
    let mut sources = SourceMap::new();
    sources.add("schema.avsc", text).unwrap();
    let (_, mut found) = compile_with(&sources, &Options::new().category(Category::Standard));
    found.retain(|found| {
        matches!(
            found.code,
            Code::UnknownDefaultField | Code::TextForNull | Code::DefaultOfLaterBranch
        )
    });
    insta::assert_snapshot!(render::text(&sources, &found, false));
}
