//! Data made up from a seed.

use avro_model::datum::{Datum, to_binary};
use avro_model::schema::{Counted, Definition, LogicalType, Schema, SchemaKind, SchemaSet, TypeId};

use crate::types::Decimal;

/// Records may stand inside one another so deep; then a union takes the branch that ends soonest,
/// and arrays and maps are empty.
const DEPTH: u32 = 6;
/// Beyond this depth there is no datum that ends.
const MOST: u32 = 64;
/// The most elements of an array or a map.
const ELEMENTS: u64 = 4;

/// A datum of this schema, if it has one that ends.
pub(super) fn datum(set: &SchemaSet, schema: &Schema, seed: u64) -> Option<Datum> {
    let numbers = Numbers(seed);
    let ends = ends(set);
    Generator { set, numbers, ends }.datum(schema, 0)
}

struct Generator<'s> {
    set: &'s SchemaSet,
    numbers: Numbers,
    /// Of each named type how many records stand inside one another at least, if it has a datum.
    ends: Vec<Option<u32>>,
}

/// The numbers of SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        match bound {
            0 => 0,
            bound => self.next() % bound,
        }
    }

    /// Small numbers more often than large ones, and the ends of the range now and then.
    fn long(&mut self) -> i64 {
        match self.below(16) {
            0 => i64::MIN + 1,
            1 => i64::MAX,
            2 => 0,
            shift => (self.next() as i64) >> (4 * (shift + 1)).min(63),
        }
    }

    fn bytes(&mut self, length: u64) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }

    fn text(&mut self) -> String {
        const LETTERS: [char; 12] = [
            'a', 'Z', '0', ' ', '"', '\\', '\n', '\u{1}', 'é', 'ß', '€', '😀',
        ];
        let length = match self.below(8) {
            0 => 0,
            1 => 70,
            _ => self.below(12),
        };
        let letter = |numbers: &mut Self| LETTERS[numbers.below(12) as usize];
        (0..length).map(|_| letter(self)).collect()
    }
}

impl Generator<'_> {
    fn datum(&mut self, schema: &Schema, depth: u32) -> Option<Datum> {
        let numbers = &mut self.numbers;
        Some(match &schema.kind {
            SchemaKind::Null => Datum::Null,
            SchemaKind::Boolean => Datum::Boolean(numbers.below(2) == 1),
            SchemaKind::Int => Datum::Int(int(numbers, schema.logical)),
            SchemaKind::Long => Datum::Long(long(numbers, schema.logical)),
            SchemaKind::Float => Datum::Float(numbers.long() as f32 / 8.0),
            SchemaKind::Double => Datum::Double(numbers.long() as f64 / 1024.0),
            SchemaKind::Bytes => Datum::Bytes(bytes(numbers, schema.logical)),
            SchemaKind::String => Datum::String(match schema.logical {
                Some(LogicalType::Uuid) => uuid(numbers),
                _ => numbers.text(),
            }),
            SchemaKind::Array(items) => {
                let count = self.elements(items, depth);
                let items = (0..count).map(|_| self.datum(items, depth));
                Datum::Array(items.collect::<Option<_>>()?)
            }
            SchemaKind::Map(values) => {
                let count = self.elements(values, depth);
                let mut entries = std::collections::BTreeMap::new();
                for _ in 0..count {
                    let key = self.numbers.text();
                    entries.insert(key, self.datum(values, depth)?);
                }
                Datum::Map(entries.into_iter().collect())
            }
            SchemaKind::Union(branches) => {
                let index = self.branch(branches, depth)?;
                let datum = self.datum(branches.get(index)?, depth)?;
                Datum::Union(index, Box::new(datum))
            }
            SchemaKind::Named(id) => self.named(*id, depth)?,
        })
    }

    fn named(&mut self, id: TypeId, depth: u32) -> Option<Datum> {
        let set = self.set;
        Some(match &set[id].definition {
            Definition::Enum(symbols) => {
                let symbols = symbols.symbols.len() as u64;
                Datum::Enum(self.numbers.below(symbols) as usize)
            }
            Definition::Fixed(fixed) => Datum::Fixed(match fixed.logical {
                Some(LogicalType::Decimal { precision, .. }) => {
                    let number = decimal(&mut self.numbers, precision);
                    let sign = if number < 0 { 0xff } else { 0 };
                    let bytes = number.to_be_bytes();
                    let wide = std::iter::repeat_n(sign, fixed.size.saturating_sub(bytes.len()));
                    let cut = bytes.len().saturating_sub(fixed.size);
                    wide.chain(bytes.into_iter().skip(cut)).collect()
                }
                _ => self.numbers.bytes(fixed.size as u64),
            }),
            Definition::Record(record) => {
                self.ends(id).filter(|_| depth < MOST)?;
                let fields = record.fields.iter();
                let fields = fields.map(|field| self.datum(&field.schema, depth + 1));
                Datum::Record(fields.collect::<Option<_>>()?)
            }
        })
    }

    fn ends(&self, id: TypeId) -> Option<u32> {
        self.ends.get(id.index()).copied().flatten()
    }

    /// How many elements: none where they would lead too deep, or have no datum.
    fn elements(&mut self, schema: &Schema, depth: u32) -> u64 {
        match nesting(&self.ends, schema) {
            Some(0) => self.numbers.below(ELEMENTS + 1),
            Some(_) if depth < DEPTH => self.numbers.below(ELEMENTS + 1),
            _ => 0,
        }
    }

    fn branch(&mut self, branches: &[Schema], depth: u32) -> Option<usize> {
        let nestings = branches.iter().map(|branch| nesting(&self.ends, branch));
        let ending = nestings.enumerate();
        let ending: Vec<_> = ending.filter_map(|(i, n)| n.map(|n| (n, i))).collect();
        if depth >= DEPTH {
            return ending.iter().min().map(|(_, index)| *index);
        }
        let index = self.numbers.below(ending.len() as u64) as usize;
        ending.get(index).map(|(_, index)| *index)
    }
}

