//! `cargo xtask conformance [--corpora DIR]`: the compiler held against tables of cases.
//!
//! The project's own tables stand in `tests/conformance/`, at least one case per rule and type.
//! The corpora are larger, come from other implementations, and are not part of the repository.

mod cases;
mod checks;
mod compat;
mod compiles;
mod containers;
mod contested;
mod corpora;
mod differences;
mod evolution;
mod files;
mod own;
mod own_compat;
mod reading;
mod table;

use std::path::Path;

use crate::args::Args;
use crate::workspace::Workspace;
use crate::{Error, Outcome};
pub(crate) use differences::Differences;
pub(crate) use own_compat::{Ruling, rulings};
pub(crate) use table::{Case, Table};

/// Runs the project's own tables and, where their folder is given, those of the corpora.
///
/// # Errors
///
/// If a table cannot be read.
pub(crate) fn run(mut args: Args) -> Outcome {
    let corpora = args.option("--corpora")?;
    args.finish()?;
    check(&Workspace::load()?, corpora.as_deref().map(Path::new))
}

/// Prints one line per table and one per failure.
///
/// # Errors
///
/// If a table cannot be read.
pub(crate) fn check(workspace: &Workspace, corpora: Option<&Path>) -> Outcome {
    let folder = workspace.root.join("tests/conformance");
    let differences = Differences::load(&folder.join("differences.json"))?;
    let mut tables = own::tables(&folder, workspace)?;
    if let Some(corpora) = corpora {
        tables.extend(corpora::tables(corpora, &folder, workspace)?);
    }
    report(&tables, &differences, corpora.is_some())
}

fn report(tables: &[Table], differences: &Differences, all_tables: bool) -> Result<bool, Error> {
    let mut sound = true;
    for table in tables {
        let known = differences.of(&table.name);
        let verdict = table.judge(&known);
        print!("{verdict}");
        sound &= verdict.is_sound();
    }
    let run: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    // A table of the corpora is missing where they are not given; then its entries say nothing.
    if all_tables {
        for stray in differences.outside(&run) {
            println!("differences.json: `{stray}` is no table");
            sound = false;
        }
    }
    Ok(sound)
}
