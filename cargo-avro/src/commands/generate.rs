//! `cargo avro generate`: the generated code that is committed.

use std::path::PathBuf;

use avro_codegen::{Config, Drift, MANIFEST, find_committed, find_project};
use avro_model::Severity;
use avro_model::render::Finding;
use clap::Args;

use crate::args::{DenyArgs, Format};
use crate::input::{current_folder, from, manifest};
use crate::output::{Output, verdict};
use crate::stop::{Outcome, Stop, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro generate                               what the nearest avro.toml says
  cargo avro generate --check                       in a CI job: is it up to date?
  cargo avro generate --workspace                   every avro.toml that has `output`

Only for code that is committed, into the folder that `output` in avro.toml names. Without `output`
a build script generates, and there is nothing to do here.
Exit codes: 0, or 1 if a schema or avro.toml has an error or, with --check, if code is not up to
date, or 2 if a file cannot be read or written.";

/// Write the generated code that is committed
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Generate {
    /// Write nothing; list what is not up to date, and exit with 1 if there is any
    #[arg(long)]
    check: bool,
    /// The avro.toml that counts, instead of the nearest in this folder or above
    #[arg(long, value_name = "AVRO.TOML", conflicts_with = "workspace")]
    manifest: Option<PathBuf>,
    /// Every avro.toml of the workspace that has `output`
    #[arg(long)]
    workspace: bool,
    #[command(flatten)]
    deny: DenyArgs,
}

/// What was done for one manifest.
struct Done {
    manifest: PathBuf,
    generated: avro_codegen::Output,
    /// With `--check`: what is not up to date, and how that is told to programs.
    drifts: Vec<(Drift, Vec<String>)>,
    /// Without: the files that were written or removed.
    written: Vec<PathBuf>,
}

impl Generate {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        output.lists_findings();
        let mut done = Vec::new();
        // Mistakes in one manifest or its schemas hide nothing of the next.
        for manifest in self.manifests()? {
            match self.one(manifest) {
                Err(stop) if !stop.is_finding() => return Err(stop),
                outcome => done.push(outcome),
            }
        }
        let findings: Vec<_> = done
            .iter()
            .flat_map(|outcome| match outcome {
                Ok(done) => done.findings(output.format() != Format::Text),
                Err(stop) => stop.findings(),
            })
            .collect();
        output.findings(&findings);
        let done: Vec<_> = done.iter().flatten().collect();
        if output.format() == Format::Text {
            done.iter().for_each(|done| done.tell(output));
        }
        let drifts = done.iter().any(|done| !done.drifts.is_empty());
        if drifts {
            output.remark(&format!("{STALE}: {REMEDY}"));
        }
        match drifts {
            true => Ok(Verdict::Bad),
            false => Ok(verdict(&findings, self.deny.warnings())),
        }
    }

    fn manifests(&self) -> Result<Vec<PathBuf>, Stop> {
        if !self.workspace {
            return Ok(vec![manifest(self.manifest.as_deref())?]);
        }
        let here = current_folder()?;
        let root = find_project(&here).unwrap_or(&here);
        let manifests = find_committed(root)?;
        if manifests.is_empty() {
            let message = format!("no {MANIFEST} in {} has `output`", root.display());
            return Err(Stop::usage(message));
        }
        Ok(manifests.iter().map(|path| from(&here, path)).collect())
    }

    fn one(&self, manifest: PathBuf) -> Result<Done, Stop> {
        let config = Config::load(&manifest)?;
        if config.output_folder().is_none() {
            let message = format!(
                "{} has no `output`: a build script generates its code, and nothing is to be \
                 written; --workspace writes for every {MANIFEST} that has one",
                manifest.display()
            );
            return Err(Stop::file(&manifest, message));
        }
        let generated = config.generate(&config.load_sources()?)?;
        let (mut drifts, mut written) = (Vec::new(), Vec::new());
        match self.check {
            true => drifts = config.check_output(&generated)?,
            false => written = config.write_output(&generated)?,
        }
        let drifts = drifts.into_iter();
        Ok(Done {
            manifest,
            generated,
            drifts: drifts.map(|drift| (drift.clone(), notes(&drift))).collect(),
            written,
        })
    }
}

const STALE: &str = "generated code is not up to date";
const REMEDY: &str = "run `cargo avro generate`";

/// What to do about a drift, and what differs.
fn notes(drift: &Drift) -> Vec<String> {
    let path = drift.path.to_string_lossy();
    vec![
        REMEDY.to_owned(),
        drift.describe(&path).trim_end().to_owned(),
    ]
}

impl Done {
    /// What a build shows; and what is not up to date, where that is to be a finding.
    fn findings(&self, with_drifts: bool) -> Vec<Finding<'_>> {
        let sources = self.generated.sources();
        let found = self.generated.findings().iter();
        let found = found.filter(|found| found.severity > Severity::Lint);
        let mut findings: Vec<_> = found.map(|found| Finding::new(sources, found)).collect();
        let drifts = self.drifts.iter().filter(|_| with_drifts);
        findings.extend(drifts.map(|(drift, notes)| Finding {
            notes,
            ..Finding::error(STALE, Some(&drift.path))
        }));
        findings
    }

    /// What was written, or is not up to date.
    fn tell(&self, output: &mut Output) {
        for (drift, _) in &self.drifts {
            output.print(&drift.describe(&drift.path.to_string_lossy()));
        }
        for path in &self.written {
            output.print(&format!("{}\n", path.display()));
        }
        if self.drifts.is_empty() && self.written.is_empty() {
            output.remark(&format!("{}: up to date", self.manifest.display()));
        }
    }
}
