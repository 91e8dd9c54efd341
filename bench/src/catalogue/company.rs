//! Which types there are.
//!
//! A company has domains of forty types, each domain with a namespace of its own: eight enums, ten
//! value records, ten entities that hold values, twelve events that hold entities. Each refers to
//! types of its domain and to five that all share, so that the self-contained text of an event is
//! some ten times as long as its own. Twice as many schemas are twice as many domains.

use std::ops::Range;

use super::{Catalogue, Definition, Field, Kind, Type, pascal};

/// The types of one domain.
const DOMAIN: usize = 40;

/// Types by index, as a domain has them.
const ENUMS: Range<usize> = 0..8;
const VALUES: Range<usize> = 8..18;
const ENTITIES: Range<usize> = 18..28;

impl Catalogue {
    /// So many schemas of many domains.
    pub fn of_company(count: usize) -> Self {
        let mut catalogue = Self { types: shared() };
        let mut random = Random(42);
        while catalogue.types.len() < count {
            catalogue.add_domain(&mut random);
        }
        catalogue.types.truncate(count);
        catalogue
    }

    /// One record of so many fields, of every type that stands alone.
    pub fn of_one_record(fields: usize) -> Self {
        let mut random = Random(7);
        let field = |index| Field {
            name: format!("{}_{index}", random.pick(&WORDS)),
            ty: scalar(&mut random, index),
        };
        let kind = Kind::Record((0..fields).map(field).collect());
        let (domain, name) = ("wide".to_owned(), "Wide".to_owned());
        Self {
            types: vec![Definition { domain, name, kind }],
        }
    }

    /// Records of which each leads to all others, as standards of a whole trade have them: the
    /// self-contained text of each has all of them.
    pub fn of_cluster(count: usize) -> Self {
        let mut random = Random(3);
        let mut record = |index: usize| {
            let mut fields = scalars(15, &mut random);
            for part in ["next", "left", "right"] {
                let other = match part {
                    "next" => (index + 1) % count,
                    _ => random.below(count),
                };
                let ty = Type::Optional(Box::new(Type::Named(other)));
                push(&mut fields, part, ty);
            }
            Definition {
                domain: "cluster".to_owned(),
                name: format!("Node{index}"),
                kind: Kind::Record(fields),
            }
        };
        Self {
            types: (0..count).map(&mut record).collect(),
        }
    }

    fn add_domain(&mut self, random: &mut Random) {
        let first = self.types.len();
        let number = first / DOMAIN;
        let domain = format!("{}{number}", DOMAINS[number % DOMAINS.len()]);
        for index in 0..DOMAIN {
            let word = pascal(WORDS[(number * 7 + index * 3) % WORDS.len()]);
            let (suffix, kind) = if ENUMS.contains(&index) {
                ("Status", self.enumeration(random))
            } else if VALUES.contains(&index) {
                ("", self.value(first, random))
            } else if ENTITIES.contains(&index) {
                ("Entity", self.entity(first, random))
            } else {
                ("Event", self.event(first, random))
            };
            self.types.push(Definition {
                domain: domain.clone(),
                name: format!("{word}{suffix}{index}"),
                kind,
            });
        }
    }

    fn enumeration(&self, random: &mut Random) -> Kind {
        let first = random.below(WORDS.len());
        let count = 3 + random.below(6);
        let symbols = (first..first + count).map(|word| WORDS[word % WORDS.len()].to_uppercase());
        Kind::Enum(symbols.collect())
    }

    fn value(&self, first: usize, random: &mut Random) -> Kind {
        let mut fields = scalars(4 + random.below(4), random);
        push(
            &mut fields,
            "status",
            Type::Named(first + random.within(ENUMS)),
        );
        Kind::Record(fields)
    }

    fn entity(&self, first: usize, random: &mut Random) -> Kind {
        let mut fields = scalars(8 + random.below(6), random);
        let value = |random: &mut Random| Type::Named(first + random.within(VALUES));
        push(
            &mut fields,
            "state",
            Type::Named(first + random.within(ENUMS)),
        );
        push(&mut fields, "main", value(random));
        push(
            &mut fields,
            "other",
            Type::Optional(Box::new(value(random))),
        );
        push(&mut fields, "all", Type::Array(Box::new(value(random))));
        push(&mut fields, "price", Type::Named(MONEY));
        push(
            &mut fields,
            "address",
            Type::Optional(Box::new(Type::Named(ADDRESS))),
        );
        push(&mut fields, "tags", Type::Map(Box::new(Type::String)));
        Kind::Record(fields)
    }

