//! Avro IDL: what is made of it, and where findings point.

use std::fs;
use std::path::{Path, PathBuf};

use avro_model::codes::Category;
use avro_model::default::datum;
use avro_model::{Options, SourceMap, bundle, compile, compile_with, load, render};

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/idl")
        .join(path)
}

/// Every top-level schema, with the name of its file.
fn schemas(sources: &SourceMap) -> String {
    let (set, found) = compile(sources);
    assert_eq!(render::text(sources, &found, false), "");
    let shown = set.roots().iter().map(|root| {
        let file = sources.source(root.file).path().file_name().unwrap();
        format!("{}: {}", file.display(), bundle::schema(&set, root))
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// The imports are read with it, each as a source of its own.
#[test]
fn a_protocol_and_what_it_imports() {
    let sources = load::load(&[fixture("depot.avdl")]).unwrap();
    insta::assert_snapshot!(schemas(&sources));
}

/// However the files are named, each is read once.
#[test]
fn a_folder_holds_what_its_files_import() {
    let one = load::load(&[fixture("depot.avdl")]).unwrap();
    let all = load::load(&[fixture(""), fixture("../idl/common")]).unwrap();
    assert_eq!(all.iter().count(), 3);
    assert_eq!(schemas(&all), schemas(&one));
}

/// What is said about a file of this text, in a folder of its own.
fn findings(name: &str, text: &str, category: Category) -> String {
    let folder = std::env::temp_dir().join(format!("avro-model-idl-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.avdl"), text).unwrap();
    fs::write(folder.join("broken.avdl"), "record Broken { strin }").unwrap();
    let sources = load::load(&[folder.join("a.avdl")]).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let (_, found) = compile_with(&sources, &Options::new().category(category));
    let shown = render::text(&sources, &found, false);
    shown.replace(folder.to_str().unwrap(), "")
}

/// IDL has words for the numbers that JSON cannot write.
#[test]
fn defaults_that_are_not_finite() {
    let text = "record R { double a = NaN; float b = -Infinity; array<double> c = [Infinity]; }";
    let folder = std::env::temp_dir().join(format!("avro-model-idl-{}-nan", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.avdl"), format!("namespace n;\n{text}")).unwrap();
    let sources = load::load(&[folder.join("a.avdl")]).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let (set, found) = compile(&sources);
    assert_eq!(render::text(&sources, &found, false), "");
    let (_, record) = set.types().next().unwrap();
    let defaults = record.fields().iter().map(|field| {
        let datum = datum(&set, &field.schema, field.default.as_ref().unwrap()).unwrap();
        format!("{datum:?}")
    });
    let expected = ["Double(NaN)", "Float(-inf)", "Array([Double(inf)])"];
    assert_eq!(defaults.collect::<Vec<_>>(), expected);
}

macro_rules! mistakes {
    ($($name:ident: $text:expr;)+) => {
        $(#[test]
        fn $name() {
            let text = findings(stringify!($name), $text, Category::Basic);
            insta::assert_snapshot!(text);
        })+
    };
}

mistakes! {
    a_syntax_error: "namespace org.example;\nrecord Line {\n  string sku\n  int n;\n}\n";
    names_that_are_not_defined: "record Line {\n  Skuu sku;\n  array<Missing> m;\n}\n";
    a_default_that_does_not_fit: "schema Line;\nrecord Line {\n  int n = \"x\";\n}\n";
    an_import_that_is_not_there: "import idl \"nowhere.avdl\";\nrecord Line { string sku; }\n";
    an_import_with_a_mistake: "import idl \"broken.avdl\";\nrecord Line { string sku; }\n";
    warnings_of_the_parser: "record Line {\n  string! sku /** misplaced */;\n}\n";
}

/// The same lints as in JSON, each at the part of the file that it is about.
#[test]
fn lints_point_into_the_file() {
    let text = "@namespace(\"org.Example\")\nprotocol P {\n  enum state { OPEN, Closed }\n  \
                record Line {\n    string created_at;\n    double price = 1.5, weight;\n    \
                union { null, int } note = 3;\n    union { null, string } twice;\n  }\n}\n";
    insta::assert_snapshot!(findings("lints", text, Category::Standard));
}
