//! `breaking`: against the history, a folder, and a revision that Git has.

use std::process::Command;

use serde_json::json;

use crate::run::{Folder, run};

const MANIFEST: &str =
    "schemas = [\"schemas\", \"../shared\"]\n\n[compatibility]\nmode = \"FULL\"\n";
const MONEY: &str = r#"{"type": "record", "name": "shop.Money", "fields": [
  {"name": "cents", "type": "long"}]}"#;
const ORDER: &str = r#"{"type": "record", "name": "shop.Order", "fields": [
  {"name": "id", "type": "long"},
  {"name": "total", "type": "Money"}]}"#;

/// A project in a repository, with a folder of schemas beside it.
fn project(name: &str) -> Folder {
    Folder::new(name)
        .file("shop/Cargo.toml", "[workspace]\n")
        .file("shop/avro.toml", MANIFEST)
        .file("shop/schemas/Order.avsc", ORDER)
        .file("shared/Money.avsc", MONEY)
}

fn git(folder: &Folder, words: &[&str]) {
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let author = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b.c",
        "-c",
        "init.defaultBranch=main",
    ];
    command
        .current_dir(folder.path("."))
        .args(author)
        .args(words);
    let said = run(&mut command, "");
    assert_eq!(said.code, 0, "{said:?}");
}

fn committed(name: &str) -> Folder {
    let folder = project(name);
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "-q", "-m", "a"]);
    folder
}

#[test]
fn a_change_breaks_what_is_deployed() {
    let folder = project("breaking-history");
    let here = |words: &str| folder.run_in("shop", words, "");
    assert_eq!(here("freeze shop.Order").code, 0);
    here("breaking").is("", "no findings\n", 0);
    let folder = folder.file("shared/Money.avsc", &MONEY.replace("long", "int"));
    let here = |words: &str| folder.run_in("shop", words, "");
    let said = here("breaking");
    insta::assert_snapshot!("breaking", said.shown());
    assert_eq!(said.code, 1);
    assert_eq!(here("breaking --mode FORWARD").code, 0);
    assert_eq!(here("breaking --mode NONE").code, 0);
    assert_eq!(here("breaking --class semantic").code, 0);
    let said = here("breaking --class source,json");
    assert!(said.stdout.contains("error[AVR123]"), "{said:?}");
    assert!(said.stdout.contains("error[AVR132]"), "{said:?}");
    assert!(said.stdout.ends_with("\nversion: major\n"), "{said:?}");
}

#[test]
fn a_revision_is_read_by_git() {
    let folder = committed("breaking-git");
    let here = |folder: &Folder, words: &str| folder.run_in("shop", words, "");
    here(&folder, "breaking --against git:HEAD --class all").is(
        "version: patch\n",
        "no findings\n",
        0,
    );
    let folder = folder
        .file("shared/Money.avsc", &MONEY.replace("cents", "pence"))
        .file(
            "shop/schemas/More.avsc",
            r#"{"type": "fixed", "name": "shop.More", "size": 2}"#,
        );
    let said = here(&folder, "breaking --against git:main");
    insta::assert_snapshot!("breaking_git", said.shown());
    let said = here(
        &folder,
        "breaking --against git:main --class source --format json",
    );
    let found = said.json();
    assert_eq!(found["version"], json!("major"), "{found}");
    let codes = found["findings"].as_array().unwrap().iter();
    let codes: Vec<_> = codes
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["AVR131", "AVR137", "AVR133"]);
    assert_eq!(said.code, 1);

    // From anywhere in the repository, and with the manifest of the revision.
    let folder = folder.file(
        "shop/avro.toml",
        "schemas = [\"schemas/*.avsc\", \"../shared\"]\n",
    );
    let elsewhere =
        folder.run("breaking --against git:main --manifest shop/avro.toml --class source");
    assert!(elsewhere.stdout.contains("error[AVR131]"), "{elsewhere:?}");
}

#[test]
fn what_was_deleted_is_missed() {
    let folder = committed("breaking-deleted");
    std::fs::remove_file(folder.path("shop/schemas/Order.avsc")).unwrap();
    let said = folder.run_in("shop", "breaking --against git:main", "");
    assert!(said.stdout.starts_with("error[AVR149]: "), "{said:?}");
    assert!(
        said.stdout
            .contains(" main:/shop/schemas/Order.avsc:1:28\n"),
        "{said:?}"
    );
}

#[test]
fn a_folder_is_a_baseline_too() {
    let folder = project("breaking-folder")
        .file("released/Money.avsc", &MONEY.replace("long", "string"))
        .file("other/avro.toml", "schemas = [\"s\"]\n")
        .file("other/s/Money.avsc", &MONEY.replace("long", "string"))
        .file("other/avro-history/shop.Money/1.avsc", "no schema")
        .file("empty/README.md", "none");
    for against in ["../released", "../other"] {
        let said = folder.run_in("shop", &format!("breaking --against {against}"), "");
        assert_eq!(said.stdout.matches("error[AVR104]").count(), 2, "{said:?}");
    }
    let none = folder.run_in("shop", "breaking --against ../empty", "");
    none.is("", "error: there is no schema in ../empty\n", 2);
}

#[test]
fn what_git_does_not_know_is_said() {
    let folder = committed("breaking-unknown");
    let here = |words: &str| folder.run_in("shop", words, "");
    here("breaking --against git:nowhere").is(
        "",
        "error: `nowhere` is no revision that Git knows here\n",
        2,
    );
    here("breaking --against git:--output=x").is(
        "",
        "error: `--output=x` is no revision that Git knows here\n",
        2,
    );
    assert_eq!(here("breaking --against git:").code, 2);
    assert_eq!(here("breaking --mode full").code, 2);
}