    fn event(&self, first: usize, random: &mut Random) -> Kind {
        let mut fields = vec![];
        push(&mut fields, "metadata", Type::Named(METADATA));
        fields.extend(scalars(3 + random.below(5), random));
        let entity = first + random.within(ENTITIES);
        push(&mut fields, "entity", Type::Named(entity));
        push(
            &mut fields,
            "before",
            Type::Optional(Box::new(Type::Named(entity))),
        );
        if random.below(3) == 0 {
            let (one, other) = (random.within(VALUES), random.within(VALUES));
            if one != other {
                push(
                    &mut fields,
                    "cause",
                    Type::Union(vec![first + one, first + other]),
                );
            }
        }
        Kind::Record(fields)
    }
}

/// Places of the shared types.
const MONEY: usize = 1;
const ADDRESS: usize = 3;
const METADATA: usize = 4;

fn shared() -> Vec<Definition> {
    let define = |name: &str, kind| Definition {
        domain: "shared".to_owned(),
        name: name.to_owned(),
        kind,
    };
    let record = |fields: &[(&str, Type)]| {
        let field = |(name, ty): &(&str, Type)| Field {
            name: (*name).to_owned(),
            ty: ty.clone(),
        };
        Kind::Record(fields.iter().map(field).collect())
    };
    let optional = |ty| Type::Optional(Box::new(ty));
    let symbols = ["EUR", "USD", "GBP", "CHF", "JPY"]
        .map(str::to_owned)
        .to_vec();
    vec![
        define("Currency", Kind::Enum(symbols)),
        define(
            "Money",
            record(&[("minor_units", Type::Long), ("currency", Type::Named(0))]),
        ),
        define(
            "Geo",
            record(&[("latitude", Type::Double), ("longitude", Type::Double)]),
        ),
        define(
            "Address",
            record(&[
                ("street", Type::String),
                ("city", Type::String),
                ("postal_code", optional(Type::String)),
                ("country", Type::String),
                ("position", optional(Type::Named(2))),
            ]),
        ),
        define(
            "Metadata",
            record(&[
                ("event_id", Type::Uuid),
                ("occurred_at", Type::Timestamp),
                ("source", Type::String),
                ("trace_id", optional(Type::String)),
                ("headers", Type::Map(Box::new(Type::String))),
            ]),
        ),
    ]
}

fn push(fields: &mut Vec<Field>, name: &str, ty: Type) {
    fields.push(Field {
        name: name.to_owned(),
        ty,
    });
}

fn scalars(count: usize, random: &mut Random) -> Vec<Field> {
    let first = random.below(WORDS.len());
    let field = |index: usize| Field {
        name: format!(
            "{}_{}",
            WORDS[(first + index) % WORDS.len()],
            PARTS[index % PARTS.len()]
        ),
        ty: scalar(random, index),
    };
    (0..count).map(field).collect()
}

fn scalar(random: &mut Random, index: usize) -> Type {
    let plain = match random.below(10) {
        0..4 => Type::String,
        4 => Type::Int,
        5 => Type::Long,
        6 => Type::Double,
        7 => Type::Boolean,
        8 => Type::Timestamp,
        _ if index.is_multiple_of(2) => Type::Uuid,
        _ => Type::Bytes,
    };
    match random.below(3) {
        0 => Type::Optional(Box::new(plain)),
        _ => plain,
    }
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn within(&mut self, range: Range<usize>) -> usize {
        range.start + self.below(range.len())
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

const DOMAINS: [&str; 10] = [
    "orders",
    "payments",
    "shipping",
    "inventory",
    "customers",
    "catalog",
    "pricing",
    "returns",
    "loyalty",
    "search",
];

const WORDS: [&str; 40] = [
    "order",
    "customer",
    "product",
    "payment",
    "shipment",
    "invoice",
    "refund",
    "basket",
    "campaign",
    "carrier",
    "channel",
    "contract",
    "coupon",
    "delivery",
    "device",
    "discount",
    "email",
    "feature",
    "fraud",
    "gift",
    "item",
    "journey",
    "label",
    "ledger",
    "locale",
    "merchant",
    "note",
    "offer",
    "package",
    "partner",
    "phone",
    "quote",
    "rating",
    "region",
    "session",
    "store",
    "supplier",
    "tariff",
    "voucher",
    "warehouse",
];

const PARTS: [&str; 9] = [
    "id",
    "name",
    "amount",
    "at",
    "code",
    "reference",
    "count",
    "kind",
    "reason",
];
