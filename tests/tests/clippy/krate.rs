//! A crate of generated modules, and what clippy says of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crate, written anew.
pub(crate) struct Crate {
    folder: PathBuf,
    root: String,
}

const MANIFEST: &str = r#"[package]
name = "avro-clippy"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
avro-runtime = { path = "RUNTIME", features = ["jiff", "serde"] }
"#;

const ROOT: &str = "\
#![forbid(unsafe_code)]
#![deny(warnings, clippy::all, clippy::pedantic)]
//! Generated code, a module each.
";

impl Crate {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(folder.join("src")).unwrap();
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let runtime = workspace.join("avro-runtime");
        let manifest = MANIFEST.replace("\"RUNTIME\"", &format!("{runtime:?}"));
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        // No version is resolved anew, and none fetched.
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self {
            folder,
            root: ROOT.to_owned(),
        }
    }

    pub(crate) fn module(&mut self, name: &str, code: &str) {
        fs::write(self.folder.join(format!("src/{name}.rs")), code).unwrap();
        self.root
            .push_str(&format!("/// See its head.\npub mod {name};\n"));
    }

    /// Fails with what clippy finds.
    #[track_caller]
    pub(crate) fn check(&self) {
        fs::write(self.folder.join("src/lib.rs"), &self.root).unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["clippy", "--quiet", "--offline", "--target-dir"])
            .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
            .current_dir(&self.folder)
            // Not the repository's clippy.toml, but what a user has without one.
            .env("CLIPPY_CONF_DIR", &self.folder)
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let start: String = said.chars().take(20_000).collect();
        assert!(output.status.success(), "cargo clippy: {start}");
        assert!(!said.contains("warning: "), "{start}");
    }
}
