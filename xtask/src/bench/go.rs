//! Hamba's Avro, from the Go proxy, behind the program in `bench/go`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::{Folders, told_of};
use crate::{Error, process};

/// The name of its results.
pub(super) const NAME: &str = "go";

/// Measured rounds of a row.
const ROUNDS: &str = "41";

/// The module of the library.
const LIBRARY: &str = "github.com/hamba/avro/v2";

/// Go's version.
///
/// # Errors
///
/// If there is none: says what to install.
pub(super) fn version() -> Result<String, Error> {
    process::output(Command::new("go").arg("version")).map_err(|error| {
        format!("{error}; Debian and Ubuntu: apt-get install golang, 1.24 or newer").into()
    })
}

/// The library with its version.
///
/// # Errors
///
/// If `go.mod` does not name it.
pub(super) fn library(bench: &Path) -> Result<String, Error> {
    let path = bench.join("go/go.mod");
    let text = fs::read_to_string(&path).map_err(|error| told_of(&path, &error))?;
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| line.starts_with(LIBRARY));
    Ok(line.ok_or("go.mod does not name the library")?.to_owned())
}

/// Fetches the library, compiles the program and runs it.
///
/// # Errors
///
/// If the machine lacks something, or Go has other bytes than we.
pub(super) fn run(folders: &Folders) -> Result<(), Error> {
    let start = Instant::now();
    let program = folders.home.join("go-peer");
    process::run(
        Command::new("go")
            .args(["build", "-buildvcs=false", "-o"])
            .arg(&program)
            .arg(".")
            .current_dir(folders.bench.join("go")),
    )?;
    let mut command = Command::new(&program);
    let lines = process::output(command.arg(folders.cases()).arg(ROUNDS))?;
    eprintln!("Go: {:.0} s", start.elapsed().as_secs_f64());
    folders.keep(NAME, &lines)
}
