//! Paths → [`SourceMap`]: the only reader of files in this crate.

mod files;
#[cfg(feature = "idl")]
mod idl;
mod inputs;

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::escape;
use crate::source::{FileId, SourceMap, SourceTooLarge};

pub use files::is_same_file;
pub use inputs::{covers, watched};

use files::Files;
#[cfg(feature = "idl")]
use idl::Imports;

/// What is known of imported files, which only Avro IDL has.
#[cfg(not(feature = "idl"))]
#[derive(Default)]
struct Imports;

/// The extensions of the files that are read from folders: schemas, protocols, and Avro IDL.
pub const EXTENSIONS: [&str; 3] = ["avsc", "avpr", IDL];

const IDL: &str = "avdl";

/// A file or folder that could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError {
    /// The operating system refused.
    Io {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not be.
        source: io::Error,
    },
    /// A file is no UTF-8 text.
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Offset of the first byte that is not.
        offset: usize,
    },
    /// A file of 4 GiB or more.
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// A file in Avro IDL, which the feature `idl` is needed for.
    NeedsIdl {
        /// The file.
        path: PathBuf,
    },
    /// A path with a character that [acts](escape::is_active) on the text around it: whoever can
    /// name a file would write into generated code, Cargo's directives or a terminal with it.
    ActiveCharacter {
        /// The path.
        path: PathBuf,
        /// The first such character.
        character: char,
    },
    /// A glob that matches no file.
    NoMatch {
        /// The glob.
        path: PathBuf,
    },
    /// A path with the signs of a glob that is none.
    BadGlob {
        /// The path.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl LoadError {
    fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// The file, folder or glob.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::NotUtf8 { path, .. }
            | Self::TooLarge { path }
            | Self::NeedsIdl { path }
            | Self::ActiveCharacter { path, .. }
            | Self::NoMatch { path }
            | Self::BadGlob { path, .. } => path,
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = escape::path(self.path());
        match self {
            Self::Io { source, .. } => write!(f, "cannot read {path}: {source}"),
            Self::NotUtf8 { offset, .. } => write!(
                f,
                "{path} is not UTF-8 text at byte {offset}: save it in that encoding"
            ),
            Self::TooLarge { .. } => write!(f, "{path} is larger than 4 GiB"),
            Self::NeedsIdl { .. } => write!(
                f,
                "{path} is Avro IDL: to read it, switch on the feature `idl` of avro-model, which \
                 avro-codegen has too; to pass over it, name the others: `schemas/**/*.avsc`"
            ),
            Self::ActiveCharacter { character, .. } => write!(
                f,
                "the path {path} has the character U+{:04X}, which can end a line or change what \
                 a terminal shows: rename the file or folder",
                u32::from(*character)
            ),
            Self::NoMatch { .. } => write!(f, "no file matches {path}"),
            Self::BadGlob { reason, .. } => {
                write!(f, "{path} is not there, and no glob either: {reason}")
            }
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Reads what the paths ask for: a file; a folder, of which every `*.avsc`, `*.avpr` and `*.avdl`
/// file at any depth; or a glob, of which every file that matches.
///
/// In a glob `*` and `?` stand for characters of one name, `[ab]` for one of several, and `**` for
/// any number of folders: `schemas/**/*.avsc`. A path that is there is no glob, whatever its name.
///
/// Avro IDL (`.avdl`) needs the feature `idl`. What such a file imports is read too, as if it had
/// been given.
///
/// Hidden files and folders (`.name`) inside a folder are passed over, and so are links to
/// folders, which could lead back. No path may have a character that
/// [acts](escape::is_active) on the text around it. Each file is read once, by the shortest of the paths that lead to
/// it; the map is in the order of the paths, and a folder without schemas adds nothing.
///
/// # Errors
///
/// [`LoadError`] for the first path that cannot be read, or glob that matches no file.
pub fn load(paths: &[impl AsRef<Path>]) -> Result<SourceMap, LoadError> {
    let mut sources = SourceMap::new();
    load_into(&mut sources, paths)?;
    Ok(sources)
}

/// The same into a map that others use too, which is told what was added: for
/// [`compile_files`](crate::compile_files).
///
/// # Errors
///
/// As [`load`]; what was read before stays in the map.
pub fn load_into(
    sources: &mut SourceMap,
    paths: &[impl AsRef<Path>],
) -> Result<Vec<FileId>, LoadError> {
    let mut files = Files::default();
    for path in paths {
        check_path(path.as_ref())?;
        inputs::find(path.as_ref(), &mut files)?;
    }
    #[cfg(feature = "idl")]
    idl::add_imports(&mut files);
    let mut imports = Imports::default();
    let paths = files.into_paths().into_iter();
    paths
        .map(|path| read(sources, &mut imports, path))
        .collect()
}

/// Adds a text that was read elsewhere, by the path that findings show: from stdin, from a revision
/// in Git. What the text holds is told by its [`Format`](crate::source::Format).
///
/// # Errors
///
/// If the path has a character that acts on the text around it, or the text is too large.
pub fn add(
    sources: &mut SourceMap,
    path: impl Into<PathBuf>,
    text: impl Into<String>,
) -> Result<FileId, LoadError> {
    let path = path.into();
    check_path(&path)?;
    let added = sources.add(&path, text);
    added.map_err(|SourceTooLarge| LoadError::TooLarge { path })
}

/// Refuses a path with a character that [acts](escape::is_active) on the text around it. Every
/// path is checked before it is read or shown; whoever takes paths from elsewhere does the same.
///
/// # Errors
///
/// [`LoadError::ActiveCharacter`].
pub fn check_path(path: &Path) -> Result<(), LoadError> {
    let active = path
        .to_string_lossy()
        .chars()
        .find(|&c| escape::is_active(c));
    active.map_or(Ok(()), |character| {
        let path = path.to_owned();
        Err(LoadError::ActiveCharacter { path, character })
    })
}

fn read(
    sources: &mut SourceMap,
    imports: &mut Imports,
    path: PathBuf,
) -> Result<FileId, LoadError> {
    check_path(&path)?;
    let bytes = fs::read(&path).map_err(|source| LoadError::io(&path, source))?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            return Err(LoadError::NotUtf8 { path, offset });
        }
    };
    let added = match is_idl(&path) {
        true => add_idl(sources, imports, &path, text)?,
        false => sources.add(&path, text),
    };
    added.map_err(|_| LoadError::TooLarge { path })
}

fn is_idl(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == IDL)
}

#[cfg(feature = "idl")]
fn add_idl(
    sources: &mut SourceMap,
    imports: &mut Imports,
    path: &Path,
    text: String,
) -> Result<Result<FileId, SourceTooLarge>, LoadError> {
    let derived = idl::derive(imports, path, &text);
    Ok(sources.add_derived(path, text, derived))
}

#[cfg(not(feature = "idl"))]
fn add_idl(
    _: &mut SourceMap,
    _: &mut Imports,
    path: &Path,
    _: String,
) -> Result<Result<FileId, SourceTooLarge>, LoadError> {
    let path = path.to_owned();
    Err(LoadError::NeedsIdl { path })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::LoadError;

    #[test]
    fn without_the_feature_the_error_names_it_and_the_way_around() {
        let path = PathBuf::from("schemas/orders.avdl");
        let error = LoadError::NeedsIdl { path }.to_string();
        for part in [
            "schemas/orders.avdl",
            "the feature `idl`",
            "`schemas/**/*.avsc`",
        ] {
            assert!(error.contains(part), "{error}");
        }
    }
}
