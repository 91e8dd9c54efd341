//! `cargo xtask oracle`: this project held against other implementations, on random cases.
//!
//! A difference is shown with its seed, from which the same case is made again, and fails the run;
//! so does a run whose cases were not about everything. The default seed is always the same, so
//! that a failure is due to a change and not to chance.
//!
//! | part | what is compared |
//! |---|---|
//! | `compat` | what is a schema, canonical forms, fingerprints, every incompatibility: with Java |
//! | `java` | the codec and schema resolution of `dynamic`: with Java and [`mod@reference`] |
//! | `generated` | the same of generated types |
//! | `fastavro` | the same of `dynamic`, with fastavro |
//! | `registry` | the project's own compatibility table: with a running schema registry |

mod codec;
mod compat;
mod coverage;
mod generated;
mod java;
mod python;
mod random;
mod reference;
mod registry;
mod shrink;

use std::fmt;

use crate::Outcome;
use crate::args::Args;
use crate::workspace::Workspace;

/// The first seed, unless it is said.
const SEED: u64 = 1;

/// A comparison: its name, and how many cases it has unless that is said.
struct Part {
    name: &'static str,
    cases: u64,
    run: fn(&Workspace, u64, u64) -> Outcome,
}

/// What runs unless one is named. Each has as many cases as it takes to meet everything often
/// enough, and is done in a minute or two.
const PARTS: [Part; 4] = [
    Part {
        name: "compat",
        cases: 60_000,
        run: compat::run,
    },
    Part {
        name: "java",
        cases: 16_000,
        run: |workspace, seed, cases| codec::run::<codec::Java>(workspace, seed, cases, true),
    },
    Part {
        name: "generated",
        cases: 200,
        run: generated::run,
    },
    Part {
        name: "fastavro",
        cases: 2_500,
        run: |workspace, seed, cases| codec::run::<codec::Fastavro>(workspace, seed, cases, false),
    },
];

/// Runs the comparisons that are asked for.
///
/// # Errors
///
/// If another implementation does not run.
pub(crate) fn run(mut args: Args) -> Outcome {
    let only = args.option("--only")?;
    let seed = args.number("--seed")?.unwrap_or(SEED);
    let cases = args.number("--cases")?;
    args.finish()?;
    let workspace = Workspace::load()?;
    if only.as_deref() == Some("registry") {
        return registry::run(&workspace);
    }
    let is_asked = |part: &&Part| only.as_deref().is_none_or(|only| only == part.name);
    let parts: Vec<&Part> = PARTS.iter().filter(is_asked).collect();
    if parts.is_empty() {
        let only = only.unwrap_or_default();
        return Err(format!("`--only {only}`: there are {}, and registry", Names(&PARTS)).into());
    }
    let mut sound = true;
    for part in parts {
        sound &= (part.run)(&workspace, seed, cases.unwrap_or(part.cases))?;
    }
    Ok(sound)
}

struct Names<'a>(&'a [Part]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|part| part.name).collect();
        f.write_str(&names.join(", "))
    }
}
