//! `compat`: the verdict and its contract.

use serde_json::json;

use crate::run::Folder;

const V1: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "int"},
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#;

/// Reads what V1 wrote, in another unit of time; V1 does not read what it writes.
const V2: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "long"},
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}"#;

/// Does not read what V1 and V2 wrote.
const V3: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "long"},
  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
  {"name": "note", "type": "string"}]}"#;

fn versions(name: &str) -> Folder {
    Folder::new(name)
        .file("v1.avsc", V1)
        .file("v2.avsc", V2)
        .file("v3.avsc", V3)
}

#[test]
fn a_reader_and_a_writer_give_the_contracts_object() {
    let folder = versions("compat-json");
    let said = folder.run("compat --reader v3.avsc --writer v1.avsc --format json");
    assert_eq!(
        said.json(),
        json!({
            "compatible": false,
            "mode": null,
            "incompatibilities": [{
                "type": "READER_FIELD_MISSING_DEFAULT_VALUE",
                "reader_location": "/fields/2",
                "writer_location": "/fields",
                "message": "field `note` of record `shop.Order` has no default, and the writer's record has no such field",
                "notes": ["give `note` a default in the reader's schema"],
                "reader": {"file": "v3.avsc", "line": 4, "column": 12},
                "writer": {"file": "v1.avsc", "line": 1, "column": 28},
                "code": "AVR103",
                "causes": [],
                "direction": "BACKWARD",
                "previous": "v1.avsc",
            }],
            "semantic": [{
                "type": "TIME_UNIT",
                "severity": "error",
                "reader_location": "/fields/1/type",
                "writer_location": "/fields/1/type",
                "message": said.json()["semantic"][0]["message"],
                "notes": said.json()["semantic"][0]["notes"],
                "reader": {"file": "v3.avsc", "line": 3, "column": 26},
                "writer": {"file": "v1.avsc", "line": 3, "column": 26},
                "code": "AVR112",
                "direction": "BACKWARD",
                "previous": "v1.avsc",
            }],
        })
    );
    assert_eq!((said.stderr.as_str(), said.code), ("", 1));
}

#[test]
fn the_exit_code_is_the_verdict_in_every_mode() {
    let folder = versions("compat-modes");
    let previous = "--previous v1.avsc --previous v2.avsc";
    for (words, compatible) in [
        ("--reader v2.avsc --writer v1.avsc", true),
        ("--reader v1.avsc --writer v2.avsc", false),
        ("--new v2.avsc --previous v1.avsc", true),
        ("--new v2.avsc --previous v1.avsc --mode BACKWARD", true),
        ("--new v2.avsc --previous v1.avsc --mode FORWARD", false),
        ("--new v2.avsc --previous v1.avsc --mode FULL", false),
        ("--new v2.avsc --previous v1.avsc --mode NONE", true),
        // The last version counts, and only a transitive mode looks at the first.
        (&format!("--new v2.avsc {previous} --mode FULL"), true),
        (
            &format!("--new v2.avsc {previous} --mode FULL_TRANSITIVE"),
            false,
        ),
        (
            &format!("--new v2.avsc {previous} --mode FORWARD_TRANSITIVE"),
            false,
        ),
        (
            &format!("--new v2.avsc {previous} --mode BACKWARD_TRANSITIVE"),
            true,
        ),
        (&format!("--new v3.avsc {previous} --mode FORWARD"), true),
        (&format!("--new v3.avsc {previous}"), false),
    ] {
        let code = if compatible { 0 } else { 1 };
        for format in ["text", "github"] {
            let said = folder.run(&format!("compat {words} --format {format}"));
            assert_eq!(said.code, code, "{words}: {said:?}");
        }
        let said = folder.run(&format!("compat {words} --format json"));
        assert_eq!(said.json()["compatible"], compatible, "{words}");
        assert_eq!(said.code, code, "{words}");
        let none = said.json()["incompatibilities"]
            .as_array()
            .unwrap()
            .is_empty();
        assert_eq!(none, compatible, "{words}");
    }
}

