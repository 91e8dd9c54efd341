//! The help of every command, as goldens.

use crate::run::Folder;

const COMMANDS: [&str; 14] = [
    "breaking",
    "bundle",
    "canonical",
    "check",
    "compat",
    "completions",
    "decode",
    "diff",
    "encode",
    "explain",
    "fingerprint",
    "freeze",
    "generate",
    "lint",
];

#[test]
fn every_command_has_help_with_examples() {
    let folder = Folder::new("help");
    for command in COMMANDS {
        let said = folder.run(&format!("{command} --help"));
        assert_eq!((said.stderr.as_str(), said.code), ("", 0), "{command}");
        assert!(said.stdout.contains("\nExamples:\n"), "{command}");
        let short = folder.run(&format!("{command} -h"));
        assert_eq!(short, said, "{command}");
        insta::assert_snapshot!(format!("help_{command}"), said.stdout);
    }
}

#[test]
fn the_help_names_every_command() {
    let said = Folder::new("help-all").run("--help");
    assert_eq!((said.stderr.as_str(), said.code), ("", 0));
    let listed = said.stdout.lines();
    let listed = listed.skip_while(|line| *line != "Commands:").skip(1);
    let mut listed: Vec<&str> = listed
        .map_while(|line| line.split_whitespace().next())
        .collect();
    listed.sort_unstable();
    assert_eq!(listed, COMMANDS);
    insta::assert_snapshot!("help", said.stdout);
}

#[test]
fn a_command_that_is_none_is_a_wrong_call() {
    let folder = Folder::new("help-none");
    insta::assert_snapshot!("unknown_command", folder.run("chekc").shown());
    assert_eq!(folder.run("").code, 2);
    assert_eq!(folder.run("check --forma json").code, 2);
    assert_eq!(folder.run("check --format xml").code, 2);
}
