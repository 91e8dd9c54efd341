//! What build scripts call, and the only place that prints: Cargo reads its directives from there.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Stdout, Write};
use std::path::{Path, PathBuf};

use avro_model::diagnostic::{Diagnostic, Severity};
use avro_model::escape;
use avro_model::load::watched;
use avro_model::source::SourceMap;

use crate::output::Folder;
use crate::{Config, Error, Output, find_manifest};

/// The file in OUT_DIR that `avro_runtime::include_schemas!()` includes.
const FILE: &str = "avro.rs";

/// Compiles what the nearest avro.toml names, from a build script, into OUT_DIR.
///
/// Where avro.toml has `output`, its code is committed: then nothing is generated, and the build
/// checks the schemas, what is deployed, and that the committed code is up to date.
///
/// # Errors
///
/// If there is no avro.toml, it or a schema has a mistake, or committed code is not up to date.
pub fn compile() -> Result<(), Error> {
    let package = package()?;
    let Some(manifest) = find_manifest(&package) else {
        return Err(Error::usage(format!(
            "there is no avro.toml in {} or a folder above it; write one, or call `compile_schemas`",
            package.display()
        )));
    };
    Config::load(&manifest)?.compile()
}

/// Compiles these folders, files and globs, from a build script, into OUT_DIR.
///
/// # Errors
///
/// If there is an avro.toml, which would say otherwise to other tools, or a schema has a mistake.
pub fn compile_schemas(paths: &[impl AsRef<Path>]) -> Result<(), Error> {
    if let Some(manifest) = find_manifest(&package()?) {
        return Err(Error::usage(format!(
            "{} says what to compile: name the schemas there and call `compile`",
            manifest.display()
        )));
    }
    let config = paths
        .iter()
        .fold(Config::new(), |config, path| config.schemas(path.as_ref()));
    config.compile()
}

impl Config {
    /// Compiles the schemas into OUT_DIR and tells Cargo what to watch. With an
    /// [output folder](Self::output_folder) it checks the code that is committed there instead, and
    /// writes nothing.
    ///
    /// # Errors
    ///
    /// If this is no build script, a schema or the configuration has a mistake, or committed code is
    /// not up to date.
    pub fn compile(&self) -> Result<(), Error> {
        let out = env::var_os("OUT_DIR")
            .ok_or_else(|| Error::usage("OUT_DIR is not set: this belongs into a build script"))?;
        let mut cargo = Cargo::new(io::stdout());
        // Before anything can fail, so that the next build looks again.
        cargo.watch_inputs(self);
        let sources = self.load_sources()?;
        cargo.watch_sources(&sources);
        let output = self.generate(&sources).map_err(Error::without_lints)?;
        cargo.warn(&output);
        match self.output_folder() {
            Some(_) => self.check_committed(&output),
            None => write(out.into(), &output),
        }
    }

    fn check_committed(&self, output: &Output) -> Result<(), Error> {
        let drifts = self.check_output(output)?;
        match drifts.is_empty() {
            true => Ok(()),
            false => Err(Error::drift(drifts)),
        }
    }
}

fn write(out: PathBuf, output: &Output) -> Result<(), Error> {
    let out = Folder::of_cargo(out);
    let mut files = output.files.iter();
    files.try_for_each(|file| out.update(Path::new(FILE), &file.text))
}

fn package() -> Result<PathBuf, Error> {
    env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Error::usage("CARGO_MANIFEST_DIR is not set: this belongs into a build script")
        })
}

/// Where directives go, a line each. What Cargo is to watch, it is told once.
struct Cargo<W = Stdout> {
    out: W,
    watched: BTreeSet<PathBuf>,
}

impl<W: Write> Cargo<W> {
    fn new(out: W) -> Self {
        Self {
            out,
            watched: BTreeSet::new(),
        }
    }

    /// The manifest, and whatever it names.
    fn watch_inputs(&mut self, config: &Config) {
        if config.manifest_path().is_file() {
            self.watch(config.manifest_path());
        }
        for path in config.inputs().iter().chain(&config.deployed()) {
            self.watch(&watched(path));
        }
        if let Some(folder) = config.output_folder() {
            self.watch(&folder);
        }
    }

    fn watch_sources(&mut self, sources: &SourceMap) {
        for (_, source) in sources.iter() {
            self.watch(source.path());
        }
    }

