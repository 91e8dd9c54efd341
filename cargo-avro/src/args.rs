//! The command line: the commands, and what all of them have in common.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use avro_model::escape;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands;
use crate::output::Output;
use crate::stop::Outcome;

const EXAMPLES: &str = "\
Examples:
  cargo avro check                          the schemas that the nearest avro.toml names
  cargo avro lint schemas                   every *.avsc file in a folder
  cargo avro compat --new v2.avsc --previous v1.avsc
  cargo avro explain AVR070
  cargo avro decode --writer Order.avsc < orders.hex

Exit codes:
  0  no finding is an error
  1  at least one is (with --deny warnings: there is one); of compat: the schemas are incompatible
  2  wrong usage, or a file that cannot be read or written";

/// Check, lint, compare and compile Avro schemas. Reaches no network.
#[derive(Debug, Parser)]
#[command(
    name = "cargo-avro",
    bin_name = "cargo avro",
    version,
    after_help = EXAMPLES,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(commands::check::Check),
    Lint(commands::lint::Lint),
    Explain(commands::explain::Explain),
    Compat(commands::compat::Compat),
    Diff(commands::diff::Diff),
    Breaking(commands::breaking::Breaking),
    Freeze(commands::freeze::Freeze),
    Generate(commands::generate::Generate),
    Canonical(commands::canonical::Canonical),
    Fingerprint(commands::fingerprint::Fingerprint),
    Bundle(commands::bundle::Bundle),
    Encode(commands::encode::Encode),
    Decode(commands::decode::Decode),
    Completions(commands::completions::Completions),
}

impl Command {
    pub(crate) fn run(self, output: &mut Output) -> Outcome {
        match self {
            Self::Check(command) => command.run(output),
            Self::Lint(command) => command.run(output),
            Self::Explain(command) => command.run(output),
            Self::Compat(command) => command.run(output),
            Self::Diff(command) => command.run(output),
            Self::Breaking(command) => command.run(output),
            Self::Freeze(command) => command.run(output),
            Self::Generate(command) => command.run(output),
            Self::Canonical(command) => command.run(output),
            Self::Fingerprint(command) => command.run(output),
            Self::Bundle(command) => command.run(output),
            Self::Encode(command) => command.run(output),
            Self::Decode(command) => command.run(output),
            Self::Completions(command) => command.run(output),
        }
    }
}

/// How the result looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// How findings and results are written
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "text|json|github"
    )]
    pub(crate) format: Format,
    /// When to colour; auto: on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        hide_possible_values = true,
        value_name = "auto|always|never"
    )]
    pub(crate) color: Color,
}

/// What findings and results are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// Annotations of GitHub Actions; text where there is nothing to annotate.
    Github,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    pub(crate) fn wanted(self, is_terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            // https://no-color.org: set, and not empty.
            Self::Auto => {
                is_terminal && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
            }
        }
    }
}

/// What makes a command fail that has no errors to show.
#[derive(Debug, Args)]
pub(crate) struct DenyArgs {
    /// Exit with 1 if there is any finding, and not only for errors
    #[arg(long, value_name = "warnings", value_parser = ["warnings"], hide_possible_values = true)]
    deny: Option<String>,
}

impl DenyArgs {
    pub(crate) fn warnings(&self) -> bool {
        self.deny.is_some()
    }
}

/// The words without the `avro` that Cargo puts before those of `cargo avro`.
pub(crate) fn words(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    if words.get(1).is_some_and(|word| word == "avro") {
        words.remove(1);
    }
    words
}

/// Shows the help that was asked for, or what is wrong with the command line, and gives the exit code.
/// A shell makes words of names of files, and they may hold what a terminal acts on: such words are
/// shown without colours, and escaped.
pub(crate) fn refused(error: &clap::Error) -> ExitCode {
    let plain = error.to_string();
    let shown = escape::lines(&plain);
    let told = match *shown == plain {
        true => error.print(),
        false => io::stderr().write_all(shown.as_bytes()),
    };
    match (told, u8::try_from(error.exit_code())) {
        (Ok(()), Ok(code)) => ExitCode::from(code),
        // Nobody listens; and clap has no other codes than 0 and 2.
        _ => ExitCode::from(2),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_word_that_cargo_adds_is_dropped_once() {
        let strip = |text: &[&str]| words(text.iter().map(OsString::from));
        assert_eq!(
            strip(&["cargo-avro", "avro", "check", "avro"]),
            ["cargo-avro", "check", "avro"]
        );
        assert_eq!(
            strip(&["cargo-avro", "check", "avro"]),
            ["cargo-avro", "check", "avro"]
        );
        assert_eq!(strip(&["cargo-avro"]), ["cargo-avro"]);
    }
}
