//! Input that comes slowly, and output that nobody reads any more.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use super::folder;
use crate::run::Folder;

fn spawn(folder: &Folder, words: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cargo-avro"))
        .args(words.split(' '))
        .current_dir(folder.path("."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Whoever follows a topic sees each datum when it is there.
#[test]
fn lines_are_answered_while_more_may_come() {
    let folder = folder("data-stream");
    let mut child = spawn(&folder, "decode --writer int.avsc");
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for (hex, json) in [("02\n", "1\n"), ("04\n0", "2\n"), ("6\n", "3\n")] {
        stdin.write_all(hex.as_bytes()).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(line, json);
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Input without an end: what nobody reads is not waited for.
#[test]
fn a_reader_that_goes_away_ends_the_work() {
    let folder = folder("data-gone");
    let mut child = spawn(&folder, "encode --schema int.avsc");
    let mut stdin = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || while stdin.write_all(b"1\n2\n3\n").is_ok() {});
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 6];
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    feeder.join().unwrap();
    let mut stderr = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert_eq!((&first, stderr.as_str()), (b"02\n04\n", ""));
}
