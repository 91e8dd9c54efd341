//! What `dynamic` makes of a case, and what another implementation does.

use avro_runtime::dynamic::{DynamicReader, Schema, Value};
use serde::Deserialize;

use super::case::Case;
use crate::oracle::random::{self, Style, datum_text};

/// What an implementation makes of the data of a case, in order.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer<T> {
    pub(crate) data: Vec<Coded<T>>,
}

/// What an implementation makes of a datum, or the error.
#[derive(Debug, Deserialize)]
pub(crate) struct Coded<T> {
    /// As the writer's schema has it.
    pub(crate) written: Result<T, String>,
    /// As the reader's schema reads it.
    pub(crate) read: Result<T, String>,
}

/// What `dynamic` makes of a case, in bytes.
#[derive(Debug)]
pub(crate) struct Ours {
    /// The data as they were put to it, in Avro's JSON encoding.
    pub(crate) json: Vec<String>,
    pub(crate) data: Vec<Coded<Vec<u8>>>,
    /// Whether the reader's schema reads nothing of the writer's, whatever the datum.
    pub(crate) is_refused: bool,
}

impl Ours {
    /// Codes the data of a case.
    ///
    /// # Errors
    ///
    /// If one of the schemas is not accepted.
    pub(crate) fn of(case: &Case) -> Result<Self, String> {
        let schema = |model| {
            let text = random::text(model, Style::Plain);
            Schema::new(&text).map_err(|error| format!("{error}: {text}"))
        };
        let (writer, reader) = (schema(&case.writer)?, schema(&case.reader)?);
        let resolver = DynamicReader::new(&reader, &writer).map_err(|error| error.to_string());
        let json = case.data.iter();
        let json: Vec<String> = json
            .map(|datum| datum_text(&case.writer, &case.writer.root, datum))
            .collect();
        let data = json.iter().map(|json| {
            let written = Value::from_json(&writer, json).map_err(|error| error.to_string());
            let written = written.map(|value| value.to_datum());
            let read = written.clone().and_then(|datum| {
                let value = resolver.as_ref().map_err(Clone::clone)?.read(&datum);
                Ok(value.map_err(|error| error.to_string())?.to_datum())
            });
            Coded { written, read }
        });
        Ok(Self {
            data: data.collect(),
            is_refused: resolver.is_err(),
            json,
        })
    }
}
