//! `cargo xtask codegen [--check]`: the generated code that is committed.

use std::path::Path;

use avro_codegen::{Config, Drift, MANIFEST, find_committed};

use crate::args::Args;
use crate::workspace::Workspace;
use crate::{Error, Outcome};

/// The command that mends what `--check` finds.
const COMMAND: &str = "cargo xtask codegen";

/// Writes, or checks, the output of every manifest of the workspace that has one. One without is
/// its build script's business, even where it is wrong.
///
/// # Errors
///
/// If a folder cannot be read, or no manifest has an output. What is wrong with manifests and schemas is shown, all of it.
pub(crate) fn run(mut args: Args) -> Outcome {
    let check_only = args.flag("--check");
    args.finish()?;
    let workspace = Workspace::load()?;
    let manifests = find_committed(&workspace.root)?;
    if manifests.is_empty() {
        return Err(format!("no {MANIFEST} of the workspace has an `output`").into());
    }
    let mut failures = Vec::new();
    let mut drifts = Vec::new();
    for manifest in &manifests {
        let done = match check_only {
            true => check(manifest).map(|found| drifts.extend(found)),
            false => write(manifest, &workspace),
        };
        failures.extend(done.err().map(|error| error.to_string()));
    }
    if !failures.is_empty() {
        eprintln!("{}", failures.join("\n"));
        return Ok(false);
    }
    for drift in &drifts {
        print!("{}", drift.describe(&workspace.shown(&drift.path)));
    }
    if !drifts.is_empty() {
        println!("generated code is not up to date: run `{COMMAND}`");
    }
    println!("codegen: manifests with an output: {}", manifests.len());
    Ok(drifts.is_empty())
}

fn load(path: &Path) -> Result<Config, Error> {
    Config::load(path).map_err(|error| rendered(&error))
}

fn write(manifest: &Path, workspace: &Workspace) -> Result<(), Error> {
    let written = load(manifest)?.write().map_err(|error| rendered(&error))?;
    for path in written {
        println!("{}", workspace.shown(&path));
    }
    Ok(())
}

fn check(manifest: &Path) -> Result<Vec<Drift>, Error> {
    load(manifest)?.check().map_err(|error| rendered(&error))
}

fn rendered(error: &avro_codegen::Error) -> Error {
    error.render(false).into()
}
