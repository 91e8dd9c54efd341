//! Rows → tables of Markdown.

use std::fmt::Write;

use super::results::Row;

/// More rows than this stand in tables of [`PAIR`].
const WIDE: usize = 5;

/// Rows of one subject: what is written and what is read.
const PAIR: usize = 2;

/// Tables for each record: contestants by rows.
pub(super) fn of_program(rows: &[Row]) -> String {
    let mut text = String::new();
    for rows in rows.chunk_by(|a, b| a.record == b.record) {
        // Writing to a string does not fail.
        _ = writeln!(text, "**{}**\n", rows[0].record);
        let columns = if rows.len() > WIDE { PAIR } else { WIDE };
        for rows in rows.chunks(columns) {
            _ = writeln!(text, "{}", of_record(rows));
        }
    }
    text
}

fn of_record(rows: &[Row]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for entry in rows.iter().flat_map(|row| &row.entries) {
        if !names.contains(&&*entry.name) {
            names.push(&entry.name);
        }
    }
    let columns: Vec<&str> = rows.iter().map(|row| &*row.what).collect();
    let line = |name: &&str| rows.iter().map(|row| cell(row, name)).collect();
    table(&columns, names.iter().map(|name| (*name, line(name))))
}

/// A table of these columns, and of lines with a head and a cell for each column.
pub(super) fn table<'a>(
    columns: &[&str],
    lines: impl Iterator<Item = (&'a str, Vec<String>)>,
) -> String {
    let mut text = format!(
        "| | {} |\n|---|{}\n",
        columns.join(" | "),
        "--:|".repeat(columns.len())
    );
    for (head, cells) in lines {
        _ = writeln!(text, "| {head} | {} |", cells.join(" | "));
    }
    text
}

/// A contestant's time, and behind it that by the first of the row.
fn cell(row: &Row, name: &str) -> String {
    let Some(place) = row.entries.iter().position(|entry| entry.name == name) else {
        return String::new();
    };
    let entry = &row.entries[place];
    let more = if entry.ended { "> " } else { "" };
    let time = row.unit.shown(entry.median);
    match row
        .ratio_to_first(entry)
        .filter(|ratio| place > 0 && ratio.is_finite())
    {
        Some(ratio) => format!("{more}{time} ({ratio:.2})"),
        None => time,
    }
}
