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

/// A folder that is gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let name = format!("avro-model-idl-{}-{name}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        for (path, text) in files {
            let path = folder.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// What is said about these files and what they import.
    fn findings(&self, paths: &[&str], category: Category) -> String {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.0.join(path)).collect();
        let sources = load::load(&paths).unwrap();
        let (_, found) = compile_with(&sources, &Options::new().category(category));
        let shown = render::text(&sources, &found, false);
        shown.replace(self.0.to_str().unwrap(), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const REPEATED: &str = "@namespace(\"a\")\nprotocol A {\n  enum E { X, Y } = X;\n  \
                        record Item { E e = \"Y\"; }\n}\n";

/// A file may declare what it imports: one definition, as anywhere.
#[test]
fn a_file_repeats_what_it_imports() {
    let b = "@namespace(\"a\")\nprotocol B {\n  import idl \"a.avdl\";\n  enum E { X, Y } = X;\n  \
             record R { E e = \"X\"; array<Item> items; }\n}\n";
    let c = "import idl \"b.avdl\";\nimport schema \"d.avsc\";\nimport protocol \"e.avpr\";\n\
             schema array<c.D>;\n@namespace(\"c\") record D { a.E e = \"X\"; a.R r; deep.Down d; P p; }\n";
    let d = r#"{"type": "record", "name": "D", "namespace": "c", "fields": [
        {"name": "e", "type": "a.E", "default": "X"}, {"name": "r", "type": "a.R"},
        {"name": "d", "type": {"type": "fixed", "name": "deep.Down", "size": 1}},
        {"name": "p", "type": "c.P"}]}"#;
    let e = r#"{"protocol": "E", "namespace": "c", "types": [{"type": "fixed", "name": "P", "size": 1}]}"#;
    let files = [
        ("a.avdl", REPEATED),
        ("b.avdl", b),
        ("c.avdl", c),
        ("d.avsc", d),
        ("e.avpr", e),
    ];
    let folder = Folder::new("repeated", &files);
    insta::assert_snapshot!(folder.findings(&["c.avdl"], Category::Basic));
}

/// A conflict is one finding, however many files import the two declarations.
#[test]
fn a_file_that_repeats_an_import_in_another_way_is_one_conflict() {
    let b =
        "@namespace(\"a\")\nprotocol B {\n  import idl \"a.avdl\";\n  enum E { X, Z } = X;\n}\n";
    let c = "import idl \"a.avdl\";\nimport idl \"b.avdl\";\nschema a.E;\n";
    let files = [
        ("a.avdl", REPEATED),
        ("b.avdl", b),
        ("c.avdl", c),
        ("d.avdl", c),
    ];
    let folder = Folder::new("conflict", &files);
    insta::assert_snapshot!(folder.findings(&["c.avdl", "d.avdl"], Category::Basic));
}

/// A warning and an error of an imported file are said where they are, once.
#[test]
fn what_is_wrong_with_an_imported_file_is_said_once() {
    let a = "protocol A { record R { string s /** misplaced */; } }\n";
    let broken = "record Broken { strin }\n";
    let b = "protocol B { import idl \"a.avdl\"; import idl \"broken.avdl\"; record S { R r; Broken b; } }\n";
    let c = "protocol C { import idl \"b.avdl\"; record T { R r; S s; Broken b; } }\n";
    let files = [
        ("a.avdl", a),
        ("b.avdl", b),
        ("c.avdl", c),
        ("broken.avdl", broken),
    ];
    let folder = Folder::new("once", &files);
    insta::assert_snapshot!(folder.findings(&["b.avdl", "c.avdl"], Category::Basic));
}

/// A name that is neither declared nor imported is no name, though another file declares it.
#[test]
fn what_is_not_imported_is_not_known() {
    let b = "@namespace(\"b\")\nprotocol B {\n  record R { a.E e; }\n}\n";
    let folder = Folder::new("not-imported", &[("a.avdl", REPEATED), ("b.avdl", b)]);
    insta::assert_snapshot!(folder.findings(&["a.avdl", "b.avdl"], Category::Basic));
}

/// Files that import each other, and one that imports itself through a link.
#[test]
fn imports_may_go_round() {
    let a = "protocol A { import idl \"b.avdl\"; record R { union { null, S } s; } }\n";
    let b = "protocol B { import idl \"a.avdl\"; import idl \"here/b.avdl\"; record S { union { null, R } r; } }\n";
    let folder = Folder::new("round", &[("a.avdl", a), ("b.avdl", b)]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder.0, folder.0.join("here")).unwrap();
    #[cfg(not(unix))]
    fs::create_dir(folder.0.join("here"))
        .and_then(|()| fs::write(folder.0.join("here/b.avdl"), ""))
        .unwrap();
    assert_eq!(folder.findings(&["a.avdl"], Category::Basic), "");
}

/// The documentation of each declaration is that which avro-tools 1.12.1 finds.
#[test]
fn documentation_is_that_of_java() {
    let sources = load::load(&[fixture("../documentation.avdl")]).unwrap();
    let (set, _) = compile(&sources);
    let mut shown = Vec::new();
    for (_, ty) in set.types() {
        shown.push(format!("{}: {:?}", ty.fullname, ty.doc));
        let fields = ty.fields().iter();
        shown.extend(fields.map(|field| format!("  {}: {:?}", field.name, field.doc)));
    }
    insta::assert_snapshot!(shown.join("\n"));
}

/// What is said about a file of this text, in a folder of its own.
fn findings(name: &str, text: &str, category: Category) -> String {
    let broken = "record Broken { strin }";
    let folder = Folder::new(name, &[("a.avdl", text), ("broken.avdl", broken)]);
    folder.findings(&["a.avdl"], category)
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
