//! Schema resolution once more (specification 1.12, "Schema Resolution", with the decisions of
//! ARCHITECTURE.md), in the simplest form: on models and data, without plans or bytes.
//!
//! It is what `dynamic` and generated types are held against everywhere, also where Java decides
//! otherwise; and it says why Java may decide otherwise: the [`Class`]es of what a datum meets.

mod default;
mod labels;
mod logical;
pub(crate) mod matching;
mod readable;
mod typed;

use std::collections::BTreeSet;

use super::coverage::Labels;
use super::random::model::{Datum, Definition, Field, Model, Primitive, Schema};
pub(crate) use labels::labels;
use logical::{Change, Meaning};
use matching::{Fit, Source};
use readable::Readable;
pub(crate) use typed::Types;

/// Something that Java 1.12 decides otherwise, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// A part that cannot be read and that the datum does not reach: the reader is refused when it
    /// is made, or the branch of a union that holds it. Java looks no further than the datum.
    Unreached,
    /// A reader's union without a branch of the fullname: names decide here, never structure.
    Branch,
    /// Two logical types that differ: Java reads the bare base type.
    Logical,
    /// Two records whose unqualified names differ (specification, "Schema Resolution": both are
    /// records "with the same (unqualified) name"): Java reads one as the other.
    RecordName,
    /// A field's alias in a record that pairs up by its unqualified name alone: Java does not see
    /// it (specification, "Aliases").
    FieldAlias,
    /// A type whose unqualified name decides, while an alias of another of the reader's types names
    /// it: Java renames it throughout.
    Renamed,
    /// A default of a union that Java takes for another branch's, whatever its value
    /// (specification, "Unions").
    Default,
    /// Bytes as a string that are not UTF-8, which a string is (specification, "Primitive Types"):
    /// Java hands them on.
    NotUtf8,
    /// A value that the Rust type of a logical type does not have, or has in one form alone: others
    /// read the bare base type.
    Typed,
    /// A branch of a reader's union behind one that fits less well: fastavro takes the first.
    FirstBranch,
    /// Types of one name and of different kinds: fastavro reads one as the other.
    KindsMixed,
    /// An alias without its namespace that is the writer's unqualified name: fastavro goes by it.
    ShortAlias,
    /// A default that is no value of JSON's: fastavro hands it on as it stands in the schema.
    JsonDefault,
    /// An int or long as a float, which holds 24 bits of it: fastavro keeps 53.
    WideFloat,
}

/// What comes of a datum.
#[derive(Debug)]
pub(crate) struct Trace {
    /// The reader's datum; nothing if it has none.
    pub(crate) value: Option<Datum>,
    /// Whether the reader is refused, whatever the datum.
    pub(crate) is_refused: bool,
    /// Why Java may have another.
    pub(crate) classes: BTreeSet<Class>,
    /// What the datum met.
    pub(crate) labels: Labels,
}

/// Reads a datum of the writer's with the reader's schema.
pub(crate) fn resolve(reader: &Model, writer: &Model, datum: &Datum, types: Types) -> Trace {
    let readable = Readable::of(reader, writer);
    let is_refused = !readable.can_read(&reader.root, &writer.root);
    let mut resolving = Resolving {
        reader,
        writer,
        readable,
        types,
        classes: BTreeSet::new(),
        labels: Labels::default(),
        open: Vec::new(),
    };
    let value = resolving.read(&reader.root, &writer.root, datum, "field");
    resolving
        .classes
        .extend(is_refused.then_some(Class::Unreached));
    // Java looks at all of them when the reader is made.
    let all = reader.types.iter().flat_map(|named| named.fields());
    let mut defaults = all.filter_map(|field| default::of(reader, field));
    if defaults.any(|default| default.is_other_in_java) {
        resolving.classes.insert(Class::Default);
    }
    Trace {
        value: value.filter(|_| !is_refused),
        is_refused,
        classes: resolving.classes,
        labels: resolving.labels,
    }
}

struct Resolving<'m> {
    reader: &'m Model,
    writer: &'m Model,
    readable: Readable<'m>,
    types: Types,
    classes: BTreeSet<Class>,
    labels: Labels,
    /// The writer's types around the datum, and what is between them, the innermost last.
    open: Vec<labels::Step>,
}

