//! JSON Lines files → typed events.

use std::path::Path;

use avro_runtime::AvroSchema;
use avro_runtime::json::{FromJson, plain};

use crate::Failure;

/// The events of `events/{file}.jsonl` of this package, one a line, in plain JSON.
///
/// # Errors
///
/// The file cannot be read, or a line is no event: then with its number.
pub(crate) fn read<T: AvroSchema + FromJson>(file: &str) -> Result<Vec<T>, Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("events")
        .join(file)
        .with_extension("jsonl");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(Failure::Events { path, source }),
    };
    let parse = |(index, line): (usize, &str)| {
        plain::from_str(line).map_err(|source| Failure::Event {
            path: path.clone(),
            line: index + 1,
            source,
        })
    };
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(parse)
        .collect()
}
