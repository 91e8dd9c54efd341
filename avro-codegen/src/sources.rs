//! What each source of a run is there for, told by its path.

use std::path::{Path, PathBuf};

use avro_model::load::covers;
use avro_model::source::{FileId, SourceMap};

use crate::config::Config;
use crate::history::LOCK;

/// What a source is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Types are generated from it.
    Schema,
    /// Its types are linked, and another crate has generated them.
    Reference,
    /// A deployed version of a schema.
    History,
    /// The lock of the deployed versions.
    Lock,
}

/// The sources of a run.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// Schemas and reference schemas: what is linked.
    pub(crate) schemas: Vec<FileId>,
    pub(crate) history: Vec<FileId>,
    pub(crate) lock: Option<FileId>,
}

impl Files {
    pub(crate) fn of(config: &Config, sources: &SourceMap) -> Self {
        let mut files = Self::default();
        for (id, source) in sources.iter() {
            match config.role(source.path()) {
                Role::Schema | Role::Reference => files.schemas.push(id),
                Role::History => files.history.push(id),
                Role::Lock => files.lock = Some(id),
            }
        }
        files
    }
}

impl Config {
    /// What a source with this path is there for.
    pub(crate) fn role(&self, path: &Path) -> Role {
        if self.in_history(path).is_some() {
            Role::History
        } else if self.inside(&self.lock(), path).is_some() {
            Role::Lock
        } else if self.is_reference(path) {
            Role::Reference
        } else {
            Role::Schema
        }
    }

    fn is_reference(&self, path: &Path) -> bool {
        let mut inputs = self.reference.iter();
        inputs.any(|input| covers(&self.root.join(input), path) || covers(input, path))
    }

    /// The path inside the folder of the history, if it is there.
    pub(crate) fn in_history<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        self.inside(&self.history, path)
    }

    /// avro.lock, beside the folder of the history.
    pub(crate) fn lock(&self) -> PathBuf {
        self.history.with_file_name(LOCK)
    }

    /// The path inside a folder that the manifest names.
    fn inside<'p>(&self, folder: &Path, path: &'p Path) -> Option<&'p Path> {
        let from_root = path.strip_prefix(self.root.join(folder));
        from_root.or_else(|_| path.strip_prefix(folder)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_told_by_its_path() {
        let manifest =
            "schemas = [\".\"]\nreference = [\"ref\", \"other/money.avsc\", \"v*/**/*.avsc\"]\n";
        let config = Config::from_toml("root/avro.toml", manifest).unwrap();
        for (path, expected) in [
            ("root/a.avsc", Role::Schema),
            ("root/ref/a/b.avsc", Role::Reference),
            ("root/other/money.avsc", Role::Reference),
            ("root/other/coin.avsc", Role::Schema),
            ("root/v1/a.avsc", Role::Reference),
            ("root/v1/deep/a.avsc", Role::Reference),
            ("root/w1/a.avsc", Role::Schema),
            ("root/avro-history/a/1.avsc", Role::History),
            ("root/avro-history/a.avsc", Role::History),
            ("root/avro-histories/a/1.avsc", Role::Schema),
            ("root/avro.lock", Role::Lock),
        ] {
            assert_eq!(config.role(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn the_lock_stands_beside_the_history() {
        let config =
            Config::from_toml("root/avro.toml", "history = \"deployed/versions\"").unwrap();
        let folder = Path::new("root/deployed");
        assert_eq!(config.lock_path(), folder.join("avro.lock"));
        assert_eq!(config.role(&folder.join("avro.lock")), Role::Lock);
        assert_eq!(
            config.role(&folder.join("versions/a/1.avsc")),
            Role::History
        );
        assert_eq!(
            config.role(Path::new("root/avro-history/a/1.avsc")),
            Role::Schema
        );
    }
}
