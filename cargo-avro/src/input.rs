//! Paths, stdin or a manifest → source texts.

use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use avro_codegen::{Config, MANIFEST, find_manifest};
use avro_model::source::FileId;
use avro_model::{Diagnostics, Options, SchemaSet, SourceMap, compile_files, load};
use clap::Args;

use crate::output::number;
use crate::stop::Stop;

/// What stdin is called on the command line, and in findings.
const STDIN: (&str, &str) = ("-", "<stdin>");

/// Which schemas a command works on.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Schema files, globs, and folders that are searched for *.avsc,
    /// *.avpr and *.avdl files; `-` is stdin. All are linked together.
    /// Without any, the nearest avro.toml names the schemas
    #[arg(value_name = "FILE", verbatim_doc_comment)]
    files: Vec<PathBuf>,
    /// The avro.toml that counts, instead of the nearest in this folder
    /// or above. With FILEs none counts but this one, and of it only
    /// `lenient`, the levels of its lints and its logical types
    #[arg(long, value_name = "AVRO.TOML", verbatim_doc_comment)]
    manifest: Option<PathBuf>,
    /// Make warnings of the errors that other implementations accept
    /// and that leave no doubt about data
    #[arg(long, verbatim_doc_comment)]
    pub(crate) lenient: bool,
}

/// The schemas that were read, and the manifest that counts.
pub(crate) struct Given {
    pub(crate) sources: SourceMap,
    /// The schemas among the sources; a manifest has deployed versions besides.
    files: Vec<FileId>,
    pub(crate) config: Option<Config>,
    /// Whether the manifest named the schemas, so that everything in it is about them.
    pub(crate) by_manifest: bool,
}

impl Inputs {
    /// These files, with no manifest; without any, what the nearest manifest names.
    pub(crate) fn of(files: Vec<PathBuf>, lenient: bool) -> Self {
        Self {
            files,
            manifest: None,
            lenient,
        }
    }

    /// Reads them.
    pub(crate) fn read(&self) -> Result<Given, Stop> {
        match self.files.is_empty() {
            true => self.read_manifest(),
            false => self.read_files(),
        }
    }

    fn read_files(&self) -> Result<Given, Stop> {
        let config = self.manifest.as_ref().map(Config::load).transpose()?;
        let mut sources = SourceMap::new();
        let files = read_into(&mut sources, &self.files)?;
        Ok(Given {
            sources,
            files,
            config,
            by_manifest: false,
        })
    }

    fn read_manifest(&self) -> Result<Given, Stop> {
        let config = Config::load(manifest(self.manifest.as_deref())?)?;
        let sources = config.load_sources()?;
        let files = config.schema_files(&sources);
        if files.is_empty() {
            let path = config.manifest_path();
            let message = format!("`schemas` in {} names no schema", path.display());
            return Err(Stop::file(path, message));
        }
        Ok(Given {
            sources,
            files,
            config: Some(config),
            by_manifest: true,
        })
    }

    /// The schemas of a command whose result is not findings.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or a schema has an error.
    pub(crate) fn compile(&self) -> Result<(SourceMap, SchemaSet), Stop> {
        let given = self.read()?;
        let options = Options::new().lenient(self.lenient);
        let (set, found) = given.compile(&options);
        match found.has_errors() {
            true => Err(Stop::schemas(&given.sources, &found)),
            false => Ok((given.sources, set)),
        }
    }
}

impl Given {
    /// Compiles them, with the levels of the manifest's lints.
    pub(crate) fn compile(&self, options: &Options) -> (SchemaSet, Diagnostics) {
        match &self.config {
            Some(config) => config.compile_files(&self.sources, &self.files, options),
            None => compile_files(&self.sources, &self.files, options),
        }
    }

    /// What was read, for a remark: `2 files of avro.toml`.
    pub(crate) fn describe(&self) -> String {
        let files = number(self.files.len(), "file");
        match &self.config {
            Some(config) if self.by_manifest => {
                format!("{files} of {}", config.manifest_path().display())
            }
            _ => files,
        }
    }
}

/// The manifest that was named, or the nearest, by a path from the current folder.
pub(crate) fn manifest(named: Option<&Path>) -> Result<PathBuf, Stop> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    let here = current_folder()?;
    match find_manifest(&here) {
        Some(path) => Ok(from(&here, &path)),
        None => Err(Stop::usage(format!(
            "no schema is named, and there is no {MANIFEST} in {} or a folder above it",
            here.display()
        ))),
    }
}

pub(crate) fn current_folder() -> Result<PathBuf, Stop> {
    env::current_dir().map_err(|error| Stop::usage(format!("no current folder: {error}")))
}

/// A path as people write it in a folder: below it, or in one above.
pub(crate) fn from(here: &Path, path: &Path) -> PathBuf {
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        match path.strip_prefix(folder) {
            Ok(rest) => return up.join(rest),
            Err(_) => up.push(".."),
        }
    }
    path.to_owned()
}

/// Reads files, folders, globs and stdin into one map.
///
/// # Errors
///
/// If one cannot be read, or a folder holds no schema.
pub(crate) fn read(paths: &[PathBuf]) -> Result<SourceMap, Stop> {
    let mut sources = SourceMap::new();
    read_into(&mut sources, paths)?;
    Ok(sources)
}

/// The same into a map that others use too.
pub(crate) fn read_into(sources: &mut SourceMap, paths: &[PathBuf]) -> Result<Vec<FileId>, Stop> {
    let (stdin, paths): (Vec<_>, Vec<_>) = paths.iter().partition(|path| is_stdin(path));
    for path in &paths {
        if path.is_dir() && load::load(&[path])?.iter().next().is_none() {
            let kinds = load::EXTENSIONS.map(|extension| format!("*.{extension}"));
            let message = format!("no {} file in {}", kinds.join(" or "), path.display());
            return Err(Stop::file(path, message));
        }
    }
    let mut files = load::load_into(sources, &paths)?;
    if !stdin.is_empty() {
        files.push(read_stdin(sources)?);
    }
    Ok(files)
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN.0)
}

fn read_stdin(sources: &mut SourceMap) -> Result<FileId, Stop> {
    let path = Path::new(STDIN.1);
    let mut text = String::new();
    if let Err(error) = io::stdin().lock().read_to_string(&mut text) {
        return Err(Stop::io("read", path, error));
    }
    Ok(load::add(sources, path, text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_from_where_one_stands() {
        let from =
            |here: &str, path: &str| from(here.as_ref(), path.as_ref()).display().to_string();
        assert_eq!(from("/a/b", "/a/b/avro.toml"), "avro.toml");
        assert_eq!(from("/a/b", "/a/b/c/avro.toml"), "c/avro.toml");
        assert_eq!(from("/a/b", "/a/avro.toml"), "../avro.toml");
        assert_eq!(from("/a/b", "/avro.toml"), "../../avro.toml");
    }
}
