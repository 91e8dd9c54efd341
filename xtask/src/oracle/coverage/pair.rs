//! What a reader's schema makes of a writer's: promotions, aliases that are used, defaults that are
//! taken, branches that pair up.
//!
//! Walks both as schema resolution does, fields by name and branches by kind and name.

use std::collections::BTreeSet;

use super::Labels;
use super::single::{DEFAULTS, kind_of_default};
use crate::oracle::random::model::{Definition, Field, Model, Named, Primitive, Schema};
use crate::oracle::reference::matching::{self, Fit};

const OTHERS: [&str; 27] = [
    "alias used: record",
    "alias used: enum",
    "alias used: fixed",
    "alias used: field",
    "mismatch: namespaces alone",
    "mismatch: names",
    "field: added without default",
    "field: removed",
    "field: reordered",
    "field: ambiguous",
    "symbol: added",
    "symbol: missing",
    "symbol: missing, with default",
    "mismatch: sizes",
    "union: both",
    "union: of a reader alone",
    "union: of a writer alone",
    "mismatch: branches",
    "logical type: added",
    "logical type: removed",
    "logical type: other",
    "mismatch: types",
    "recursion: broken",
    "promoted: field",
    "promoted: items",
    "promoted: values",
    "promoted: branch",
];

/// Every label that a pair can have.
pub(super) fn labels() -> impl Iterator<Item = String> {
    let promotions = Primitive::ALL.into_iter().flat_map(|from| {
        let all = from.promotions().iter();
        all.map(move |to| format!("promotion: {} to {}", from.word(), to.word()))
    });
    promotions
        .chain(DEFAULTS.map(|kind| format!("default taken: {kind}")))
        .chain(OTHERS.map(str::to_owned))
}

/// Adds the labels of a pair.
pub(super) fn add(reader: &Model, writer: &Model, labels: &mut Labels) {
    let mut walk = Walk {
        reader,
        writer,
        met: BTreeSet::new(),
        labels,
    };
    walk.meet(&reader.root, &writer.root, "field");
}

struct Walk<'a> {
    reader: &'a Model,
    writer: &'a Model,
    /// The pairs of types that have been met.
    met: BTreeSet<(usize, usize)>,
    labels: &'a mut Labels,
}

impl<'a> Walk<'a> {
    fn meet(&mut self, reader: &'a Schema, writer: &'a Schema, place: &str) {
        match (reader, writer) {
            (Schema::Union(read), Schema::Union(branches)) => {
                self.labels.add("union: both");
                for branch in branches {
                    self.choose(read, branch);
                }
            }
            (_, Schema::Union(branches)) => {
                self.labels.add("union: of a writer alone");
                for branch in branches {
                    self.meet(reader, branch, "branch");
                }
            }
            (Schema::Union(branches), _) => {
                self.labels.add("union: of a reader alone");
                self.choose(branches, writer);
            }
            (Schema::Array(reader), Schema::Array(writer)) => self.meet(reader, writer, "items"),
            (Schema::Map(reader), Schema::Map(writer)) => self.meet(reader, writer, "values"),
            (Schema::Named(reader), Schema::Named(writer)) => self.types(*reader, *writer),
            (Schema::Primitive(read, logical), Schema::Primitive(written, other)) => {
                self.primitives(*read, *written, place);
                self.labels.0.extend(match (logical, other) {
                    (Some(_), None) => Some("logical type: added".to_owned()),
                    (None, Some(_)) => Some("logical type: removed".to_owned()),
                    (a, b) if a != b => Some("logical type: other".to_owned()),
                    _ => None,
                });
            }
            _ => self.labels.add("mismatch: types"),
        }
    }

    fn primitives(&mut self, reader: Primitive, writer: Primitive, place: &str) {
        if writer.promotions().contains(&reader) {
            let (from, to) = (writer.word(), reader.word());
            self.labels.add(format!("promotion: {from} to {to}"));
            self.labels.add(format!("promoted: {place}"));
        } else if reader != writer {
            self.labels.add("mismatch: types");
        }
    }

    /// The branch of a reader's union for what the writer writes.
    fn choose(&mut self, branches: &'a [Schema], writer: &'a Schema) {
        match matching::branch((self.reader, branches), (self.writer, writer)) {
            Some((_, branch, _)) => self.meet(branch, writer, "branch"),
            None => self.labels.add("mismatch: branches"),
        }
    }

    fn types(&mut self, read: usize, written: usize) {
        if !self.met.insert((read, written)) {
            return;
        }
        let (reader, writer) = (&self.reader.types[read], &self.writer.types[written]);
        match (&reader.definition, &writer.definition) {
            (Definition::Record { fields: a, .. }, Definition::Record { fields: b, .. }) => {
                self.names(reader, writer, "record");
                let is_recursive = |model: &Model, index: usize| model.leading_to(index)[index];
                if is_recursive(self.writer, written) != is_recursive(self.reader, read) {
                    self.labels.add("recursion: broken");
                }
                self.fields(a, b);
            }
            (
                Definition::Enum {
                    symbols: a,
                    default,
                },
                Definition::Enum { symbols: b, .. },
            ) => {
                self.names(reader, writer, "enum");
                self.symbols(a, b, default.is_some());
            }
            (Definition::Fixed { size: a, .. }, Definition::Fixed { size: b, .. }) => {
                self.names(reader, writer, "fixed");
                if a != b {
                    self.labels.add("mismatch: sizes");
                }
            }
            _ => self.labels.add("mismatch: types"),
        }
    }

    fn names(&mut self, reader: &Named, writer: &Named, kind: &str) {
        match matching::named(reader, writer) {
            Some(Fit::Same) => {}
            Some(Fit::Alias) => self.labels.add(format!("alias used: {kind}")),
            Some(_) => self.labels.add("mismatch: namespaces alone"),
            None => self.labels.add("mismatch: names"),
        }
    }

    fn symbols(&mut self, reader: &[String], writer: &[String], has_default: bool) {
        if reader.iter().any(|symbol| !writer.contains(symbol)) {
            self.labels.add("symbol: added");
        }
        if writer.iter().any(|symbol| !reader.contains(symbol)) {
            self.labels.add(match has_default {
                true => "symbol: missing, with default",
                false => "symbol: missing",
            });
        }
    }

    fn fields(&mut self, reader: &'a [Field], writer: &'a [Field]) {
        let mut positions = Vec::new();
        for field in reader {
            let direct = find(writer, &field.name);
            let mut by_alias = field.aliases.iter().filter_map(|alias| find(writer, alias));
            match (direct, by_alias.next()) {
                (Some(_), Some(_)) => self.labels.add("field: ambiguous"),
                (None, Some(at)) => {
                    self.labels.add("alias used: field");
                    positions.push(at);
                    self.meet(&field.schema, &writer[at].schema, "field");
                }
                (Some(at), None) => {
                    positions.push(at);
                    self.meet(&field.schema, &writer[at].schema, "field");
                }
                (None, None) => self.absent(field),
            }
        }
        if (0..writer.len()).any(|at| !positions.contains(&at)) {
            self.labels.add("field: removed");
        }
        if !positions.is_sorted() {
            self.labels.add("field: reordered");
        }
    }

    fn absent(&mut self, field: &Field) {
        match &field.default {
            Some(default) => {
                let kind = kind_of_default(field, default, self.reader);
                self.labels.add(format!("default taken: {kind}"));
            }
            None => self.labels.add("field: added without default"),
        }
    }
}

fn find(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}
