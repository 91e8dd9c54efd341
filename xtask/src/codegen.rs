//! `cargo xtask codegen [--check]`: the generated code that is committed.

use std::fs;
use std::path::{Path, PathBuf};

use avro_codegen::{Config, Drift, DriftKind, MANIFEST};

use crate::args::Args;
use crate::workspace::{self, Workspace};
use crate::{Error, Outcome};

/// The command that mends what `--check` finds.
const COMMAND: &str = "cargo xtask codegen";

/// Writes, or checks, the output of every manifest of the workspace that has one.
///
/// # Errors
///
/// If a folder cannot be read, or no manifest has an output. What is wrong with manifests and schemas is shown, all of it.
pub(crate) fn run(mut args: Args) -> Outcome {
    let check_only = args.flag("--check");
    args.finish()?;
    let workspace = Workspace::load()?;
    let manifests = manifests(&workspace)?;
    if manifests.is_empty() {
        return Err(format!("no {MANIFEST} of the workspace has an `output`").into());
    }
    let mut failures = Vec::new();
    let mut drifts = Vec::new();
    for manifest in &manifests {
        let done = match check_only {
            true => check(manifest).map(|found| drifts.extend(found)),
            false => write(manifest, &workspace),
        };
        failures.extend(done.err().map(|error| error.to_string()));
    }
    if !failures.is_empty() {
        eprintln!("{}", failures.join("\n"));
        return Ok(false);
    }
    if check_only {
        print!("{}", report(&drifts, |drift| workspace.shown(&drift.path)));
    }
    println!("codegen: manifests with an output: {}", manifests.len());
    Ok(drifts.is_empty())
}

/// The manifests that have an output, sorted. One without is its build script's business, even
/// where it is wrong.
fn manifests(workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for path in workspace::files(&workspace.root)? {
        if path.file_name().is_some_and(|name| name == MANIFEST) {
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            found.extend(has_output(&text).then_some(path));
        }
    }
    Ok(found)
}

/// Whether a manifest sets the key `output`, which stands before its first table.
fn has_output(text: &str) -> bool {
    let mut head = text
        .lines()
        .take_while(|line| !line.trim_start().starts_with('['));
    head.any(|line| {
        let rest = line.trim_start().strip_prefix("output");
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    })
}

fn load(path: &Path) -> Result<Config, Error> {
    Config::load(path).map_err(|error| rendered(&error))
}

fn write(manifest: &Path, workspace: &Workspace) -> Result<(), Error> {
    let written = load(manifest)?.write().map_err(|error| rendered(&error))?;
    for path in written {
        println!("{}", workspace.shown(&path));
    }
    Ok(())
}

fn check(manifest: &Path) -> Result<Vec<Drift>, Error> {
    load(manifest)?.check().map_err(|error| rendered(&error))
}

fn rendered(error: &avro_codegen::Error) -> Error {
    error.render(false).into()
}

/// Every file that is not what would be written now, and what to do about all of them.
fn report(drifts: &[Drift], shown: impl Fn(&Drift) -> String) -> String {
    let mut report = String::new();
    for drift in drifts {
        let path = shown(drift);
        report += &match &drift.kind {
            DriftKind::Stale(diff) => format!("stale: {path}\n{}\n", indented(diff)),
            DriftKind::Missing => format!("missing: {path}\n"),
            DriftKind::Orphaned => format!("orphaned: {path}: nothing generates it any more\n"),
            other => format!("{other:?}: {path}\n"),
        };
    }
    if !drifts.is_empty() {
        report += &format!("generated code is not up to date: run `{COMMAND}`\n");
    }
    report
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use avro_codegen::{Drift, DriftKind};

    use super::{has_output, report};

    #[test]
    fn a_manifest_with_an_output_is_known_by_its_key() {
        assert!(has_output(
            "schemas = [\"a\"]\noutput= \"src/generated\"\n[lints]\n"
        ));
        assert!(!has_output(
            "# output = \"x\"\noutput-of = 1\n[topic]\noutput = \"x\"\n"
        ));
    }

    #[test]
    fn every_drift_is_listed_with_the_command() {
        let drift = |path: &str, kind| Drift {
            path: path.into(),
            kind,
        };
        let drifts = [
            drift("a.rs", DriftKind::Stale("-old\n+new".into())),
            drift("b.rs", DriftKind::Missing),
            drift("c.rs", DriftKind::Orphaned),
        ];
        let shown = report(&drifts, |drift| drift.path.display().to_string());
        assert_eq!(
            shown,
            "stale: a.rs\n    -old\n    +new\nmissing: b.rs\n\
             orphaned: c.rs: nothing generates it any more\n\
             generated code is not up to date: run `cargo xtask codegen`\n"
        );
        assert_eq!(report(&[], |_| String::new()), "");
    }
}
