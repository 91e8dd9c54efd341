//! Two linked schemas → a plan, or every reason why there is none.
//!
//! Each pair of records is compiled once and referred to by its number, so that recursive schemas
//! end and a schema as deep as it likes takes no stack. What is the same on both sides, and what
//! cannot be read, shows when all pairs are known: [`settle`] finds both out and puts the direct
//! decoder where it can serve.

mod fields;
mod logical;
mod settle;
mod skips;
mod unions;

use std::collections::BTreeMap;

use avro_model::count::Count;
use avro_model::matching::{promotes, same_name};
use avro_model::schema::{
    Enum, NamedType, Record, Schema, SchemaKind, SchemaSet, Symbol as Name, TypeId,
};
use avro_model::shape::Shape;

use super::plan::{Block, Packed, Range, Read, Symbol, Table};

/// A schema and the set that its references point into.
type Side<'a> = (&'a SchemaSet, &'a Schema);

/// Compiles the plan by which the reader's schema reads the writer's data.
///
/// # Errors
/// Every reason why it cannot.
pub(super) fn plan(reader: Side<'_>, writer: Side<'_>) -> Result<(Table, Read), Vec<Box<str>>> {
    let mut compiler = Compiler::new(reader.0, writer.0);
    let root = compiler.read(reader.1, writer.1, Place::ROOT);
    while let Some(pair) = compiler.open.pop() {
        compiler.record(pair);
    }
    compiler.settle(root)
}

/// How many pairs of records a plan may have: schemas of hostile size are refused.
const MOST_PAIRS: usize = 1 << 16;

struct Compiler<'a> {
    reader: &'a SchemaSet,
    writer: &'a SchemaSet,
    table: Table,
    /// The pairs of records, in the order of [`Table::records`].
    pairs: Vec<Pair<'a>>,
    /// Their numbers; asked only where there are many.
    numbers: BTreeMap<(TypeId, TypeId), u32>,
    /// Pairs that are not compiled yet.
    open: Vec<u32>,
    /// What each type of the writer's is skipped by, as far as it was asked for.
    skips: skips::Known,
    /// Which fields are which; empty between two records.
    targets: fields::Targets,
    /// Of each union, whether every branch of the writer's is the reader's of the same index.
    in_order: Vec<bool>,
    /// What cannot be read, and why.
    reasons: Vec<(Place, u32)>,
}

/// A record of the reader's and the writer's that it reads.
#[derive(Clone, Copy)]
struct Pair<'a> {
    ids: (TypeId, TypeId),
    reader: (&'a NamedType, &'a Record),
    writer: (&'a NamedType, &'a Record),
    /// Where they were met first.
    place: Place,
    /// Whether every field of the writer's is the reader's of the same index.
    in_order: bool,
    /// Why it cannot be read, whatever its fields are.
    refused: Option<u32>,
}

/// A place in the reader's schema: a field of a pair of records, or the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    pair: u32,
    field: u32,
}

impl Place {
    const ROOT: Self = Self {
        pair: u32::MAX,
        field: u32::MAX,
    };
}

impl<'a> Compiler<'a> {
    fn new(reader: &'a SchemaSet, writer: &'a SchemaSet) -> Self {
        Self {
            reader,
            writer,
            table: Table::with_room(),
            pairs: Vec::new(),
            numbers: BTreeMap::new(),
            open: Vec::new(),
            skips: skips::Known::default(),
            targets: fields::Targets::default(),
            in_order: Vec::new(),
            reasons: Vec::new(),
        }
    }

    /// How the reader's schema reads the writer's.
    fn read(&mut self, reader: &'a Schema, writer: &'a Schema, at: Place) -> Read {
        let shapes = (
            Shape::of(reader, self.reader),
            Shape::of(writer, self.writer),
        );
        match shapes {
            (Shape::Union(read), Shape::Union(written)) => self.union(read, written, at),
            (_, Shape::Union(written)) => self.unwrap(reader, written, at),
            (Shape::Union(read), _) => self.wrap(read, writer, at),
            _ => self.plain(reader, writer, shapes, at),
        }
    }

    /// Neither is a union.
    fn plain(
        &mut self,
        reader: &'a Schema,
        writer: &'a Schema,
        shapes: (Shape<'a>, Shape<'a>),
        at: Place,
    ) -> Read {
        match shapes {
            (Shape::Primitive(read), Shape::Primitive(written)) => {
                let same = std::mem::discriminant(read) == std::mem::discriminant(written);
                if same || promotes(read, written) {
                    self.primitive(reader, writer, (read, written), at)
                } else {
                    self.mismatch(shapes, at)
                }
            }
            (Shape::Array(read), Shape::Array(written))
            | (Shape::Map(read), Shape::Map(written)) => self.block(read, written, shapes, at),
            (Shape::Record(..), Shape::Record(..)) => match (&reader.kind, &writer.kind) {
                (&SchemaKind::Named(read), &SchemaKind::Named(written)) => {
                    self.pair((read, written), shapes, at)
                }
                _ => self.mismatch(shapes, at),
            },
            (Shape::Enum(reader, read), Shape::Enum(writer, written)) => {
                match same_name(reader, writer) {
                    true => self.symbols(read, written),
                    false => self.misnamed(shapes, at),
                }
            }
            (Shape::Fixed(read, size), Shape::Fixed(written, other)) => {
                if !same_name(read, written) {
                    self.misnamed(shapes, at)
                } else if size.size != other.size {
                    let (name, sizes) = (&read.fullname, (size.size, other.size));
                    let reason = format!(
                        "fixed `{name}` has {}, the writer's has {}",
                        Count(sizes.0, "byte"),
                        sizes.1
                    );
                    self.refuse(reason, at)
                } else {
                    self.logical((reader, writer), Read::Same, at)
                }
            }
            _ => self.mismatch(shapes, at),
        }
    }