#[test]
fn each_comparison_of_a_mode_is_in_the_json() {
    let folder = versions("compat-transitive");
    let said = folder.run(
        "compat --new v3.avsc --previous v1.avsc --previous v2.avsc --mode FULL_TRANSITIVE --format json",
    );
    let said = said.json();
    assert_eq!(said["mode"], "FULL_TRANSITIVE");
    let found = said["incompatibilities"].as_array().unwrap().iter();
    let found: Vec<_> = found
        .map(|found| {
            let text = |key| found[key].as_str().unwrap();
            (text("type"), text("direction"), text("previous"))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("READER_FIELD_MISSING_DEFAULT_VALUE", "BACKWARD", "v2.avsc"),
            ("READER_FIELD_MISSING_DEFAULT_VALUE", "BACKWARD", "v1.avsc"),
            ("TYPE_MISMATCH", "FORWARD", "v1.avsc"),
        ]
    );
}

#[test]
fn a_person_reads_the_findings_and_the_verdict() {
    let folder = versions("compat-text");
    let verdict = |words: &str| folder.run(words).shown();
    insta::assert_snapshot!(
        "compat_reader_writer",
        verdict("compat --reader v3.avsc --writer v1.avsc")
    );
    insta::assert_snapshot!(
        "compat_full_transitive",
        verdict(
            "compat --new v2.avsc --previous v1.avsc --previous v1.avsc --mode FULL_TRANSITIVE"
        )
    );
    folder.run("compat --new v2.avsc --previous v2.avsc").is(
        "compatible in mode BACKWARD\n",
        "",
        0,
    );
    folder
        .run("compat --reader v2.avsc --writer v2.avsc")
        .is("compatible\n", "", 0);
}

#[test]
fn annotations_stand_in_the_new_version_whoever_reads() {
    let folder = versions("compat-github");
    let said = folder.run("compat --new v2.avsc --previous v1.avsc --mode FORWARD --format github");
    for line in said.stdout.lines() {
        assert!(line.starts_with("::error file=v2.avsc,line="), "{line}");
    }
    assert_eq!(
        (said.stdout.lines().count(), said.stderr.as_str(), said.code),
        (2, "", 1)
    );
}

#[test]
fn a_change_of_meaning_fails_only_if_denied_and_not_excepted() {
    let folder = versions("compat-semantic").file(
        "excepted.avsc",
        &V2.replace(
            r#""timestamp-micros"}"#,
            r#""timestamp-micros"}, "lint": {"allow": {"AVR112": "nobody reads it yet"}}"#,
        ),
    );
    let old = "--previous v1.avsc";
    assert_eq!(folder.run(&format!("compat --new v2.avsc {old}")).code, 0);
    assert_eq!(
        folder
            .run(&format!("compat --new v2.avsc {old} --deny warnings"))
            .code,
        1
    );
    let said = folder.run(&format!("compat --new excepted.avsc {old} --deny warnings"));
    said.is("compatible in mode BACKWARD\n", "", 0);
    // Programs see it all the same.
    let said = folder.run(&format!("compat --new excepted.avsc {old} --format json"));
    assert_eq!(said.json()["semantic"][0]["type"], "TIME_UNIT");
}

#[test]
fn what_is_deployed_is_read_leniently_and_what_is_new_is_not() {
    let folder = versions("compat-lenient").file("sloppy.avsc", &V1.replace("}]}", "},]}"));
    let compat = |words: &str| folder.run(&format!("compat {words}"));
    assert_eq!(compat("--new v2.avsc --previous sloppy.avsc").code, 0);
    assert_eq!(compat("--reader v2.avsc --writer sloppy.avsc").code, 0);
    let said = compat("--new sloppy.avsc --previous v1.avsc --format json");
    assert_eq!((said.stdout.as_str(), said.code), ("", 1));
    let found: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(found[0]["code"], "AVR002");
    assert_eq!(
        compat("--new sloppy.avsc --previous v1.avsc --lenient").code,
        0
    );
}

