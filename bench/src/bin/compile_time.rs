//! What rustc takes for generated code, beside the same types with serde's derives.
//!
//! Each type is used once, on both sides: written and read, ours by schema resolution too. Processor
//! time counts, that of all threads and of Cargo. serde's side is ended when it has taken more than
//! it may for a goal to be met: for a thousand fields it takes minutes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use avro_bench::catalogue::{Catalogue, Kind};
use avro_bench::measure::{Row, Unit};
use avro_bench::process::{self, Cost};
use avro_bench::report::Report;
use avro_bench::scratch::Folder;
use avro_codegen::Config;

/// What is switched off, and on, to see what it costs.
const NOTHING: &str = "views = false\nbuilders = false\n";
const SWITCHES: [(&str, &str); 6] = [
    ("structs, encode, decode, resolve", NOTHING),
    ("and views", "builders = false\n"),
    ("and builders", "views = false\n"),
    ("and JSON", "views = false\nbuilders = false\njson = true\n"),
    (
        "and serde's derives",
        "views = false\nbuilders = false\nserde = true\n",
    ),
    ("and all of them", "json = true\nserde = true\n"),
];

/// The codecs of fields stand out of line.
const OUT_OF_LINE: &str = "[[override]]\nselect = \"**\"\ninline = false\n";

/// How often serde's side may take our time before it is ended.
const PATIENCE: f64 = 5.5;

fn main() {
    process::main();
    let report = Report::from_args();
    let fields = Catalogue::of_one_record;
    compare(&report, "a record of 20 fields", &fields(20), 3);
    compare(&report, "a record of 200 fields", &fields(200), 3);
    compare(&report, "a record of 1,000 fields", &fields(1_000), 1);
    compare(&report, "300 types", &Catalogue::of_company(300), 1);
    switches(&report, "a record of 200 fields", &fields(200), 3);
}

/// Ours beside serde's.
fn compare(report: &Report, record: &str, catalogue: &Catalogue, rounds: usize) {
    let what = "compile, optimised";
    if !report.wants(record, what) {
        return;
    }
    let rounds = |folder: &Folder, limit| -> Vec<Cost> {
        (0..rounds).map(|_| compile(folder, limit)).collect()
    };
    let inline = rounds(&ours(catalogue, NOTHING), None);
    let out_of_line = ours(catalogue, &format!("{NOTHING}{OUT_OF_LINE}"));
    let out_of_line = rounds(&out_of_line, None);
    let least = inline.iter().map(|cost| cost.processor).min();
    let limit = least.expect("a round").mul_f64(PATIENCE) + Duration::from_secs(2);
    let theirs = rounds(&serde(catalogue), Some(limit));
    let ended = theirs.iter().any(|cost| cost.ended);
    let entries = vec![
        ("ours", nanos(&inline)),
        ("ours, inline = false", nanos(&out_of_line)),
        ("serde's derives, one use", nanos(&theirs)),
    ];
    let mut row = Row::of(record, what, Unit::Nanoseconds, entries);
    row.entries[2].ended = ended;
    report.print(&row);
}

/// What each capability adds.
fn switches(report: &Report, record: &str, catalogue: &Catalogue, rounds: usize) {
    let what = "switches, optimised";
    if !report.wants(record, what) {
        return;
    }
    let entries = SWITCHES.map(|(name, manifest)| {
        let folder = ours(catalogue, manifest);
        let costs: Vec<Cost> = (0..rounds).map(|_| compile(&folder, None)).collect();
        (name, nanos(&costs))
    });
    report.print(&Row::of(record, what, Unit::Nanoseconds, entries.to_vec()));
}

fn nanos(costs: &[Cost]) -> Vec<f64> {
    let nanos = |cost: &Cost| cost.processor.as_nanos() as f64;
    costs.iter().map(nanos).collect()
}

/// Compiles a package anew; what it depends on is compiled before.
fn compile(folder: &Folder, limit: Option<Duration>) -> Cost {
    let target = Folder::kept("compile-time-target");
    let cargo = |words: &[&str]| {
        let cargo = folder.cargo(words);
        cargo.with("CARGO_TARGET_DIR", target.path())
    };
    // Without its code, what the package depends on alone is compiled.
    let source = folder.path().join("src/lib.rs");
    let text = fs::read_to_string(&source).expect("a file of ours");
    folder.file("src/lib.rs", "");
    cargo(&["build", "-q", "--release"]).run();
    folder.file("src/lib.rs", &text);
    let build = cargo(&["build", "-q", "--release"]);
    match limit {
        Some(limit) => build.within(limit).run(),
        None => build.run(),
    }
}

/// A package of generated code.
fn ours(catalogue: &Catalogue, switches: &str) -> Folder {
    let folder = Folder::new("compile-time-ours");
    folder.schemas(catalogue, switches);
    let code = generated(&folder.path().join("avro.toml"));
    let mut text = format!("{code}\npub mod uses {{\nuse avro_runtime::*;\n");
    for (index, path) in records(catalogue) {
        let ty = format!("crate::com::acme::{path}");
        text += &format!(
            "pub fn write_{index}(value: &{ty}) -> Result<Vec<u8>, EncodeError> {{ to_datum(value) }}\n\
             pub fn read_{index}(datum: &[u8]) -> Result<{ty}, DecodeError> {{ from_datum(datum) }}\n\
             pub fn resolve_{index}(from: &Resolver<{ty}>, datum: &[u8]) -> Result<{ty}, DecodeError> {{\n\
             from.decode(datum)\n}}\n"
        );
    }
    let serde = if switches.contains("serde") {
        ", features = [\"serde\"]"
    } else {
        ""
    };
    folder
        .package(&format!(
            "[dependencies]\navro-runtime = {{ path = \"avro-runtime\"{serde} }}\n"
        ))
        .file("src/lib.rs", &(text + "}\n"));
    folder
}

fn generated(manifest: &Path) -> String {
    let config = Config::load(manifest).expect("a manifest");
    let sources = config.load_sources().expect("schemas");
    let output = config.generate(&sources).expect("valid schemas");
    let files = output.files.into_iter().map(|file| file.text);
    files.collect::<Vec<_>>().join("\n")
}

/// A package of serde's derives.
fn serde(catalogue: &Catalogue) -> Folder {
    let folder = Folder::new("compile-time-serde");
    let mut text = catalogue.serde() + "pub mod uses {\n";
    for (index, path) in records(catalogue) {
        let ty = format!("crate::{path}");
        text += &format!(
            "pub fn write_{index}(value: &{ty}) -> serde_json::Result<Vec<u8>> {{ serde_json::to_vec(value) }}\n\
             pub fn read_{index}(text: &[u8]) -> serde_json::Result<{ty}> {{ serde_json::from_slice(text) }}\n"
        );
    }
    folder
        .package(
            "[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\
             chrono = { version = \"0.4\", default-features = false, features = [\"alloc\", \"serde\", \"std\"] }\n\
             uuid = { version = \"1\", default-features = false, features = [\"serde\", \"std\"] }\n",
        )
        .file("src/lib.rs", &(text + "}\n"));
    folder
}

/// Every record with a number, as `domain::Name`.
fn records(catalogue: &Catalogue) -> impl Iterator<Item = (usize, String)> {
    let types = catalogue.types.iter().enumerate();
    let records = types.filter(|(_, it)| matches!(it.kind, Kind::Record(_)));
    records.map(|(index, it)| (index, format!("{}::{}", it.domain, it.name)))
}
