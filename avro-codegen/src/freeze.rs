//! The schemas as they are → the next versions of the history.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use avro_model::Options;
use avro_model::load::check_path;
use avro_model::schema::SchemaSet;
use avro_model::source::SourceMap;
use avro_model::suggest::Names;

use crate::history::{self, Deployable, Next};
use crate::output::Folder;
use crate::sources::Files;
use crate::{Config, Error, Linked, compatibility, stop_at_errors};

/// What [`Config::freeze`] has recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frozen {
    /// The versions, in the order of their names.
    pub recorded: Vec<Recorded>,
    /// The schemas that are what was deployed last.
    pub unchanged: Vec<String>,
}

/// A version in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The schema: its fullname, or the stem of its file if it has none.
    pub name: String,
    /// The version, from 1.
    pub number: u32,
    /// Its file.
    pub path: PathBuf,
}

impl Config {
    /// Records schemas as they are, each as its next version: self-contained, with every attribute
    /// in its order; and lists them in avro.lock. Without names it records whatever differs from
    /// what was deployed last: the values of topics, and what has a history already.
    ///
    /// `force` records a version that the compatibility mode refuses.
    ///
    /// # Errors
    ///
    /// Every mistake in the schemas and in the history; every breach of compatibility, unless
    /// forced; if a schema is not known, or there is none to record; if a file cannot be read or
    /// written.
    pub fn freeze(&self, names: &[impl AsRef<str>], force: bool) -> Result<Frozen, Error> {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let sources = self.load_sources()?;
        let (linked, next, unchanged) = self.next_versions(&sources, &names, force)?;
        let mut frozen = Frozen {
            unchanged,
            ..Frozen::default()
        };
        if next.is_empty() {
            return Ok(frozen);
        }
        // Whatever is refused, is before anything is written.
        let lock = self.lock_folder()?;
        let folder = |version: &Next| self.folder(&self.history.join(&version.name));
        let folders: Vec<Folder> = next.iter().map(folder).collect::<Result<_, _>>()?;
        for (version, folder) in next.iter().zip(folders) {
            folder.write_new(&file_name(version.number), &version.text)?;
            frozen
                .recorded
                .push(self.recorded(&version.name, version.number));
        }
        lock.write(Path::new(history::LOCK), &linked.history.lock_with(&next))?;
        Ok(frozen)
    }

    /// Lists the versions in avro.lock that were put into the history by hand: what other tools
    /// have deployed.
    ///
    /// # Errors
    ///
    /// Everything else that is wrong with the history; if a file cannot be read or written.
    pub fn adopt(&self) -> Result<Vec<Recorded>, Error> {
        let sources = self.load_sources()?;
        let (lock, adopted) = history::adopt(self, &sources, &Files::of(self, &sources))
            .map_err(|found| Error::schemas(&sources, found))?;
        if !adopted.is_empty() {
            self.lock_folder()?.write(Path::new(history::LOCK), &lock)?;
        }
        let adopted = adopted.iter();
        Ok(adopted
            .map(|(name, number)| self.recorded(name, *number))
            .collect())
    }

    fn recorded(&self, name: &str, number: u32) -> Recorded {
        Recorded {
            name: name.to_owned(),
            number,
            path: self.history_folder().join(name).join(file_name(number)),
        }
    }

    /// The folder of avro.lock, in which it may be written.
    fn lock_folder(&self) -> Result<Folder, Error> {
        let beside = self.history.parent().unwrap_or(Path::new(""));
        let folder = self.folder(beside)?;
        folder.check(Path::new(history::LOCK))?;
        Ok(folder)
    }

    /// What is to be recorded, and what need not be.
    fn next_versions(
        &self,
        sources: &SourceMap,
        names: &[&str],
        force: bool,
    ) -> Result<(Linked, Vec<Next>, Vec<String>), Error> {
        let linked = self.link(sources, &Options::new())?;
        stop_at_errors(sources, &linked.diagnostics)?;
        if !linked.findings.is_empty() {
            return Err(Error::manifest(&self.text, linked.findings));
        }
        let (mut next, mut unchanged) = (Vec::new(), Vec::new());
        for name in self.selected(&linked, names)? {
            let schema =
                Deployable::find(&linked.set, &name).ok_or_else(|| unknown(&linked.set, &name))?;
            check_folder_name(&name)?;
            match history::next(&linked.history, &linked.set, &name, schema)
                .map_err(Error::usage)?
            {
                Some(version) => next.push(version),
                None => unchanged.push(name),
            }
        }
        if !force {
            let names: BTreeSet<&str> = next.iter().map(|next| next.name.as_str()).collect();
            let found = compatibility::check(self, &linked, |name| names.contains(name));
            stop_at_errors(sources, &self.reported(&linked.set, found, &Options::new()))?;
        }
        Ok((linked, next, unchanged))
    }

    fn selected(&self, linked: &Linked, names: &[&str]) -> Result<BTreeSet<String>, Error> {
        if !names.is_empty() {
            return Ok(names.iter().map(|&name| name.to_owned()).collect());
        }
        let values = self.topics.iter().flat_map(|topic| &topic.values);
        let values = values.map(|value| value.value.clone());
        let deployed = linked.history.names().map(str::to_owned);
        let there = |name: &String| Deployable::find(&linked.set, name).is_some();
        let selected: BTreeSet<String> = values.chain(deployed).filter(there).collect();
        match selected.is_empty() {
            false => Ok(selected),
            true => Err(Error::usage(
                "nothing is deployed yet and there is no [[topic]]: name the schemas to record",
            )),
        }
    }
}

/// The name of a version's file.
fn file_name(number: u32) -> PathBuf {
    PathBuf::from(format!("{number}.avsc"))
}

/// Versions stand in a folder of the schema's name. Names of any script are read leniently, and a
/// name such as `../a` would lead out of the history.
fn check_folder_name(name: &str) -> Result<(), Error> {
    let is_one = Path::new(name).file_name().is_some_and(|last| last == name);
    if is_one && check_path(Path::new(name)).is_ok() {
        return Ok(());
    }
    Err(Error::usage(format!(
        "`{name}` cannot be the name of a folder, and so no version of it can be recorded: rename \
         the schema"
    )))
}

fn unknown(set: &SchemaSet, name: &str) -> Error {
    let names = Names::of(Deployable::names(set));
    let near = names
        .meant(name)
        .map(|near| format!("; did you mean `{near}`?"));
    Error::usage(format!(
        "no schema defines `{name}`{}",
        near.unwrap_or_default()
    ))
}
