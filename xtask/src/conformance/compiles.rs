//! Schema files → generated code that compiles, as strictly as a user may have it.
//!
//! All files become one crate in the target folder, a module and a source file each, so that an
//! error of the compiler names the schema file that it comes from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use avro_codegen::Config;
use avro_model::SourceMap;
use serde::Deserialize;

use super::table::{Case, Table};
use crate::Error;
use crate::scratch::{Manifest, ScratchCrate};
use crate::workspace::{Workspace, cargo};

/// What is generated together: one schema file, or files that refer to each other.
pub(super) struct Unit {
    /// What the table calls it.
    pub(super) id: String,
    /// The files, under the names that findings show, with their texts.
    pub(super) files: Vec<(PathBuf, String)>,
}

/// Generates and compiles every unit.
///
/// # Errors
///
/// If the crate cannot be written, or Cargo not be run.
pub(super) fn table(name: &str, units: Vec<Unit>, workspace: &Workspace) -> Result<Table, Error> {
    let folder = workspace.target.join("conformance").join(name);
    let generated: Vec<Result<String, String>> = units.iter().map(generate).collect();
    let code = generated.iter().map(|code| code.as_deref().ok());
    write(&folder, code, workspace)?;
    let errors = check(&folder, &workspace.target)?;
    let mut cases = Vec::with_capacity(units.len());
    for (index, (unit, generated)) in units.into_iter().zip(generated).enumerate() {
        let outcome = match (generated, errors.of(index)) {
            (Err(why), _) => Err(format!("is not generated: {why}")),
            (Ok(_), Some(error)) => Err(format!("does not compile: {error}")),
            (Ok(_), None) => Ok(()),
        };
        cases.push(Case {
            id: unit.id,
            outcome,
        });
    }
    match errors.elsewhere {
        Some(error) => Err(format!("{}: {error}", folder.display()).into()),
        None => Ok(Table::new(name, cases)),
    }
}

/// The code of one unit, JSON and all.
fn generate(unit: &Unit) -> Result<String, String> {
    let mut sources = SourceMap::new();
    for (path, text) in &unit.files {
        let added = sources.add(path, text.as_str());
        added.map_err(|_| format!("{} is too large", path.display()))?;
    }
    let config = Config::new().json(true);
    let output = config
        .generate(&sources)
        .map_err(|error| error.to_string())?;
    let texts: Vec<&str> = output.files.iter().map(|file| file.text.as_str()).collect();
    Ok(texts.concat())
}

/// What the crate denies is what `tests/src/lib.rs` denies.
const ROOT: &str = "\
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub)]
//! Code generated from many schema files, a module each.
";

/// Writes the crate.
fn write<'a>(
    folder: &Path,
    code: impl Iterator<Item = Option<&'a str>>,
    workspace: &Workspace,
) -> Result<(), Error> {
    let manifest = Manifest {
        name: "avro-conformance",
        runtime_features: &[],
        rest: "",
    };
    let scratch = ScratchCrate::new(folder, &manifest, workspace)?;
    let mut root = ROOT.to_owned();
    for (index, code) in code.enumerate() {
        let Some(code) = code else {
            continue;
        };
        let module = module(index);
        root.push_str(&format!(
            "/// See the sources in its head.\npub mod {module};\n"
        ));
        scratch.put(&format!("src/{module}.rs"), code)?;
    }
    scratch.put("src/lib.rs", &root)
}

fn module(index: usize) -> String {
    format!("unit_{index:04}")
}

/// What the compiler says, by unit.
#[derive(Debug, Default)]
struct Errors {
    units: BTreeMap<String, String>,
    /// An error in no unit: something else is wrong.
    elsewhere: Option<String>,
}

impl Errors {
    fn of(&self, index: usize) -> Option<&str> {
        self.units.get(&module(index)).map(String::as_str)
    }

    /// Takes the first error of each unit.
    fn add(&mut self, message: Message) {
        if message.level != "error" {
            return;
        }
        let file = message.spans.iter().find(|span| span.is_primary);
        let stem = file.and_then(|span| Path::new(&span.file_name).file_stem());
        match stem.map(|stem| stem.to_string_lossy().into_owned()) {
            Some(unit) if unit.starts_with("unit_") => {
                self.units.entry(unit).or_insert(message.message);
            }
            _ if message.spans.is_empty() => {}
            _ => self.elsewhere = Some(message.message),
        }
    }
}

/// One line of `--message-format=json`.
#[derive(Debug, Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Debug, Deserialize)]
struct Message {
    level: String,
    message: String,
    spans: Vec<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    file_name: String,
    is_primary: bool,
}

/// Lets the compiler look at the crate, in the repository's own target folder.
fn check(folder: &Path, target: &Path) -> Result<Errors, Error> {
    let output = cargo()
        .args(["check", "--quiet", "--message-format=json", "--target-dir"])
        .arg(target)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("cargo does not run: {error}"))?;
    let errors = errors(&output.stdout)?;
    let told = !errors.units.is_empty() || errors.elsewhere.is_some();
    if !output.status.success() && !told {
        return Err(said(&output).into());
    }
    Ok(errors)
}

fn errors(lines: &[u8]) -> Result<Errors, Error> {
    let mut errors = Errors::default();
    for line in String::from_utf8_lossy(lines).lines() {
        let line: Line = serde_json::from_str(line)?;
        if let Some(message) = line.message {
            errors.add(message);
        }
    }
    Ok(errors)
}

fn said(output: &Output) -> String {
    format!(
        "cargo check failed: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    )
}
