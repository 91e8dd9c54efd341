//! A new schema: every kind of type, nested and recursive, with defaults, aliases and logical types.

use super::model::{Definition, Field, Logical, Model, Name, Named, Primitive, Schema};
use super::repair::repair;
use super::rng::Rng;
use super::{data, names};

/// How many named types a schema has at most.
const TYPES: usize = 7;

/// How deep arrays, maps, unions and records are nested at most.
const DEPTH: usize = 4;

/// The logical types without parameters, each with what carries it.
pub(super) const LOGICAL: [(Primitive, &str); 12] = [
    (Primitive::Bytes, "big-decimal"),
    (Primitive::String, "uuid"),
    (Primitive::Int, "date"),
    (Primitive::Int, "time-millis"),
    (Primitive::Long, "time-micros"),
    (Primitive::Long, "timestamp-millis"),
    (Primitive::Long, "timestamp-micros"),
    (Primitive::Long, "timestamp-nanos"),
    (Primitive::Long, "local-timestamp-millis"),
    (Primitive::Long, "local-timestamp-micros"),
    (Primitive::Long, "local-timestamp-nanos"),
    // No one knows it, so everyone ignores it.
    (Primitive::Int, "fahrenheit"),
];

/// A schema.
pub(super) fn model(rng: &mut Rng) -> Model {
    let mut maker = Maker {
        types: Vec::new(),
        open: Vec::new(),
        namespace: rng.chance(80).then(|| names::namespace(rng)),
    };
    let root = match rng.chance(85) {
        true => maker.record(0, rng),
        false => maker.schema(0, rng),
    };
    let mut model = Model {
        types: maker.types,
        root,
    };
    repair(&mut model, rng);
    give_defaults(&mut model, rng);
    model
}

/// A schema that adds to those of a model; types that it defines are appended.
pub(super) fn addition(model: &mut Model, depth: usize, rng: &mut Rng) -> Schema {
    let namespace = model.types.first().map(|named| named.name.namespace);
    let mut maker = Maker {
        types: std::mem::take(&mut model.types),
        open: Vec::new(),
        namespace: namespace.filter(|namespace| !namespace.is_empty()),
    };
    // Every kind alike, so that even a few changes are about each of them.
    let kind = rng.weighted(&[
        (8, Kind::Primitive),
        (2, Kind::Logical),
        (2, Kind::Array),
        (2, Kind::Map),
        (4, Kind::Union),
        (2, Kind::Record),
        (2, Kind::Enum),
        (3, Kind::Fixed),
        (1, Kind::Any),
    ]);
    let schema = maker.of_kind(kind, depth, rng);
    model.types = maker.types;
    schema
}

/// Gives defaults to some of the fields whose type has a datum.
fn give_defaults(model: &mut Model, rng: &mut Rng) {
    for index in 0..model.types.len() {
        for field in 0..model.types[index].fields().len() {
            if rng.chance(40) {
                let default = data::default(model, (index, field), rng);
                if let Some(fields) = model.types[index].fields_mut() {
                    fields[field].default = default;
                }
            }
        }
    }
}

/// A decimal that `size` bytes hold, or one of any size.
pub(super) fn decimal(size: Option<usize>, rng: &mut Rng) -> Logical {
    // 2.4 digits to a byte: a little less than it can hold.
    let most = size.map_or(12, |size| (size * 12 / 5).clamp(1, 30));
    let precision = 1 + rng.below(most);
    Logical::Decimal {
        precision,
        scale: rng.below(precision + 1),
    }
}

/// A primitive type with a logical type.
pub(super) fn logical(rng: &mut Rng) -> Schema {
    if rng.chance(20) {
        return Schema::Primitive(Primitive::Bytes, Some(decimal(None, rng)));
    }
    let &(carrier, word) = rng.pick(&LOGICAL);
    Schema::Primitive(carrier, Some(Logical::Plain(word)))
}

/// An enum's symbols: few, different, at least one.
pub(super) fn symbols(rng: &mut Rng) -> Vec<String> {
    let mut symbols: Vec<String> = Vec::new();
    for _ in 0..=rng.below(4) {
        let symbol = names::symbol(rng);
        symbols.push(names::free(&symbol, |name| {
            symbols.iter().any(|known| known == name)
        }));
    }
    symbols
}

/// A fixed, every third with a logical type.
pub(super) fn fixed(rng: &mut Rng) -> Definition {
    let (size, logical) = match rng.below(9) {
        0 => (16, Some(Logical::Plain("uuid"))),
        1 => (12, Some(Logical::Plain("duration"))),
        2 => {
            let size = 1 + rng.below(12);
            (size, Some(decimal(Some(size), rng)))
        }
        3 => (0, None),
        _ => (*rng.pick(&[1, 4, 12, 16]), None),
    };
    Definition::Fixed { size, logical }
}

