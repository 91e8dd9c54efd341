//! A schema in place → its Rust type, its type in views, and its codec.

use super::Planner;
use super::homes::ModulePath;
use super::model::{Codec, Coded, Item, Local, Ty};
use crate::analysis::{Traits, is_decimal};
use crate::config::{LogicalTypes, MapType, TimeTypes};
use avro_model::schema::{Definition, LogicalType, Schema, SchemaKind, TypeId};

/// The place that a schema stands in, as far as it decides on its type.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) module: ModulePath,
    /// The name of a union that stands here.
    pub(super) union_name: String,
    /// The place in words, for findings.
    pub(super) what: String,
    pub(super) map: MapType,
    pub(super) sized_blocks: bool,
    pub(super) logical: LogicalTypes,
    pub(super) serde: bool,
    pub(super) json: bool,
}

impl Place {
    /// The same place one array or map deeper.
    fn inside(&self, suffix: &str) -> Self {
        Self {
            union_name: format!("{}{suffix}", self.union_name),
            ..self.clone()
        }
    }
}

impl Coded {
    pub(super) fn owned(ty: Ty, codec: Codec) -> Self {
        Self {
            view: ty.clone(),
            ty,
            codec,
        }
    }

    fn wrap(self, ty: impl Fn(Box<Ty>) -> Ty, codec: impl Fn(Box<Codec>) -> Codec) -> Self {
        Self {
            ty: ty(Box::new(self.ty)),
            view: ty(Box::new(self.view)),
            codec: codec(Box::new(self.codec)),
        }
    }
}

impl Planner<'_> {
    /// How a schema stands in Rust; the unions in it become `items`.
    pub(super) fn coded(&mut self, schema: &Schema, place: &Place, items: &mut Vec<Item>) -> Coded {
        let coded = self.with_view(schema, place, items);
        match self.config.views {
            true => coded,
            false => Coded::owned(coded.ty, coded.codec),
        }
    }

    fn with_view(&mut self, schema: &Schema, place: &Place, items: &mut Vec<Item>) -> Coded {
        if let Some(logical) = schema.logical
            && let Some(coded) = logical_type(logical, place.logical)
        {
            return coded;
        }
        let plain = |ty, codec| Coded::owned(ty, Codec::Plain(codec));
        match &schema.kind {
            SchemaKind::Null => plain(Ty::Unit, "Null"),
            SchemaKind::Boolean => plain(Ty::Bool, "Boolean"),
            SchemaKind::Int => plain(Ty::I32, "Int"),
            SchemaKind::Long => plain(Ty::I64, "Long"),
            SchemaKind::Float => plain(Ty::F32, "Float"),
            SchemaKind::Double => plain(Ty::F64, "Double"),
            // Of another scale its digits are others, so that there is nothing to borrow.
            SchemaKind::Bytes if is_decimal(schema) => plain(Ty::Bytes, "Bytes"),
            SchemaKind::Bytes => Coded {
                ty: Ty::Bytes,
                view: Ty::Slice,
                codec: Codec::Plain("Bytes"),
            },
            SchemaKind::String => Coded {
                ty: Ty::String,
                view: Ty::Str,
                codec: Codec::Plain("Str"),
            },
            SchemaKind::Array(inner) => self
                .coded(inner, &place.inside("Item"), items)
                .wrap(Ty::Vec, |codec| Codec::Array(codec, place.sized_blocks)),
            SchemaKind::Map(values) => {
                let values = self.coded(values, &place.inside("Value"), items);
                Coded {
                    ty: Ty::Map(place.map, Box::new(values.ty)),
                    view: Ty::Pairs(Box::new(values.view)),
                    codec: Codec::Map(Box::new(values.codec), place.sized_blocks),
                }
            }
            SchemaKind::Union(branches) => self.union(schema, branches, place, items),
            SchemaKind::Named(id) => {
                let named = self.named(*id, place);
                if self.facts.is_boxed(schema.span) {
                    named.wrap(Ty::Boxed, Codec::Boxed)
                } else {
                    named
                }
            }
        }
    }

    fn union(
        &mut self,
        schema: &Schema,
        branches: &[Schema],
        place: &Place,
        items: &mut Vec<Item>,
    ) -> Coded {
        let null = branches
            .iter()
            .position(|branch| matches!(branch.kind, SchemaKind::Null));
        match (branches, null) {
            ([_, value], Some(0)) | ([value, _], Some(1)) => {
                let null_first = null == Some(0);
                self.coded(value, place, items)
                    .wrap(Ty::Option, |codec| Codec::Nullable(codec, null_first))
            }
            ([_, _, ..], Some(null)) => {
                let union = self.union_enum(schema, branches, place, items);
                union.wrap(Ty::Option, |_| Codec::NullableUnion { null })
            }
            _ => self.union_enum(schema, branches, place, items),
        }
    }

    /// A reference to a named type: generated here, generated elsewhere, or a logical type.
    pub(super) fn named(&self, id: TypeId, place: &Place) -> Coded {
        let codec = Codec::Plain("Named");
        if let Some(external) = self.choices.externals.get(&id) {
            let ty = Ty::Foreign(external.path.clone());
            let borrows = self.facts.traits_of_type(id).borrows;
            let view = if borrows {
                Ty::ForeignView(external.view.clone())
            } else {
                ty.clone()
            };
            return Coded { ty, view, codec };
        }
        if let Definition::Fixed(fixed) = &self.set[id].definition
            && let Some(logical) = fixed.logical
        {
            let raw = place.logical.all_raw.then(|| raw_fixed(fixed.size));
            let coded = raw.or_else(|| logical_fixed(logical, fixed.size, place.logical));
            if let Some(coded) = coded {
                let fullname = self.set[id].fullname.to_string();
                let codec = Codec::NamedFixed(Box::new(coded.codec), fullname);
                return Coded::owned(coded.ty, codec);
            }
        }
        let local = |view| match self.tree.local(&place.module, id, view) {
            Some(local) => Ty::Local(local),
            // Every type that is neither external nor a logical type has a home.
            None => Ty::Unit,
        };
        Coded {
            ty: local(false),
            view: local(true),
            codec,
        }
    }

    /// What a Rust type allows, for the types that plan puts together itself.
    pub(super) fn traits(&self, schema: &Schema, place: &Place) -> Traits {
        let mut traits = self.facts.traits_of(schema, place.logical);
        traits.hash &= place.map != MapType::Hash || !holds_map(schema);
        traits
    }
}

