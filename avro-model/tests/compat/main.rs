//! Reader against writer: every kind of incompatibility, with Java's locations and our sentences.

mod kinds;
mod references;
mod unions;

use avro_model::compat::{Comparison, Incompatibility, Side, compare};
use avro_model::{SchemaSet, SourceMap, compile};

/// Two schemas and what was found between them.
struct Compared {
    sources: [SourceMap; 2],
    comparison: Comparison,
}

fn compared(reader: &str, writer: &str) -> Compared {
    let (reader_sources, reader) = linked("reader.avsc", reader);
    let (writer_sources, writer) = linked("writer.avsc", writer);
    let comparison = compare(
        Side::root(&reader.roots()[0], &reader),
        Side::root(&writer.roots()[0], &writer),
    );
    Compared {
        sources: [reader_sources, writer_sources],
        comparison,
    }
}

fn linked(path: &str, text: &str) -> (SourceMap, SchemaSet) {
    let mut sources = SourceMap::new();
    sources.add(path, text).unwrap();
    let (set, found) = compile(&sources);
    assert!(!found.has_errors(), "{text}: {found:?}");
    (sources, set)
}

impl Compared {
    /// `KIND reader-location writer-location`, one a line.
    fn lines(&self) -> Vec<String> {
        let found = self.comparison.incompatibilities.iter();
        found
            .map(|found| {
                let (reader, writer) = (&found.reader.location, &found.writer.location);
                format!("{} {reader} {writer}", found.kind)
            })
            .collect()
    }

    fn only(&self) -> &Incompatibility {
        let found = &self.comparison.incompatibilities;
        assert_eq!(found.len(), 1, "{found:#?}");
        &found[0]
    }

    /// The source texts that the only finding points at.
    fn texts(&self) -> (&str, &str) {
        let found = self.only();
        let [reader, writer] = &self.sources;
        (
            reader.text(found.reader.span),
            writer.text(found.writer.span),
        )
    }
}

#[track_caller]
fn agree(reader: &str, writer: &str) {
    assert_eq!(compared(reader, writer).lines(), Vec::<String>::new());
}

#[track_caller]
fn differ(reader: &str, writer: &str, lines: &[&str]) {
    assert_eq!(compared(reader, writer).lines(), lines);
}

fn record(fields: &str) -> String {
    format!(r#"{{"type": "record", "name": "R", "namespace": "a.b", "fields": [{fields}]}}"#)
}
