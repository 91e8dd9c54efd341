//! avro.toml → [`Config`]: what to compile, and how the generated code is to look.

mod builder;
mod logical;
mod manifest;
mod section;
mod selector;
mod versions;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{self, Component, Path, PathBuf};

use avro_model::compat::Mode;

pub(crate) use logical::{LogicalOverride, LogicalTypes};
pub use logical::{TimeTypes, UuidTypes};
pub(crate) use section::{Finding, Section};
pub(crate) use selector::Selector;
pub(crate) use versions::Versions;

/// avro.toml in memory, key by key.
///
/// Made from a manifest with [`Config::load`] or [`Config::from_toml`], or with the builder
/// methods, which carry the names of the keys. Paths are relative to [`Config::root`]; a key that
/// is none is an error. Every key, with its default where it has one:
///
/// ```toml
#[doc = include_str!("avro.toml")]
/// ```
///
/// A **selector** is a fullname (`shop.Order`), or a fullname and a field or symbol
/// (`shop.Order.total`). `*` stands for any part of one name (`shop.*.*_id`), `**` for any number of
/// names (`shop.**`). A selector that selects nothing is an error. Where several select the same
/// place, rules and attributes add up, the same rule counts once, and of anything else the last
/// counts.
#[derive(Clone, Debug)]
#[must_use]
pub struct Config {
    pub(crate) text: ManifestText,
    pub(crate) root: PathBuf,
    pub(crate) schemas: Vec<PathBuf>,
    pub(crate) reference: Vec<PathBuf>,
    pub(crate) history: PathBuf,
    pub(crate) output: Option<PathBuf>,
    pub(crate) runtime: At<String>,
    pub(crate) lenient: bool,
    pub(crate) views: bool,
    pub(crate) builders: bool,
    pub(crate) json: bool,
    pub(crate) serde: bool,
    pub(crate) logical_types: LogicalTypes,
    pub(crate) lints: BTreeMap<String, At<Level>>,
    pub(crate) compatibility: Compatibility,
    pub(crate) overrides: Vec<Override>,
    pub(crate) externals: Vec<External>,
    pub(crate) rules: Vec<Rules>,
    pub(crate) topics: Vec<Topic>,
}

/// The manifest as diagnostics show it. What builder methods add is appended as TOML, so that
/// every setting has a place.
#[derive(Clone, Debug, Default)]
pub(crate) struct ManifestText {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// A value and the bytes of the manifest that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) at: Range<usize>,
}

/// What becomes of a finding: the values of `[lints]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is not reported.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

/// `[compatibility]`: what schemas owe to their deployed versions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compatibility {
    pub(crate) mode: Mode,
    /// What becomes of data that are read and mean something else.
    pub(crate) semantic: Level,
}

/// The Rust type of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MapType {
    #[default]
    BTree,
    Hash,
}

/// `[[override]]`: how selected types and fields differ from the rest.
#[derive(Clone, Debug)]
pub(crate) struct Override {
    pub(crate) select: At<Selector>,
    pub(crate) rust_name: Option<At<String>>,
    pub(crate) union_name: Option<At<String>>,
    pub(crate) derive: Vec<At<String>>,
    pub(crate) attributes: Vec<At<String>>,
    pub(crate) map: Option<MapType>,
    pub(crate) sized_blocks: Option<bool>,
    /// Whether the codecs of a record's fields stand inline.
    pub(crate) inline: Option<bool>,
    pub(crate) non_exhaustive: Option<bool>,
    pub(crate) serde: Option<bool>,
    pub(crate) logical_type: Option<LogicalOverride>,
    pub(crate) codec: Option<CustomCodec>,
    pub(crate) compatibility: Option<Mode>,
    /// The deployed versions that are compiled in.
    pub(crate) versions: Option<At<Versions>>,
}

/// A user's own codec type, and the Rust type that it reads and writes.
#[derive(Clone, Debug)]
pub(crate) struct CustomCodec {
    pub(crate) codec: At<String>,
    pub(crate) rust_type: At<String>,
}

/// `[[external]]`: a named type that another crate has generated already.
#[derive(Clone, Debug)]
pub(crate) struct External {
    pub(crate) fullname: At<String>,
    pub(crate) path: At<String>,
    /// Its view, where that is not called like the type with `Ref` behind it.
    pub(crate) view: Option<At<String>>,
}

