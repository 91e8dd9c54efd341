//! `cargo avro breaking`: what the schemas break, against what is deployed, another revision or
//! another folder.

use std::collections::BTreeSet;
use std::path::PathBuf;

use avro_codegen::{Against, Config, Mode, Part};
use avro_model::codes::Class;
use avro_model::json::Object;
use avro_model::render::{self, Finding};
use clap::{Args, ValueEnum};

use crate::args::{DenyArgs, Format};
use crate::baseline::Baseline;
use crate::input::manifest;
use crate::output::{Output, count, verdict};
use crate::stop::Outcome;

const EXAMPLES: &str = "\
Examples:
  cargo avro breaking                                against what is deployed: avro-history
  cargo avro breaking --against git:main             against the schemas of a branch
  cargo avro breaking --against ../released          against those of a folder
  cargo avro breaking --class wire --mode FULL       can data be read, both ways?
  cargo avro breaking --against git:v1.2.0 --class source

Classes: `wire`, data cannot be read, as a registry judges it; `semantic`, data mean something
else; `json`, JSON cannot be read; `source`, Rust code that uses the generated types breaks. A build
checks the first two. With `source` the last line says which part of the crate's version has to
move: `version: major`, `minor` or `patch`; of 0.x, major is the x.
Exit codes: 0; 1 if something breaks, or a schema or avro.toml has an error; 2 if a file or a
revision cannot be read.";

/// Find what the schemas break: data, their meaning, JSON, Rust code
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Breaking {
    /// What the schemas are compared with, instead of the history: `git:`
    /// and a revision, or a folder
    #[arg(long, value_name = "git:REVISION|FOLDER", verbatim_doc_comment)]
    against: Option<Baseline>,
    /// Look for these classes, instead of wire and semantic; several with
    /// commas between
    #[arg(
        long = "class",
        value_enum,
        value_name = "wire|semantic|json|source|all",
        hide_possible_values = true,
        value_delimiter = ',',
        verbatim_doc_comment
    )]
    classes: Vec<ClassArg>,
    /// The compatibility mode, instead of those that avro.toml sets
    #[arg(long, value_name = "MODE")]
    mode: Option<Mode>,
    #[command(flatten)]
    deny: DenyArgs,
    /// The avro.toml that counts, instead of the nearest in this folder or above
    #[arg(long, value_name = "AVRO.TOML")]
    manifest: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ClassArg {
    Wire,
    Semantic,
    Json,
    Source,
    All,
}

impl ClassArg {
    fn classes(self) -> &'static [Class] {
        match self {
            Self::Wire => &[Class::Wire],
            Self::Semantic => &[Class::Semantic],
            Self::Json => &[Class::Json],
            Self::Source => &[Class::Source],
            Self::All => &Class::ALL,
        }
    }
}

impl Breaking {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let config = Config::load(manifest(self.manifest.as_deref())?)?;
        let mut sources = config.load_sources()?;
        let revision = match &self.against {
            Some(baseline) => Some(baseline.load(&config, &mut sources)?),
            None => None,
        };
        let against = revision.as_ref().map_or(Against::History, Against::Schemas);
        let found = config.breaking(&sources, against, &self.classes(), self.mode)?;
        let findings: Vec<_> = found
            .findings
            .iter()
            .map(|finding| Finding::new(&sources, finding))
            .collect();
        match output.format() {
            Format::Json => output.print_json(&json(&findings, found.part)),
            Format::Text | Format::Github => {
                output.findings(&findings);
                tell(&findings, found.part, output);
            }
        }
        Ok(verdict(&findings, self.deny.warnings()))
    }

    fn classes(&self) -> BTreeSet<Class> {
        if self.classes.is_empty() {
            return [Class::Wire, Class::Semantic].into();
        }
        let classes = self.classes.iter().flat_map(|class| class.classes());
        classes.copied().collect()
    }
}

/// The part of the version as a result, and how much was found as a remark.
fn tell(findings: &[Finding<'_>], part: Option<Part>, output: &mut Output) {
    if let Some(part) = part.filter(|_| output.format() == Format::Text) {
        let gap = if findings.is_empty() { "" } else { "\n" };
        output.print(&format!("{gap}version: {}\n", part.as_str()));
    }
    output.remark(&count(findings));
}

fn json(findings: &[Finding<'_>], part: Option<Part>) -> String {
    let object = Object::new()
        .optional("version", part.map(Part::as_str))
        .raw("findings", render::json(findings).trim_end());
    object.finish() + "\n"
}
