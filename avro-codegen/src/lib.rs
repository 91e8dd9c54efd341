//! Back end of the Avro schema compiler: linked schemas to Rust types with a direct codec.
//!
//! In a build script, with an `avro.toml` beside Cargo.toml:
//!
//! ```no_run
//! fn main() -> Result<(), avro_codegen::Error> {
//!     avro_codegen::compile()
//! }
//! ```
//!
//! and in the crate `avro_runtime::include_schemas!();`. Without a manifest there is
//! [`compile_schemas`]; for other tools [`Config`] has [`Config::generate`], which is pure,
//! [`Config::write`] and [`Config::check`].

mod analysis;
mod breaking;
mod cargo;
mod compatibility;
mod config;
mod emit;
mod error;
mod freeze;
mod history;
mod output;
mod plan;
mod sources;

use std::path::{Path, PathBuf};

use avro_model::Options;
use avro_model::codes::{Class, Code};
use avro_model::diagnostic::{Diagnostic, Diagnostics, Severity};
use avro_model::exceptions::Exceptions;
use avro_model::load::check_path;
use avro_model::schema::SchemaSet;
use avro_model::source::{FileId, SourceMap};

use history::History;
use output::Folder;
use sources::Files;

pub use avro_model::compat::Mode;
pub use breaking::{Against, Breaking, Part, Revision};
pub use cargo::{compile, compile_schemas};
pub use config::{Config, Level, SubjectNames, TimeTypes, UuidTypes};
pub use error::Error;
pub use freeze::{Frozen, Recorded};
pub use output::{Drift, DriftKind, GeneratedFile};

/// The name of the manifest.
pub const MANIFEST: &str = "avro.toml";

/// The command that writes committed code anew.
const COMMAND: &str = "cargo avro generate";

/// The schemas without errors, what is deployed, and what the manifest says of both.
struct Linked {
    set: SchemaSet,
    history: History,
    choices: plan::Choices,
    /// Lints and warnings of the schemas, and everything that is wrong with the history.
    diagnostics: Diagnostics,
    /// What is wrong with the manifest.
    findings: Vec<config::Finding>,
}

/// What was generated, and what was found on the way that is no error.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files.
    pub files: Vec<GeneratedFile>,
    sources: SourceMap,
    diagnostics: Diagnostics,
}

impl Output {
    /// Lints and warnings, in the order of places.
    #[must_use]
    pub fn findings(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The texts that the findings point into.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }
}

impl Config {
    /// Generates code from texts that are in memory: no file is read or written, and equal inputs
    /// give equal bytes, whatever the order of the sources.
    ///
    /// A source in the [history](Self::history_folder) is a deployed version, which schemas are
    /// checked against, and one at [`lock_path`](Self::lock_path) is the lock of all of them.
    ///
    /// # Errors
    ///
    /// Every mistake in the schemas; or, when they have none, every mistake of the configuration and
    /// of the history, and every incompatible change.
    pub fn generate(&self, sources: &SourceMap) -> Result<Output, Error> {
        let (plan, set, diagnostics) = self.plan(sources, &Options::new())?;
        let command = self.output_folder().map(|_| COMMAND);
        let file = output::format("mod.rs", &plan, &set, command)?;
        Ok(Output {
            files: vec![file],
            sources: sources.clone(),
            diagnostics,
        })
    }

    /// Everything that a build finds, and the lints that `options` ask for besides, without
    /// generating code: a command line tool's `check` and `lint`.
    ///
    /// # Errors
    ///
    /// Whatever keeps code from being generated; [`Error::findings`] has all of it.
    pub fn findings(&self, sources: &SourceMap, options: &Options) -> Result<Diagnostics, Error> {
        let (_, _, diagnostics) = self.plan(sources, options)?;
        Ok(diagnostics)
    }

    /// Compiles some of the sources together, with the levels of `[lints]` and as leniently as the
    /// manifest has it, and looks at nothing else in it.
    #[must_use]
    pub fn compile_files(
        &self,
        sources: &SourceMap,
        files: &[FileId],
        options: &Options,
    ) -> (SchemaSet, Diagnostics) {
        let options = self.with_lints(options);
        let (set, mut diagnostics) = avro_model::compile_files(sources, files, &options);
        self.set_levels(&mut diagnostics);
        (set, diagnostics)
    }

