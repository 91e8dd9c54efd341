//! `check` and `lint`: findings in each format, exit codes, and which avro.toml counts.

use serde_json::json;

use crate::run::{Folder, Said};

/// A name that is not defined, a logical type that has no effect, and an enum without a default.
const ORDER: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "strin"},
  {"name": "ät", "type": "long"},
  {"name": "at", "type": "long", "logicalType": "timestamp-millis"},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW"]}}
]}"#;

/// A warning and no error.
const WARNED: &str = r#"{"type": "record", "name": "A", "doc": "d", "fields": [
  {"name": "at", "doc": "d", "type": "long", "logicalType": "timestamp-millis"}]}"#;

/// A lint of the category basic, and nothing else.
const LINTED: &str = r#"{"type": "enum", "name": "a.Suit", "doc": "d", "symbols": ["HEARTS"]}"#;

const CLEAN: &str = r#"{"type": "fixed", "name": "a.Hash", "size": 16, "doc": "d"}"#;

fn codes(said: &Said) -> Vec<String> {
    let found = said.json();
    let codes = found.as_array().unwrap().iter();
    codes
        .map(|found| found["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn findings_are_an_array_of_objects_with_places_in_characters() {
    let folder = Folder::new("check-json").file("Order.avsc", ORDER);
    let said = folder.run("check Order.avsc --format json");
    assert_eq!(
        said.json(),
        json!([
            {
                "code": "AVR022", "severity": "error",
                "message": "`shop.Order.id` refers to `strin`, which is not defined",
                "file": "Order.avsc", "line": 2, "column": 26,
                "notes": ["did you mean `string`?"],
                "end_line": 2, "end_column": 33,
                "label": "looked for `shop.strin`", "related": [],
            },
            {
                "code": "AVR020", "severity": "error",
                "message": "`ät` is no valid name of a field in `shop.Order`",
                "file": "Order.avsc", "line": 3, "column": 12,
                "notes": ["a name starts with a letter or `_` and goes on with letters, digits or `_`, all ASCII: \"_t\""],
                "end_line": 3, "end_column": 16,
                "related": [],
            },
            {
                "code": "AVR070", "severity": "warning",
                "message": "the logical type \"timestamp-millis\" on field `shop.Order.at` has no effect",
                "file": "Order.avsc", "line": 4, "column": 34,
                "notes": ["write it inside the type: \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}"],
                "end_line": 4, "end_column": 47,
                "related": [],
            },
        ])
    );
    assert_eq!((said.stderr.as_str(), said.code), ("", 1));
}

#[test]
fn lint_finds_what_check_finds_and_more() {
    let folder = Folder::new("lint-json").file("Order.avsc", ORDER);
    let checked = codes(&folder.run("check Order.avsc --format json"));
    let said = folder.run("lint Order.avsc --format json");
    let mut linted = codes(&said);
    assert_eq!(said.code, 1);
    assert!(linted.contains(&"AVR043".to_owned()) && linted.contains(&"AVR094".to_owned()));
    linted.retain(|code| checked.contains(code));
    assert_eq!(linted, checked);
    let minimal = folder.run("lint --category minimal Order.avsc --format json");
    assert_eq!(codes(&minimal), checked);
}

#[test]
fn no_findings_are_an_empty_array() {
    let folder = Folder::new("check-clean").file("Hash.avsc", CLEAN);
    folder
        .run("check Hash.avsc --format json")
        .is("[]\n", "", 0);
    folder.run("lint Hash.avsc --format json").is("[]\n", "", 0);
    folder.run("check Hash.avsc --format github").is("", "", 0);
    folder
        .run("check Hash.avsc")
        .is("", "1 file: no findings\n", 0);
}

#[test]
fn an_error_exits_with_1_and_a_warning_only_if_denied() {
    let folder = Folder::new("check-codes")
        .file("warned.avsc", WARNED)
        .file("linted.avsc", LINTED)
        .file("clean.avsc", CLEAN)
        .file("broken.avsc", "{");
    for (words, code) in [
        ("check broken.avsc", 1),
        ("check warned.avsc", 0),
        ("check warned.avsc --deny warnings", 1),
        ("check linted.avsc --deny warnings", 0),
        ("lint linted.avsc", 0),
        ("lint linted.avsc --deny warnings", 1),
        ("lint clean.avsc --deny warnings", 0),
        ("check --deny=warnings warned.avsc clean.avsc", 1),
        ("check --deny nothing clean.avsc", 2),
    ] {
        assert_eq!(folder.run(words).code, code, "{words}");
    }
}

#[test]
fn findings_are_shown_with_their_lines() {
    let folder = Folder::new("check-text").file("Order.avsc", ORDER);
    insta::assert_snapshot!("check", folder.run("check Order.avsc").shown());
    insta::assert_snapshot!("lint", folder.run("lint Order.avsc").shown());
}

#[test]
fn findings_are_annotations_on_github() {
    let folder = Folder::new("check-github").file("a,b.avsc", WARNED);
    folder.run("check a,b.avsc --format github").is(
        "::warning file=a%2Cb.avsc,line=2,col=46,title=AVR070::the logical type \
         \"timestamp-millis\" on field `A.at` has no effect%0Awrite it inside the type: \
         \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}\n",
        "",
        0,
    );
}

#[test]
fn files_and_folders_are_linked_together() {
    let folder = Folder::new("check-linked")
        .file(
            "a/deep/A.avsc",
            r#"{"type": "record", "name": "A", "fields": [{"name": "b", "type": "B"}]}"#,
        )
        .file("a/notes.txt", "no schema")
        .file("b.json", r#"{"type": "fixed", "name": "B", "size": 1}"#);
    folder
        .run("check a b.json")
        .is("", "2 files: no findings\n", 0);
    let alone = folder.run("check a --format json");
    assert_eq!(codes(&alone), ["AVR022"]);
    assert_eq!(alone.json()[0]["file"], "a/deep/A.avsc");
}

#[test]
fn stdin_is_a_file() {
    let folder =
        Folder::new("check-stdin").file("B.avsc", r#"{"type": "fixed", "name": "B", "size": 1}"#);
    let said = folder.pipe(r#"["null", "B", "C"]"#, "check - B.avsc --format json");
    assert_eq!((codes(&said), said.code), (vec!["AVR022".to_owned()], 1));
    assert_eq!(said.json()[0]["file"], "<stdin>");
    folder
        .pipe(r#""int""#, "check -")
        .is("", "1 file: no findings\n", 0);
}

#[test]
fn leniency_makes_warnings_of_what_others_accept() {
    let folder =
        Folder::new("check-lenient").file("a.avsc", r#"{"type": "array", "items": "int",}"#);
    assert_eq!(folder.run("check a.avsc").code, 1);
    let said = folder.run("check a.avsc --lenient --format json");
    assert_eq!((codes(&said), said.code), (vec!["AVR002".to_owned()], 0));
    assert_eq!(said.json()[0]["severity"], "warning");
    // A manifest may be lenient too.
    let folder = folder.file("avro.toml", "schemas = [\"a.avsc\"]\nlenient = true\n");
    assert_eq!(folder.run("check a.avsc").code, 1);
    let by_manifest = folder.run("check --format json");
    assert_eq!((by_manifest.stdout, by_manifest.code), (said.stdout, 0));
    assert_eq!(folder.run("check a.avsc --manifest avro.toml").code, 0);
}

#[test]
fn what_cannot_be_read_exits_with_2_in_every_format() {
    let folder = Folder::new("check-unreadable").file("empty/notes.txt", "no schema");
    fs_write_bytes(&folder, "latin.avsc", b"\"caf\xe9\"");
    let missing = "cannot read nowhere.avsc: No such file or directory (os error 2)";
    folder
        .run("check nowhere.avsc")
        .is("", &format!("error: {missing}\n"), 2);
    folder.run("lint nowhere.avsc --format json").is(
        &format!(
            "[\n{{\"code\":null,\"severity\":\"error\",\"message\":\"{missing}\",\
             \"file\":\"nowhere.avsc\",\"line\":null,\"column\":null,\"notes\":[]}}\n]\n"
        ),
        &format!("error: {missing}\n"),
        2,
    );
    folder.run("check nowhere.avsc --format github").is(
        &format!("::error file=nowhere.avsc::{missing}\n"),
        &format!("error: {missing}\n"),
        2,
    );
    folder.run("check empty").is(
        "",
        "error: no *.avsc or *.avpr or *.avdl file in empty\n",
        2,
    );
    folder.run("check latin.avsc").is(
        "",
        "error: latin.avsc is not UTF-8 text at byte 4: save it in that encoding\n",
        2,
    );
}

fn fs_write_bytes(folder: &Folder, path: &str, bytes: &[u8]) {
    std::fs::write(folder.path(path), bytes).unwrap();
}

/// A manifest that makes an error of one lint and hides another, and a topic.
const MANIFEST: &str =
    "schemas = [\"schemas\"]\n\n[lints]\nAVR043 = \"deny\"\nAVR094 = \"allow\"\n";

#[test]
fn named_files_are_judged_whatever_avro_toml_stands_around_them() {
    let folder = Folder::new("check-around")
        .file("avro.toml", MANIFEST)
        .file("schemas/Suit.avsc", LINTED);
    folder.run("check schemas --format json").is("[]\n", "", 0);
    let linted = folder.run("lint schemas/Suit.avsc --format json");
    assert_eq!(
        (linted.json()[0]["severity"].as_str(), linted.code),
        (Some("lint"), 0)
    );
    // Even where it is no manifest at all.
    let folder = folder.file("avro.toml", "schemas = 3");
    folder.run("check schemas --format json").is("[]\n", "", 0);
}

#[test]
fn a_manifest_that_is_named_gives_named_files_its_levels() {
    let folder = Folder::new("check-named")
        .file(
            "config/avro.toml",
            &format!("{MANIFEST}[[topic]]\nname = \"t\"\nvalue = \"No.Such\"\n"),
        )
        .file("a.avsc", &LINTED.replace("\"doc\": \"d\", ", ""));
    let said = folder.run("lint a.avsc --manifest config/avro.toml --format json");
    assert_eq!((codes(&said), said.code), (vec!["AVR043".to_owned()], 1));
    assert_eq!(said.json()[0]["severity"], "error");
    // check shows what the manifest asks for besides.
    let said = folder.run("check a.avsc --manifest config/avro.toml --format json");
    assert_eq!((codes(&said), said.code), (vec!["AVR043".to_owned()], 1));
}

/// What no Rust value can stand for is found in a file as it is found with a manifest.
#[test]
fn a_default_that_its_logical_type_cannot_hold_is_found_in_files_too() {
    let text = r#"{"type": "record", "name": "a.R", "fields": [
  {"name": "day", "type": {"type": "int", "logicalType": "date"}, "default": 2147483647},
  {"name": "id", "type": ["null", {"type": "string", "logicalType": "uuid"}], "default": "abc"},
  {"name": "fine", "type": {"type": "int", "logicalType": "date"}, "default": 0}]}"#;
    let folder = Folder::new("check-unfit")
        .file("avro.toml", "schemas = [\"schemas\"]\n")
        .file("schemas/R.avsc", text);
    let by_file = folder.run("check schemas/R.avsc");
    insta::assert_snapshot!("check_unfit", by_file.shown());
    let by_manifest = folder.run("check");
    assert_eq!((by_file.stdout, by_file.code), (by_manifest.stdout, 0));
    // Where the logical types have no meaning, every number is a value.
    let raw = "schemas = []\n[logical-types]\ntimestamp = \"raw\"\nuuid = \"raw\"\n";
    let folder = folder.file("raw.toml", raw);
    folder
        .run("check schemas/R.avsc --manifest raw.toml --format json")
        .is("[]\n", "", 0);
}

/// A typo that is certain fails a build that denies warnings.
#[test]
fn certain_typos_are_warnings_of_check() {
    let text = r#"{"type": "record", "name": "a.R", "fields": [
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp_millis"}},
  {"name": "n", "type": {"type": "long", "logicaltype": "timestamp-millis"}, "defualt": 0}]}"#;
    let folder = Folder::new("check-typos").file("R.avsc", text);
    let said = folder.run("check R.avsc --deny warnings --format json");
    assert_eq!(
        (codes(&said), said.code),
        (
            ["AVR062", "AVR076", "AVR076"].map(str::to_owned).to_vec(),
            1
        )
    );
}

#[test]
fn without_files_the_nearest_manifest_names_them() {
    let folder = Folder::new("check-manifest")
        .file("avro.toml", MANIFEST)
        .file("schemas/Suit.avsc", LINTED)
        .file("deep/er/notes.txt", "");
    let said = folder.run("check --format github");
    assert!(
        said.stdout
            .starts_with("::error file=schemas/Suit.avsc,line=1,col=26,title=AVR043::"),
        "{said:?}"
    );
    assert_eq!(said.code, 1);
    let below = folder.run_in("deep/er", "check --format github", "");
    assert!(
        below
            .stdout
            .starts_with("::error file=../../schemas/Suit.avsc,line=1,"),
        "{below:?}"
    );
    let named = folder.run_in(
        "deep/er",
        "check --manifest ../../avro.toml --format github",
        "",
    );
    assert_eq!(named, below);
}

#[test]
fn without_files_the_whole_manifest_is_checked_as_a_build_does() {
    let folder = Folder::new("check-whole")
        .file(
            "avro.toml",
            "schemas = [\"schemas\"]\n\n[[topic]]\nname = \"hashes\"\nvalue = \"a.Hsh\"\n",
        )
        .file("schemas/Hash.avsc", CLEAN);
    let said = folder.run("check");
    insta::assert_snapshot!("check_manifest", said.shown());
    let said = folder.run("check --format json");
    assert_eq!(
        said.json(),
        json!([{
            "code": null, "severity": "error", "message": "no schema defines `a.Hsh`",
            "file": "avro.toml", "line": 5, "column": 9, "notes": ["did you mean `a.Hash`?"],
            "end_line": 5, "end_column": 16, "related": [],
        }])
    );
    let folder = folder.file("avro.toml", "schemes = [\"schemas\"]\n");
    folder.run("check --format github").is(
        "::error file=avro.toml,line=1,col=1::unknown key `schemes` in avro.toml%0A\
         did you mean `schemas`?\n",
        "",
        1,
    );
    let folder = folder.file("avro.toml", "schemas = []\n");
    folder
        .run("check")
        .is("", "error: `schemas` in avro.toml names no schema\n", 2);
}

#[test]
fn without_files_the_schemas_are_held_against_what_is_deployed() {
    let folder = Folder::new("check-deployed")
        .file("avro.toml", "schemas = [\"schemas\"]\n")
        .file("schemas/Hash.avsc", CLEAN);
    let config = avro_codegen::Config::load(folder.path("avro.toml")).unwrap();
    config.freeze(&["a.Hash"], false).unwrap();
    folder
        .run("check")
        .is("", "1 file of avro.toml: no findings\n", 0);

    let folder = folder.file("schemas/Hash.avsc", &CLEAN.replace("16", "20"));
    let said = folder.run("check --format json");
    assert_eq!((codes(&said), said.code), (vec!["AVR101".to_owned()], 1));
    assert_eq!(said.json()[0]["file"], "schemas/Hash.avsc");
    assert_eq!(
        said.json()[0]["related"][0]["file"],
        "avro-history/a.Hash/1.avsc"
    );
    // A file that is named is judged alone.
    folder
        .run("check schemas")
        .is("", "1 file: no findings\n", 0);
}

#[test]
fn without_files_and_manifest_there_is_nothing_to_check() {
    let folder = Folder::new("check-nothing");
    let said = folder.run("check");
    assert_eq!((said.stdout.as_str(), said.code), ("", 2));
    let sentence = "error: no schema is named, and there is no avro.toml in ";
    assert!(said.stderr.starts_with(sentence), "{said:?}");
}
