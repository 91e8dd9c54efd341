//! `cargo avro`: what the compiler knows of schemas, as a command. It reaches no network.
//!
//! | module | what |
//! |---|---|
//! | [`args`] | the command line |
//! | [`commands`] | one file for each command: its arguments, and what it does |
//! | [`input`] | paths, stdin or a manifest → source texts |
//! | [`baseline`] | a revision or a folder → the schemas that others are compared with |
//! | [`pick`] | a set of schemas → the one that is meant |
//! | [`encoding`] | data and messages, as lines or in binary |
//! | [`stdin`] | stdin as data, line by line or whole |
//! | [`output`] | stdout and stderr, in the format and colours that are asked for |
//! | [`stop`] | why a command has no result |
//!
//! What a command is asked for goes to stdout, everything else to stderr.
//!
//! # Exit codes
//!
//! | code | when |
//! |--:|---|
//! | 0 | no finding is an error |
//! | 1 | at least one is; with `--deny warnings`, there is one at all; of `compat`, the schemas are incompatible; of `encode` and `decode`, data are bad |
//! | 2 | the command was called wrongly, or a file cannot be read or written |

mod args;
mod baseline;
mod commands;
mod encoding;
mod input;
mod output;
mod pick;
mod stdin;
mod stop;

use std::process::ExitCode;

use clap::Parser;

use args::Cli;
use output::Output;

fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(args::words(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => return args::refused(&error),
    };
    let mut output = Output::new(&cli.output);
    let code = match cli.command.run(&mut output) {
        Ok(verdict) => verdict.code(),
        Err(stop) => {
            output.stopped(&stop);
            stop.code()
        }
    };
    ExitCode::from(output.finish(code))
}
