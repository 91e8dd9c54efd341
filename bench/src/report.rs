//! Rows → a table for people, or a line of JSON each for `cargo xtask bench`.

use crate::measure::{Entry, Row, Unit, Variant, Work};

/// Where the rows of a program go, and which are wanted.
pub struct Report {
    json: bool,
    only: Option<String>,
}

impl Report {
    /// As the arguments say: `--json`, and words that a row's name must hold.
    pub fn from_args() -> Self {
        let (mut json, mut only) = (false, None);
        for argument in std::env::args().skip(1) {
            match argument.as_str() {
                "--json" => json = true,
                word => only = Some(word.to_owned()),
            }
        }
        Self { json, only }
    }

    /// Whether a row is wanted.
    pub fn wants(&self, record: &str, what: &str) -> bool {
        let name = format!("{record}: {what}");
        self.only.as_ref().is_none_or(|word| name.contains(word))
    }

    /// Prints a row.
    pub fn print(&self, row: &Row) {
        if self.json {
            println!("{}", json(row));
        } else {
            println!("{}", table(row));
        }
    }

    /// Measures a row if it is wanted, and prints it.
    pub fn row<'a>(&self, record: &str, what: &str, variants: impl FnOnce() -> Vec<Variant<'a>>) {
        self.measure(record, what, None, variants);
    }

    /// The same for variants of which one iteration does so much.
    pub fn row_of<'a>(
        &self,
        record: &str,
        what: &str,
        work: Work,
        variants: impl FnOnce() -> Vec<Variant<'a>>,
    ) {
        self.measure(record, what, Some(work), variants);
    }

    fn measure<'a>(
        &self,
        record: &str,
        what: &str,
        work: Option<Work>,
        variants: impl FnOnce() -> Vec<Variant<'a>>,
    ) {
        if self.wants(record, what) {
            self.print(&crate::measure::row(record, what, work, variants()));
        }
    }
}

fn table(row: &Row) -> String {
    let title = format!("{}: {}", row.record, row.what);
    let (unit, size) = scale(row);
    let least = format!("min {unit}");
    let mut text = format!("{title:<48} {least:>9} {:>9} {:>7}", "median", "ratio");
    if row.work.is_some() {
        text.push_str(&format!(" {:>11} {:>7}", "records/s", "MB/s"));
    }
    text.push('\n');
    for entry in &row.entries {
        text.push_str(&format!(
            "  {:<46} {:>9.1} {:>9.1} {:>7.2}",
            entry.name,
            entry.least / size,
            entry.median / size,
            entry.ratio
        ));
        if let Some(work) = row.work {
            text.push_str(&speed(entry, work));
        }
        text.push('\n');
    }
    text
}

/// Records and megabytes in a second, by the median.
fn speed(entry: &Entry, work: Work) -> String {
    let in_a_second = |of: usize| of as f64 / entry.median * 1e9;
    let records = in_a_second(work.records);
    let megabytes = in_a_second(work.bytes) / 1e6;
    format!(" {records:>11.0} {megabytes:>7.0}")
}

/// The unit that people read a row in.
fn scale(row: &Row) -> (&'static str, f64) {
    let first = row.entries.first().map_or(0.0, |first| first.least);
    match row.unit {
        Unit::Nanoseconds if first < 1e6 => ("ns", 1.0),
        Unit::Nanoseconds => ("ms", 1e6),
        Unit::Bytes => ("MiB", f64::from(1 << 20)),
        Unit::Allocations => ("calls", 1.0),
    }
}

/// Names hold no character that JSON escapes.
fn json(row: &Row) -> String {
    let entries: Vec<String> = row
        .entries
        .iter()
        .map(|entry| {
            let ratio = match entry.ratio.is_finite() {
                true => format!("{:.3}", entry.ratio),
                false => "null".to_owned(),
            };
            format!(
                r#"{{"name":"{}","min":{:.2},"median":{:.2},"ratio":{ratio},"ended":{}}}"#,
                entry.name, entry.least, entry.median, entry.ended
            )
        })
        .collect();
    let work = row.work.map_or_else(String::new, |work| {
        format!(r#""records":{},"bytes":{},"#, work.records, work.bytes)
    });
    format!(
        r#"{{"record":"{}","row":"{}","unit":"{}",{work}"entries":[{}]}}"#,
        row.record,
        row.what,
        match row.unit {
            Unit::Nanoseconds => "ns",
            Unit::Bytes => "bytes",
            Unit::Allocations => "allocations",
        },
        entries.join(",")
    )
}
