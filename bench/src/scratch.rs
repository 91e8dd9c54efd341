//! Packages and folders of schemas that are written to be measured, below `target/compiler`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::catalogue::Catalogue;
use crate::process::Program;

/// A folder with schemas and a manifest, and perhaps a package around them.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// The folder of this package.
const HERE: &str = env!("CARGO_MANIFEST_DIR");

impl Folder {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        let folder = Path::new(HERE).join("target/compiler").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("a folder of ours");
        }
        fs::create_dir_all(&folder).expect("a place to write");
        Self(folder)
    }

    /// One that stays as it was, if it is there.
    pub fn kept(name: &str) -> Self {
        let folder = Path::new(HERE).join("target/compiler").join(name);
        fs::create_dir_all(&folder).expect("a place to write");
        Self(folder)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file.
    pub fn file(&self, path: &str, text: &str) -> &Self {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a place to write");
        fs::write(path, text).expect("a place to write");
        self
    }

    /// Writes a file for each schema, and a manifest.
    pub fn schemas(&self, catalogue: &Catalogue, manifest: &str) -> &Self {
        for (index, definition) in catalogue.types.iter().enumerate() {
            let path = format!("schemas/{}/{}.avsc", definition.domain, definition.name);
            self.file(&path, &catalogue.schema(index));
        }
        // A workspace, so that no manifest above counts.
        self.file("Cargo.toml", "[workspace]\n");
        self.file("avro.toml", &format!("schemas = [\"schemas\"]\n{manifest}"))
    }

    /// Makes a package of it, with the versions of foreign crates that this repository has.
    pub fn package(&self, dependencies: &str) -> &Self {
        let lock = fs::read_to_string(repository().join("Cargo.lock")).expect("the lock file");
        let repository = repository();
        let root = repository.display().to_string();
        let dependencies = dependencies.replace("path = \"", &format!("path = \"{root}/"));
        let package = "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";
        self.file("Cargo.lock", &lock).file(
            "Cargo.toml",
            &format!("{package}\n{dependencies}\n[workspace]\n"),
        )
    }

    /// `cargo` with these words in the package.
    pub fn cargo(&self, words: &[&str]) -> Program {
        Program::new("cargo", &self.0, words).with("CARGO_TARGET_DIR", self.0.join("target"))
    }
}

/// The command `cargo avro`, built in release.
pub fn cargo_avro() -> PathBuf {
    let built = Command::new("cargo")
        .args(["build", "-q", "--release", "-p", "cargo-avro"])
        .current_dir(repository())
        .status();
    assert!(built.is_ok_and(|it| it.success()), "cargo avro compiles");
    repository().join("target/release/cargo-avro")
}

fn repository() -> PathBuf {
    let folder = Path::new(HERE).parent();
    folder.expect("the repository").to_owned()
}
