//! How the command is called, and what becomes of its output.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use crate::run::{Folder, run};

#[test]
fn the_word_that_cargo_inserts_makes_no_difference() {
    let folder = Folder::new("invocation").file("a.avsc", "\"int\"");
    for words in [
        "canonical a.avsc",
        "--help",
        "check --help",
        "nothing",
        "check nowhere",
    ] {
        let inserted = folder.run(&format!("avro {words}"));
        assert_eq!(inserted, folder.run(words), "{words}");
    }
    let version = concat!("cargo-avro ", env!("CARGO_PKG_VERSION"), "\n");
    folder.run("avro --version").is(version, "", 0);
}

/// Cargo finds the program on the path by its name.
#[test]
fn cargo_finds_the_command() {
    let folder = Folder::new("invocation-cargo").file("a.avsc", "\"int\"");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_cargo-avro"));
    let mut paths = vec![program.parent().unwrap().to_owned()];
    paths.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["avro", "canonical", "a.avsc"])
        .env("PATH", std::env::join_paths(paths).unwrap())
        .current_dir(folder.path("."));
    run(&mut cargo, "").is("\"int\"\n", "", 0);
}

/// More than a pipe holds, of which the first line is read.
#[test]
fn a_reader_that_goes_away_is_no_panic_and_no_error() {
    let enums: String = (0..4000)
        .map(|n| format!("{{\"type\": \"enum\", \"name\": \"E{n}\", \"symbols\": []}},\n"))
        .collect();
    let text = format!("[{}\"null\"]", enums);
    let folder = Folder::new("invocation-pipe").file("a.avsc", &text);
    for words in [
        "lint a.avsc --format json",
        "canonical a.avsc",
        "completions bash",
        "lint a.avsc",
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-avro"))
            .args(words.split(' '))
            .current_dir(folder.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = Vec::new();
        Read::by_ref(&mut stdout)
            .take(10)
            .read_until(b'\n', &mut line)
            .unwrap();
        drop(stdout);
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{words}: {stderr}");
        assert!(
            !stderr.contains("panic") && !stderr.contains("error"),
            "{stderr}"
        );
    }
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let folder = Folder::new("invocation-colour").file("a.avsc", "3");
    let colored = |words: &str| folder.run(words).stdout.contains('\u{1b}');
    assert!(!colored("check a.avsc"));
    assert!(!colored("check a.avsc --color auto"));
    assert!(!colored("check a.avsc --color never"));
    assert!(colored("check a.avsc --color always"));
    assert!(colored("--color always check a.avsc"));
    assert!(!colored("check a.avsc --color always --format json"));
    assert!(!colored("check a.avsc --color always --format github"));
    // NO_COLOR speaks of the default.
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-avro"));
    command
        .args(["check", "a.avsc", "--color", "always"])
        .env("NO_COLOR", "1")
        .current_dir(folder.path("."));
    assert!(run(&mut command, "").stdout.contains('\u{1b}'));
}

#[test]
fn every_shell_has_completions() {
    let folder = Folder::new("invocation-completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let said = folder.run(&format!("completions {shell}"));
        assert_eq!((said.stderr.as_str(), said.code), ("", 0), "{shell}");
        for word in ["cargo-avro", "fingerprint", "algorithm"] {
            assert!(said.stdout.contains(word), "{shell} {word}");
        }
    }
    assert_eq!(folder.run("completions tcsh").code, 2);
}
