//! `explain`: what a code means.

use std::fs;
use std::path::Path;

use crate::run::Folder;

#[test]
fn a_code_is_explained_as_the_documentation_has_it() {
    let folder = Folder::new("explain");
    let said = folder.run("explain AVR070");
    insta::assert_snapshot!("explain", said.shown());
    assert_eq!(folder.run("explain avr070"), said);
    let text = said.stdout.split_once("\n\n").unwrap().1;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let document = fs::read_to_string(root.join("docs/diagnostics.md")).unwrap();
    assert!(document.contains(text));
}

#[test]
fn programs_get_the_table() {
    let folder = Folder::new("explain-json");
    let said = folder.run("explain --format json").json();
    let all = said.as_array().unwrap();
    let one = folder.run("explain AVR043 --format json").json();
    assert!(all.contains(&one));
    assert_eq!(one["severity"], "lint");
    assert_eq!(one["category"], "basic");
    let listed = folder.run("explain");
    assert_eq!(listed.stdout.lines().count(), all.len());
    assert!(
        listed
            .stdout
            .contains("AVR043  lint     basic     enum without a default\n")
    );
}

#[test]
fn a_code_that_is_none_is_a_wrong_call() {
    Folder::new("explain-none").run("explain AVR999").is(
        "",
        "error: no finding has the code `AVR999`; `cargo avro explain` lists all codes\n",
        2,
    );
}
