//! The cases of `goldens/`: a folder each, with schemas and, where it differs from the defaults, an
//! avro.toml. Shared by the build script, which compiles them, and the tests, which compare them.

use std::path::{Path, PathBuf};
use std::{fs, io};

use avro_codegen::{Config, Error, Output};
use avro_model::source::SourceMap;

/// One folder.
pub(crate) struct Case {
    /// The folder's name, and the module's.
    pub(crate) name: String,
    folder: PathBuf,
}

/// All cases, by name; among them the workspace's own manifest, with the schemas of four systems.
pub(crate) fn all(root: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(root.join("goldens"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        cases.push(Case {
            name,
            folder: entry.path(),
        });
    }
    let root = root.join("..");
    cases.push(Case {
        name: "four_systems".to_owned(),
        folder: root,
    });
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

impl Case {
    /// The case's configuration: its avro.toml, or the defaults.
    pub(crate) fn config(&self) -> Result<Config, Error> {
        let manifest = self.folder.join("avro.toml");
        if manifest.is_file() {
            return Config::load(manifest);
        }
        Config::from_toml(manifest, "schemas = [\".\"]\n")
    }

    /// What is generated for the case.
    pub(crate) fn generate(&self) -> Result<Output, Error> {
        let config = self.config()?;
        config.generate(&self.sources(&config)?)
    }

    /// The case's schemas.
    pub(crate) fn sources(&self, config: &Config) -> Result<SourceMap, Error> {
        config.load_sources()
    }
}
