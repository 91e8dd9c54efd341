//! The generated code of every case is what was accepted, whatever the order of its files; and
//! what is wrong in a manifest or a schema is said at its place.

use std::path::Path;

use avro_codegen::{Config, Error};
use avro_model::source::SourceMap;

#[path = "../src/case.rs"]
mod case;

fn cases() -> Vec<case::Case> {
    case::all(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the folder of cases is there")
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn generated_code_is_what_was_accepted() {
    for case in cases() {
        let output = case
            .generate()
            .unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
        let text: Vec<&str> = output.files.iter().map(|file| file.text.as_str()).collect();
        settings().bind(|| insta::assert_snapshot!(case.name.as_str(), text.join("\n")));
    }
}

#[test]
fn the_order_of_files_does_not_show() {
    for case in cases() {
        let config = case.config().unwrap();
        let sources = case.sources(&config).unwrap();
        let expected = config.generate(&sources).unwrap().files;
        let files: Vec<_> = sources.iter().map(|(_, source)| source).collect();
        // What is made of Avro IDL is made when it is read.
        if files
            .iter()
            .any(|file| file.path().extension().is_some_and(|it| it == "avdl"))
        {
            continue;
        }
        for first in 0..files.len() {
            for reversed in [false, true] {
                let mut shuffled = files.clone();
                shuffled.rotate_left(first);
                if reversed {
                    shuffled.reverse();
                }
                let mut sources = SourceMap::new();
                for source in shuffled {
                    sources.add(source.path(), source.text()).unwrap();
                }
                assert_eq!(
                    config.generate(&sources).unwrap().files,
                    expected,
                    "{}",
                    case.name
                );
            }
        }
    }
}

fn generate(manifest: &str, files: &[(&str, &str)]) -> Result<String, Error> {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(*path, *text).unwrap();
    }
    let config = Config::from_toml("avro.toml", manifest)?;
    let output = config.generate(&sources)?;
    let found: Vec<String> = output
        .findings()
        .iter()
        .map(|found| avro_model::render::text_of(output.sources(), found, false))
        .collect();
    Ok(found.join("\n"))
}

/// What is said when this manifest and these files are compiled.
#[track_caller]
fn says(name: &str, manifest: &str, files: &[(&str, &str)]) {
    let said = match generate(manifest, files) {
        Ok(findings) => findings,
        Err(error) => format!("{}\n\n{}", error, error.render(false)),
    };
    settings().bind(|| insta::assert_snapshot!(format!("says_{name}"), said));
}

const POINT: (&str, &str) = (
    "point.avsc",
    r#"{"type": "record", "name": "Point", "namespace": "geo", "fields": [{"name": "x", "type": "int"}, {"name": "label", "type": "string"}]}"#,
);

#[test]
fn unknown_keys() {
    let manifest = "schemes = [\"a\"]\njson = \"yes\"\n\n[logical-types]\ntimestamp = \"joda\"\n\n[[override]]\nselct = \"a\"\nmap = \"tree\"\n\n[lints]\nAVR999 = \"warn\"\nAVR080 = \"maybe\"\n";
    says("unknown_keys", manifest, &[POINT]);
}

#[test]
fn broken_toml() {
    says("broken_toml", "schemas = [\"a\"\njson = true\n", &[POINT]);
}

#[test]
fn a_selector_that_selects_nothing() {
    let manifest = "[[override]]\nselect = \"geo.Piont\"\nnon-exhaustive = true\n\n[[validate]]\nselect = \"geo.*.z\"\nnon-empty = true\n";
    says("selects_nothing", manifest, &[POINT]);
}

#[test]
fn a_lint_that_the_manifest_asks_for_is_shown_and_an_exception_beside_the_schema_holds() {
    let manifest = "[lints]\nAVR094 = \"warn\"\nAVR080 = \"warn\"\n";
    let schema = r#"{"type": "record", "name": "A", "doc": "All of it.", "fields": [
  {"name": "one", "type": "int"},
  {"name": "two", "type": "int", "lint": {"allow": {"AVR094": "says all by its name"}}},
  {"name": "fooBar", "type": "int", "doc": "First."},
  {"name": "foo_bar", "type": "int", "doc": "Second.", "lint": {"allow": {"AVR080": "both are deployed"}}}]}"#;
    says("lints_asked_for", manifest, &[("a.avsc", schema)]);
}

