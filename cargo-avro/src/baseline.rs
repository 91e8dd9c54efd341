//! What schemas are compared with: a revision of them that Git has, or a folder.

mod git;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use avro_codegen::{Config, MANIFEST, Revision};
use avro_model::SourceMap;
use avro_model::load::load_into;
use avro_model::source::FileId;

use crate::stop::Stop;

/// What stands after `--against`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Baseline {
    /// `git:main`: the schemas as of that revision, as the manifest of that revision has them.
    Git(String),
    /// The schemas in a folder; those that its manifest names, if it has one.
    Folder(PathBuf),
}

impl FromStr for Baseline {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.strip_prefix("git:") {
            Some("") => Err("name a revision: git:main".to_owned()),
            Some(revision) => Ok(Self::Git(revision.to_owned())),
            None => Ok(Self::Folder(PathBuf::from(text))),
        }
    }
}

impl Baseline {
    /// Loads the schemas into the map.
    ///
    /// # Errors
    ///
    /// If they cannot be read, or there is none.
    pub(crate) fn load(&self, config: &Config, sources: &mut SourceMap) -> Result<Revision, Stop> {
        let revision = match self {
            Self::Git(revision) => git::load(revision, config, sources)?,
            Self::Folder(folder) => in_folder(folder, config, sources)?,
        };
        match revision.files.is_empty() {
            true => Err(Stop::usage(format!(
                "there is no schema in {}",
                revision.name
            ))),
            false => Ok(revision),
        }
    }
}

fn in_folder(folder: &Path, config: &Config, sources: &mut SourceMap) -> Result<Revision, Stop> {
    let manifest = folder.join(MANIFEST);
    let (config, inputs) = match manifest.is_file() {
        true => {
            let config = Config::load(&manifest)?;
            let inputs = config.inputs();
            (config, inputs)
        }
        false => (config.clone(), vec![folder.to_owned()]),
    };
    let loaded = load_into(sources, &inputs)?;
    Ok(Revision {
        name: folder.display().to_string(),
        files: schemas(&config, sources, loaded),
        config,
    })
}

/// Of the files that were loaded those that are schemas, and no deployed versions.
fn schemas(config: &Config, sources: &SourceMap, loaded: Vec<FileId>) -> Vec<FileId> {
    let schemas: BTreeSet<FileId> = config.schema_files(sources).into_iter().collect();
    let mut files = loaded;
    files.retain(|file| schemas.contains(file));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_told_from_a_folder() {
        let git = |revision: &str| Ok(Baseline::Git(revision.to_owned()));
        assert_eq!("git:main".parse(), git("main"));
        assert_eq!("git:HEAD~2".parse(), git("HEAD~2"));
        assert_eq!("main".parse(), Ok(Baseline::Folder("main".into())));
        assert!("git:".parse::<Baseline>().is_err());
    }
}
