//! The linked model: every name bound, every type reachable by index.
//!
//! Made by [`link`](crate::link); nothing that works on a [`SchemaSet`] looks up a name.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Index;

use crate::json;
use crate::name::Fullname;
use crate::source::{FileId, Span};

/// One named type of a [`SchemaSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

/// The schemas of a run, linked: named types in an arena, and the top-level schemas of the files.
///
/// The order of types and roots depends on the sources' paths and texts alone, never on the order
/// in which the sources were given.
#[derive(Clone, Debug, Default)]
pub struct SchemaSet {
    pub(crate) types: Vec<NamedType>,
    pub(crate) names: BTreeMap<Fullname, TypeId>,
    pub(crate) roots: Vec<Root>,
}

/// A top-level schema: that of a schema file, or one of the types of a protocol.
#[derive(Clone, Debug)]
pub struct Root {
    /// The file.
    pub file: FileId,
    /// The file's name without its extension; the name of a schema that has none.
    pub stem: String,
    /// The schema; [`SchemaKind::Named`] for a file that defines one record, enum or fixed.
    pub schema: Schema,
    /// Its JSON.
    pub json: json::Value,
}

/// A schema in place: a primitive type, a complex type without a name, or a reference to a named type.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Which type.
    pub kind: SchemaKind,
    /// The valid logical type that annotates it. A fixed has its own in [`Fixed::logical`].
    pub logical: Option<LogicalType>,
    /// Where it is written.
    pub span: Span,
    /// Every attribute of the JSON object that the specification gives no meaning here (custom
    /// properties), in order; empty for a schema written as a bare name.
    pub attributes: Vec<json::Member>,
}

/// The types of Avro (specification 1.12, "Schema Declaration").
#[derive(Clone, Debug)]
pub enum SchemaKind {
    /// No value.
    Null,
    /// A binary value.
    Boolean,
    /// 32-bit signed integer.
    Int,
    /// 64-bit signed integer.
    Long,
    /// 32-bit IEEE 754 number.
    Float,
    /// 64-bit IEEE 754 number.
    Double,
    /// A sequence of bytes.
    Bytes,
    /// A sequence of Unicode characters.
    String,
    /// A sequence of items.
    Array(Box<Schema>),
    /// Values keyed by string.
    Map(Box<Schema>),
    /// One of several branches.
    Union(Vec<Schema>),
    /// A record, enum or fixed.
    Named(TypeId),
}

/// The logical types of Avro 1.12, with the parameters that were found valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogicalType {
    /// On bytes or fixed: an unscaled two's-complement integer, big-endian.
    Decimal {
        /// Most digits of the unscaled value; at least 1.
        precision: u32,
        /// Digits behind the point; at most `precision`.
        scale: u32,
    },
    /// On bytes: unscaled value and scale together.
    BigDecimal,
    /// On string or fixed(16).
    Uuid,
    /// On int: days since 1970-01-01.
    Date,
    /// On int: milliseconds since midnight.
    TimeMillis,
    /// On long: microseconds since midnight.
    TimeMicros,
    /// On long: milliseconds since 1970-01-01T00:00:00Z.
    TimestampMillis,
    /// On long: microseconds since 1970-01-01T00:00:00Z.
    TimestampMicros,
    /// On long: nanoseconds since 1970-01-01T00:00:00Z.
    TimestampNanos,
    /// On long: milliseconds since 1970-01-01T00:00:00 in a local time zone.
    LocalTimestampMillis,
    /// On long: microseconds since 1970-01-01T00:00:00 in a local time zone.
    LocalTimestampMicros,
    /// On long: nanoseconds since 1970-01-01T00:00:00 in a local time zone.
    LocalTimestampNanos,
    /// On fixed(12): months, days and milliseconds.
    Duration,
}

/// What a logical type of time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Since midnight.
    Time,
    /// Since 1970-01-01T00:00:00Z.
    Timestamp,
    /// Since 1970-01-01T00:00:00 in a local time zone.
    LocalTimestamp,
}

/// A record, enum or fixed, with what all three have.
#[derive(Clone, Debug)]
pub struct NamedType {
    /// The fullname.
    pub fullname: Fullname,
    /// Alternative names, as fullnames.
    pub aliases: Vec<Fullname>,
    /// The documentation.
    pub doc: Option<String>,
    /// What it is.
    pub definition: Definition,
    /// Where the definition stands.
    pub span: Span,
    /// Where its name stands.
    pub name_span: Span,
    /// Custom properties, in order.
    pub attributes: Vec<json::Member>,
    /// The definition as its JSON object, with every attribute in its order.
    pub json: json::Value,
    /// The namespace in force around the definition, which an unqualified name inherits.
    pub enclosing_namespace: Option<String>,
}

/// What a [`NamedType`] is.
#[derive(Clone, Debug)]
pub enum Definition {
    /// A record, or an error of a protocol.
    Record(Record),
    /// An enumeration of symbols.
    Enum(Enum),
    /// A fixed number of bytes.
    Fixed(Fixed),
}

