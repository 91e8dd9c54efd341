//! What a path asks for: a file, all schemas of a folder, or all files that a glob matches.

use std::fs;
use std::path::{Path, PathBuf};

use glob::{MatchOptions, Pattern};

use super::files::Files;
use super::{EXTENSIONS, LoadError};

/// `*` ends at a `/`, and hidden files match by name only.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Adds the files that a path asks for.
pub(super) fn find(path: &Path, files: &mut Files) -> Result<(), LoadError> {
    if let Some(glob) = Glob::of(path) {
        return glob.find(path, files);
    }
    let metadata = fs::metadata(path).map_err(|source| LoadError::io(path, source))?;
    if metadata.is_dir() {
        return in_folder(path, files);
    }
    files.insert(path.to_owned());
    Ok(())
}

/// A path that is a glob.
struct Glob {
    /// The innermost folder that is there, whatever its characters.
    folder: PathBuf,
    /// The folder, its characters as they are, and the signs behind it.
    pattern: String,
}

impl Glob {
    /// Reads a path. One that names something that is there is no glob.
    fn of(path: &Path) -> Option<Self> {
        let is_sign = |c: char| matches!(c, '*' | '?' | '[');
        if !path.to_str()?.contains(is_sign) || path.exists() {
            return None;
        }
        let mut folder = PathBuf::new();
        let mut rest = path.components();
        loop {
            let mut ahead = rest.clone();
            let inner = folder.join(ahead.next()?);
            if !inner.exists() {
                break;
            }
            (folder, rest) = (inner, ahead);
        }
        let rest = rest.as_path().to_str()?;
        let mut pattern = Pattern::escape(folder.to_str()?);
        if !pattern.is_empty() && !pattern.ends_with('/') {
            pattern.push('/');
        }
        pattern.push_str(rest);
        rest.contains(is_sign).then_some(Self { folder, pattern })
    }

    fn find(&self, path: &Path, files: &mut Files) -> Result<(), LoadError> {
        let found =
            glob::glob_with(&self.pattern, MATCHING).map_err(|error| LoadError::BadGlob {
                path: path.to_owned(),
                reason: error.msg.to_owned(),
            })?;
        let mut matches = false;
        for entry in found {
            let file = entry.map_err(|error| {
                let path = error.path().to_owned();
                LoadError::io(&path, error.into())
            })?;
            if file.is_file() {
                files.insert(file);
                matches = true;
            }
        }
        match matches {
            true => Ok(()),
            false => Err(LoadError::NoMatch {
                path: path.to_owned(),
            }),
        }
    }
}

fn in_folder(folder: &Path, files: &mut Files) -> Result<(), LoadError> {
    for entry in fs::read_dir(folder).map_err(|source| LoadError::io(folder, source))? {
        let entry = entry.map_err(|source| LoadError::io(folder, source))?;
        let path = entry.path();
        let kind = entry
            .file_type()
            .map_err(|source| LoadError::io(&path, source))?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            in_folder(&path, files)?;
        } else if is_schema(&path) && path.is_file() {
            files.insert(path);
        }
    }
    Ok(())
}

fn is_schema(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
}

/// Whether a path that [`load`](super::load) was given asks for this file: it is the file, a
/// folder above it, or a glob that matches it.
#[must_use]
pub fn covers(path: &Path, file: &Path) -> bool {
    match Glob::of(path).map(|glob| Pattern::new(&glob.pattern)) {
        Some(Ok(pattern)) => pattern.matches_path_with(file, MATCHING),
        Some(Err(_)) => false,
        None => file.starts_with(path),
    }
}

/// What has to be watched to notice that [`load`](super::load) would find other files now: the
/// path itself, or the innermost folder that all matches of a glob lie in.
#[must_use]
pub fn watched(path: &Path) -> PathBuf {
    match Glob::of(path) {
        Some(glob) if glob.folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(glob) => glob.folder,
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{covers, watched};

    /// Tests run in the folder of the package.
    #[test]
    fn a_glob_is_watched_from_the_innermost_folder_that_is_there() {
        for (path, expected) in [
            ("src/load.rs", "src/load.rs"),
            ("src", "src"),
            ("nowhere", "nowhere"),
            ("src/*.rs", "src"),
            ("./src/**/*.rs", "./src"),
            ("src/lo?d/*.rs", "src"),
            ("*.rs", "."),
            ("/*.nothing", "/"),
        ] {
            assert_eq!(watched(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn a_path_covers_what_it_asks_for() {
        for (path, file, expected) in [
            ("a", "a/b/c.avsc", true),
            ("a/c.avsc", "a/c.avsc", true),
            ("a", "ab/c.avsc", false),
            ("a/**/*.avsc", "a/b/c.avsc", true),
            ("a/**/*.avsc", "a/c.avsc", true),
            ("a/*.avsc", "a/b/c.avsc", false),
            ("a/[xy].avsc", "a/y.avsc", true),
            ("a/*.avsc", "a/.hidden.avsc", false),
            ("a/***", "a/b", false),
            ("src/*.avsc", "src/c.avsc", true),
        ] {
            assert_eq!(covers(Path::new(path), Path::new(file)), expected, "{path}");
        }
    }
}
