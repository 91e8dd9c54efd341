//! `diff`: what changed, for people and for programs.

use serde_json::json;

use crate::run::Folder;

const OLD: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "int"},
  {"name": "sum", "type": "double", "doc": "all of it"},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "OLD"]}}]}"#;
const NEW: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "note", "type": ["null", "string"], "default": null},
  {"name": "id", "type": "long"},
  {"name": "total", "type": "double", "doc": "all \"of\" it", "aliases": ["sum"]},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW"]}}]}"#;

fn folder(name: &str) -> Folder {
    Folder::new(name)
        .file("old/Order.avsc", OLD)
        .file(
            "old/Gone.avsc",
            r#"{"type": "fixed", "name": "Gone", "size": 1}"#,
        )
        .file("new/Order.avsc", NEW)
        .file(
            "new/list.avsc",
            r#"{"type": "array", "items": "shop.Order"}"#,
        )
}

#[test]
fn a_person_reads_what_changed() {
    let folder = folder("diff-text");
    insta::assert_snapshot!("diff", folder.run("diff old new").shown());
    insta::assert_snapshot!(
        "diff_in_colour",
        folder.run("diff old new --color always").stdout
    );
    folder.run("diff old old").is("", "no differences\n", 0);
}

#[test]
fn a_program_reads_what_changed() {
    let folder = folder("diff-json");
    let said = folder.run("diff old new --type shop.State --format json");
    assert_eq!(
        said.json(),
        json!([{
            "name": "shop.State", "kind": "enum", "change": "changed",
            "old": {"file": "old/Order.avsc", "line": 4, "column": 54},
            "new": {"file": "new/Order.avsc", "line": 5, "column": 54},
            "changes": [{
                "part": "symbol", "name": "OLD", "change": "removed",
                "old": {"file": "old/Order.avsc", "line": 4, "column": 82}, "new": null,
                "message": "symbol `OLD`",
            }],
        }])
    );
    let said = folder.run("diff old new --format json");
    let said = said.json();
    let of = |key: &str| -> Vec<String> {
        let schemas = said.as_array().unwrap().iter();
        schemas
            .map(|schema| schema[key].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(of("name"), ["Gone", "list", "shop.Order", "shop.State"]);
    assert_eq!(of("change"), ["removed", "added", "changed", "changed"]);
    let changes = &said[2]["changes"];
    let whats: Vec<_> = changes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["change"].as_str().unwrap())
        .collect();
    assert_eq!(whats, ["added", "changed", "renamed", "changed"]);
    assert_eq!(changes[0]["type"], "union { null, string }");
    assert_eq!(changes[0]["default"], "null");
    assert_eq!(changes[1]["from"], "int");
    assert_eq!(changes[1]["to"], "long");
    assert_eq!(changes[2]["from"], "sum");
    assert_eq!(changes[3]["attribute"], "doc");
    assert_eq!(folder.run("diff old old --format json").stdout, "[]\n");
}

#[test]
fn every_change_is_a_notice_on_github() {
    let folder = folder("diff-github");
    let said = folder.run("diff old new --type shop.State --format github");
    said.is(
        "::notice file=old/Order.avsc,line=4,col=82::enum shop.State: - symbol `OLD`\n",
        "",
        0,
    );
}

#[test]
fn a_side_may_be_stdin_and_is_read_leniently() {
    let folder = folder("diff-stdin");
    let said = folder.pipe(&OLD.replace("}}]}", "}},]}"), "diff - old/Order.avsc");
    said.is("", "no differences\n", 0);
    assert_eq!(folder.run("diff - -").code, 2);
    let said = folder.pipe("{", "diff - old");
    assert_eq!((said.stdout.as_str(), said.code), ("", 1));
    assert!(said.stderr.starts_with("error[AVR001]: "), "{said:?}");
    assert_eq!(folder.run("diff old nowhere").code, 2);
    assert_eq!(folder.run("diff old new --type shop.None").code, 2);
}
