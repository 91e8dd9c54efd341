//! A crate in the target folder, for code that is generated to be compiled and thrown away.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::workspace::Workspace;

/// A crate that is written anew, and is no part of the workspace.
#[derive(Debug)]
pub(crate) struct ScratchCrate {
    folder: PathBuf,
}

/// What its Cargo.toml says.
#[derive(Debug)]
pub(crate) struct Manifest<'a> {
    /// The package's name.
    pub(crate) name: &'a str,
    /// Features of avro-runtime besides its own default.
    pub(crate) runtime_features: &'a [&'a str],
    /// What it depends on besides avro-runtime, and what else there is: lines of the manifest.
    pub(crate) rest: &'a str,
}

impl ScratchCrate {
    /// Writes its manifest, and the repository's lock file beside it, so that no version is
    /// resolved anew.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written.
    pub(crate) fn new(
        folder: &Path,
        manifest: &Manifest<'_>,
        workspace: &Workspace,
    ) -> Result<Self, Error> {
        let scratch = Self {
            folder: folder.to_owned(),
        };
        let runtime = workspace.root.join("avro-runtime");
        scratch.put("Cargo.toml", &manifest.text(&runtime))?;
        let lock = workspace.root.join("Cargo.lock");
        let locked = fs::read_to_string(&lock);
        let locked = locked.map_err(|error| format!("{}: {error}", lock.display()))?;
        scratch.put("Cargo.lock", &locked)?;
        Ok(scratch)
    }

    /// Writes a file; one that says the same already stays as it is, so that Cargo sees no change.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub(crate) fn put(&self, path: &str, text: &str) -> Result<(), Error> {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        let told = |error| format!("{}: {error}", path.display());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(told)?;
        }
        Ok(fs::write(&path, text).map_err(told)?)
    }
}

impl Manifest<'_> {
    fn text(&self, runtime: &Path) -> String {
        let Self {
            name,
            runtime_features,
            rest,
        } = self;
        format!(
            "\
[package]
name = \"{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[workspace]

[dependencies]
avro-runtime = {{ path = {runtime:?}, features = {runtime_features:?} }}
{rest}"
        )
    }
}
