//! `avro_codegen::compile` as a build script calls it: the directives that Cargo gets, and what a
//! person reads when the script fails.
//!
//! The script is this program, started anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const AS_SCRIPT: &str = "AVRO_TESTS_AS_BUILD_SCRIPT";

/// What the script does, if this is the script.
#[test]
#[expect(clippy::print_stderr, reason = "a build script speaks to Cargo there")]
fn script() {
    if std::env::var_os(AS_SCRIPT).is_none() {
        return;
    }
    // As the standard library ends a `main` that returns an error.
    if let Err(error) = avro_codegen::compile() {
        eprintln!("Error: {error:?}");
        std::process::exit(1);
    }
    std::process::exit(0);
}

/// A package with an avro.toml.
struct Package {
    root: PathBuf,
}

/// What Cargo would get.
#[derive(Debug)]
struct Said {
    directives: Vec<String>,
    stderr: String,
    is_good: bool,
}

impl Package {
    fn new(name: &str, manifest: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("build-script")
            .join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        let package = Self { root };
        package.file("Cargo.toml", "[workspace]\n");
        package.file("avro.toml", &format!("schemas = [\"schemas\"]\n{manifest}"));
        package.file(
            "schemas/a.avsc",
            r#"{"type": "fixed", "name": "A", "size": 2}"#,
        );
        package
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn out(&self) -> PathBuf {
        self.path("target/out")
    }

    fn build(&self) -> Said {
        fs::create_dir_all(self.out()).unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "script", "--nocapture"])
            .env(AS_SCRIPT, "1")
            .env("CARGO_MANIFEST_DIR", &self.root)
            .env("OUT_DIR", self.out())
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        // The test's own name may stand before the first.
        let directive = |line: &str| line.find("cargo::").map(|at| line[at..].to_owned());
        Said {
            directives: stdout.lines().filter_map(directive).collect(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            is_good: output.status.success(),
        }
    }

    fn config(&self) -> avro_codegen::Config {
        avro_codegen::Config::load(self.path("avro.toml")).unwrap()
    }

    /// What Cargo is told to watch, from the package's root.
    fn watched(&self, said: &Said) -> Vec<String> {
        let paths = said.directives.iter();
        let paths = paths.filter_map(|line| line.strip_prefix("cargo::rerun-if-changed="));
        let root = format!("{}/", self.root.display());
        paths.map(|path| path.replace(&root, "")).collect()
    }
}

#[test]
fn a_build_generates_and_watches_each_path_once() {
    let package = Package::new("generates", "");
    package.config().freeze(&["A"], false).unwrap();
    let said = package.build();
    assert!(said.is_good, "{said:?}");
    assert!(package.out().join("avro.rs").is_file());
    assert_eq!(
        package.watched(&said),
        [
            "avro.toml",
            "schemas",
            "avro-history",
            "avro.lock",
            "avro-history/A/1.avsc",
            "schemas/a.avsc"
        ]
    );
}

#[test]
fn a_failure_is_what_was_found_and_nothing_around_it() {
    let package = Package::new("fails", "");
    package.file("schemas/b.avsc", "[\"int\", \"int\"]");
    let said = package.build();
    assert!(!said.is_good);
    assert!(
        said.stderr
            .starts_with("Error: avro-codegen\n\nerror[AVR030]: "),
        "{}",
        said.stderr
    );
    assert!(!said.stderr.contains("panicked"), "{}", said.stderr);
    assert!(
        package
            .watched(&said)
            .contains(&"schemas/b.avsc".to_owned())
    );
}

const COMMITTED: &str = "output = \"src/generated\"\n";