    fn watch(&mut self, path: &Path) {
        if self.watched.insert(path.to_owned()) {
            self.directive("rerun-if-changed", &path.to_string_lossy());
        }
    }

    fn warn(&mut self, output: &Output) {
        for found in output.findings() {
            if found.severity == Severity::Warning {
                self.directive("warning", &line(output.sources(), found));
            }
        }
    }

    /// Whatever the value holds, it stays one line, and so one directive.
    fn directive(&mut self, name: &str, value: &str) {
        // A Cargo that has gone away needs none.
        let _ = writeln!(self.out, "cargo::{name}={}", escape::line(value));
    }
}

/// `file:line:column: code: message (what to do)`: Cargo shows one line, and says itself that it is
/// a warning.
fn line(sources: &SourceMap, found: &Diagnostic) -> String {
    let (span, position) = (found.span(), sources.position(found.span()));
    let line = format!(
        "{}:{}:{}: {}: {}",
        sources.source(span.file).path().display(),
        position.line,
        position.column,
        found.code,
        found.message
    );
    if found.notes.is_empty() {
        return line;
    }
    format!("{line} ({})", found.notes.join("; ").replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_says_where_what_and_what_to_do() {
        let mut sources = SourceMap::new();
        let schema = r#"{"type": "record", "name": "Order", "fields": [
  {"name": "currency", "type": {"type": "string", "default": "USD"}},
  {"name": "at", "type": "long", "logicalType": "timestamp-millis"}
]}"#;
        sources.add("Order.avsc", schema).unwrap();
        let output = Config::new().generate(&sources).unwrap();
        let warnings = output.findings().iter();
        let warnings = warnings.filter(|found| found.severity == Severity::Warning);
        let lines: Vec<String> = warnings.map(|found| line(&sources, found)).collect();
        let [default, logical_type] = &*lines else {
            panic!("{lines:?}");
        };
        for (line, place, fix) in [
            (default, "Order.avsc:2:51: AVR", r#""default": "USD""#),
            (
                logical_type,
                "Order.avsc:3:34: AVR",
                r#""logicalType": "timestamp-millis""#,
            ),
        ] {
            assert!(line.starts_with(place) && line.contains(fix), "{line}");
        }
    }

    /// What is printed.
    fn printed(work: impl FnOnce(&mut Cargo<&mut Vec<u8>>)) -> String {
        let mut out = Vec::new();
        work(&mut Cargo::new(&mut out));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_path_is_watched_once() {
        let paths = ["avro.lock", "schemas", "avro.lock", "./schemas/a.avsc"].map(Path::new);
        assert_eq!(
            printed(|cargo| paths.iter().for_each(|path| cargo.watch(path))),
            "cargo::rerun-if-changed=avro.lock\n\
             cargo::rerun-if-changed=schemas\n\
             cargo::rerun-if-changed=./schemas/a.avsc\n"
        );
    }

    /// Such a path is refused when it is loaded, and was printed before.
    #[test]
    fn no_path_is_another_directive() {
        for end in [
            "\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{1b}", "\u{202e}",
        ] {
            let path = format!("schemas{end}cargo::rustc-env=PWNED=1");
            let printed = printed(|cargo| cargo.watch(Path::new(&path)));
            let spelled: String = end.chars().flat_map(char::escape_default).collect();
            assert_eq!(
                printed,
                format!("cargo::rerun-if-changed=schemas{spelled}cargo::rustc-env=PWNED=1\n")
            );
        }
    }

    #[test]
    fn no_schema_writes_a_directive() {
        let mut sources = SourceMap::new();
        let path = "a\ncargo::rustc-env=A=1\n.avsc";
        let schema = r#"{"type": "record", "name": "R", "fields": [
  {"name": "a", "type": {"type": "string", "default": "\ncargo::rustc-env=B=1\n"}}]}"#;
        sources.add(path, schema).unwrap();
        let output = Config::new().generate(&sources).unwrap();
        let printed = printed(|cargo| cargo.warn(&output));
        assert!(printed.starts_with("cargo::warning=a\\ncargo::rustc-env=A=1\\n.avsc:2:"));
        assert_eq!(printed.lines().count(), 1, "{printed}");
    }
}
