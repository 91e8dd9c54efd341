//! Confluent's client for Python as a process: tasks and results as lines of JSON.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// The Python that has the client, made by `cargo xtask interop`.
const PYTHON: &str = "AVRO_INTEROP_PYTHON";

/// The program, if there is one.
pub(crate) fn python() -> Option<OsString> {
    std::env::var_os(PYTHON)
}

pub(crate) struct Peer {
    process: Child,
    tasks: ChildStdin,
    results: BufReader<ChildStdout>,
}

impl Peer {
    pub(crate) fn start(python: &OsStr, servers: &str, registry: &str) -> Self {
        let mut process = Command::new(python)
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/interop/peer.py"
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let tasks = process.stdin.take().unwrap();
        let results = BufReader::new(process.stdout.take().unwrap());
        let mut peer = Self {
            process,
            tasks,
            results,
        };
        peer.put(&json!({ "servers": servers, "registry": registry }));
        peer
    }

    /// Waits for the result, while the runtime's other threads answer what Python asks.
    pub(crate) fn run(&mut self, task: &Value) -> Value {
        tokio::task::block_in_place(|| {
            self.put(task);
            let mut line = String::new();
            self.results.read_line(&mut line).unwrap();
            assert!(!line.is_empty(), "Python ended at {task}: see above");
            serde_json::from_str(&line).unwrap()
        })
    }

    /// What a method of `SchemaRegistryClient` returns for these arguments.
    pub(crate) fn call(&mut self, method: &str, arguments: Value) -> Value {
        self.run(&json!({ "task": "call", "method": method, "arguments": arguments }))
    }

    fn put(&mut self, line: &Value) {
        writeln!(self.tasks, "{line}").unwrap();
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