#[test]
fn committed_code_is_checked_and_not_written() {
    let package = Package::new("committed", COMMITTED);
    let said = package.build();
    assert!(!said.is_good);
    let file = package.path("src/generated/mod.rs");
    assert_eq!(
        said.stderr,
        format!(
            "Error: avro-codegen\n\nerror: generated code is not up to date: run `cargo avro \
             generate`\nmissing: {}\n\n",
            file.display()
        )
    );
    assert!(!file.exists());

    package.config().write().unwrap();
    let said = package.build();
    assert!(said.is_good, "{said:?}");
    assert!(!package.out().join("avro.rs").exists());
    assert_eq!(
        package.watched(&said),
        ["avro.toml", "schemas", "src/generated", "schemas/a.avsc"]
    );

    // What a command writes in the package's own folder is what a build expects there.
    package.file(
        "schemas/a.avsc",
        r#"{"type": "fixed", "name": "A", "size": 3}"#,
    );
    let before = fs::read_to_string(&file).unwrap();
    let said = package.build();
    assert!(!said.is_good);
    for part in ["\nstale: ", "\n    @@ line ", "[u8; 3]"] {
        assert!(said.stderr.contains(part), "{}", said.stderr);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), before);
}

#[test]
fn schemas_and_history_of_committed_code_are_checked_too() {
    let package = Package::new("committed-history", COMMITTED);
    package.config().write().unwrap();
    package.config().freeze(&["A"], false).unwrap();
    assert!(package.build().is_good);
    package.file(
        "schemas/a.avsc",
        r#"{"type": "fixed", "name": "A", "size": 3}"#,
    );
    let said = package.build();
    assert!(!said.is_good);
    assert!(said.stderr.contains("error[AVR"), "{}", said.stderr);
    assert!(!said.stderr.contains("up to date"), "{}", said.stderr);
    package.file("schemas/a.avsc", "{");
    let said = package.build();
    assert!(said.stderr.contains("schemas/a.avsc:1:"), "{}", said.stderr);
}

#[test]
fn warnings_of_committed_code_are_shown() {
    let package = Package::new("committed-warnings", COMMITTED);
    let schema = r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": {"type": "string", "default": "USD"}}]}"#;
    package.file("schemas/a.avsc", schema);
    package.config().write().unwrap();
    let said = package.build();
    assert!(said.is_good, "{said:?}");
    let warnings = said.directives.iter();
    let warnings: Vec<_> = warnings
        .filter(|line| line.starts_with("cargo::warning="))
        .collect();
    assert_eq!(warnings.len(), 1, "{said:?}");
}

/// Windows has no such names.
#[cfg(unix)]
#[test]
fn a_folders_name_writes_no_directive_and_no_code() {
    for end in ["\n", "\r", "\u{85}", "\u{1b}[2J", "\u{2028}"] {
        let package = Package::new("hostile", "");
        let name = format!("schemas/a{end}cargo::rustc-env=PWNED=1{end}pub fn pwned() {{}}{end}");
        package.file(
            &format!("{name}/b.avsc"),
            r#"{"type": "fixed", "name": "B", "size": 2}"#,
        );
        let said = package.build();
        assert!(!said.is_good, "{said:?}");
        for line in &said.directives {
            assert!(line.starts_with("cargo::rerun-if-changed="), "{line}");
        }
        assert!(
            said.stderr.contains("rename the file or folder"),
            "{}",
            said.stderr
        );
        assert!(
            !said.stderr.contains(['\r', '\u{85}', '\u{1b}', '\u{2028}']),
            "{said:?}"
        );
        assert!(!package.out().join("avro.rs").exists());
        // Named by the manifest itself, it is found there.
        let quoted = name.replace('"', "\\\"");
        let quoted: String = quoted
            .chars()
            .map(|c| match c.is_control() || c == '\u{2028}' {
                true => format!("\\u{:04x}", u32::from(c)),
                false => c.to_string(),
            })
            .collect();
        package.file("avro.toml", &format!("schemas = [\"{quoted}\"]\n"));
        let said = package.build();
        assert!(said.stderr.contains("avro.toml:1:12\n"), "{}", said.stderr);
        assert_eq!(package.watched(&said), Vec::<String>::new());
    }
}