    /// The defaults in these schemas that no Rust value can stand for, such as a date that the
    /// library for dates does not have. A build warns of them, and so does
    /// [`findings`](Self::findings); this is for schemas that the manifest does not name.
    #[must_use]
    pub fn unfit_defaults(&self, set: &SchemaSet, options: &Options) -> Diagnostics {
        // What the manifest says of other schemas finds nothing here.
        let choices = plan::choose(self, set, &History::default(), &mut Vec::new());
        let facts = analysis::analyze(set, &choices.mappings(self, set));
        let fit = plan::Fit {
            config: self,
            set,
            choices: &choices,
            facts: &facts,
        };
        self.reported(set, fit.check(), options)
    }

    /// Of the sources that were [loaded](Self::load_sources) the schemas, those there for reference
    /// among them; the others are what is deployed.
    #[must_use]
    pub fn schema_files(&self, sources: &SourceMap) -> Vec<FileId> {
        Files::of(self, sources).schemas
    }

    /// Reads the schemas, those there for reference, the deployed versions and their lock.
    ///
    /// # Errors
    ///
    /// If a file or folder cannot be read.
    pub fn load_sources(&self) -> Result<SourceMap, Error> {
        let mut paths = self.inputs();
        paths.extend(self.deployed());
        avro_model::load::load(&paths).map_err(|error| Error::load(self, &error))
    }

    /// The history and its lock, as far as they are there.
    fn deployed(&self) -> Vec<PathBuf> {
        output::present([self.history_folder(), self.lock_path()])
    }

    /// Generates, writes the files that differ into the `output` folder, removes generated ones that
    /// are no more, and names both.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate) and [`write_output`](Self::write_output).
    pub fn write(&self) -> Result<Vec<PathBuf>, Error> {
        self.write_output(&self.generate(&self.load_sources()?)?)
    }

    /// Generates and compares the `output` folder with what would be written, and writes nothing.
    ///
    /// # Errors
    ///
    /// As [`generate`](Self::generate) and [`check_output`](Self::check_output).
    pub fn check(&self) -> Result<Vec<Drift>, Error> {
        self.check_output(&self.generate(&self.load_sources()?)?)
    }

    /// The second half of [`write`](Self::write), for who wants to see the findings besides.
    ///
    /// # Errors
    ///
    /// If there is no `output`; if a file cannot be written, or a link stands in its place or on the
    /// way to it.
    pub fn write_output(&self, output: &Output) -> Result<Vec<PathBuf>, Error> {
        output::write(&self.required_output()?, &output.files)
    }

    /// The second half of [`check`](Self::check).
    ///
    /// # Errors
    ///
    /// If there is no `output`; if a file cannot be read, or a link stands in its place or on the way
    /// to it.
    pub fn check_output(&self, output: &Output) -> Result<Vec<Drift>, Error> {
        output::check(&self.required_output()?, &output.files)
    }

    fn required_output(&self) -> Result<Folder, Error> {
        let output = self.output.as_ref().ok_or_else(|| {
            Error::usage(format!(
                "{} has no `output`: its code is generated by a build script",
                self.manifest_path().display()
            ))
        })?;
        self.folder(output)
    }

    /// A folder that the manifest names, to write into.
    fn folder(&self, named: &Path) -> Result<Folder, Error> {
        check_path(named).map_err(|error| Error::path(&error))?;
        Folder::named(&self.root, named)
    }

    /// Every decision about the code, the schemas, and what was found that is no error.
    fn plan(
        &self,
        sources: &SourceMap,
        options: &Options,
    ) -> Result<(plan::model::Plan, SchemaSet, Diagnostics), Error> {
        let mut linked = self.link(sources, options)?;
        let (set, choices) = (&linked.set, &linked.choices);
        let mut found = compatibility::check(self, &linked, |_| true);
        let facts = analysis::analyze(set, &choices.mappings(self, set));
        let (plan, planned) = plan::plan(self, sources, set, choices, &facts);
        found.extend(planned.diagnostics);

        let mut diagnostics = linked.diagnostics;
        diagnostics.extend(self.reported(set, found, options));
        diagnostics.sort();
        stop_at_errors(sources, &diagnostics)?;
        linked.findings.extend(planned.findings);
        if !linked.findings.is_empty() {
            return Err(Error::manifest(&self.text, linked.findings));
        }
        Ok((plan, linked.set, diagnostics))
    }