/// The fields of a record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// Whether it was declared as an `error`.
    pub is_error: bool,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Alternative names.
    pub aliases: Vec<String>,
    /// The documentation.
    pub doc: Option<String>,
    /// Its schema.
    pub schema: Schema,
    /// The default, as written; [`default::datum`](crate::default::datum) gives it its type.
    pub default: Option<json::Value>,
    /// How the field takes part in sorting records.
    pub order: Order,
    /// Where the field stands.
    pub span: Span,
    /// Where its name stands.
    pub name_span: Span,
    /// Custom properties, in order.
    pub attributes: Vec<json::Member>,
}

/// How a field takes part in sorting records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Smaller values first.
    #[default]
    Ascending,
    /// Larger values first.
    Descending,
    /// The field does not count.
    Ignore,
}

/// The symbols of an enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The symbols, in order.
    pub symbols: Vec<Symbol>,
    /// Index of the symbol that a reader takes for one that it does not know.
    pub default: Option<usize>,
}

/// A symbol and its place.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// The symbol.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// The size of a fixed and the logical type that it carries.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// Number of bytes.
    pub size: usize,
    /// The valid logical type: decimal, uuid or duration.
    pub logical: Option<LogicalType>,
}

impl SchemaSet {
    /// Every named type with its id, in the set's order.
    pub fn types(&self) -> impl ExactSizeIterator<Item = (TypeId, &NamedType)> {
        self.types
            .iter()
            .enumerate()
            .map(|(index, ty)| (TypeId(index as u32), ty))
    }

    /// The top-level schema of each file, and the types of a protocol, ordered by path and place.
    #[must_use]
    pub fn roots(&self) -> &[Root] {
        &self.roots
    }

    /// The type of this fullname, which is a [`Fullname`] or a text. For what comes from outside (a manifest, a command line):
    /// schemas refer to types by [`TypeId`].
    #[must_use]
    pub fn find<Q>(&self, fullname: &Q) -> Option<TypeId>
    where
        Q: Ord + ?Sized,
        Fullname: Borrow<Q>,
    {
        self.names.get(fullname).copied()
    }
}

impl TypeId {
    /// The type's position in [`SchemaSet::types`], for tables beside the set.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Index<TypeId> for SchemaSet {
    type Output = NamedType;

    fn index(&self, id: TypeId) -> &NamedType {
        &self.types[id.index()]
    }
}

impl NamedType {
    /// The schemas of a record's fields; none of an enum or fixed.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.fields().iter().map(|field| &field.schema)
    }

    /// The fields of a record; none of an enum or fixed.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.definition {
            Definition::Record(record) => &record.fields,
            Definition::Enum(_) | Definition::Fixed(_) => &[],
        }
    }

    /// The fields of a record, each with the JSON object that it was read from.
    pub fn fields_with_json(&self) -> impl Iterator<Item = (&Field, &json::Value)> {
        let sources = self
            .json
            .get("fields")
            .and_then(json::Value::as_array)
            .unwrap_or_default();
        self.fields().iter().filter_map(|field| {
            let source = sources
                .binary_search_by_key(&field.span, |source| source.span)
                .ok()?;
            Some((field, &sources[source]))
        })
    }

    /// The valid logical type of a fixed; records and enums have none.
    #[must_use]
    pub fn logical_type(&self) -> Option<LogicalType> {
        match &self.definition {
            Definition::Fixed(fixed) => fixed.logical,
            Definition::Record(_) | Definition::Enum(_) => None,
        }
    }

    /// `record`, `error`, `enum` or `fixed`.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match &self.definition {
            Definition::Record(record) if record.is_error => "error",
            Definition::Record(_) => "record",
            Definition::Enum(_) => "enum",
            Definition::Fixed(_) => "fixed",
        }
    }
}

impl Schema {
    /// Visits this schema and the items, values and branches inside it, outermost first. Named
    /// types are visited as references and not entered.
    pub fn visit<'s>(&'s self, visitor: &mut impl FnMut(&'s Self)) {
        visitor(self);
        match &self.kind {
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => inner.visit(visitor),
            SchemaKind::Union(branches) => {
                for branch in branches {
                    branch.visit(visitor);
                }
            }
            _ => {}
        }
    }
}

impl Schema {
    /// The valid logical type of this schema: its own, or that of the fixed that it names.
    #[must_use]
    pub fn logical_type(&self, set: &SchemaSet) -> Option<LogicalType> {
        match self.kind {
            SchemaKind::Named(id) => set[id].logical_type(),
            _ => self.logical,
        }
    }

    /// The schema in the words of a finding: `array`, `com.acme.Order`.
    pub(crate) fn describe<'s>(&self, set: &'s SchemaSet) -> &'s str {
        match self.kind {
            SchemaKind::Named(id) => set[id].fullname.as_str(),
            ref kind => kind.keyword(),
        }
    }
}

impl SchemaKind {
    /// The name of a primitive type, `array`, `map` or `union`; of a named type, `reference`.
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
            Self::Named(_) => "reference",
        }
    }
}
