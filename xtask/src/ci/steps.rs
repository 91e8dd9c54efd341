//! The steps that are one call of Cargo each.
//!
//! All of them build in the same target folder with the same profile and without RUSTFLAGS, so
//! that nothing is compiled twice for a difference in flags; warnings are denied where clippy and
//! rustdoc look, by arguments that reach the workspace's own crates only.

use std::path::Path;

use super::summary::End;
use crate::Error;
use crate::workspace::cargo;

/// One call of Cargo.
#[derive(Debug)]
pub(super) struct Step {
    /// Its name in the summary.
    pub(super) name: &'static str,
    /// Cargo's arguments.
    args: &'static [&'static str],
    /// Environment beside that of this process.
    environment: &'static [(&'static str, &'static str)],
    /// Where it runs, from the repository's root.
    folder: &'static str,
}

impl Step {
    const fn new(name: &'static str, args: &'static [&'static str]) -> Self {
        Self {
            name,
            args,
            environment: &[],
            folder: ".",
        }
    }

    const fn with(mut self, environment: &'static [(&'static str, &'static str)]) -> Self {
        self.environment = environment;
        self
    }

    /// Runs it, its output passed on.
    ///
    /// # Errors
    ///
    /// If Cargo does not start.
    pub(super) fn run(&self, root: &Path, servers: &[(&str, String)]) -> Result<End, Error> {
        println!("cargo {}", self.args.join(" "));
        let mut command = cargo();
        command.args(self.args).current_dir(root.join(self.folder));
        // Only the steps that ask for them see servers, whatever this process was started with.
        for name in ["KAFKA_BOOTSTRAP_SERVERS", "KAFKA_SCHEMA_REGISTRY_URL"] {
            command.env_remove(name);
        }
        command
            .env_remove(INTEGRATION)
            .envs(self.environment.iter().copied());
        for (name, value) in servers {
            command.env(name, value);
        }
        let status = command
            .status()
            .map_err(|error| format!("cargo does not start in {}: {error}", self.folder))?;
        Ok(if status.success() {
            End::Passed
        } else {
            End::Failed
        })
    }
}

/// Makes the Kafka tests run on real servers, and fail where they would skip.
const INTEGRATION: &str = "RUN_KAFKA_INTEGRATION_TESTS";

/// What needs no server.
pub(super) const CHECKS: [Step; 8] = [
    Step::new("fmt", &["fmt", "--all", "--check"]),
    Step::new(
        "clippy",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ),
    // Tests switch features on; without any, other code is left unused.
    Step::new(
        "clippy: no features",
        &[
            "clippy",
            "-p",
            "avro-runtime",
            "--no-default-features",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ),
    Step::new("docs", &["doc", "--workspace", "--no-deps", "--locked"])
        .with(&[("RUSTDOCFLAGS", "-D warnings")]),
    Step::new("README: tests", &["test", "--workspace"]),
    Step::new("codegen --check", &["xtask", "codegen", "--check"]),
    Step::new("tidy", &["xtask", "tidy"]),
    Step::new("README: example", &["run", "-p", "generated-example"]),
];

/// What runs on a real Kafka and a real registry.
pub(super) const ON_KAFKA: [Step; 3] = [
    Step::new(
        "tests on real servers",
        &[
            "test",
            "-p",
            "avro-registry",
            "-p",
            "avro-kafka",
            "-p",
            "avro-tests",
            "-p",
            "generated-example",
        ],
    )
    .with(&[(INTEGRATION, "1")]),
    Step::new(
        "example on real servers",
        &["run", "-p", "generated-example"],
    ),
    Step::new(
        "oracle: registry",
        &["xtask", "oracle", "--only", "registry"],
    ),
];

/// The project's own tables.
pub(super) const CONFORMANCE: Step =
    Step::new("conformance: own tables", &["xtask", "conformance"]);

/// Other implementations, on random cases.
pub(super) const ORACLE: Step = Step::new("oracle", &["xtask", "oracle"]);

/// Confluent's client for Python, both ways.
pub(super) const INTEROP: Step = Step::new("interop", &["xtask", "interop"]);

/// The big tables, beside the checkout.
pub(super) const CORPORA: Step = Step::new(
    "conformance: corpora",
    &["xtask", "conformance", "--corpora", "../shared/corpora"],
);

/// The benchmarks, a workspace of their own, still compile.
pub(super) const BENCH: Step = Step {
    name: "bench compiles",
    args: &["check", "--all-targets"],
    environment: &[],
    folder: "bench",
};

/// So do the programs of libFuzzer, whose functions the tests run.
pub(super) const FUZZ: Step = Step {
    name: "fuzz compiles",
    args: &["check", "--bins", "--locked"],
    environment: &[],
    folder: "fuzz",
};
