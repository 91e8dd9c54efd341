//! `cargo avro check`: errors, and warnings for what is ignored or has no effect.

use avro_codegen::{Config, MANIFEST};
use avro_model::codes::Category;
use avro_model::render::Finding;
use avro_model::{Diagnostics, Options};
use clap::Args;

use crate::args::DenyArgs;
use crate::input::{Given, Inputs};
use crate::output::{Output, count, verdict};
use crate::stop::{Outcome, Stop};

const EXAMPLES: &str = "\
Examples:
  cargo avro check                                  the schemas that avro.toml names
  cargo avro check schemas shared/Money.avsc        a folder and a file, linked together
  cargo avro check --format github --deny warnings  in a CI job
  curl -s $URL | cargo avro check -                 what another program prints

Without FILEs everything is checked that a build checks: besides the schemas the whole of avro.toml,
and what is deployed.
Exit codes: 0, or 1 if a finding is an error, or 2 if a file cannot be read.";

/// Find errors, and what is ignored or has no effect
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Check {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    deny: DenyArgs,
}

impl Check {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        report(&self.inputs, Category::Minimal, &self.deny, output)
    }
}

/// Shows what is found in the schemas, with the lints up to a category.
pub(super) fn report(
    inputs: &Inputs,
    category: Category,
    deny: &DenyArgs,
    output: &mut Output,
) -> Outcome {
    output.lists_findings();
    let given = inputs.read()?;
    let options = Options::new().lenient(inputs.lenient).category(category);
    let found = findings(&given, &options)?;
    let findings: Vec<_> = found
        .iter()
        .map(|found| Finding::new(&given.sources, found))
        .collect();
    output.findings(&findings);
    output.remark(&format!("{}: {}", given.describe(), count(&findings)));
    Ok(verdict(&findings, deny.warnings()))
}

fn findings(given: &Given, options: &Options) -> Result<Diagnostics, Stop> {
    match &given.config {
        Some(config) if given.by_manifest => Ok(config.findings(&given.sources, options)?),
        _ => of_files(given, options),
    }
}

/// The same that a manifest without settings would have found in the files.
fn of_files(given: &Given, options: &Options) -> Result<Diagnostics, Stop> {
    let (set, mut found) = given.compile(options);
    let plain = Config::from_toml(MANIFEST, "")?;
    let config = given.config.as_ref().unwrap_or(&plain);
    found.extend(config.unfit_defaults(&set, options));
    found.sort_by_path(&given.sources);
    Ok(found)
}
