//! The repository as Cargo describes it: its root, its target folder, its packages, its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::Error;

/// What `cargo metadata --no-deps` says.
#[derive(Debug, Deserialize)]
pub(crate) struct Workspace {
    /// The repository's root.
    #[serde(rename = "workspace_root")]
    pub(crate) root: PathBuf,
    /// Where Cargo builds.
    #[serde(rename = "target_directory")]
    pub(crate) target: PathBuf,
    /// The members.
    pub(crate) packages: Vec<Package>,
}

/// One member.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// What it declares to depend on, tests and build script included.
    pub(crate) dependencies: Vec<Dependency>,
}

/// One line of a member's dependencies.
#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    /// The package depended on.
    pub(crate) name: String,
    /// `None` for an ordinary one, else `dev` or `build`.
    pub(crate) kind: Option<String>,
    /// Whether only a feature brings it.
    pub(crate) optional: bool,
}

impl Workspace {
    /// Asks Cargo.
    ///
    /// # Errors
    ///
    /// If Cargo does not run, or a manifest is wrong.
    pub(crate) fn load() -> Result<Self, Error> {
        let output = cargo()
            .args(["metadata", "--no-deps", "--format-version=1"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .map_err(|error| format!("cargo does not run: {error}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("cargo metadata failed: {}", said.trim()).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The path as people know it: from the repository's root, with forward slashes.
    pub(crate) fn shown(&self, path: &Path) -> String {
        shown(&self.root, path)
    }
}

/// The Cargo that runs this task.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Every file under a folder that is the project's own, sorted: hidden folders, what Cargo builds
/// and links are left out.
///
/// # Errors
///
/// If a folder cannot be read.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let entry = entry.map_err(|error| format!("{}: {error}", folder.display()))?;
        let kind = entry.file_type()?;
        if kind.is_dir() && !is_foreign(&entry.path()) {
            collect(&entry.path(), found)?;
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// A hidden folder, or one that Cargo builds in, whatever its name.
fn is_foreign(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name == "target" || folder.join("CACHEDIR.TAG").exists()
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}
