//! Paths → [`SourceMap`]: the only reader of files in this crate.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::source::SourceMap;

/// The extension of the files that are read from folders.
pub const EXTENSION: &str = "avsc";

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
}

impl LoadError {
    /// The file or folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. } | Self::NotUtf8 { path, .. } | Self::TooLarge { path } => path,
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::NotUtf8 { path, offset } => write!(
                f,
                "{} is not UTF-8 text at byte {offset}: save it in that encoding",
                path.display()
            ),
            Self::TooLarge { path } => write!(f, "{} is larger than 4 GiB", path.display()),
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::NotUtf8 { .. } | Self::TooLarge { .. } => None,
        }
    }
}

/// Reads the given files, and of the given folders every `*.avsc` file at any depth.
///
/// Hidden files and folders (`.name`) inside a folder are passed over, and so are links to
/// folders, which could lead back. Each file is read once; the map is in the order of the paths,
/// and a folder without schemas adds nothing.
///
/// # Errors
///
/// [`LoadError`] for the first path that cannot be read.
pub fn load(paths: &[impl AsRef<Path>]) -> Result<SourceMap, LoadError> {
    let mut files = BTreeSet::new();
    for path in paths {
        let path = path.as_ref();
        let metadata = fs::metadata(path).map_err(|source| failed(path, source))?;
        if metadata.is_dir() {
            find(path, &mut files)?;
        } else {
            files.insert(path.to_owned());
        }
    }
    read(files)
}

fn find(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), LoadError> {
    for entry in fs::read_dir(folder).map_err(|source| failed(folder, source))? {
        let entry = entry.map_err(|source| failed(folder, source))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(|source| failed(&path, source))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            find(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == EXTENSION)
            && path.is_file()
        {
            files.insert(path);
        }
    }
    Ok(())
}

fn read(files: BTreeSet<PathBuf>) -> Result<SourceMap, LoadError> {
    let mut sources = SourceMap::new();
    for path in files {
        let bytes = fs::read(&path).map_err(|source| failed(&path, source))?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                return Err(LoadError::NotUtf8 { path, offset });
            }
        };
        if sources.add(&path, text).is_err() {
            return Err(LoadError::TooLarge { path });
        }
    }
    Ok(sources)
}

fn failed(path: &Path, source: io::Error) -> LoadError {
    LoadError::Io {
        path: path.to_owned(),
        source,
    }
}
