//! `cargo xtask bench`: every benchmark in one run on one machine → BENCHMARKS.md.
//!
//! ```text
//! bench/src/bin/*  ──▶ lines of JSON ─┐
//! bench/java, bench/go, on the same   ├─▶ Results ─▶ goals, page
//! bytes (cases.json)  ────────────────┘
//! ```
//!
//! What the programs said stays in the target folder, so that `--page` writes the page anew without
//! measuring. A goal whose figure is missing fails the run, as one that is not met does not: that is
//! what the page is to show.

mod go;
mod goals;
mod java;
mod kafka;
mod machine;
mod page;
mod plot;
mod programs;
mod results;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Args;
use crate::workspace::Workspace;
use crate::{Error, Outcome};
use goals::Verdict;
use machine::Machine;
use programs::Program;
use results::Results;

/// The page, in the repository's root.
const PAGE: &str = "BENCHMARKS.md";

/// Where everything of a run is kept.
struct Folders {
    /// `bench/`, a workspace of its own.
    bench: PathBuf,
    /// Results, and what peers are built in.
    home: PathBuf,
}

/// Measures, and writes the page.
///
/// # Errors
///
/// If something does not build or run.
pub(crate) fn run(mut args: Args) -> Outcome {
    let only = args.option("--only")?;
    let page_alone = args.flag("--page");
    args.finish()?;
    let workspace = Workspace::load()?;
    let folders = Folders {
        bench: workspace.root.join("bench"),
        home: workspace.target.join("bench"),
    };
    fs::create_dir_all(folders.results())?;
    let measured = page_alone || measure(&workspace, &folders, only.as_deref())?;
    let results = Results::load(&folders.results())?;
    let machine = Machine::load(&folders.results())?;
    let verdicts = goals::judge(&results);
    let text = page::text(&machine, &verdicts, &results);
    fs::write(workspace.root.join(PAGE), text)?;
    Ok(told(&verdicts) && measured)
}

/// Runs the programs, or the one that is asked for; its old results are replaced. Whether all went
/// well: one that fails does not keep the others' results from the page.
fn measure(workspace: &Workspace, folders: &Folders, only: Option<&str>) -> Outcome {
    let wants = |name: &str| only.is_none_or(|only| only == name);
    if only.is_none() {
        for entry in fs::read_dir(folders.results())? {
            fs::remove_file(entry?.path())?;
        }
    }
    Machine::look(folders)?.save(&folders.results())?;
    let programs = programs::build(folders)?;
    let wanted = programs.iter().filter(|program| wants(program.name));
    let run = |program: &Program| match program.name {
        kafka::NAME => kafka::run(program, workspace, folders),
        _ => program.run(folders, &[]),
    };
    let mut runs: Vec<Result<(), Error>> = wanted.map(run).collect();
    if wants(java::NAME) {
        runs.push(java::run(folders));
    }
    if wants(go::NAME) {
        runs.push(go::run(folders));
    }
    let failures: Vec<Error> = runs.into_iter().filter_map(Result::err).collect();
    for failure in &failures {
        eprintln!("error: {failure}");
    }
    Ok(failures.is_empty())
}

/// Says what came of the goals; whether every one has its figure.
fn told(verdicts: &[Verdict]) -> bool {
    for verdict in verdicts.iter().filter(|verdict| !verdict.is_met()) {
        println!("{}", verdict.line());
    }
    let met = verdicts.iter().filter(|verdict| verdict.is_met()).count();
    println!("{met} of {} goals are met; see {PAGE}", verdicts.len());
    verdicts.iter().all(|verdict| verdict.figure.is_some())
}

impl Folders {
    fn results(&self) -> PathBuf {
        self.home.join("results")
    }

    /// What the peers in other languages are given.
    fn cases(&self) -> PathBuf {
        self.home.join("cases.json")
    }

    /// Keeps what a program said.
    fn keep(&self, program: &str, lines: &str) -> Result<(), Error> {
        let path = self.results().join(format!("{program}.jsonl"));
        Ok(fs::write(&path, lines).map_err(|error| told_of(&path, &error))?)
    }
}

fn told_of(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
