//! A folder in which files are read, written and removed. No link is followed: whoever can put one
//! into a repository would choose which file is overwritten.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// A folder that files are written into.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder that a manifest names. The folder of the manifest is taken as it is; below it, no
    /// folder on the way may be a link. A folder named by an absolute path may not be a link itself.
    ///
    /// # Errors
    ///
    /// If one is, or cannot be looked at.
    pub(crate) fn named(root: &Path, named: &Path) -> Result<Self, Error> {
        // Without the last `/` of `generated/`, with which the system would follow a link.
        let named: PathBuf = named.components().collect();
        let mut on_the_way: Vec<&Path> = named.ancestors().collect();
        if named.is_absolute() {
            on_the_way.truncate(1);
        }
        for folder in on_the_way.into_iter().rev() {
            let path = root.join(folder);
            let is_link = |there: Metadata| there.is_symlink();
            if !folder.as_os_str().is_empty() && look_at(&path)?.is_some_and(is_link) {
                return Err(Error::refused(
                    &path,
                    "it is a link, and could lead to any folder: name the folder itself in \
                     avro.toml, or put a folder in the place of the link",
                ));
            }
        }
        Ok(Self(root.join(named)))
    }

    /// A folder that Cargo has made, wherever it is: OUT_DIR.
    pub(crate) fn of_cargo(path: PathBuf) -> Self {
        Self(path)
    }

    /// The path of a file in it.
    pub(crate) fn file(&self, name: &Path) -> PathBuf {
        self.0.join(name)
    }

    /// Refuses a file that cannot be written, because what is there is no regular file.
    ///
    /// # Errors
    ///
    /// If it is none, or cannot be looked at.
    pub(crate) fn check(&self, name: &Path) -> Result<(), Error> {
        is_regular(&self.file(name)).map(drop)
    }

    /// The text of a file, if it is there.
    ///
    /// # Errors
    ///
    /// If what is there is no regular file, or cannot be read.
    pub(crate) fn read(&self, name: &Path) -> Result<Option<String>, Error> {
        let path = self.file(name);
        if !is_regular(&path)? {
            return Ok(None);
        }
        let text = fs::read_to_string(&path);
        text.map(Some)
            .map_err(|error| Error::io("read", &path, error))
    }

    /// Writes a file whole or not at all: nobody ever sees a part of it.
    ///
    /// # Errors
    ///
    /// If what is there is no regular file, or the file cannot be written.
    pub(crate) fn write(&self, name: &Path, text: &str) -> Result<(), Error> {
        let path = self.file(name);
        is_regular(&path)?;
        fs::create_dir_all(&self.0).map_err(|error| Error::io("create", &self.0, error))?;
        let partial = self.0.join(partial_name());
        let mut options = OpenOptions::new();
        // Nothing may be there, be it a link.
        options.write(true).create_new(true);
        let mut file = options
            .open(&partial)
            .map_err(|error| Error::io("write", &partial, error))?;
        let written = file.write_all(text.as_bytes());
        drop(file);
        written
            .and_then(|()| fs::rename(&partial, &path))
            .map_err(|error| {
                // The first error is the one to tell.
                let _ = fs::remove_file(&partial);
                Error::io("write", &path, error)
            })
    }

    /// Writes a file unless it holds this text already, so that Cargo does not rebuild for nothing.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub(crate) fn update(&self, name: &Path, text: &str) -> Result<(), Error> {
        let path = self.file(name);
        if is_regular(&path)? && fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        self.write(name, text)
    }

    /// Writes a file that is not there yet, whole or not at all.
    ///
    /// # Errors
    ///
    /// If something is there, or the file cannot be written.
    pub(crate) fn write_new(&self, name: &Path, text: &str) -> Result<(), Error> {
        let path = self.file(name);
        match is_regular(&path)? {
            true => Err(Error::io("write", &path, ErrorKind::AlreadyExists.into())),
            false => self.write(name, text),
        }
    }

    /// Removes a regular file.
    ///
    /// # Errors
    ///
    /// If what is there is none, or cannot be removed.
    pub(crate) fn remove(&self, name: &Path) -> Result<(), Error> {
        let path = self.file(name);
        is_regular(&path)?;
        fs::remove_file(&path).map_err(|error| Error::io("remove", &path, error))
    }

    /// The names of the regular files with this extension, sorted. A link is none of them, and is
    /// never removed.
    ///
    /// # Errors
    ///
    /// If the folder is there and cannot be read.
    pub(crate) fn files(&self, extension: &str) -> Result<Vec<PathBuf>, Error> {
        let failed = |error| Error::io("read", &self.0, error);
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = PathBuf::from(entry.file_name());
            let has_extension = name.extension().is_some_and(|it| it == extension);
            if has_extension && entry.file_type().map_err(failed)?.is_file() {
                files.push(name);
            }
        }
        files.sort();
        Ok(files)
    }
}

/// Whether a regular file is there; an error if something else is.
fn is_regular(path: &Path) -> Result<bool, Error> {
    let Some(there) = look_at(path)? else {
        return Ok(false);
    };
    if there.is_symlink() {
        return Err(Error::refused(
            path,
            "it is a link, and could lead to any file: remove it",
        ));
    }
    match there.is_file() {
        true => Ok(true),
        false => Err(Error::refused(path, "it is no regular file: remove it")),
    }
}

/// What stands at a path; of a link, the link.
fn look_at(path: &Path) -> Result<Option<Metadata>, Error> {
    match fs::symlink_metadata(path) {
        Ok(there) => Ok(Some(there)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path, error)),
    }
}

/// The name of a file that becomes another when it is whole. Several threads and processes may
/// write into one folder.
fn partial_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!(".{}-{count}.partial", process::id())
}