#[test]
fn each_side_is_a_set_of_its_own() {
    let money = |size| format!(r#"{{"type": "fixed", "name": "shop.Money", "size": {size}}}"#);
    let order =
        r#"{"type": "record", "name": "shop.Order", "fields": [{"name": "m", "type": "Money"}]}"#;
    let folder = Folder::new("compat-folders")
        .file("new/Order.avsc", order)
        .file("new/Money.avsc", &money(8))
        .file("old/Order.avsc", order)
        .file("old/Money.avsc", &money(4));
    let said = folder.run("compat --new new --previous old --type shop.Order --format json");
    let found = &said.json()["incompatibilities"][0];
    assert_eq!(found["type"], "FIXED_SIZE_MISMATCH");
    assert_eq!(found["reader_location"], "/fields/0/type/size");
    assert_eq!(found["reader"]["file"], "new/Money.avsc");
    assert_eq!(found["writer"]["file"], "old/Money.avsc");
    // The old side is asked for what the new one has, also where nobody names it.
    let said = folder.run("compat --new new --previous old");
    said.is(
        "",
        "error: new: several schemas are read: choose one of them with --type\n  \
         shop.Money\n  shop.Order\n",
        2,
    );
    assert_eq!(
        folder
            .run("compat --new new/Money.avsc --previous old")
            .code,
        1
    );
}

#[test]
fn a_renamed_type_is_compared_with_what_it_was() {
    let old = r#"{"type": "fixed", "name": "Old", "size": 1}"#;
    let other = r#"{"type": "fixed", "name": "Other", "size": 2}"#;
    let new = r#"{"type": "fixed", "name": "New", "size": 1, "aliases": ["Old"]}"#;
    let folder = Folder::new("compat-renamed")
        .file("old/a.avsc", old)
        .file("old/b.avsc", other)
        .file("new.avsc", new);
    folder
        .run("compat --new new.avsc --previous old")
        .is("compatible in mode BACKWARD\n", "", 0);
    // Without the alias it is the only schema, or nothing.
    let said = folder.run("compat --new new.avsc --previous old/b.avsc --format json");
    assert_eq!(said.json()["incompatibilities"][0]["type"], "NAME_MISMATCH");
    let folder = folder.file("new.avsc", r#"{"type": "fixed", "name": "New", "size": 1}"#);
    folder.run("compat --new new.avsc --previous old").is(
        "",
        "error: old: no schema is called `New`; what is read:\n  Old\n  Other\n",
        2,
    );
}

#[test]
fn stdin_is_one_of_the_sides() {
    let folder = versions("compat-stdin");
    let said = folder.pipe(V1, "compat --new v2.avsc --previous - --format json");
    assert_eq!(said.json()["semantic"][0]["writer"]["file"], "<stdin>");
    folder.pipe(V1, "compat --new - --previous -").is(
        "",
        "error: `-` is stdin, which can be read once\n",
        2,
    );
}

#[test]
fn sides_that_do_not_go_together_are_refused() {
    let folder = versions("compat-usage");
    for words in [
        "compat",
        "compat --new v1.avsc",
        "compat --reader v1.avsc",
        "compat --writer v1.avsc",
        "compat --previous v1.avsc",
        "compat --reader v1.avsc --previous v1.avsc",
        "compat --reader v1.avsc --writer v1.avsc --new v1.avsc --previous v1.avsc",
        "compat --reader v1.avsc --writer v1.avsc --mode FULL",
        "compat --new v1.avsc --previous v1.avsc --mode full",
        "compat --new v1.avsc --previous v1.avsc --mode SIDEWAYS",
    ] {
        let said = folder.run(words);
        assert_eq!((said.stdout.as_str(), said.code), ("", 2), "{words}");
        assert!(said.stderr.starts_with("error: "), "{said:?}");
    }
    folder
        .run("compat --new v1.avsc --previous nowhere.avsc")
        .is(
            "",
            "error: cannot read nowhere.avsc: No such file or directory (os error 2)\n",
            2,
        );
}
