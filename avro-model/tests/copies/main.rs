//! One definition in several texts: whatever the words, it is one if it says the same.

mod family;

use avro_model::codes::{Category, Code};
use avro_model::{
    Diagnostic, Diagnostics, Options, SchemaSet, Severity, SourceMap, canonical, compile,
    compile_with, identity, render,
};
use fastrand::Rng;

use family::{Family, full};

fn compiled(files: &[(String, String)]) -> (SourceMap, SchemaSet, Diagnostics) {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(path, text.as_str()).unwrap();
    }
    let (set, found) = compile(&sources);
    (sources, set, found)
}

fn grave(found: &Diagnostics) -> Vec<&Diagnostic> {
    let grave = found.iter().filter(|found| found.severity > Severity::Lint);
    grave.collect()
}

/// Each type in a file of its own, which names all others.
fn apart(family: &Family, rng: &mut Rng) -> Vec<(String, String)> {
    let types = 0..family.0.len();
    types
        .map(|index| (format!("{index}.avsc"), family.alone(index, rng)))
        .collect()
}

/// Some files for each type, which define others in place; in any order of paths.
fn copied(family: &Family, rng: &mut Rng) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for index in 0..family.0.len() {
        for _ in 0..rng.usize(1..4) {
            let path = format!("{:08x}-{index}.avsc", rng.u32(..));
            files.push((path, family.file(index, rng)));
        }
    }
    files
}

/// Every type with its canonical form and its identity.
fn said(set: &SchemaSet) -> Vec<(String, String, [u8; 32])> {
    let mut all: Vec<_> = set
        .types()
        .map(|(id, ty)| {
            let form = canonical::form_of_type(set, id);
            (ty.fullname.to_string(), form, identity::of_type(set, id))
        })
        .collect();
    all.sort();
    all
}

/// However often and in whatever words the types are written, they are the same types.
#[test]
fn copies_in_any_words_are_one_definition() {
    for seed in 0..200 {
        let mut rng = Rng::with_seed(seed);
        let family = Family::new(&mut rng);
        let (_, expected, found) = compiled(&apart(&family, &mut rng));
        assert!(grave(&found).is_empty(), "seed {seed}");
        let files = copied(&family, &mut rng);
        let (sources, set, found) = compiled(&files);
        assert!(
            grave(&found).is_empty(),
            "seed {seed}: {}{files:#?}",
            render::text(&sources, &found, false)
        );
        assert_eq!(set.types().len(), family.0.len(), "seed {seed}");
        assert_eq!(set.roots().len(), files.len(), "seed {seed}");
        assert_eq!(said(&set), said(&expected), "seed {seed}");
    }
}

/// One text that says something else is one finding, which shows a place in it and one elsewhere.
#[test]
fn a_copy_that_says_something_else_is_one_conflict() {
    for seed in 0..200 {
        let mut rng = Rng::with_seed(seed);
        let family = Family::new(&mut rng);
        let mut files = copied(&family, &mut rng);
        let index = rng.usize(..family.0.len());
        let mut other = family.clone();
        other.mutate(index, &mut rng);
        // Before all other files, or behind them.
        let path = ["0.avsc", "z.avsc"][usize::from(rng.bool())];
        files.push((path.to_owned(), other.alone(index, &mut rng)));
        let (sources, _, found) = compiled(&files);
        let shown = render::text(&sources, &found, false);
        let grave = grave(&found);
        assert_eq!(grave.len(), 1, "seed {seed}: {shown}{files:#?}");
        assert_eq!(grave[0].code, Code::DuplicateDefinition, "seed {seed}");
        let name = full(&family.0[index]);
        assert!(grave[0].message.contains(&format!("`{name}`")), "{shown}");
        let labels = grave[0].labels.iter();
        let (inside, outside): (Vec<_>, Vec<_>) = labels
            .map(|label| sources.source(label.span.file).path())
            .partition(|&shown| shown == std::path::Path::new(path));
        assert!(
            !inside.is_empty() && !outside.is_empty(),
            "seed {seed}: {shown}"
        );
    }
}

/// What the compiler says of these files, up to the category that a build knows of.
fn findings(files: &[(&str, &str)]) -> String {
    let mut sources = SourceMap::new();
    for (path, text) in files {
        sources.add(*path, *text).unwrap();
    }
    let options = Options::new().category(Category::Basic);
    let (_, found) = compile_with(&sources, &options);
    render::text(&sources, &found, false)
}

