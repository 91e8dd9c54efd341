//! `Config` without a manifest: the keys of avro.toml as methods, and the ways to read one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use avro_model::compat::Mode;
use avro_model::load::check_path;

use super::{
    At, Compatibility, Config, External, Level, LogicalTypes, ManifestText, Override, Selector,
    SubjectNames, TimeTypes, Topic, UuidTypes, manifest,
};
use crate::error::Error;

/// The folder of the deployed versions, unless the manifest names another.
const HISTORY: &str = "avro-history";

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

impl Config {
    /// An empty configuration, with paths relative to the current folder.
    pub fn new() -> Self {
        Self {
            text: ManifestText {
                path: PathBuf::from("<config>"),
                text: String::new(),
            },
            root: PathBuf::new(),
            schemas: Vec::new(),
            reference: Vec::new(),
            history: PathBuf::from(HISTORY),
            output: None,
            runtime: At::new("::avro_runtime".to_owned(), 0..0),
            lenient: false,
            views: true,
            builders: true,
            json: false,
            serde: false,
            logical_types: LogicalTypes::default(),
            lints: BTreeMap::new(),
            compatibility: Compatibility {
                mode: Mode::default(),
                semantic: Level::Deny,
            },
            overrides: Vec::new(),
            externals: Vec::new(),
            rules: Vec::new(),
            topics: Vec::new(),
        }
    }

    /// Reads a manifest's text; `path` is what diagnostics call it, and its folder is the root.
    ///
    /// # Errors
    ///
    /// Every mistake in the text, with its place; if the path has a character that can end a line or
    /// change what a terminal shows.
    pub fn from_toml(path: impl Into<PathBuf>, text: &str) -> Result<Self, Error> {
        let path = path.into();
        check_path(&path).map_err(|error| Error::path(&error))?;
        let root = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let text = ManifestText {
            path,
            // A byte order mark is no part of the text, as in schemas.
            text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        };
        manifest::read(&text, root).map_err(|findings| Error::manifest(&text, findings))
    }

    /// Reads the manifest at `path`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or for every mistake in it.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|error| Error::io("read", path, error))?;
        Self::from_toml(path, &text)
    }

    /// `schemas`: adds a folder, file or glob.
    pub fn schemas(mut self, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(path.into());
        self
    }

    /// `reference`: adds a folder, file or glob that is linked and not generated.
    pub fn reference(mut self, path: impl Into<PathBuf>) -> Self {
        self.reference.push(path.into());
        self
    }

    /// `history`: the folder of the deployed versions, `avro-history` unless set.
    pub fn history(mut self, path: impl Into<PathBuf>) -> Self {
        self.history = path.into();
        self
    }

    /// `output`: the folder that generated code is committed in.
    pub fn output(mut self, path: impl Into<PathBuf>) -> Self {
        self.output = Some(path.into());
        self
    }

    /// `runtime`: the path under which generated code finds the runtime crate.
    pub fn runtime(mut self, path: &str) -> Self {
        self.runtime = self.noted("runtime", path);
        self
    }

    /// `lenient`: whether mistakes that other implementations accept are warnings.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.lenient = lenient;
        self
    }

    /// `views`: whether types have views, which borrow from the datum.
    pub fn views(mut self, views: bool) -> Self {
        self.views = views;
        self
    }

    /// `builders`: whether records have builders.
    pub fn builders(mut self, builders: bool) -> Self {
        self.builders = builders;
        self
    }

    /// `json`: whether to generate plain JSON, both ways.
    pub fn json(mut self, json: bool) -> Self {
        self.json = json;
        self
    }

    /// `serde`: whether types derive serde's traits.
    pub fn serde(mut self, serde: bool) -> Self {
        self.serde = serde;
        self
    }

    /// `[logical-types] timestamp`: the types of dates, times and timestamps.
    pub fn timestamp(mut self, types: TimeTypes) -> Self {
        self.logical_types.timestamp = types;
        self
    }

    /// `[logical-types] uuid`: the type of UUIDs.
    pub fn uuid(mut self, types: UuidTypes) -> Self {
        self.logical_types.uuid = types;
        self
    }

    /// `[lints]`: what becomes of the findings with this code.
    pub fn lint(mut self, code: &str, level: Level) -> Self {
        let noted = self.noted("lints", code);
        self.lints.insert(noted.value, At::new(level, noted.at));
        self
    }

    /// `[compatibility] mode`: what schemas owe to their deployed versions.
    pub fn compatibility(mut self, mode: Mode) -> Self {
        self.compatibility.mode = mode;
        self
    }

    /// `[compatibility] semantic`: what becomes of data that are read and mean something else.
    pub fn semantic(mut self, level: Level) -> Self {
        self.compatibility.semantic = level;
        self
    }

    /// `[[override]] compatibility`: what the selected schemas owe to their deployed versions.
    pub fn compatibility_of(mut self, select: &str, mode: Mode) -> Self {
        let mut entry = self.override_entry(select);
        entry.compatibility = Some(mode);
        self.overrides.push(entry);
        self
    }

    /// `[[override]] rust-name`: the Rust name of one type, field or symbol.
    pub fn rust_name(mut self, select: &str, name: &str) -> Self {
        let mut entry = self.override_entry(select);
        entry.rust_name = Some(self.noted("rust-name", name));
        self.overrides.push(entry);
        self
    }

    /// `[[override]] derive`: a derive for the selected types.
    pub fn derive(mut self, select: &str, path: &str) -> Self {
        let mut entry = self.override_entry(select);
        entry.derive.push(self.noted("derive", path));
        self.overrides.push(entry);
        self
    }

    /// `[[override]] attributes`: an attribute for the selected types, fields or symbols.
    pub fn attribute(mut self, select: &str, attribute: &str) -> Self {
        let mut entry = self.override_entry(select);
        entry.attributes.push(self.noted("attributes", attribute));
        self.overrides.push(entry);
        self
    }

    /// `[[external]]`: the Rust path of a type that another crate has generated.
    pub fn external(mut self, fullname: &str, path: &str) -> Self {
        let fullname = self.noted("type", fullname);
        let path = self.noted("path", path);
        self.externals.push(External {
            fullname,
            path,
            view: None,
        });
        self
    }

    /// `[[topic]]`: a topic, the types of its values, and the field that is the key. Several types
    /// need a subject each: another `subject` than [`SubjectNames::TopicName`].
    pub fn topic(
        mut self,
        name: &str,
        values: &[&str],
        key: Option<&str>,
        subject: SubjectNames,
    ) -> Self {
        let name = self.noted("name", name);
        let values = values
            .iter()
            .map(|value| self.noted("value", value))
            .collect();
        let key = key.map(|key| self.noted("key", key));
        self.topics.push(Topic {
            name,
            values,
            key,
            subject,
            compatibility: None,
        });
        self
    }

    fn override_entry(&mut self, select: &str) -> Override {
        let select = self.noted("select", select);
        Override {
            select: At::new(Selector::new(select.value), select.at),
            rust_name: None,
            union_name: None,
            derive: Vec::new(),
            attributes: Vec::new(),
            map: None,
            sized_blocks: None,
            inline: None,
            non_exhaustive: None,
            serde: None,
            logical_type: None,
            codec: None,
            compatibility: None,
            versions: None,
        }
    }

    /// Writes a setting into the text that diagnostics show, and remembers its place.
    fn noted(&mut self, key: &str, value: &str) -> At<String> {
        let text = &mut self.text.text;
        text.push_str(&format!("{key} = "));
        let start = text.len();
        text.push_str(&format!("{value:?}\n"));
        At::new(value.to_owned(), start..text.len() - 1)
    }
}
