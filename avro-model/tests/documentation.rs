//! docs/diagnostics.md says what the table of codes says, and the table what the compiler does.

use std::path::Path;
use std::{env, fs};

use avro_model::codes::{Category, Code, document};
use avro_model::json::{self, Value};
use avro_model::{Diagnostics, Options, SourceMap, compile_with};

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

/// Every code's example shows it, and its fix does not, wherever both are schemas.
#[test]
fn examples_break_the_rule_and_fixes_keep_it() {
    let mut shown = 0;
    for &code in Code::ALL {
        if code.example().starts_with(['{', '[']) {
            let found = codes_in(code.example());
            assert!(
                found.contains(&code),
                "{code}: {} shows {found:?}",
                code.example()
            );
            shown += 1;
        }
        if code.fix().starts_with(['{', '[']) {
            let found = codes_in(code.fix());
            assert!(
                !found.contains(&code),
                "{code}: {} shows {found:?}",
                code.fix()
            );
        }
    }
    // All but those whose example needs words, several files, or generated code.
    assert!(shown >= Code::ALL.len() - 3, "{shown}");
}

/// Every code that compiling alone can show is in a golden.
#[test]
fn every_code_has_a_golden() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let goldens: String = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    for code in Code::ALL {
        // Made by the generator, whose goldens show it.
        if *code != Code::NameClash {
            assert!(goldens.contains(&format!("[{code}]")), "{code}");
        }
    }
}

/// What the compiler says of a schema, or of a record with this field.
fn codes_in(text: &str) -> Vec<Code> {
    let text = match parsed(text) {
        Some(json) if is_field(&json) => format!(
            r#"{{"type": "record", "name": "com.acme.Holder", "doc": "", "fields": [{text}]}}"#
        ),
        _ => text.to_owned(),
    };
    let mut sources = SourceMap::new();
    let known = r#"{"type": "fixed", "name": "com.acme.Money", "size": 8}"#;
    sources.add("known.avsc", known).unwrap();
    let file = sources.add("schema.avsc", text).unwrap();
    let (_, found) = compile_with(&sources, &Options::new().category(Category::Extra));
    found
        .iter()
        .filter(|finding| finding.span().file == file)
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
