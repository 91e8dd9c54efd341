//! The schema compiler: what many schemas cost.
//!
//! Processor time counts, that of all threads together: it changes least on a busy machine. Time on
//! the clock stands beside it where the compiler works in parallel.

use std::fs;
use std::path::{Path, PathBuf};

use avro_bench::catalogue::Catalogue;
use avro_bench::measure::{Row, Unit};
use avro_bench::process::{self, Cost, Program};
use avro_bench::report::Report;
use avro_bench::scratch::{Folder, cargo_avro};

/// Runs of which the least and the median count.
const ROUNDS: usize = 3;

fn main() {
    process::main();
    let report = Report::from_args();
    let command = cargo_avro();
    let sizes = [("1,000 schemas", 1_000), ("10,000 schemas", 10_000)];
    let sets = sizes.map(|(name, count)| {
        let folder = Folder::new(&format!("company-{count}"));
        folder.schemas(&Catalogue::of_company(count), "output = \"generated\"\n");
        (name, folder)
    });
    let check = |folder: &Folder| Program::new(&command, folder.path(), &["check"]).run();
    costs(&report, "cargo avro check", &sets, check);
    costs(&report, "cargo avro generate", &sets, |folder| {
        generate(&command, folder.path())
    });

    let cluster = Folder::new("cluster");
    cluster.schemas(&Catalogue::of_cluster(200), "output = \"generated\"\n");
    let cluster = [("200 records, each leads to all", cluster)];
    costs(&report, "cargo avro generate", &cluster, |folder| {
        generate(&command, folder.path())
    });
    build_script(&report);
}

/// Writes everything anew.
fn generate(command: &Path, folder: &Path) -> Cost {
    let output = folder.join("generated");
    if output.exists() {
        fs::remove_dir_all(output).expect("a folder of ours");
    }
    Program::new(command, folder, &["generate"]).run()
}

/// Rows of what one command costs for each of these folders; the ratios say whether it is linear.
fn costs(
    report: &Report,
    what: &str,
    folders: &[(&'static str, Folder)],
    run: impl Fn(&Folder) -> Cost,
) {
    let record = folders[0].0;
    if !report.wants(record, what) {
        return;
    }
    let costs: Vec<(&'static str, Vec<Cost>)> = folders
        .iter()
        .map(|(name, folder)| (*name, (0..ROUNDS).map(|_| run(folder)).collect()))
        .collect();
    let of = |what: &str, unit, value: fn(&Cost) -> f64| {
        let samples = costs
            .iter()
            .map(|(name, costs)| (*name, costs.iter().map(value).collect()));
        report.print(&Row::of(record, what, unit, samples.collect()));
    };
    of(what, Unit::Nanoseconds, |cost| {
        cost.processor.as_nanos() as f64
    });
    of(
        &format!("{what}, on the clock"),
        Unit::Nanoseconds,
        |cost| cost.clock.as_nanos() as f64,
    );
    of(&format!("{what}, memory"), Unit::Bytes, |cost| {
        cost.peak as f64
    });
}

/// The same schemas in a build script, which Cargo does not optimise.
fn build_script(report: &Report) {
    let (record, what) = ("1,000 schemas", "build.rs, not optimised");
    if !report.wants(record, what) {
        return;
    }
    let folder = Folder::new("build-script");
    folder
        .schemas(&Catalogue::of_company(1_000), "")
        .package("[build-dependencies]\navro-codegen = { path = \"avro-codegen\" }\n")
        .file(
            "build.rs",
            "fn main() -> Result<(), avro_codegen::Error> {\n    avro_codegen::compile()\n}\n",
        )
        .file("src/lib.rs", "");
    folder.cargo(&["build", "-q"]).run();
    let out = Folder::new("build-script/out");
    let script = Program::new(script(&folder), folder.path(), &[])
        .with("CARGO_MANIFEST_DIR", folder.path())
        .with("OUT_DIR", out.path());
    costs(report, what, &[(record, folder)], |_| {
        fs::remove_file(out.path().join("avro.rs")).ok();
        script.run()
    });
}

/// The build script that Cargo has compiled.
fn script(folder: &Folder) -> PathBuf {
    let builds = folder.path().join("target/debug/build");
    let builds = fs::read_dir(builds).expect("a build").flatten();
    let named = |folder: &PathBuf| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("scratch-")
    };
    let mut scripts = builds.map(|entry| entry.path()).filter(named);
    let script = scripts.find_map(|build| {
        let script = build.join("build-script-build");
        script.exists().then_some(script)
    });
    script.expect("the build script")
}