/// `[[validate]]`: the rules of selected fields.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) select: At<Selector>,
    pub(crate) range: Bounds,
    pub(crate) length: Bounds,
    pub(crate) pattern: Option<String>,
    pub(crate) non_empty: bool,
    pub(crate) custom: Option<At<String>>,
}

/// Inclusive bounds, as written in the manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) min: Option<String>,
    pub(crate) max: Option<String>,
}

/// `[[topic]]`: what a topic carries.
#[derive(Clone, Debug)]
pub(crate) struct Topic {
    pub(crate) name: At<String>,
    /// The fullnames of the types of its values.
    pub(crate) values: Vec<At<String>>,
    pub(crate) key: Option<At<String>>,
    pub(crate) subject: SubjectNames,
    pub(crate) compatibility: Option<Mode>,
}

/// How the subject of a topic's schema is named in the registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubjectNames {
    /// `{topic}-value`.
    #[default]
    TopicName,
    /// The record's fullname.
    RecordName,
    /// `{topic}-{fullname}`.
    TopicRecordName,
}

impl<T> At<T> {
    pub(crate) fn new(value: T, at: Range<usize>) -> Self {
        Self { value, at }
    }
}

impl Bounds {
    pub(crate) fn is_empty(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

impl Config {
    /// The folder that the manifest's paths start from.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The manifest's own path; empty for a configuration made in memory.
    #[must_use]
    pub fn manifest_path(&self) -> &Path {
        &self.text.path
    }

    /// Every folder, file and glob that is read as schemas: `schemas`, then `reference`.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.schemas
            .iter()
            .chain(&self.reference)
            .map(|path| self.root.join(path))
            .collect()
    }

    /// The folder of the deployed versions, which need not be there.
    #[must_use]
    pub fn history_folder(&self) -> PathBuf {
        self.root.join(&self.history)
    }

    /// avro.lock, beside that folder.
    #[must_use]
    pub fn lock_path(&self) -> PathBuf {
        self.root.join(self.lock())
    }

    /// The folder that generated code is committed in, if the manifest names one.
    #[must_use]
    pub fn output_folder(&self) -> Option<PathBuf> {
        self.output.as_ref().map(|path| self.root.join(path))
    }

    /// A path as generated code names it, whatever folder a command runs in: relative to the
    /// manifest where it lies below it or was written so, with `/` between the parts.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let root = match path.is_absolute() {
            true => absolute(&self.root),
            false => Cow::Borrowed(&*self.root),
        };
        let relative = path.strip_prefix(root).unwrap_or(path);
        let parts = relative.components().map(|part| match part {
            // Joined with the next part it gives the `/` at the start.
            Component::RootDir => Cow::Borrowed(""),
            part => part.as_os_str().to_string_lossy(),
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

/// A folder from the root of the file system; an empty path is the current one.
fn absolute(folder: &Path) -> Cow<'_, Path> {
    let here = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    path::absolute(here).map_or(Cow::Borrowed(folder), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_manifest_has_no_mistake() {
        let config = Config::from_toml("avro.toml", include_str!("avro.toml")).unwrap();
        assert_eq!(config.topics.len(), 1);
        assert_eq!(config.overrides.len(), 3);
    }

    #[test]
    fn a_path_is_shown_from_the_manifest_wherever_a_command_runs() {
        let here = std::env::current_dir().unwrap();
        for root in [PathBuf::new(), ".".into(), here.clone(), here.join(".")] {
            let config = Config::from_toml(root.join("avro.toml"), "").unwrap();
            let shown = |path: &str| config.shown(&root.join(path));
            assert_eq!(shown("schemas/a.avsc"), "schemas/a.avsc", "{root:?}");
            assert_eq!(shown("../shared/a.avsc"), "../shared/a.avsc", "{root:?}");
            let absolute = here.join("schemas/a.avsc");
            assert_eq!(config.shown(&absolute), "schemas/a.avsc", "{root:?}");
        }
        let config = Config::from_toml("avro.toml", "").unwrap();
        #[cfg(unix)]
        assert_eq!(
            config.shown(Path::new("/else/where.avsc")),
            "/else/where.avsc"
        );
    }
}
