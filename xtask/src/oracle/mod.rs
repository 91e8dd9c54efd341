//! `cargo xtask oracle`: this project held against other implementations, on random cases.
//!
//! A difference is shown with its seed, from which the same case is made again, and fails the run;
//! so does a run whose cases were not about everything. The default seed is always the same, so
//! that a failure is due to a change and not to chance.

mod compat;
mod coverage;
mod java;
mod peer;
mod random;
mod registry;

use crate::Outcome;
use crate::args::Args;
use crate::workspace::Workspace;

/// How many cases a run has, unless it is said.
const CASES: u64 = 60_000;

/// The first seed, unless it is said.
const SEED: u64 = 1;

/// Runs the comparisons that are asked for.
///
/// # Errors
///
/// If another implementation does not run.
pub(crate) fn run(mut args: Args) -> Outcome {
    let only = args.option("--only")?;
    let seed = args.number("--seed")?.unwrap_or(SEED);
    let cases = args.number("--cases")?.unwrap_or(CASES);
    args.finish()?;
    let workspace = Workspace::load()?;
    match only.as_deref() {
        None | Some("compat") => compat::run(&workspace, seed, cases),
        Some("registry") => registry::run(&workspace),
        Some(other) => Err(format!("`--only {other}`: there are `compat` and `registry`").into()),
    }
}
