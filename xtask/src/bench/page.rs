//! BENCHMARKS.md.

use std::fmt::Write;

use super::goals::Verdict;
use super::machine::Machine;
use super::programs::PROGRAMS;
use super::results::{Results, Row};
use super::tables::{self, table};
use super::{kafka, plot};

const HEAD: &str = "\
# Benchmarks

Written by `cargo xtask bench`: everything here was measured in one run, on one machine.
[CONTRIBUTING.md](CONTRIBUTING.md#benchmarks) says what it needs.

";

const HOW: &str = "\
Times are medians, of time on a processor; in brackets, the time by that of the first of the row. In
Rust all contestants of a row run in one thread, interleaved round by round, and the ratio is the
median of the rounds' ratios. Java and Go run in processes of their own, after a warm-up; collecting
garbage counts, as freeing memory does in Rust. Strings in Java are `String`s, as programs have them,
but where \"Utf8\" is said, which is bytes that nobody has decoded. Every peer has the same value and
the same bytes, and is measured only if it writes and reads exactly those.

";

const KAFKA: &str = "\
For each event: on the clock, and on processors by all threads of the client's process. The broker
runs in another process: librdkafka's MockCluster, or Kafka. Both clients have the same settings, and
the same key, headers and encoding; they take turns, and the ratio is the median of the turns' ratios.
A turn of producing ends with the last delivery report. The clock of a turn of consuming starts with
the first event.

";

/// The page.
pub(super) fn text(machine: &Machine, verdicts: &[Verdict], results: &Results) -> String {
    let mut text = HEAD.to_owned();
    // Writing to a string does not fail.
    _ = writeln!(text, "| | |\n|---|---|");
    for (what, which) in &machine.lines {
        _ = writeln!(text, "| {what} | {which} |");
    }
    _ = writeln!(text, "\n{HOW}{}", goals(verdicts));
    for (program, title) in PROGRAMS {
        let rows = results.of(program);
        if !rows.is_empty() {
            _ = writeln!(text, "## {title}\n\n{}", section(program, rows).trim_end());
            text += "\n";
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn goals(verdicts: &[Verdict]) -> String {
    let met = verdicts.iter().filter(|verdict| verdict.is_met()).count();
    let cells: Vec<[String; 4]> = verdicts.iter().map(Verdict::cells).collect();
    let lines = cells.iter().map(|[what, bound, seen, met]| {
        let met = match &**met {
            "met" => "met".to_owned(),
            other => format!("**{other}**"),
        };
        (&**what, vec![bound.clone(), seen.clone(), met])
    });
    let table = table(&["goal", "seen", ""], lines);
    format!(
        "## Goals\n\n{met} of {} are met. What was tried for the others stands in \
         [ARCHITECTURE.md](ARCHITECTURE.md#rejected-designs).\n\n{table}",
        verdicts.len()
    )
}

fn section(program: &str, rows: &[Row]) -> String {
    match program {
        "scaling" => {
            let plot = plot::of_growth(rows);
            format!("Time for each element, by how many there are.\n\n{plot}")
        }
        kafka::NAME => format!("{KAFKA}{}", tables::of_program(rows)),
        "containers" => throughput(rows) + &tables::of_program(rows),
        _ => tables::of_program(rows),
    }
}

/// What whole files come to in a second.
fn throughput(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let seconds = row.entries.first()?.median / 1e9;
        let cells = vec![
            format!("{:.2} million", row.records? / seconds / 1e6),
            format!("{:.0} MB", row.bytes? / seconds / 1e6),
        ];
        Some((format!("{}: {}", row.record, row.what), cells))
    };
    let named: Vec<(String, Vec<String>)> = rows.iter().filter_map(line).collect();
    let lines = named.iter().map(|(name, cells)| (&**name, cells.clone()));
    let columns = ["records a second", "bytes a second, not compressed"];
    format!("Ours, of one thread:\n\n{}\n", table(&columns, lines))
}
