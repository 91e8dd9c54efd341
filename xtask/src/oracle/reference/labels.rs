//! What a datum meets on its way, for the coverage.

use super::Resolving;
use super::matching::{Fit, Source};
use crate::oracle::coverage::single;
use crate::oracle::random::model::{Datum, Field, Primitive, Schema};

/// What is around a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Record(usize),
    Array,
    Map,
    Union,
}

const OTHERS: [&str; 33] = [
    "alias used: record",
    "alias used: enum",
    "alias used: fixed",
    "alias used: field",
    "branch: the same",
    "branch: by an alias",
    "branch: by its unqualified name",
    "branch: by promotion",
    "branch: none",
    "branch: cannot be read",
    "field: skipped",
    "field: reordered",
    "logical type: another unit",
    "logical type: another scale",
    "logical type: another",
    "logical type: not exact",
    "promoted: field",
    "promoted: items",
    "promoted: values",
    "promoted: branch",
    "recursion: direct",
    "recursion: mutual",
    "recursion: through a union",
    "recursion: through an array",
    "recursion: through a map",
    "symbol: at its place",
    "symbol: at another place",
    "symbol: taken for the default",
    "symbol: unknown",
    "type: union",
    "union: of both",
    "union: of the reader alone",
    "union: of the writer alone",
];

/// Every label that a datum can have.
pub(crate) fn labels() -> impl Iterator<Item = String> {
    let promotions = Primitive::ALL.into_iter().flat_map(|from| {
        let all = from.promotions().iter();
        all.map(move |to| format!("promotion: {} to {}", from.word(), to.word()))
    });
    let defaults = single::DEFAULTS.map(|kind| format!("default taken: {kind}"));
    let types = single::TYPES.map(|word| format!("type: {word}"));
    let logical = single::LOGICAL.map(|word| format!("logical type: {word}"));
    promotions
        .chain(defaults)
        .chain(types)
        .chain(logical)
        .chain(OTHERS.map(str::to_owned))
}

impl Resolving<'_> {
    /// Reads what is inside an array, map, union or record.
    pub(super) fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        if let Step::Record(index) = step {
            self.recursion(index);
        }
        self.open.push(step);
        let read = read(self);
        self.open.pop();
        read
    }

    /// A type that is entered again, and the way on which that came about.
    fn recursion(&mut self, index: usize) {
        let home = Step::Record(index);
        let Some(at) = self.open.iter().rposition(|step| *step == home) else {
            return;
        };
        let way = &self.open[at + 1..];
        let is_mutual = way.iter().any(|step| matches!(step, Step::Record(_)));
        self.labels.add(match is_mutual {
            true => "recursion: mutual",
            false => "recursion: direct",
        });
        for step in way {
            match step {
                Step::Record(_) => {}
                Step::Array => self.labels.add("recursion: through an array"),
                Step::Map => self.labels.add("recursion: through a map"),
                Step::Union => self.labels.add("recursion: through a union"),
            }
        }
    }

    /// The type of what the writer wrote.
    pub(super) fn written(&mut self, writer: &Schema) {
        single::place(writer, &mut self.labels);
        if let Schema::Named(index) = writer {
            let named = &self.writer.types[*index];
            single::definition_met(named, &mut self.labels);
        }
    }

    pub(super) fn promoted(&mut self, reader: Primitive, writer: Primitive, place: &str) {
        if reader != writer {
            let (from, to) = (writer.word(), reader.word());
            self.labels.add(format!("promotion: {from} to {to}"));
            self.labels.add(format!("promoted: {place}"));
        }
    }

    pub(super) fn alias_used(&mut self, fit: Option<Fit>, kind: &str) {
        if fit == Some(Fit::Alias) {
            self.labels.add(format!("alias used: {kind}"));
        }
    }

    pub(super) fn fields_met(&mut self, sources: &[Source], written: usize) {
        let taken: Vec<usize> = sources
            .iter()
            .filter_map(|source| match source {
                Source::Written(at, _) => Some(*at),
                _ => None,
            })
            .collect();
        if (0..written).any(|at| !taken.contains(&at)) {
            self.labels.add("field: skipped");
        }
        if !taken.is_sorted() {
            self.labels.add("field: reordered");
        }
    }

    pub(super) fn default_taken(&mut self, field: &Field, default: &Datum) {
        let kind = single::kind_of_default(field, default, self.reader);
        self.labels.add(format!("default taken: {kind}"));
    }
}
