//! Every lint and warning can be switched in avro.toml, and excepted beside the schema.

use avro_codegen::{Config, Error, Level};
use avro_model::codes::Code;
use avro_model::source::SourceMap;

/// What is said about the example of a code, with this level for it.
fn said(code: Code, level: Level, files: &[String]) -> Vec<(Code, bool)> {
    let mut sources = SourceMap::new();
    for (index, text) in files.iter().enumerate() {
        sources.add(format!("{index}.avsc"), text.as_str()).unwrap();
    }
    let config = Config::new().lint(code.as_str(), level);
    let denied = |error: &Error| {
        let (_, found) = error.diagnostics().expect("schemas are to blame");
        found.iter().map(|found| (found.code, true)).collect()
    };
    match config.generate(&sources) {
        Ok(output) => output
            .findings()
            .iter()
            .map(|found| (found.code, false))
            .collect(),
        Err(error) => denied(&error),
    }
}

/// The example as files: a record is put around a field.
fn files(code: Code) -> Vec<String> {
    let in_words = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let hash = r#"{"type": "fixed", "name": "com.acme.Hash", "size": 8}"#;
    match code {
        Code::NameClash => in_words(&[
            r#"{"type": "record", "name": "R", "fields": [{"name": "fooBar", "type": "int"}, {"name": "foo_bar", "type": "int"}]}"#,
        ]),
        Code::RepeatedDefinition => in_words(&[hash, hash]),
        Code::ReferenceByOrder => in_words(&[
            r#"{"type": "record", "name": "com.acme.R", "fields": [{"name": "a", "type": "Hash"}]}"#,
            hash,
            r#"{"type": "fixed", "name": "Hash", "size": 4}"#,
        ]),
        Code::AliasClash => in_words(&[
            r#"{"type": "fixed", "name": "com.acme.Digest", "size": 8, "aliases": ["Hash"]}"#,
            hash,
        ]),
        _ => {
            let example = code.example();
            let parsed: serde_json::Value = serde_json::from_str(example).unwrap();
            let ty = parsed.get("type").and_then(|ty| ty.as_str());
            let is_field =
                parsed.get("name").is_some() && !matches!(ty, Some("record" | "enum" | "fixed"));
            in_words(&[&match is_field {
                true => format!(
                    r#"{{"type": "record", "name": "com.acme.Holder", "fields": [{example}]}}"#
                ),
                false => example.to_owned(),
            }])
        }
    }
}

/// The same with an exception in every object that may have one.
fn excepted(files: &[String], code: Code) -> Vec<String> {
    let allow = serde_json::json!({"allow": {code.as_str(): "to see that it counts"}});
    let except = |text: &String| {
        let mut json: serde_json::Value = serde_json::from_str(text).unwrap();
        in_objects(&mut json, &allow);
        json.to_string()
    };
    files.iter().map(except).collect()
}

fn in_objects(json: &mut serde_json::Value, allow: &serde_json::Value) {
    match json {
        serde_json::Value::Array(items) => {
            items.iter_mut().for_each(|item| in_objects(item, allow))
        }
        serde_json::Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                if matches!(key.as_str(), "type" | "items" | "values" | "fields") {
                    in_objects(value, allow);
                }
            }
            members.insert("lint".to_owned(), allow.clone());
        }
        _ => {}
    }
}

#[test]
fn every_lint_and_warning_has_its_switch_and_its_exceptions() {
    let switched = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.has_exceptions() && code.class().is_none());
    let mut count = 0;
    for code in switched {
        let files = files(code);
        let is_there = |found: &[(Code, bool)]| found.iter().any(|(found, _)| *found == code);
        assert!(is_there(&said(code, Level::Warn, &files)), "{code}");
        assert!(
            said(code, Level::Deny, &files).contains(&(code, true)),
            "{code}"
        );
        // A type without data is refused whatever the lint says: there is no code for it.
        if code == Code::NoDatum {
            continue;
        }
        assert!(!is_there(&said(code, Level::Allow, &files)), "{code}");
        if code != Code::IdleException {
            let excepted = excepted(&files, code);
            assert!(
                !is_there(&said(code, Level::Warn, &excepted)),
                "{code}: {excepted:?}"
            );
        }
        count += 1;
    }
    assert!(count > 30, "{count}");
}