#[test]
fn rules_that_make_no_sense_or_contradict_each_other() {
    let schema = r#"{"type": "record", "name": "Line", "namespace": "geo", "fields": [
  {"name": "points", "type": "int"}, {"name": "width", "type": "double"}, {"name": "label", "type": "string"},
  {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}"#;
    let manifest = r#"
[[validate]]
select = "geo.Line.points"
range = { min = 1.5, max = 99999999999 }

[[validate]]
select = "geo.Line.width"
range = { min = 2, max = 1 }

[[validate]]
select = "geo.*.width"
range = { min = 2 }

[[validate]]
select = "geo.Line.label"
length = { min = -1 }
pattern = "("

[[validate]]
select = "geo.Line.price"
range = { min = 0.5 }
"#;
    says("rules", manifest, &[("line.avsc", schema)]);
}

#[test]
fn rules_and_names_that_do_not_fit() {
    let manifest = "[[validate]]\nselect = \"geo.Point.x\"\npattern = \"a\"\nlength = { min = 1 }\n\n[[validate]]\nselect = \"geo.Point.label\"\nrange = { min = 1 }\n\n[[override]]\nselect = \"geo.*\"\nrust-name = \"1st\"\nderive = [\"not a path\"]\nattributes = [\"allow(x)\"]\n";
    says("do_not_fit", manifest, &[POINT]);
}

#[test]
fn a_topic_without_its_type_or_key() {
    let manifest = "[[topic]]\nname = \"a\"\nvalue = \"geo.Pont\"\n\n[[topic]]\nname = \"b\"\nvalue = \"geo.Point\"\nkey = \"lable\"\n\n[[topic]]\nname = \"no spaces\"\nvalue = \"geo.Point\"\n\n[[topic]]\nname = \"b\"\nvalue = [\"geo.Point\", \"geo.Point\"]\nsubject = \"record-name\"\n";
    says("topics", manifest, &[POINT]);
    let manifest = "[[topic]]\nname = \"a\"\nvalue = [\"geo.Point\", \"geo.Line\"]\n";
    says("topic_subject", manifest, &[POINT]);
    says("topic_required", "[[topic]]\nname = \"c\"\n", &[POINT]);
}

#[test]
fn external_types_must_be_there_and_named() {
    let manifest = "reference = [\"ref\"]\n\n[[external]]\ntype = \"com.other.Mony\"\npath = \"::other::Money\"\n";
    let files = [
        (
            "ref/money.avsc",
            r#"{"type": "fixed", "name": "com.other.Money", "size": 8}"#,
        ),
        (
            "a.avsc",
            r#"{"type": "record", "name": "A", "fields": [{"name": "m", "type": "com.other.Money"}]}"#,
        ),
    ];
    says("external_misnamed", manifest, &files);
    says("external_not_named", "reference = [\"ref\"]\n", &files);
}

#[test]
fn types_without_data() {
    let files = [
        (
            "a.avsc",
            r#"{"type": "record", "name": "Endless", "fields": [{"name": "again", "type": "Endless"}]}"#,
        ),
        (
            "b.avsc",
            r#"{"type": "enum", "name": "Empty", "symbols": []}"#,
        ),
        (
            "c.avsc",
            r#"{"type": "record", "name": "Holder", "fields": [{"name": "e", "type": "Empty"}]}"#,
        ),
    ];
    says("no_datum", "", &files);
    let files = [
        ("a.avsc", "[]"),
        (
            "b.avsc",
            r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": []}, {"name": "b", "type": {"type": "array", "items": {"type": "map", "values": []}}}]}"#,
        ),
    ];
    says("no_branches", "", &files);
}

#[test]
fn names_that_become_one() {
    let files = [(
        "a.avsc",
        r#"{"type": "record", "name": "A", "fields": [
  {"name": "fooBar", "type": "int"},
  {"name": "foo_bar", "type": "int"},
  {"name": "e", "type": {"type": "enum", "name": "a", "symbols": ["X", "x"], "default": "X"}}]}"#,
    )];
    says("clashes", "", &files);
    says("clashes_allowed", "[lints]\nAVR080 = \"allow\"\n", &files);
    says("clashes_denied", "[lints]\nAVR080 = \"deny\"\n", &files);
}

#[test]
fn mistakes_that_the_manifest_lets_pass() {
    let files = [(
        "a.avsc",
        r#"{"type": "record", "name": "blood-type", "fields": [
  {"name": "1st", "type": "int", "default": "x"},
  {"name": "größe", "type": {"type": {"type": "array", "items": "int"}}}]}"#,
    )];
    says("lenient", "lenient = true\n", &files);
    says(
        "lenient_denied",
        "lenient = true\n\n[lints]\nAVR020 = \"deny\"\nAVR050 = \"allow\"\n",
        &files,
    );
    says("strict", "", &files);
}
