//! Folders → the manifests in them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::MANIFEST;
use crate::error::Error;

/// The nearest manifest in a folder or above it, up to the root of its [`project`].
pub(crate) fn nearest(folder: &Path) -> Option<PathBuf> {
    let last = project(folder);
    folder
        .ancestors()
        .take_while(|folder| last.is_none_or(|last| folder.starts_with(last)))
        .map(|folder| folder.join(MANIFEST))
        .find(|path| path.is_file())
}

/// The root of the workspace that a folder is in; without one, of the package.
pub(crate) fn project(folder: &Path) -> Option<&Path> {
    let cargo = |folder: &Path| fs::read_to_string(folder.join("Cargo.toml")).ok();
    let is_workspace = |text: String| {
        text.lines()
            .any(|line| line.trim_start().starts_with("[workspace"))
    };
    let workspace = folder
        .ancestors()
        .find(|folder| cargo(folder).is_some_and(is_workspace));
    workspace.or_else(|| folder.ancestors().find(|folder| cargo(folder).is_some()))
}

/// The manifests in a folder and below it that have an `output`, sorted. Hidden folders, links and
/// what Cargo has built are passed over.
pub(crate) fn with_output(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    collect(folder, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let failed = |error| Error::io("read", folder, error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        if kind.is_dir() && !is_foreign(&path) {
            collect(&path, found)?;
        } else if kind.is_file() && entry.file_name() == MANIFEST {
            let text =
                fs::read_to_string(&path).map_err(|error| Error::io("read", &path, error))?;
            found.extend(has_output(&text).then_some(path));
        }
    }
    Ok(())
}

/// A hidden folder, or one that Cargo builds in, whatever its name.
fn is_foreign(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || folder.join("CACHEDIR.TAG").exists()
}

/// Whether a manifest sets the key `output`, which stands before its first table. Of one without,
/// what else is in it, and whether that is right, is its build script's business.
fn has_output(text: &str) -> bool {
    let mut head = text
        .lines()
        .take_while(|line| !line.trim_start().starts_with('['));
    head.any(|line| {
        let rest = line.trim_start().strip_prefix("output");
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{has_output, nearest, project};

    /// A folder that no workspace is around, with these files.
    fn outside(name: &str, files: &[&str]) -> PathBuf {
        let folder = format!("avro-codegen-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn a_manifest_counts_in_every_folder_of_its_project() {
        let root = outside(
            "nearest",
            &[
                "avro.toml",
                "a/Cargo.toml",
                "a/src/lib.rs",
                "b/avro.toml",
                "b/src/lib.rs",
                "b/c/Cargo.toml",
            ],
        );
        // Without Cargo.toml it is any folder above.
        assert_eq!(nearest(&root.join("b/src")), Some(root.join("b/avro.toml")));
        assert_eq!(nearest(&root.join("b")), Some(root.join("b/avro.toml")));
        // What stands outside of a package is not its own.
        assert_eq!(nearest(&root.join("a/src")), None);
        assert_eq!(nearest(&root.join("b/c")), None);
        fs::write(root.join("a/avro.toml"), "").unwrap();
        assert_eq!(nearest(&root.join("a/src")), Some(root.join("a/avro.toml")));
        // The workspace around a package is.
        fs::write(root.join("Cargo.toml"), "[workspace]\n").unwrap();
        assert_eq!(nearest(&root.join("b/c")), Some(root.join("b/avro.toml")));
        assert_eq!(project(&root.join("b/c")), Some(root.as_path()));
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_manifest_with_an_output_is_known_by_its_key() {
        assert!(has_output(
            "schemas = [\"a\"]\noutput= \"src/generated\"\n[lints]\n"
        ));
        assert!(!has_output(
            "# output = \"x\"\noutput-of = 1\n[topic]\noutput = \"x\"\n"
        ));
    }
}