    /// Links the schemas, reads what is deployed, and looks up what the manifest says of either.
    fn link(&self, sources: &SourceMap, options: &Options) -> Result<Linked, Error> {
        self.link_files(sources, &Files::of(self, sources), options)
    }

    /// The same for some of the sources.
    fn link_files(
        &self,
        sources: &SourceMap,
        files: &Files,
        options: &Options,
    ) -> Result<Linked, Error> {
        let (set, mut diagnostics) = self.compile_files(sources, &files.schemas, options);
        stop_at_errors(sources, &diagnostics)?;
        let (history, found) = history::read(self, sources, files);
        diagnostics.extend(found);
        let mut findings = Vec::new();
        let choices = plan::choose(self, &set, &history, &mut findings);
        Ok(Linked {
            set,
            history,
            choices,
            diagnostics,
            findings,
        })
    }

    /// What is left of findings when those that nobody asks for and exceptions beside the schemas
    /// are taken away, and levels set.
    fn reported(&self, set: &SchemaSet, mut found: Diagnostics, options: &Options) -> Diagnostics {
        let options = self.with_lints(options);
        // Plan makes an error of a lint that leaves no Rust type, whether or not it is asked for.
        let counts =
            |found: &Diagnostic| found.severity == Severity::Error || options.reports(found.code);
        let exceptions = Exceptions::of(set);
        found.retain(|found| counts(found) && !exceptions.allow(found));
        self.set_levels(&mut found);
        found
    }

    /// The options, as lenient as the manifest is, and each lint that it asks for besides.
    fn with_lints(&self, options: &Options) -> Options {
        let asked = self.lints.iter();
        let asked = asked.filter(|(_, level)| level.value != Level::Allow);
        let codes = asked.filter_map(|(code, _)| Code::parse(code));
        let lenient = options.lenient || self.lenient;
        codes.fold(options.clone().lenient(lenient), Options::also)
    }

    /// Gives findings the severity that the manifest asks for. An error that has no exceptions stays
    /// one: nothing can be generated from it, or nobody can read the data.
    fn set_levels(&self, diagnostics: &mut Diagnostics) {
        let found = std::mem::take(diagnostics);
        diagnostics.extend(found.into_iter().filter_map(|found| self.at_level(found)));
    }

    fn at_level(&self, mut found: Diagnostic) -> Option<Diagnostic> {
        if found.severity == Severity::Error && !found.code.has_exceptions() {
            return Some(found);
        }
        let level = self.lints.get(found.code.as_str()).map(|level| level.value);
        match (level, found.code.class()) {
            (Some(Level::Allow), _) => return None,
            (Some(Level::Warn), _) => found.severity = Severity::Warning,
            (Some(Level::Deny), _) => found.severity = Severity::Error,
            (None, Some(Class::Semantic)) => match self.compatibility.semantic {
                Level::Allow => return None,
                Level::Warn => found.severity = found.severity.min(Severity::Warning),
                Level::Deny => {}
            },
            (None, _) => {}
        }
        Some(found)
    }
}

/// The manifest that counts in a folder: the nearest there or above, up to the root of the
/// workspace; outside of one, up to the package's root; outside of that, up to the file system's.
#[must_use]
pub fn find_manifest(folder: &Path) -> Option<PathBuf> {
    output::manifests::nearest(folder)
}

/// The root of the workspace that a folder is in; without one, of the package.
#[must_use]
pub fn find_project(folder: &Path) -> Option<&Path> {
    output::manifests::project(folder)
}

/// Every manifest in a folder and below it whose code is committed, which is to say that it has
/// `output`; sorted.
///
/// # Errors
///
/// If a folder or a manifest cannot be read.
pub fn find_committed(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    output::manifests::with_output(folder)
}

fn stop_at_errors(sources: &SourceMap, diagnostics: &Diagnostics) -> Result<(), Error> {
    if diagnostics.has_errors() {
        return Err(Error::schemas(sources, diagnostics.clone()));
    }
    Ok(())
}
