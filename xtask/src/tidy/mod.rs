//! `cargo xtask tidy`: the rules of the house that no compiler checks.

mod code;
mod dependencies;
mod sizes;
mod stray;

use std::fs;

use crate::args::Args;
use crate::workspace::{self, Workspace};
use crate::{Error, Outcome};

/// A Rust file of the project.
#[derive(Debug)]
struct SourceFile {
    /// Its path from the repository's root.
    path: String,
    text: String,
}

/// Shows every breach; sizes are only reported.
///
/// # Errors
///
/// If the repository cannot be read.
pub(crate) fn run(args: Args) -> Outcome {
    args.finish()?;
    let workspace = Workspace::load()?;
    let files = rust_files(&workspace)?;
    let mut breaches = dependencies::check(&workspace.packages);
    breaches.extend(files.iter().flat_map(stray::check));
    print!("{}", sizes::report(&files));
    for breach in &breaches {
        println!("{breach}");
    }
    println!(
        "tidy: {} Rust files, {} breaches",
        files.len(),
        breaches.len()
    );
    Ok(breaches.is_empty())
}

fn rust_files(workspace: &Workspace) -> Result<Vec<SourceFile>, Error> {
    let mut files = Vec::new();
    for path in workspace::files(&workspace.root)? {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            files.push(SourceFile {
                path: workspace.shown(&path),
                text,
            });
        }
    }
    Ok(files)
}

impl SourceFile {
    /// Whether a program wrote it: then it is held against its generator and not against tidy.
    fn is_generated(&self) -> bool {
        self.text
            .lines()
            .take(5)
            .any(|line| line.starts_with("//") && line.contains("@generated"))
    }
}