impl Resolving<'_> {
    fn read(
        &mut self,
        reader: &Schema,
        writer: &Schema,
        datum: &Datum,
        place: &'static str,
    ) -> Option<Datum> {
        match (reader, writer, datum) {
            (_, Schema::Union(branches), Datum::Union(index, value)) => {
                self.writer_union(reader, &branches[*index], value)
            }
            (Schema::Union(branches), _, _) => {
                self.labels.add("union: of the reader alone");
                self.choose(branches, writer, datum)
            }
            (Schema::Array(read), Schema::Array(written), Datum::Array(values)) => {
                self.labels.add("type: array");
                let values = values.iter();
                let values: Option<Vec<Datum>> = self.within(labels::Step::Array, |it| {
                    values
                        .map(|value| it.read(read, written, value, "items"))
                        .collect()
                });
                values.map(Datum::Array)
            }
            (Schema::Map(read), Schema::Map(written), Datum::Map(entries)) => {
                self.labels.add("type: map");
                let entries = entries.iter();
                let entries = self.within(labels::Step::Map, |it| {
                    let entries = entries.map(|(key, value)| {
                        Some((key.clone(), it.read(read, written, value, "values")?))
                    });
                    entries.collect::<Option<Vec<_>>>()
                });
                let mut entries = entries?;
                entries.sort_by(|a, b| a.0.cmp(&b.0));
                Some(Datum::Map(entries))
            }
            (Schema::Primitive(read, _), Schema::Primitive(written, _), _) => {
                self.written(writer);
                if read != written && !written.promotions().contains(read) {
                    return None;
                }
                self.promoted(*read, *written, place);
                let datum = self.primitive(*read, datum);
                self.changed((reader, writer), datum?)
            }
            (Schema::Named(read), Schema::Named(written), _) => {
                self.written(writer);
                self.named((*read, *written), (reader, writer), datum)
            }
            _ => None,
        }
    }

    fn writer_union(&mut self, reader: &Schema, branch: &Schema, value: &Datum) -> Option<Datum> {
        self.labels.add("type: union");
        self.within(labels::Step::Union, |it| match reader {
            Schema::Union(branches) => {
                it.labels.add("union: of both");
                it.choose(branches, branch, value)
            }
            _ => {
                it.labels.add("union: of the writer alone");
                it.is_readable(reader, branch)?;
                it.read(reader, branch, value, "branch")
            }
        })
    }

    fn choose(&mut self, branches: &[Schema], writer: &Schema, datum: &Datum) -> Option<Datum> {
        let found = matching::branch((self.reader, branches), (self.writer, writer));
        let fit = found.map(|(_, _, fit)| fit);
        self.labels.add(match fit {
            Some(Fit::Same) => "branch: the same",
            Some(Fit::Alias) => "branch: by an alias",
            Some(Fit::Short) => "branch: by its unqualified name",
            Some(Fit::Promoted) => "branch: by promotion",
            None => "branch: none",
        });
        let chosen = found.map(|(index, _, _)| index);
        let loose = |branch: &Schema| self.fits_loosely(branch, writer);
        if branches.iter().position(loose) != chosen {
            self.classes.insert(Class::FirstBranch);
        }
        if matches!(writer, Schema::Named(_)) && !matches!(fit, Some(Fit::Same | Fit::Alias)) {
            self.classes.insert(Class::Branch);
        }
        let Some((index, branch, _)) = found else {
            self.written(writer);
            return None;
        };
        self.is_readable(branch, writer)?;
        let value = self.read(branch, writer, datum, "branch")?;
        Some(Datum::Union(index, Box::new(value)))
    }

    /// Whether fastavro takes a branch for a writer's schema: one that fits in any way, and of named
    /// types one of any kind.
    fn fits_loosely(&self, reader: &Schema, writer: &Schema) -> bool {
        match (reader, writer) {
            (Schema::Named(read), Schema::Named(written)) => self.is_named_loosely(*read, *written),
            _ => matching::fit((self.reader, reader), (self.writer, writer)).is_some(),
        }
    }

    fn is_named_loosely(&self, read: usize, written: usize) -> bool {
        let (reader, writer) = (&self.reader.types[read], &self.writer.types[written]);
        let mut aliases = reader.aliases.iter();
        matching::named(reader, writer).is_some()
            || aliases.any(|alias| alias.short == writer.name.short)
    }

    /// Nothing if the branch cannot be read, whatever its value.
    fn is_readable(&mut self, reader: &Schema, writer: &Schema) -> Option<()> {
        let can = self.readable.can_read(reader, writer);
        if !can {
            self.labels.add("branch: cannot be read");
            self.classes.insert(Class::Unreached);
        }
        can.then_some(())
    }

    fn primitive(&mut self, reader: Primitive, datum: &Datum) -> Option<Datum> {
        let read = logical::promoted(datum, reader);
        if let (Some(Datum::Float(_)), Datum::Int(_) | Datum::Long(_)) = (&read, datum) {
            self.classes.insert(Class::WideFloat);
        }
        if read.is_none() {
            self.classes.insert(Class::NotUtf8);
        }
        read
    }

    /// The datum with what the logical types of both sides make of it.
    fn changed(&mut self, schemas: (&Schema, &Schema), datum: Datum) -> Option<Datum> {
        let reader = logical::meaning(self.reader, schemas.0);
        let writer = logical::meaning(self.writer, schemas.1);
        let change = logical::change(reader, writer);
        if change == Change::None {
            return self.typed(reader, datum);
        }
        self.classes.insert(Class::Logical);
        let changed = logical::changed(datum, change);
        self.labels.add(match (change, changed.is_some()) {
            (Change::Units { .. }, true) => "logical type: another unit",
            (Change::Scale { .. }, true) => "logical type: another scale",
            (Change::Refused, _) => "logical type: another",
            (_, false) => "logical type: not exact",
            (Change::None, true) => "logical type: the same",
        });
        self.typed(reader, changed?)
    }

    /// The datum as a value of the reader's Rust type.
    fn typed(&mut self, meaning: Option<Meaning>, datum: Datum) -> Option<Datum> {
        let typed = typed::typed(meaning, datum.clone(), self.types);
        if typed.as_ref() != Some(&datum) {
            self.classes.insert(Class::Typed);
        }
        typed
    }

    fn named(
        &mut self,
        (read, written): (usize, usize),
        schemas: (&Schema, &Schema),
        datum: &Datum,
    ) -> Option<Datum> {
        let (reader, writer) = (&self.reader.types[read], &self.writer.types[written]);
        let fit = matching::named(reader, writer);
        if fit.is_none() && self.is_named_loosely(read, written) {
            self.classes.insert(Class::ShortAlias);
        }
        if fit.is_some() && !reader.is_of_kind(writer) {
            self.classes.insert(Class::KindsMixed);
        }
        let mut others = self.reader.types.iter();
        if !matches!(fit, Some(Fit::Same | Fit::Alias))
            && others.any(|other| other.aliases.contains(&writer.name))
        {
            self.classes.insert(Class::Renamed);
        }
        match (&reader.definition, &writer.definition, datum) {
            (
                Definition::Record { fields: a, .. },
                Definition::Record { fields: b, .. },
                Datum::Record(values),
            ) => {
                self.alias_used(fit, "record");
                if fit.is_none() {
                    self.classes.insert(Class::RecordName);
                    return None;
                }
                self.within(labels::Step::Record(written), |it| {
                    it.record(a, b, values, fit)
                })
            }
            (
                Definition::Enum {
                    symbols: a,
                    default,
                },
                Definition::Enum { symbols: b, .. },
                Datum::Enum(symbol),
            ) => {
                self.alias_used(fit, "enum");
                fit?;
                self.symbol((a, default.as_ref()), b, *symbol)
            }
            (
                Definition::Fixed { size: a, .. },
                Definition::Fixed { size: b, .. },
                Datum::Fixed(_),
            ) => {
                self.alias_used(fit, "fixed");
                fit?;
                (a == b).then(|| self.changed(schemas, datum.clone()))?
            }
            _ => None,
        }
    }

    fn symbol(
        &mut self,
        (reader, default): (&[String], Option<&String>),
        writer: &[String],
        symbol: usize,
    ) -> Option<Datum> {
        let known = |name: &String| reader.iter().position(|known| known == name);
        let (found, default) = (known(&writer[symbol]), default.and_then(known));
        self.labels.add(match (found, default) {
            (Some(at), _) if at == symbol => "symbol: at its place",
            (Some(_), _) => "symbol: at another place",
            (None, Some(_)) => "symbol: taken for the default",
            (None, None) => "symbol: unknown",
        });
        found.or(default).map(Datum::Enum)
    }

    fn record(
        &mut self,
        reader: &[Field],
        writer: &[Field],
        values: &[Datum],
        fit: Option<Fit>,
    ) -> Option<Datum> {
        let sources = matching::sources(reader, writer);
        self.fields_met(&sources, writer.len());
        let mut read = Vec::new();
        for (field, source) in reader.iter().zip(sources) {
            read.push(match source {
                Source::Written(at, by) => {
                    if by == Fit::Alias {
                        self.labels.add("alias used: field");
                        if fit == Some(Fit::Short) {
                            self.classes.insert(Class::FieldAlias);
                        }
                    }
                    self.read(&field.schema, &writer[at].schema, &values[at], "field")?
                }
                Source::Absent => self.default(field)?,
                Source::Ambiguous => return None,
            });
        }
        Some(Datum::Record(read))
    }

    fn default(&mut self, field: &Field) -> Option<Datum> {
        let default = default::of(self.reader, field)?;
        self.default_taken(field, &default.datum);
        if !is_json(&default.datum) {
            self.classes.insert(Class::JsonDefault);
        }
        let datum = sorted(default.datum);
        self.typed_default(&field.schema, datum)
    }
}

