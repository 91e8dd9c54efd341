//! `cargo avro lint`: all that `check` finds, and what could be better.

use avro_model::codes::Category;
use clap::{Args, ValueEnum};

use super::check::report;
use crate::args::DenyArgs;
use crate::input::Inputs;
use crate::output::Output;
use crate::stop::Outcome;

const EXAMPLES: &str = "\
Examples:
  cargo avro lint                                   the schemas that avro.toml names
  cargo avro lint schemas/Order.avsc
  cargo avro lint --category basic schemas          only what fails readers or leads them astray
  cargo avro explain AVR043                         what a finding is about

Without FILEs everything is checked that a build checks: besides the schemas the whole of avro.toml,
and what is deployed. An exception stands beside the schema: \"lint\": {\"allow\": {\"AVR043\": \"the reason\"}}.
Exit codes: 0, or 1 if a finding is an error, or 2 if a file cannot be read.";

/// Find errors, and what could be better
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Lint {
    #[command(flatten)]
    inputs: Inputs,
    /// How much to look for; each category holds those before it
    #[arg(long, value_enum, default_value_t = Depth::Standard, hide_possible_values = true,
        value_name = "minimal|basic|standard|extra")]
    category: Depth,
    #[command(flatten)]
    deny: DenyArgs,
}

/// A category, as the command line has it.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Depth {
    Minimal,
    Basic,
    Standard,
    Extra,
}

impl Lint {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let category = match self.category {
            Depth::Minimal => Category::Minimal,
            Depth::Basic => Category::Basic,
            Depth::Standard => Category::Standard,
            Depth::Extra => Category::Extra,
        };
        report(&self.inputs, category, &self.deny, output)
    }
}
