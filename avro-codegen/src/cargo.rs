//! What build scripts call, and the only place that prints: Cargo reads its directives from there.
#![allow(clippy::print_stdout, reason = "directives to Cargo are printed")]

use std::env;
use std::path::{Path, PathBuf};

use avro_model::diagnostic::{Diagnostic, Severity};
use avro_model::load::watched;
use avro_model::render::on_one_line;
use avro_model::source::SourceMap;

use crate::{Config, Error, Output, find_manifest, output};

/// The file in OUT_DIR that `avro_runtime::include_schemas!()` includes.
const FILE: &str = "avro.rs";

/// Compiles what the nearest avro.toml names, from a build script, into OUT_DIR.
///
/// # Errors
///
/// If there is no avro.toml, it has `output`, or it or a schema has a mistake.
pub fn compile() -> Result<(), Error> {
    let package = package()?;
    let Some(manifest) = find_manifest(&package) else {
        return Err(Error::usage(format!(
            "there is no avro.toml in {} or a folder above it; write one, or call `compile_schemas`",
            package.display()
        )));
    };
    let config = Config::load(&manifest)?;
    if config.output_folder().is_some() {
        return Err(Error::usage(format!(
            "{} has `output`: its code is committed, and written by `cargo avro generate`; remove `output` to generate in the build script",
            manifest.display()
        )));
    }
    config.compile()
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
    /// Compiles the schemas into OUT_DIR and tells Cargo what to watch.
    ///
    /// # Errors
    ///
    /// If this is no build script, or a schema or the configuration has a mistake.
    pub fn compile(&self) -> Result<(), Error> {
        let out = env::var_os("OUT_DIR")
            .ok_or_else(|| Error::usage("OUT_DIR is not set: this belongs into a build script"))?;
        // Before anything can fail, so that the next build looks again.
        self.watch_inputs();
        let sources = self.load_sources()?;
        watch_sources(&sources);
        let output = self.generate(&sources).map_err(Error::without_lints)?;
        warn(&output);
        for file in &output.files {
            output::write_file(&Path::new(&out).join(FILE), &file.text)?;
        }
        Ok(())
    }

    fn watch_inputs(&self) {
        if self.manifest_path().is_file() {
            watch(self.manifest_path());
        }
        for path in self.inputs().iter().chain(&self.deployed()) {
            watch(&watched(path));
        }
    }
}

fn package() -> Result<PathBuf, Error> {
    env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Error::usage("CARGO_MANIFEST_DIR is not set: this belongs into a build script")
        })
}

fn watch_sources(sources: &SourceMap) {
    for (_, source) in sources.iter() {
        watch(source.path());
    }
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

fn warn(output: &Output) {
    for found in output.findings() {
        if found.severity == Severity::Warning {
            println!("cargo::warning={}", line(output.sources(), found));
        }
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
        on_one_line(&found.message)
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
}