const LINE: &str = r#"{"type": "record", "name": "n.Line", "doc": "A line.", "fields": [
  {"name": "sku", "type": "string", "aliases": ["id"]},
  {"name": "price", "type": {"type": "fixed", "name": "Price", "size": 8}, "unit": "cent"}]}"#;

macro_rules! differences {
    ($($name:ident: $from:expr => $to:expr;)+) => {
        $(#[test]
        fn $name() {
            let other = LINE.replace($from, $to);
            assert_ne!(other, LINE);
            insta::assert_snapshot!(findings(&[("a.avsc", LINE), ("b.avsc", &other)]));
        })+
    };
}

differences! {
    another_type: "\"string\"" => "[\"null\", \"string\"]";
    another_field: "\"name\": \"sku\"" => "\"name\": \"sku\", \"type\": \"int\"}, {\"name\": \"more\"";
    another_default: "\"string\"," => "\"string\", \"default\": \"\",";
    another_order: "\"string\"," => "\"string\", \"order\": \"ignore\",";
    another_alias: "[\"id\"]" => "[\"key\"]";
    another_property: "cent" => "euro";
    another_size_inside: "8" => "16";
    another_kind: "record" => "error";
    another_documentation: "A line." => "A line of an order.";
    a_copy_in_other_words: "\"name\": \"n.Line\"" => "\"namespace\": \"n\", \"name\": \"Line\"";
}

/// Many copies of one definition and many of another are one finding.
#[test]
fn a_conflict_of_many_files_is_one_finding() {
    let other = LINE.replace("string", "bytes");
    let paths: Vec<String> = (0..8).map(|index| format!("{index}.avsc")).collect();
    let texts = [LINE, &other, LINE, &other, &other, LINE, LINE, &other];
    let files: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(texts).collect();
    insta::assert_snapshot!(findings(&files));
}

/// What is wrong in all copies is said once.
#[test]
fn a_mistake_in_a_definition_that_is_copied_is_one_finding() {
    let text = r#"{"type": "record", "name": "n.R", "fields": [{"name": "a", "type": "Missing"}]}"#;
    let again = r#"{"name": "R", "namespace": "n", "type": "record", "fields": [{"type": "Missing", "name": "a"}]}"#;
    insta::assert_snapshot!(findings(&[("a.avsc", text), ("b.avsc", again)]));
}

/// A copy is read in its own file: Java takes another type there, and writes other data.
#[test]
fn a_contested_reference_in_a_copy_is_an_error() {
    let first = r#"{"type": "record", "name": "n.R", "fields": [{"name": "a", "type": "n.Hash"}]}"#;
    let again = r#"[{"type": "fixed", "name": "Hash", "size": 8},
  {"type": "record", "name": "n.R", "fields": [{"name": "a", "type": "Hash"}]},
  {"type": "fixed", "name": "n.Hash", "size": 16}]"#;
    let hash = r#"{"type": "fixed", "name": "n.Hash", "size": 16}"#;
    let files = [("a.avsc", first), ("b.avsc", again), ("c.avsc", hash)];
    insta::assert_snapshot!(findings(&files));
}

/// An exception stands in every copy, since it belongs to what is copied.
#[test]
fn exceptions_in_copies_are_not_idle() {
    let text = r#"{"type": "enum", "name": "n.E", "symbols": ["A"],
        "lint": {"allow": {"AVR043": "there is one"}}}"#;
    let without = r#"{"type": "enum", "name": "n.E", "symbols": ["A"]}"#;
    for again in [text, without] {
        let shown = findings(&[("a.avsc", text), ("b.avsc", again)]);
        assert!(shown.starts_with("lint[AVR035]"), "{shown}");
        assert_eq!(shown.matches("AVR").count(), 1, "{shown}");
    }
}

/// However many texts there are, what differs is one finding for each thing that they say.
#[test]
fn many_copies_that_differ_are_one_finding_for_each_way() {
    let mut sources = SourceMap::new();
    let fields: Vec<String> = (0..40)
        .map(|at| format!(r#"{{"name": "f{at}", "type": ["null", "string"], "default": null}}"#))
        .collect();
    for index in 0..400 {
        let property = index % 200;
        let text = format!(
            r#"{{"type": "record", "name": "n.R", "fields": [{}], "version": {property}}}"#,
            fields.join(",")
        );
        sources.add(format!("{index:03}.avsc"), text).unwrap();
    }
    let (set, found) = compile(&sources);
    assert_eq!(set.types().len(), 1);
    let conflicts = found
        .iter()
        .filter(|it| it.code == Code::DuplicateDefinition);
    assert_eq!(conflicts.count(), 199);
}
