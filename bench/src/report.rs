//! Rows → a table for people, or a line of JSON each for `cargo xtask bench`.

use crate::measure::Row;

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
    pub fn row<'a>(
        &self,
        record: &str,
        what: &str,
        variants: impl FnOnce() -> Vec<crate::measure::Variant<'a>>,
    ) {
        if self.wants(record, what) {
            self.print(&crate::measure::row(record, what, variants()));
        }
    }
}

fn table(row: &Row) -> String {
    let title = format!("{}: {}", row.record, row.what);
    let mut text = format!(
        "{title:<40} {:>9} {:>9} {:>7}\n",
        "min ns", "median", "ratio"
    );
    for entry in &row.entries {
        text.push_str(&format!(
            "  {:<38} {:>9.1} {:>9.1} {:>7.2}\n",
            entry.name, entry.least, entry.median, entry.ratio
        ));
    }
    text
}

/// Names hold no character that JSON escapes.
fn json(row: &Row) -> String {
    let entries: Vec<String> = row
        .entries
        .iter()
        .map(|entry| {
            format!(
                r#"{{"name":"{}","min":{:.2},"median":{:.2},"ratio":{:.3}}}"#,
                entry.name, entry.least, entry.median, entry.ratio
            )
        })
        .collect();
    format!(
        r#"{{"record":"{}","row":"{}","entries":[{}]}}"#,
        row.record,
        row.what,
        entries.join(",")
    )
}
