//! `cargo xtask interop`: Confluent's client for Python against the embedded registry and this
//! project's producers and consumers, both ways.
//!
//! The tests are those of `avro-kafka/tests/interop`, which do nothing without Python. Here nothing
//! is ever skipped: a machine without Python or without the packages is an error.

use std::fs;

use crate::args::Args;
use crate::workspace::{Workspace, cargo};
use crate::{Error, Outcome, python};

/// Tells the tests which Python has the client.
const PYTHON: &str = "AVRO_INTEROP_PYTHON";

/// Installs the client and runs the tests.
///
/// # Errors
///
/// If Python or the client cannot be had, or Cargo does not start.
pub(crate) fn run(args: Args) -> Outcome {
    args.finish()?;
    let workspace = Workspace::load()?;
    let list = workspace.root.join("xtask/interop/requirements.txt");
    let requirements = fs::read_to_string(&list)
        .map_err(|error| Error::from(format!("{}: {error}", list.display())))?;
    let place = workspace.target.join("interop/python");
    let python = python::environment(&place, &requirements)?;
    let status = cargo()
        .args(["test", "-p", "avro-kafka", "--test", "interop"])
        .env(PYTHON, python)
        .current_dir(&workspace.root)
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    Ok(status.success())
}
