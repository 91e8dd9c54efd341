//! A folder with files, and the command that runs in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own, which no avro.toml of the surroundings reaches: it is a workspace.
pub(crate) struct Folder(PathBuf);

/// What a run wrote, and its exit code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

impl Folder {
    /// An empty folder. `name` is the test's own.
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            fs::remove_dir_all(&path).unwrap();
        }
        let folder = Self(path);
        folder.file("Cargo.toml", "[workspace]\n")
    }

    /// Writes a file.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    /// Runs the command here, with words that have no blanks in them.
    pub(crate) fn run(&self, words: &str) -> Said {
        self.run_in(".", words, "")
    }

    /// The same with a text on stdin.
    pub(crate) fn pipe(&self, stdin: &str, words: &str) -> Said {
        self.run_in(".", words, stdin)
    }

    /// The same in a folder below.
    pub(crate) fn run_in(&self, below: &str, words: &str, stdin: &str) -> Said {
        run(&mut self.command(below, words), stdin)
    }

    /// Runs the command with bytes on stdin: what it wrote to stdout and stderr, and its exit code.
    pub(crate) fn pipe_bytes(&self, stdin: &[u8], words: &str) -> (Vec<u8>, String, i32) {
        run_with_bytes(&mut self.command(".", words), stdin)
    }

    fn command(&self, below: &str, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-avro"));
        command
            .args(words.split_whitespace())
            .current_dir(self.path(below))
            .env_remove("NO_COLOR");
        command
    }
}

/// Runs a command with a text on stdin.
pub(crate) fn run(command: &mut Command, stdin: &str) -> Said {
    let (stdout, stderr, code) = run_with_bytes(command, stdin.as_bytes());
    Said {
        stdout: String::from_utf8(stdout).unwrap(),
        stderr,
        code,
    }
}

fn run_with_bytes(command: &mut Command, stdin: &[u8]) -> (Vec<u8>, String, i32) {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // A command that asks for nothing may have ended already.
    let _ = pipe.write_all(stdin);
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    (output.stdout, stderr, output.status.code().unwrap())
}

impl Said {
    /// Everything, for a golden.
    pub(crate) fn shown(&self) -> String {
        let Self {
            stdout,
            stderr,
            code,
        } = self;
        format!("{stdout}----- stderr\n{stderr}----- exit code {code}")
    }

    /// stdout as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    #[track_caller]
    pub(crate) fn is(&self, stdout: &str, stderr: &str, code: i32) {
        let expected = Self {
            stdout: stdout.to_owned(),
            stderr: stderr.to_owned(),
            code,
        };
        assert_eq!(*self, expected);
    }
}