impl Resolving<'_> {
    /// The same for all that is inside a default.
    fn typed_default(&mut self, schema: &Schema, datum: Datum) -> Option<Datum> {
        let reader = self.reader;
        Some(match (schema, datum) {
            (Schema::Array(items), Datum::Array(values)) => {
                let values = values.into_iter();
                let values = values.map(|value| self.typed_default(items, value));
                Datum::Array(values.collect::<Option<_>>()?)
            }
            (Schema::Map(inner), Datum::Map(entries)) => {
                let entries = entries.into_iter();
                let entries = entries.map(|(key, value)| {
                    let value = self.typed_default(inner, value)?;
                    Some((key, value))
                });
                Datum::Map(entries.collect::<Option<_>>()?)
            }
            (Schema::Union(branches), Datum::Union(index, value)) => {
                let value = self.typed_default(&branches[index], *value)?;
                Datum::Union(index, Box::new(value))
            }
            (Schema::Named(index), Datum::Record(values)) => {
                let fields = reader.types[*index].fields().iter();
                let values = fields.zip(values);
                let values = values.map(|(field, value)| self.typed_default(&field.schema, value));
                Datum::Record(values.collect::<Option<_>>()?)
            }
            (schema, datum) => {
                let meaning = logical::meaning(reader, schema);
                self.typed(meaning, datum)?
            }
        })
    }
}

/// Whether JSON has this value as it is: bytes, fixed and float it does not have, a double may stand
/// there without a point, and what a record leaves out is not there.
fn is_json(datum: &Datum) -> bool {
    match datum {
        Datum::Double(value) => value.fract() != 0.0,
        Datum::Bytes(_) | Datum::Fixed(_) | Datum::Float(_) | Datum::Record(_) => false,
        Datum::Array(values) => values.iter().all(is_json),
        Datum::Map(entries) => entries.iter().all(|(_, value)| is_json(value)),
        Datum::Union(_, value) => is_json(value),
        _ => true,
    }
}

/// The same, with the entries of maps in the order of their keys.
fn sorted(datum: Datum) -> Datum {
    match datum {
        Datum::Array(values) => Datum::Array(values.into_iter().map(sorted).collect()),
        Datum::Record(values) => Datum::Record(values.into_iter().map(sorted).collect()),
        Datum::Union(index, value) => Datum::Union(index, Box::new(sorted(*value))),
        Datum::Map(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key, sorted(value)));
            let mut entries: Vec<_> = entries.collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Datum::Map(entries)
        }
        other => other,
    }
}
