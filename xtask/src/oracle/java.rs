//! Java's Avro, from Maven Central, behind the small program in `xtask/oracle/java`.

use std::process::Command;

use crate::Error;
use crate::java;
pub(super) use crate::java::AVRO;
use crate::maven;
use crate::peer::Peer;
use crate::workspace::{self, Workspace};

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
    let sources = workspace::files(&workspace.root.join("xtask/oracle/java"))?;
    let (classes, jars) = (home.join("classes"), jars.join("*"));
    java::compile(&compiler, &jars, &sources, &classes)?;
    let mut command = Command::new(&java.program);
    command
        // Little memory, no threads besides its own: it shares two cores with this side.
        .args([
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-cp",
        ])
        .arg(java::class_path(&[&classes, &jars])?)
        .arg("Oracle");
    Peer::start(&mut command)
}
