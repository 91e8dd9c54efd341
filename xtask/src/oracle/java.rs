//! Java's Avro, from Maven Central, behind the small program in `xtask/oracle/java`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::peer::Peer;
use crate::Error;
use crate::workspace::Workspace;
use crate::{java, maven, process};

/// The version of Java's Avro that decides.
///
/// 1.12.2 refuses arrays and maps whose items are promoted or have new fields with defaults: it
/// holds the number of items against the bytes that they would take in the reader's schema.
pub(super) const AVRO: &str = "1.12.1";

/// The oldest Java that it runs on.
const NEEDS: u32 = 11;

/// Fetches the library and compiles the program unless that is done, and starts it.
///
/// # Errors
///
/// If the machine lacks something, or the program does not compile.
pub(super) fn start(workspace: &Workspace) -> Result<Peer, Error> {
    let javas = java::all();
    let (java, compiler) = java::with_compiler(&javas, NEEDS)?;
    let home = workspace.target.join("oracle");
    let libraries = [
        ("org.apache.avro", "avro", AVRO),
        // A logger that is silent: it warns of every logical type that it ignores.
        ("org.slf4j", "slf4j-nop", "2.0.17"),
    ];
    let jars = maven::jars(&home.join("dist"), &format!("avro-{AVRO}"), &libraries)?;
    let sources = workspace.root.join("xtask/oracle/java");
    let classes = home.join("classes");
    compile(&compiler, &jars, &sources, &classes)?;
    let mut command = Command::new(&java.program);
    command
        // Little memory, no threads besides its own: it shares two cores with this side.
        .args([
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-cp",
        ])
        .arg(class_path(&[&classes, &jars.join("*")])?)
        .arg("Oracle");
    Peer::start(&mut command)
}

fn compile(compiler: &Path, jars: &Path, sources: &Path, classes: &Path) -> Result<(), Error> {
    let told = |error| format!("{}: {error}", sources.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(sources).map_err(told)? {
        files.push(entry.map_err(told)?.path());
    }
    files.sort();
    let mut command = Command::new(compiler);
    command
        .args(["-encoding", "UTF-8", "-d"])
        .arg(classes)
        .arg("-cp")
        .arg(jars.join("*"))
        .args(files);
    process::run(&mut command)
}

fn class_path(parts: &[&Path]) -> Result<std::ffi::OsString, Error> {
    Ok(std::env::join_paths(parts)?)
}
