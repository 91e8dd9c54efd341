//! Java's Avro, from Maven Central, behind the program in `bench/java`.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::{Folders, told_of};
use crate::{Error, java, maven, process, workspace};

/// The name of its results.
pub(super) const NAME: &str = "java";

/// The oldest Java that the program runs on.
const NEEDS: u32 = 17;

/// Measured rounds of a row.
const ROUNDS: &str = "21";

/// What Java can be asked for: generated coders, plain ones, readers made of closures. Strings are
/// `String`s, as programs have them, or bytes that nobody has looked at yet.
const CUSTOM: &str = "custom coders";
const PLAIN: &str = "plain";
const FAST: &str = "fastread";
const CUSTOM_UTF8: &str = "custom coders, Utf8";

/// The kinds of cases, and the ways that each is measured in.
const KINDS: [(&str, &[&str]); 3] = [
    ("records", &[CUSTOM, PLAIN, FAST, CUSTOM_UTF8]),
    ("versions", &[CUSTOM, FAST]),
    ("files", &[CUSTOM, PLAIN, FAST, CUSTOM_UTF8]),
];

/// The types that strings can have, by their names in Java.
const STRINGS: [&str; 2] = ["String", "Utf8"];

/// Its version.
///
/// # Errors
///
/// If there is none.
pub(super) fn version() -> Result<String, Error> {
    let javas = java::all();
    let (java, _) = java::with_compiler(&javas, NEEDS)?;
    let mut command = Command::new(&java.program);
    let said = process::output(command.arg("--version"))?;
    Ok(said.lines().next().unwrap_or_default().to_owned())
}

/// Fetches the library, generates and compiles what is needed, and measures every case in a process
/// of its own.
///
/// # Errors
///
/// If the machine lacks something, or Java has other bytes than we.
pub(super) fn run(folders: &Folders) -> Result<(), Error> {
    let start = Instant::now();
    let javas = java::all();
    let (java, compiler) = java::with_compiler(&javas, NEEDS)?;
    let compiled = compile(folders, &java.program, &compiler)?;
    let mut lines = String::new();
    for (kind, count) in counts(&folders.cases())? {
        let ways = KINDS.iter().find(|(name, _)| *name == kind);
        for way in ways.map_or(&[][..], |(_, ways)| ways) {
            let class_path = &compiled[usize::from(way.ends_with(STRINGS[1]))];
            for index in 0..count {
                let mut command = program(&java.program, class_path, "Peer");
                command
                    .arg(folders.cases())
                    .args([&*kind, &index.to_string(), way, ROUNDS]);
                lines += &process::output(&mut command)?;
            }
        }
    }
    eprintln!("Java: {:.0} s", start.elapsed().as_secs_f64());
    folders.keep(NAME, &lines)
}

/// How many cases of each kind there are.
fn counts(cases: &Path) -> Result<Vec<(String, usize)>, Error> {
    let text = fs::read_to_string(cases).map_err(|error| told_of(cases, &error))?;
    let cases: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    let count =
        |(kind, cases): (String, serde_json::Value)| (kind, cases.as_array().map_or(0, Vec::len));
    Ok(cases.into_iter().map(count).collect())
}

/// The class path of everything compiled, for either type of strings.
fn compile(folders: &Folders, java: &Path, compiler: &Path) -> Result<[OsString; 2], Error> {
    let libraries = [
        ("org.apache.avro", "avro-compiler", java::AVRO),
        ("org.slf4j", "slf4j-nop", "2.0.17"),
    ];
    let dist = folders.home.join("dist");
    let jars = maven::jars(&dist, &format!("avro-compiler-{}", java::AVRO), &libraries)?;
    let jars = jars.join("*");
    let home = folders.home.join("java");
    if home.exists() {
        fs::remove_dir_all(&home).map_err(|error| told_of(&home, &error))?;
    }
    let sources = folders.bench.join("java");
    let generator = home.join("generator");
    java::compile(
        compiler,
        &jars,
        &[sources.join("Generate.java")],
        &generator,
    )?;
    let generator = java::class_path(&[&generator, &jars])?;
    let compiled = |strings: &str| -> Result<OsString, Error> {
        let generated = home.join(format!("generated-{strings}"));
        fs::create_dir_all(&generated).map_err(|error| told_of(&generated, &error))?;
        process::run(
            program(java, &generator, "Generate")
                .arg(folders.cases())
                .arg(&generated)
                .arg(strings),
        )?;
        let mut files: Vec<PathBuf> = workspace::files(&generated)?;
        files.extend(["Peer.java", "Measure.java"].map(|name| sources.join(name)));
        let classes = home.join(format!("classes-{strings}"));
        java::compile(compiler, &jars, &files, &classes)?;
        java::class_path(&[&classes, &jars])
    };
    let [string, utf8] = STRINGS.map(compiled);
    Ok([string?, utf8?])
}

fn program(java: &Path, class_path: &OsStr, class: &str) -> Command {
    let mut command = Command::new(java);
    command
        // The collector whose barriers cost least.
        .args(["-Xmx512m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"])
        .arg("-cp")
        .arg(class_path)
        .arg(class);
    command
}
