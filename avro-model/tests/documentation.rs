//! docs/diagnostics.md says what the table of codes says, and the table what the compiler does.

use std::path::Path;
use std::{env, fs};

use avro_model::codes::{Category, Class, Code, document};
use avro_model::compat::{Mode, Side, Subject, Version, diagnose, diagnose_json};
use avro_model::json::{self, Value};
use avro_model::{Diagnostics, Options, SourceMap, compile, compile_files, compile_with, load};

#[test]
fn the_reference_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    if env::var_os("UPDATE_DIAGNOSTICS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, document()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == document(),
        "docs/diagnostics.md is not what the table of codes says; write it anew with \
         `UPDATE_DIAGNOSTICS=1 cargo test -p avro-model --test documentation`"
    );
}

/// Every code's example shows it, and its fix does not, wherever that is a schema.
#[test]
fn examples_break_the_rule_and_fixes_keep_it() {
    for &code in Code::ALL.iter().filter(|code| code.is_found_by_compile()) {
        if code == Code::IdlSyntax {
            assert_eq!(codes_in_idl(code.example()), [code]);
            assert!(!codes_in_idl(code.fix()).contains(&code));
            continue;
        }
        let example = spelled_out(code).unwrap_or_else(|| vec![code.example().to_owned()]);
        let found = codes_in(&example);
        assert!(found.contains(&code), "{code}: {example:?} shows {found:?}");
        if code.fix().starts_with(['{', '[']) {
            let found = codes_in(&[code.fix().to_owned()]);
            assert!(
                !found.contains(&code),
                "{code}: {} shows {found:?}",
                code.fix()
            );
        }
    }
}

/// What an example means that the table gives in words.
fn spelled_out(code: Code) -> Option<Vec<String>> {
    let fixed = r#"{"type": "fixed", "name": "com.acme.Hash", "size": 8}"#.to_owned();
    match code {
        Code::TooDeep => Some(vec!["[".repeat(513)]),
        Code::ByteOrderMark => Some(vec![format!("\u{feff}{fixed}")]),
        Code::RepeatedDefinition => Some(vec![fixed.clone(), fixed]),
        Code::ReferenceByOrder => {
            let uses = r#"{"type": "record", "name": "com.acme.R", "fields": [{"name": "a", "type": "Hash"}]}"#;
            let outside = r#"{"type": "fixed", "name": "Hash", "size": 4}"#;
            Some(vec![uses.to_owned(), fixed, outside.to_owned()])
        }
        Code::AliasClash => {
            let alias =
                r#"{"type": "fixed", "name": "com.acme.Digest", "size": 8, "aliases": ["Hash"]}"#;
            Some(vec![alias.to_owned(), fixed])
        }
        _ => None,
    }
}

/// The same of two versions: reading the one with the other shows the code, and no longer does
/// once it is fixed.
#[test]
fn examples_of_changes_break_compatibility_and_fixes_keep_it() {
    let mut shown = 0;
    for &code in Code::ALL {
        let Some((deployed, now)) = code.example().split_once("// now\n") else {
            continue;
        };
        let deployed = deployed.strip_prefix("// deployed\n").unwrap();
        let found = codes_between(deployed, now);
        assert!(found.contains(&code), "{code}: {now} shows {found:?}");
        if let Some(fixed) = code.fix().strip_prefix("// now\n") {
            let found = codes_between(deployed, fixed);
            assert!(found.is_empty(), "{code}: {fixed} shows {found:?}");
        }
        shown += 1;
    }
    // Of Rust code the generator says what breaks it.
    let of_data = |code: &&Code| code.class().is_some_and(|class| class != Class::Source);
    let classed = Code::ALL.iter().filter(of_data);
    assert_eq!(shown, classed.count());
}

fn codes_between(deployed: &str, now: &str) -> Vec<Code> {
    let mut sources = SourceMap::new();
    let [(deployed, old), (now, new)] = [deployed, now].map(|text| {
        let file = sources.add("schema.avsc", text).unwrap();
        (text, file)
    });
    let [(old, before), (new, after)] =
        [old, new].map(|file| compile_files(&sources, &[file], &Options::new()));
    for (text, found) in [(deployed, before), (now, after)] {
        assert!(!found.has_errors(), "{text}: {found:?}");
    }
    let subject = Subject {
        name: "com.acme.Order".to_owned(),
        topics: Vec::new(),
        mode: Some(Mode::Backward),
        schema: Side::root(&new.roots()[0], &new),
        versions: vec![Version {
            name: "version 1".to_owned(),
            schema: Side::root(&old.roots()[0], &old),
        }],
    };
    let subjects = [subject];
    let found = [diagnose(&subjects), diagnose_json(&subjects)];
    let found = found.iter().flatten();
    found.map(|finding| finding.code).collect()
}

/// Every code is in a golden, of this crate or of the generator.
#[test]
fn every_code_has_a_golden() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let goldens: String = [
        root.join("tests/snapshots"),
        root.join("../tests/snapshots"),
    ]
    .iter()
    .flat_map(|folder| fs::read_dir(folder).unwrap())
    .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
    .collect();
    for code in Code::ALL {
        assert!(goldens.contains(&format!("[{code}]")), "{code}");
    }
}

/// What the compiler says of a file in Avro IDL.
fn codes_in_idl(text: &str) -> Vec<Code> {
    let name = format!("avro-model-{}.avdl", std::process::id());
    let path = env::temp_dir().join(name);
    fs::write(&path, text).unwrap();
    let sources = load::load(&[&path]).unwrap();
    fs::remove_file(&path).unwrap();
    let (_, found) = compile(&sources);
    found.iter().map(|finding| finding.code).collect()
}

/// What the compiler says of files that are linked together: each a schema, or a field that a
/// record is put around.
fn codes_in(files: &[String]) -> Vec<Code> {
    let mut sources = SourceMap::new();
    let known = r#"{"type": "fixed", "name": "com.acme.Money", "size": 8}"#;
    let known = sources.add("known.avsc", known).unwrap();
    for (index, text) in files.iter().enumerate() {
        let text = match parsed(text) {
            Some(json) if is_field(&json) => format!(
                r#"{{"type": "record", "name": "com.acme.Holder", "doc": "", "fields": [{text}]}}"#
            ),
            _ => text.clone(),
        };
        sources.add(format!("schema_{index}.avsc"), text).unwrap();
    }
    let (_, found) = compile_with(&sources, &Options::new().category(Category::Extra));
    found
        .iter()
        .filter(|finding| finding.span().file != known)
        .map(|finding| finding.code)
        .collect()
}

fn parsed(text: &str) -> Option<Value> {
    let mut sources = SourceMap::new();
    let file = sources.add("text", text).unwrap();
    json::parse(file, text, &mut Diagnostics::new())
}

fn is_field(json: &Value) -> bool {
    let defines = |ty: &str| matches!(ty, "record" | "enum" | "fixed");
    let ty = json.get("type");
    json.get("name").is_some() && !ty.and_then(Value::as_str).is_some_and(defines)
}