/// Of each named type how many records stand inside one another at least.
fn ends(set: &SchemaSet) -> Vec<Option<u32>> {
    let mut ends: Vec<Option<u32>> = set
        .types()
        .map(|(_, ty)| match &ty.definition {
            Definition::Enum(symbols) => (!symbols.symbols.is_empty()).then_some(0),
            Definition::Fixed(_) => Some(0),
            Definition::Record(_) => None,
        })
        .collect();
    // Each round finds the types that are one level deeper.
    for _ in 0..MOST {
        let mut changed = false;
        for (id, ty) in set.types() {
            if let (None, Definition::Record(record)) = (ends[id.index()], &ty.definition) {
                let fields = record.fields.iter();
                let deepest = fields
                    .map(|field| nesting(&ends, &field.schema))
                    .try_fold(0, |deepest: u32, it| Some(deepest.max(it?)));
                ends[id.index()] = deepest.map(|deepest| deepest + 1);
                changed |= deepest.is_some();
            }
        }
        if !changed {
            break;
        }
    }
    ends
}

/// How many records stand inside one another at least in a datum of the schema, if it has one.
fn nesting(ends: &[Option<u32>], schema: &Schema) -> Option<u32> {
    match &schema.kind {
        SchemaKind::Named(id) => ends.get(id.index()).copied().flatten(),
        SchemaKind::Union(branches) => branches.iter().filter_map(|it| nesting(ends, it)).min(),
        // Arrays and maps may be empty.
        _ => Some(0),
    }
}

/// An int within the range of its logical type.
fn int(numbers: &mut Numbers, logical: Option<LogicalType>) -> i32 {
    const MILLIS_OF_DAY: u64 = 86_400_000;
    let number = match logical {
        // Some two thousand years around 1970.
        Some(LogicalType::Date) => numbers.long() % 730_000,
        Some(LogicalType::TimeMillis) => numbers.below(MILLIS_OF_DAY) as i64,
        _ => numbers.long() >> 32,
    };
    i32::try_from(number).unwrap_or_default()
}

/// A long within the range of its logical type.
fn long(numbers: &mut Numbers, logical: Option<LogicalType>) -> i64 {
    const SECONDS_OF_DAY: u64 = 86_400;
    match logical.and_then(LogicalType::count) {
        Some((Counted::Time, units)) => numbers.below(SECONDS_OF_DAY * u64::from(units)) as i64,
        // Some two hundred years around 1970, which nanoseconds can hold.
        Some((_, units)) => numbers.long() % (6_000_000_000 * i64::from(units)),
        None => numbers.long(),
    }
}

fn bytes(numbers: &mut Numbers, logical: Option<LogicalType>) -> Vec<u8> {
    match logical {
        Some(LogicalType::Decimal { precision, .. }) => {
            Decimal::new(decimal(numbers, precision), 0).to_be_bytes()
        }
        Some(LogicalType::BigDecimal) => {
            let unscaled = Decimal::new(decimal(numbers, 30), 0).to_be_bytes();
            let scale = (numbers.below(9) as i32) - 2;
            to_binary(&Datum::Record(vec![
                Datum::Bytes(unscaled),
                Datum::Int(scale),
            ]))
        }
        _ => {
            let length = numbers.below(20);
            numbers.bytes(length)
        }
    }
}

/// A number of no more digits than the precision, and than 18.
fn decimal(numbers: &mut Numbers, precision: u32) -> i128 {
    let bound = 10_i64.pow(precision.min(18));
    i128::from(numbers.long() % bound)
}

fn uuid(numbers: &mut Numbers) -> String {
    let (a, b) = (numbers.next(), numbers.next());
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        a >> 32,
        a >> 16 & 0xffff,
        a & 0xffff,
        b >> 48,
        b & 0xffff_ffff_ffff
    )
}