struct Maker {
    types: Vec<Named>,
    /// The records whose fields are being made, the innermost last.
    open: Vec<usize>,
    namespace: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum Kind {
    Any,
    Primitive,
    Logical,
    Array,
    Map,
    Union,
    Record,
    Enum,
    Fixed,
    Again,
    Back,
}

impl Maker {
    fn schema(&mut self, depth: usize, rng: &mut Rng) -> Schema {
        let room = usize::from(depth < DEPTH);
        let new = usize::from(self.types.len() < TYPES);
        let kind = rng.weighted(&[
            (30, Kind::Primitive),
            (12, Kind::Logical),
            (9 * room, Kind::Array),
            (7 * room, Kind::Map),
            (16 * room, Kind::Union),
            (12 * room * new, Kind::Record),
            (8 * new, Kind::Enum),
            (6 * new, Kind::Fixed),
            (8 * usize::from(!self.types.is_empty()), Kind::Again),
            (10 * usize::from(!self.open.is_empty()), Kind::Back),
        ]);
        self.of_kind(kind, depth, rng)
    }

    fn of_kind(&mut self, kind: Kind, depth: usize, rng: &mut Rng) -> Schema {
        match kind {
            Kind::Any => self.schema(depth, rng),
            Kind::Primitive => (*rng.pick(&Primitive::ALL)).into(),
            Kind::Logical => logical(rng),
            Kind::Array => Schema::Array(Box::new(self.schema(depth + 1, rng))),
            Kind::Map => Schema::Map(Box::new(self.schema(depth + 1, rng))),
            Kind::Union => self.union(depth, rng),
            Kind::Record => self.record(depth, rng),
            Kind::Enum => {
                let symbols = symbols(rng);
                let default = rng.chance(40).then(|| rng.pick(&symbols).clone());
                self.add(Definition::Enum { symbols, default }, rng)
            }
            Kind::Fixed => {
                let fixed = fixed(rng);
                self.add(fixed, rng)
            }
            Kind::Again => self.again(rng),
            Kind::Back => self.back(rng),
        }
    }

    /// The branches may clash; repair takes the later ones away.
    fn union(&mut self, depth: usize, rng: &mut Rng) -> Schema {
        let mut branches = Vec::new();
        for _ in 0..=rng.below(4) {
            branches.push(self.schema(depth + 1, rng));
        }
        if rng.chance(50) {
            let at = rng.below(branches.len() + 1);
            branches.insert(at, Primitive::Null.into());
        }
        Schema::Union(branches)
    }

    fn record(&mut self, depth: usize, rng: &mut Rng) -> Schema {
        let is_error = rng.chance(8);
        let fields = Vec::new();
        let record = self.add(Definition::Record { fields, is_error }, rng);
        let Schema::Named(index) = record else {
            return record;
        };
        self.open.push(index);
        let count = rng.weighted(&[(1, 0), (4, 1), (5, 2), (5, 3), (4, 4), (2, 5), (1, 7)]);
        for _ in 0..count {
            let field = Field {
                name: names::field(rng),
                aliases: self.field_aliases(rng),
                doc: names::doc(rng),
                schema: self.schema(depth + 1, rng),
                default: None,
                order: order(rng),
            };
            if let Some(fields) = self.types[index].fields_mut() {
                fields.push(field);
            }
        }
        self.open.pop();
        record
    }

    fn field_aliases(&self, rng: &mut Rng) -> Vec<String> {
        let count = rng.weighted(&[(85, 0), (12, 1), (3, 2)]);
        (0..count).map(|_| names::field(rng)).collect()
    }

    /// A type that is there already; while its fields are being made, that is a recursion.
    fn again(&self, rng: &mut Rng) -> Schema {
        let index = rng.below(self.types.len());
        match self.open.contains(&index) {
            true => self.back_to(index, rng),
            false => Schema::Named(index),
        }
    }

    fn back(&self, rng: &mut Rng) -> Schema {
        self.back_to(*rng.pick(&self.open), rng)
    }

    /// Mostly by a way on which data can end.
    fn back_to(&self, index: usize, rng: &mut Rng) -> Schema {
        let record = Schema::Named(index);
        match rng.below(20) {
            0..8 => Schema::Union(vec![Primitive::Null.into(), record]),
            8..10 => Schema::Union(vec![record, Primitive::String.into()]),
            10..14 => Schema::Array(Box::new(record)),
            14..18 => Schema::Map(Box::new(record)),
            18 => Schema::Array(Box::new(Schema::Union(vec![
                record,
                Primitive::Null.into(),
            ]))),
            _ => record,
        }
    }

    fn add(&mut self, definition: Definition, rng: &mut Rng) -> Schema {
        let name = self.name(rng);
        let aliases = match rng.chance(15) {
            true => vec![self.name(rng)],
            false => Vec::new(),
        };
        self.types.push(Named {
            name,
            aliases,
            doc: names::doc(rng),
            definition,
        });
        Schema::Named(self.types.len() - 1)
    }

    /// Mostly in the schema's own namespace; in the null namespace all types are or none.
    fn name(&self, rng: &mut Rng) -> Name {
        let namespace = match self.namespace {
            Some(own) if rng.chance(70) => own,
            Some(_) => names::namespace(rng),
            None => "",
        };
        names::type_name(namespace, rng)
    }
}

fn order(rng: &mut Rng) -> Option<&'static str> {
    rng.weighted(&[
        (90, None),
        (4, Some("ascending")),
        (3, Some("descending")),
        (3, Some("ignore")),
    ])
}
