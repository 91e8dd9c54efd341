//! `cargo avro completions`: what a shell needs to complete `cargo-avro`.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::args::Cli;
use crate::output::Output;
use crate::stop::{Outcome, Verdict};

const EXAMPLES: &str = "\
Examples:
  cargo avro completions bash > ~/.local/share/bash-completion/completions/cargo-avro
  cargo avro completions fish > ~/.config/fish/completions/cargo-avro.fish
  cargo avro completions zsh > ~/.zfunc/_cargo-avro

They complete `cargo-avro`. In bash (with bash-completion 2.12 or later) and zsh they complete
`cargo avro` too, as Cargo's own completions hand over to them; in other shells write `cargo-avro`.";

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        let mut script = Vec::new();
        generate(self.shell, &mut Cli::command(), "cargo-avro", &mut script);
        output.write(&script);
        Ok(Verdict::Good)
    }
}
