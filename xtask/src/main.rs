//! The project's own tasks, as `cargo xtask TASK`: what people and CI run, in one place.
//!
//! Nothing here depends on generated code, so that a broken generated file never blocks the
//! command that writes it anew.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its user"
)]

mod args;
mod bench;
mod ci;
mod codegen;
mod conformance;
mod hex;
mod http;
mod interop;
mod java;
mod kafka;
mod maven;
mod oracle;
mod peer;
mod process;
mod python;
mod schema;
mod scratch;
mod tidy;
mod typed;
mod workspace;

use std::process::ExitCode;

use args::Args;

/// What a task that could not do its work says: a sentence for people.
type Error = Box<dyn std::error::Error>;

/// The outcome of a task: `Ok(true)` if all is well, `Ok(false)` if the task did its work and
/// has shown what is wrong.
type Outcome = Result<bool, Error>;

const USAGE: &str = "\
usage: cargo xtask TASK

  codegen [--check]               write the generated code that is committed;
                                  --check writes nothing, lists what differs, and exits 1
  kafka up | down | status        a real Kafka and a real schema registry on free local ports:
                                  eval \"$(cargo xtask kafka up)\"
  conformance [--corpora DIR]     hold the compiler against its own table, and against the big
                                  tables in DIR
  oracle [--only compat | java | generated | fastavro] [--seed N] [--cases N]
                                  random cases against other implementations: verdicts about
                                  compatibility, and the codec, dynamic and generated
  oracle --only registry          the table about compatibility against the schema registry of
                                  `kafka up`
  interop                         Confluent's client for Python against the embedded registry, producers
                                  and consumers; installs it from PyPI
  bench [--only PROGRAM] [--page] every benchmark beside its peers, and BENCHMARKS.md; --page writes
                                  that of what was measured last
  tidy                            dependency direction, file sizes, stray debug output
  ci                              what .ci/run runs: all of it, with the time of each step
";

fn main() -> ExitCode {
    match run(Args::from_env()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: Args) -> Outcome {
    if args.flag("--help") || args.flag("-h") {
        print!("{USAGE}");
        return Ok(true);
    }
    match args.word().as_deref() {
        Some("kafka") => kafka::run(args),
        Some("ci") => ci::run(args),
        Some("codegen") => codegen::run(args),
        Some("conformance") => conformance::run(args),
        Some("oracle") => oracle::run(args),
        Some("interop") => interop::run(args),
        Some("bench") => bench::run(args),
        Some("tidy") => tidy::run(args),
        Some(other) => Err(format!("there is no task `{other}`\n\n{USAGE}").into()),
        None => Err(format!("which task?\n\n{USAGE}").into()),
    }
}