    /// The same primitive type, or one that is promoted.
    fn primitive(
        &mut self,
        reader: &'a Schema,
        writer: &'a Schema,
        kinds: (&SchemaKind, &SchemaKind),
        at: Place,
    ) -> Read {
        use SchemaKind::{Double, Float, Int, Long};
        let read = match kinds {
            (Float | Double, Int | Long) => Read::Long,
            (Double, Float) => Read::Float,
            // An int is written like a long, and a string like bytes.
            _ => Read::Same,
        };
        self.logical((reader, writer), read, at)
    }

    fn block(
        &mut self,
        read: &'a Schema,
        written: &'a Schema,
        (shape, _): (Shape<'a>, Shape<'a>),
        at: Place,
    ) -> Read {
        let inner = self.read(read, written, at);
        if matches!(inner, Read::Same | Read::Refused(_)) {
            return inner;
        }
        // The key of a map's entry takes a byte at least.
        let key = u32::from(matches!(shape, Shape::Map(_)));
        let min_len = self.min_len(written).saturating_add(key);
        let inner = Packed::of(inner);
        self.table.blocks.push(Block { inner, min_len });
        Read::Block(last(&self.table.blocks))
    }

    /// The number of a pair of records, which is compiled later if it is new.
    fn pair(&mut self, ids: (TypeId, TypeId), shapes: (Shape<'a>, Shape<'a>), at: Place) -> Read {
        let (Shape::Record(read, fields), Shape::Record(written, others)) = shapes else {
            return self.mismatch(shapes, at);
        };
        if let Some(number) = self.number(ids) {
            return Read::Record(number);
        }
        if !same_name(read, written) {
            return self.misnamed(shapes, at);
        }
        if self.pairs.len() == MOST_PAIRS {
            return self.refuse("the schemas are too large for a plan".to_owned(), at);
        }
        let number = length(&self.pairs);
        self.pairs.push(Pair {
            ids,
            reader: (read, fields),
            writer: (written, others),
            place: at,
            in_order: false,
            refused: None,
        });
        self.table.records.push(Range::default());
        self.open.push(number);
        if self.pairs.len() > FEW {
            self.remember(ids, number);
        }
        Read::Record(number)
    }

    fn number(&self, ids: (TypeId, TypeId)) -> Option<u32> {
        if self.pairs.len() > FEW {
            return self.numbers.get(&ids).copied();
        }
        let known = self.pairs.iter().position(|pair| pair.ids == ids)?;
        u32::try_from(known).ok()
    }

    /// Beyond a few pairs, a table is faster than looking at each.
    fn remember(&mut self, ids: (TypeId, TypeId), number: u32) {
        if self.numbers.is_empty() {
            let known = self.pairs.iter().map(|pair| pair.ids).zip(0..);
            self.numbers.extend(known);
        }
        self.numbers.insert(ids, number);
    }

    fn symbols(&mut self, read: &Enum, written: &Enum) -> Read {
        let same = |(a, b): (&Name, &Name)| a.name == b.name;
        if read.symbols.len() == written.symbols.len()
            && read.symbols.iter().zip(&written.symbols).all(same)
        {
            return Read::Same;
        }
        let start = length(&self.table.symbols);
        let places: BTreeMap<&str, u32> = {
            let names = read.symbols.iter().map(|symbol| symbol.name.as_str());
            names.zip(0..).collect()
        };
        let default = read.default.and_then(|index| u32::try_from(index).ok());
        for symbol in &written.symbols {
            let known = places.get(symbol.name.as_str()).copied().or(default);
            let symbol = match known {
                Some(index) => Symbol::Known(index),
                None => Symbol::Unknown(self.text(symbol.name.clone())),
            };
            self.table.symbols.push(symbol);
        }
        let end = length(&self.table.symbols);
        self.table.enums.push(Range { start, end });
        Read::Enum(last(&self.table.enums))
    }

    fn mismatch(&mut self, (reader, writer): (Shape<'_>, Shape<'_>), at: Place) -> Read {
        let reason = format!(
            "the writer's {} cannot be read as {}",
            writer.describe(),
            reader.describe()
        );
        self.refuse(reason, at)
    }

    fn misnamed(&mut self, (reader, writer): (Shape<'_>, Shape<'_>), at: Place) -> Read {
        let reason = format!(
            "{} is not the writer's {}: their unqualified names differ, and no alias of the \
             reader's names the writer's",
            reader.describe(),
            writer.describe()
        );
        self.refuse(reason, at)
    }

    fn refuse(&mut self, reason: String, at: Place) -> Read {
        let reason = self.text(reason);
        self.reasons.push((at, reason));
        Read::Refused(reason)
    }

    /// The number of a text in [`Table::refusals`].
    fn text(&mut self, text: String) -> u32 {
        self.table.refusals.push(text.into());
        last(&self.table.refusals)
    }
}

/// So many pairs of records are looked through one by one.
const FEW: usize = 16;

/// The length of a list, whose elements come from schemas of less than 4 GiB.
fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// The index of a list's last element.
fn last<T>(list: &[T]) -> u32 {
    length(list).saturating_sub(1)
}
