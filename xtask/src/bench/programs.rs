//! The benchmarks in Rust.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use super::{Folders, kafka, told_of};
use crate::workspace::cargo;
use crate::{Error, process};

/// The programs in the order of the page, with what it says of each.
pub(super) const PROGRAMS: [(&str, &str); 9] = [
    ("codec", "Encoding and decoding"),
    ("evolved", "Data of other versions"),
    ("containers", "Container files"),
    ("json", "JSON"),
    (kafka::NAME, "The Kafka client"),
    ("scaling", "Growth with the size of data"),
    ("allocations", "Allocations"),
    ("compiler", "The schema compiler"),
    ("compile_time", "Compile time of generated code"),
];

/// The program that writes what other languages are given.
const CASES: &str = "cases";

/// A program that was built.
pub(super) struct Program {
    pub(super) name: &'static str,
    path: PathBuf,
}

/// Builds every program, and writes the cases. One that is not there is not run: the goals that
/// need it say so.
///
/// # Errors
///
/// If they do not compile.
pub(super) fn build(folders: &Folders) -> Result<Vec<Program>, Error> {
    eprintln!("building the benchmarks");
    let status = cargo()
        .args(["build", "--release", "--bins", "--locked"])
        .current_dir(&folders.bench)
        .status();
    if !status.is_ok_and(|status| status.success()) {
        return Err("the benchmarks do not compile".into());
    }
    let path = |name: &str| folders.bench.join("target/release").join(name);
    let cases = process::output(&mut Command::new(path(CASES)))?;
    let file = folders.cases();
    fs::write(&file, cases).map_err(|error| told_of(&file, &error))?;
    let source = |name: &str| folders.bench.join("src/bin").join(format!("{name}.rs"));
    let programs = PROGRAMS.iter().filter(|(name, _)| source(name).is_file());
    let program = |(name, _): &(&'static str, _)| Program {
        name,
        path: path(name),
    };
    Ok(programs.map(program).collect())
}

impl Program {
    /// Runs it with these variables and keeps what it says.
    ///
    /// # Errors
    ///
    /// If it fails.
    pub(super) fn run(&self, folders: &Folders, variables: &[(&str, &str)]) -> Result<(), Error> {
        let start = Instant::now();
        let mut command = Command::new(&self.path);
        command
            .arg("--json")
            .current_dir(&folders.bench)
            .envs(variables.iter().copied());
        let lines = process::output(&mut command)?;
        eprintln!("{}: {:.0} s", self.name, start.elapsed().as_secs_f64());
        folders.keep(self.name, &lines)
    }
}
