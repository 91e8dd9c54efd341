//! The result of a run as one table.

use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets};

/// What one system's events went through.
#[derive(Clone, Debug)]
pub struct Row {
    /// The system's name.
    pub system: &'static str,
    /// The topic that carried the events.
    pub topic: &'static str,
    /// The subject under which the schema is registered.
    pub subject: String,
    /// The id that the registry gave the schema.
    pub schema_id: u32,
    /// How many events came back equal: all that were sent.
    pub events: usize,
    /// Their size as plain JSON, in bytes.
    pub json_bytes: usize,
    /// Their size as message values: Avro with Confluent's five bytes before it.
    pub avro_bytes: usize,
    /// Mean time to encode one event into a reused buffer.
    pub encode: Duration,
    /// Mean time to decode one event into a new value.
    pub decode: Duration,
}

const HEADINGS: [&str; 10] = [
    "system",
    "topic",
    "subject",
    "schema id",
    "events",
    "JSON bytes",
    "Avro bytes",
    "saving",
    "encode",
    "decode",
];

/// The first column that holds numbers, which stand on the right.
const FIRST_NUMBER: usize = 3;

/// The rows under headings, and the build profile that the times were measured with.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::ASCII_MARKDOWN)
        .set_header(HEADINGS);
    for row in rows {
        table.add_row(cells(row));
    }
    for column in table.column_iter_mut().skip(FIRST_NUMBER) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\nbuild profile: {}; times are per event", profile())
}

fn cells(row: &Row) -> [String; HEADINGS.len()] {
    [
        row.system.to_owned(),
        row.topic.to_owned(),
        row.subject.clone(),
        row.schema_id.to_string(),
        row.events.to_string(),
        row.json_bytes.to_string(),
        row.avro_bytes.to_string(),
        saving(row.json_bytes, row.avro_bytes),
        nanoseconds(row.encode),
        nanoseconds(row.decode),
    ]
}

/// How much smaller Avro is than JSON, in percent of the JSON.
fn saving(json: usize, avro: usize) -> String {
    if json == 0 {
        return "–".to_owned();
    }
    format!("{:.1} %", 100.0 * (1.0 - avro as f64 / json as f64))
}

fn nanoseconds(time: Duration) -> String {
    format!("{} ns", time.as_nanos())
}

fn profile() -> &'static str {
    if cfg!(debug_assertions) {
        "dev (codec and example at opt-level 3, with debug assertions)"
    } else {
        "release"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_is_in_percent_of_the_json() {
        assert_eq!(saving(400, 100), "75.0 %");
        assert_eq!(saving(100, 110), "-10.0 %");
        assert_eq!(saving(0, 0), "–");
    }

    #[test]
    fn a_row_stands_under_its_headings() {
        let row = Row {
            system: "shop",
            topic: "order-events",
            subject: "order-events-value".to_owned(),
            schema_id: 7,
            events: 200,
            json_bytes: 1000,
            avro_bytes: 600,
            encode: Duration::from_nanos(81),
            decode: Duration::from_nanos(142),
        };
        let text = table(&[row]);
        for expected in [
            "schema id",
            "order-events-value",
            "40.0 %",
            "81 ns",
            "142 ns",
            "build profile: ",
        ] {
            assert!(
                text.contains(expected),
                "`{expected}` is missing in:\n{text}"
            );
        }
    }
}
