//! The Javas of this machine → the one that a program can run on.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Error, process};

/// The oldest Java that Kafka 4 runs on.
pub(crate) const KAFKA_NEEDS: u32 = 17;

/// The version of Java's Avro that this project is held against.
///
/// 1.12.2 refuses arrays and maps whose items are promoted or have new fields with defaults: it
/// holds the number of items against the bytes that they would take in the reader's schema.
pub(crate) const AVRO: &str = "1.12.1";

/// A Java that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Java {
    /// Its major version: 17, 21, …
    pub(crate) version: u32,
    /// The program.
    pub(crate) program: PathBuf,
}

/// Every Java that JAVA_HOME, PATH and the system's usual folders lead to, oldest first.
pub(crate) fn all() -> Vec<Java> {
    let mut found: Vec<Java> = candidates().into_iter().filter_map(Java::ask).collect();
    // A stable sort: among equals, JAVA_HOME before PATH before what is merely installed.
    found.sort_by_key(|java| java.version);
    found
}

/// The oldest Java of at least this version: the one nearest to what the server was made for.
pub(crate) fn at_least(javas: &[Java], version: u32) -> Option<&Java> {
    javas.iter().find(|java| java.version >= version)
}

/// The Java for Kafka.
///
/// # Errors
///
/// If there is none: names what to install.
pub(crate) fn for_kafka(javas: &[Java]) -> Result<&Java, Error> {
    at_least(javas, KAFKA_NEEDS).ok_or_else(|| {
        let has: Vec<String> = javas.iter().map(|java| java.version.to_string()).collect();
        let has = if has.is_empty() {
            "none".to_owned()
        } else {
            has.join(", ")
        };
        format!(
            "no Java {KAFKA_NEEDS} or newer (looked at JAVA_HOME, PATH and /usr/lib/jvm; found: \
             {has}); Debian and Ubuntu: apt-get install openjdk-{KAFKA_NEEDS}-jre-headless, or \
             default-jre-headless where that is newer"
        )
        .into()
    })
}

/// A Java of at least this version that has its compiler beside it, and that compiler.
///
/// # Errors
///
/// If there is none: names what to install.
pub(crate) fn with_compiler(javas: &[Java], version: u32) -> Result<(&Java, PathBuf), Error> {
    let new_enough = javas.iter().filter(|java| java.version >= version);
    let compiler = |java: &Java| java.program.with_file_name("javac");
    let mut with_compiler = new_enough.map(|java| (java, compiler(java)));
    with_compiler
        .find(|(_, compiler)| compiler.is_file())
        .ok_or_else(|| {
            format!(
                "no Java {version} or newer with its compiler `javac` (looked at JAVA_HOME, PATH and \
                 /usr/lib/jvm); Debian and Ubuntu: apt-get install default-jdk-headless"
            )
            .into()
        })
}

/// Compiles sources into a folder.
///
/// # Errors
///
/// If they do not compile: with what the compiler said.
pub(crate) fn compile(
    compiler: &Path,
    jars: &Path,
    sources: &[PathBuf],
    classes: &Path,
) -> Result<(), Error> {
    let mut command = Command::new(compiler);
    command
        .args(["-encoding", "UTF-8", "-nowarn", "-d"])
        .arg(classes)
        .arg("-cp")
        .arg(jars)
        .args(sources);
    process::run(&mut command)
}

/// Folders and jars as one class path.
///
/// # Errors
///
/// If the name of one has the character between them.
pub(crate) fn class_path(parts: &[&Path]) -> Result<OsString, Error> {
    Ok(env::join_paths(parts)?)
}

impl Java {
    /// Runs it to learn its version; `None` if it does not run.
    fn ask(program: PathBuf) -> Option<Self> {
        let output = Command::new(&program).arg("-version").output().ok()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Some(Self {
            version: version(&said)?,
            program,
        })
    }
}

fn candidates() -> Vec<PathBuf> {
    let java = |folder: &Path| folder.join("java");
    let home = env::var_os("JAVA_HOME").map(|home| java(&Path::new(&home).join("bin")));
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| java(&folder));
    let mut installed: Vec<PathBuf> = fs::read_dir("/usr/lib/jvm")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(java(&entry.ok()?.path().join("bin"))))
        .collect();
    installed.sort();
    home.into_iter()
        .chain(on_path)
        .chain(installed)
        .filter(|program| program.is_file())
        .collect()
}

/// The major version in what `java -version` says; `1.8` is 8.
fn version(said: &str) -> Option<u32> {
    let (_, quoted) = said.split_once("version \"")?;
    let mut numbers = quoted.split(|c: char| !c.is_ascii_digit());
    match numbers.next()?.parse().ok()? {
        1 => numbers.next()?.parse().ok(),
        major => Some(major),
    }
}

#[cfg(test)]
mod tests {
    use super::{Java, at_least, for_kafka, version, with_compiler};

    #[test]
    fn versions_are_read_as_java_says_them() {
        assert_eq!(
            version("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK"),
            Some(17)
        );
        assert_eq!(version("openjdk version \"25\" 2025-09-16"), Some(25));
        assert_eq!(version("openjdk version \"22-ea\" 2024-03-19"), Some(22));
        assert_eq!(version("java version \"1.8.0_402\""), Some(8));
        assert_eq!(version("no java"), None);
    }

    #[test]
    fn the_oldest_that_suffices_is_taken() {
        let java = |version| Java {
            version,
            program: format!("/{version}").into(),
        };
        let javas = [java(11), java(17), java(21), java(25)];
        assert_eq!(at_least(&javas, 17), Some(&javas[1]));
        assert_eq!(at_least(&javas, 26), None);
        let error = for_kafka(&javas[..1]).unwrap_err().to_string();
        assert!(error.contains("found: 11") && error.contains("openjdk-17-jre-headless"));
    }

    #[test]
    fn a_java_without_its_compiler_does_not_compile() {
        let runtime_only = Java {
            version: 99,
            program: "/nowhere/bin/java".into(),
        };
        let error = with_compiler(&[runtime_only], 11).unwrap_err().to_string();
        assert!(error.contains("default-jdk-headless"), "{error}");
    }
}