/// The bytes of a fixed, without its name.
pub(super) fn raw_fixed(size: usize) -> Coded {
    Coded::owned(Ty::Array(size), Codec::FixedBytes(size))
}

const DECIMAL: Ty = Ty::Runtime("types::Decimal");

/// The Rust types of a library for dates and times.
struct Library {
    /// The name of its `TimeLibrary` among the codec types.
    name: &'static str,
    date: Ty,
    time: Ty,
    timestamp: Ty,
    local_timestamp: Ty,
}

impl Library {
    fn of(types: TimeTypes) -> Option<Self> {
        match types {
            TimeTypes::Chrono => Some(Self {
                name: "Chrono",
                date: Ty::Runtime("chrono::NaiveDate"),
                time: Ty::Runtime("chrono::NaiveTime"),
                timestamp: Ty::UtcTime,
                local_timestamp: Ty::Runtime("chrono::NaiveDateTime"),
            }),
            TimeTypes::Jiff => Some(Self {
                name: "Jiff",
                date: Ty::Runtime("jiff::civil::Date"),
                time: Ty::Runtime("jiff::civil::Time"),
                timestamp: Ty::Runtime("jiff::Timestamp"),
                local_timestamp: Ty::Runtime("jiff::civil::DateTime"),
            }),
            TimeTypes::Time => Some(Self {
                name: "Time",
                date: Ty::Runtime("time::Date"),
                time: Ty::Runtime("time::Time"),
                timestamp: Ty::Runtime("time::UtcDateTime"),
                local_timestamp: Ty::Runtime("time::PlainDateTime"),
            }),
            TimeTypes::Raw => None,
        }
    }
}

/// The Rust type of a logical type on a primitive type, unless it is mapped to that.
fn logical_type(logical: LogicalType, types: LogicalTypes) -> Option<Coded> {
    if types.is_raw(logical) {
        return None;
    }
    match logical {
        LogicalType::Decimal { precision, scale } => Some(Coded::owned(
            DECIMAL,
            Codec::DecimalBytes { precision, scale },
        )),
        LogicalType::BigDecimal => Some(Coded::owned(DECIMAL, Codec::Plain("BigDecimal"))),
        LogicalType::Uuid => Some(uuid("UuidStr")),
        LogicalType::Date => timed("Date", types, |of| of.date),
        LogicalType::TimeMillis => timed("TimeMillis", types, |of| of.time),
        LogicalType::TimeMicros => timed("TimeMicros", types, |of| of.time),
        LogicalType::TimestampMillis => timed("TimestampMillis", types, |of| of.timestamp),
        LogicalType::TimestampMicros => timed("TimestampMicros", types, |of| of.timestamp),
        LogicalType::TimestampNanos => timed("TimestampNanos", types, |of| of.timestamp),
        LogicalType::LocalTimestampMillis => {
            timed("LocalTimestampMillis", types, |of| of.local_timestamp)
        }
        LogicalType::LocalTimestampMicros => {
            timed("LocalTimestampMicros", types, |of| of.local_timestamp)
        }
        LogicalType::LocalTimestampNanos => {
            timed("LocalTimestampNanos", types, |of| of.local_timestamp)
        }
        LogicalType::Duration => None,
    }
}

/// A date, time or timestamp with this codec and the library's type for it.
fn timed(
    codec: &'static str,
    types: LogicalTypes,
    ty: impl FnOnce(Library) -> Ty,
) -> Option<Coded> {
    let library = Library::of(types.timestamp)?;
    let codec = Codec::Library(codec, library.name);
    Some(Coded::owned(ty(library), codec))
}

/// The Rust type of a logical type on a fixed, unless it is mapped to bytes.
pub(super) fn logical_fixed(
    logical: LogicalType,
    size: usize,
    types: LogicalTypes,
) -> Option<Coded> {
    if types.is_raw(logical) {
        return None;
    }
    match logical {
        LogicalType::Decimal { precision, scale } => Some(Coded::owned(
            DECIMAL,
            Codec::DecimalFixed {
                size,
                precision,
                scale,
            },
        )),
        LogicalType::Uuid => Some(uuid("UuidFixed")),
        LogicalType::Duration => Some(Coded::owned(
            Ty::Runtime("types::Duration"),
            Codec::Plain("DurationFixed"),
        )),
        _ => None,
    }
}

fn uuid(codec: &'static str) -> Coded {
    Coded::owned(Ty::Runtime("uuid::Uuid"), Codec::Library(codec, "Uuid"))
}

fn holds_map(schema: &Schema) -> bool {
    match &schema.kind {
        SchemaKind::Map(_) => true,
        SchemaKind::Array(inner) => holds_map(inner),
        SchemaKind::Union(branches) => branches.iter().any(holds_map),
        _ => false,
    }
}

/// The way to a type in the same module.
pub(super) fn here(name: &super::names::Ident, borrows: bool) -> Local {
    Local {
        up: 0,
        down: Vec::new(),
        name: name.clone(),
        borrows,
    }
}
