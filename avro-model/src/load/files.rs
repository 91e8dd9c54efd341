//! Files, each once, whatever paths lead to it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// What a file is known by: its folder, and its name there.
///
/// A link under a name of its own is a file of its own, for the name of the file is the name of a
/// schema that has none.
type Place = (PathBuf, OsString);

/// The files that were found.
#[derive(Default)]
pub(super) struct Files {
    /// Each by the path that findings show.
    shown: BTreeMap<Place, PathBuf>,
    /// Where the paths of folders lead.
    folders: BTreeMap<PathBuf, PathBuf>,
}

impl Files {
    /// Adds a file, and says whether it is a new one. Of several paths that lead to it the shortest
    /// is shown.
    pub(super) fn insert(&mut self, path: PathBuf) -> bool {
        let place = self.place(&path);
        let rank = |path: &Path| (path.as_os_str().len(), path.to_owned());
        match self.shown.get_mut(&place) {
            Some(shown) if rank(shown) <= rank(&path) => false,
            Some(shown) => {
                *shown = path;
                false
            }
            None => self.shown.insert(place, path).is_none(),
        }
    }

    fn place(&mut self, path: &Path) -> Place {
        let (folder, name) = parts(path);
        let folder = match self.folders.get(folder) {
            Some(folder) => folder.clone(),
            None => {
                let known = canonical(folder);
                self.folders.insert(folder.to_owned(), known.clone());
                known
            }
        };
        (folder, name)
    }

    /// The paths that are shown.
    #[cfg(feature = "idl")]
    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.shown.values().map(PathBuf::as_path)
    }

    /// The paths that are shown, in their order.
    pub(super) fn into_paths(self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.shown.into_values().collect();
        paths.sort();
        paths
    }
}

/// Whether two paths lead to one file, by its folder and its name there.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let place = |path| {
        let (folder, name) = parts(path);
        (canonical(folder), name)
    };
    one == other || place(one) == place(other)
}

fn parts(path: &Path) -> (&Path, OsString) {
    let folder = path.parent().unwrap_or(path);
    (folder, path.file_name().unwrap_or_default().to_owned())
}

/// The folder that a path leads to; one that cannot be found is its path.
fn canonical(folder: &Path) -> PathBuf {
    let there = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    fs::canonicalize(there).unwrap_or_else(|_| folder.to_owned())
}
