//! A schema in place → its Rust type, its type in views, and its codec.

use super::Planner;
use super::homes::ModulePath;
use super::model::{Codec, Coded, Item, Local, Ty};
use crate::analysis::Traits;
use crate::config::{MapType, Mapping};
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
    pub(super) raw: bool,
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
        if let Some(logical) = schema.logical.filter(|_| !place.raw)
            && let Some(coded) = self.logical(logical)
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
                .wrap(Ty::Vec, Codec::Array),
            SchemaKind::Map(values) => {
                let values = self.coded(values, &place.inside("Value"), items);
                Coded {
                    ty: Ty::Map(place.map, Box::new(values.ty)),
                    view: Ty::Pairs(Box::new(values.view)),
                    codec: Codec::Map(Box::new(values.codec)),
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
            if place.raw {
                return Coded::owned(Ty::Array(fixed.size), Codec::FixedBytes(fixed.size));
            }
            if let Some(coded) = self.logical_fixed(logical, fixed.size) {
                return coded;
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

    /// The Rust type of a logical type on a primitive type, unless it is mapped to that.
    fn logical(&self, logical: LogicalType) -> Option<Coded> {
        let chrono = |codec, ty| {
            (self.config.logical_types.timestamp == Mapping::Library)
                .then(|| Coded::owned(ty, Codec::Library(codec, "Chrono")))
        };
        let naive = Ty::Runtime("chrono::NaiveDateTime");
        match logical {
            LogicalType::Decimal { precision, scale } => Some(Coded::owned(
                DECIMAL,
                Codec::DecimalBytes { precision, scale },
            )),
            LogicalType::BigDecimal => Some(Coded::owned(DECIMAL, Codec::Plain("BigDecimal"))),
            LogicalType::Uuid => self.uuid("UuidStr"),
            LogicalType::Date => chrono("Date", Ty::Runtime("chrono::NaiveDate")),
            LogicalType::TimeMillis => chrono("TimeMillis", Ty::Runtime("chrono::NaiveTime")),
            LogicalType::TimeMicros => chrono("TimeMicros", Ty::Runtime("chrono::NaiveTime")),
            LogicalType::TimestampMillis => chrono("TimestampMillis", Ty::UtcTime),
            LogicalType::TimestampMicros => chrono("TimestampMicros", Ty::UtcTime),
            LogicalType::TimestampNanos => chrono("TimestampNanos", Ty::UtcTime),
            LogicalType::LocalTimestampMillis => chrono("LocalTimestampMillis", naive),
            LogicalType::LocalTimestampMicros => chrono("LocalTimestampMicros", naive),
            LogicalType::LocalTimestampNanos => chrono("LocalTimestampNanos", naive),
            LogicalType::Duration => None,
        }
    }

    /// The Rust type of a logical type on a fixed, unless it is mapped to bytes.
    pub(super) fn logical_fixed(&self, logical: LogicalType, size: usize) -> Option<Coded> {
        match logical {
            LogicalType::Decimal { precision, scale } => Some(Coded::owned(
                DECIMAL,
                Codec::DecimalFixed {
                    size,
                    precision,
                    scale,
                },
            )),
            LogicalType::Uuid => self.uuid("UuidFixed"),
            LogicalType::Duration => Some(Coded::owned(
                Ty::Runtime("types::Duration"),
                Codec::Plain("DurationFixed"),
            )),
            _ => None,
        }
    }

    fn uuid(&self, codec: &'static str) -> Option<Coded> {
        (self.config.logical_types.uuid == Mapping::Library)
            .then(|| Coded::owned(Ty::Runtime("uuid::Uuid"), Codec::Library(codec, "Uuid")))
    }

    /// What a Rust type allows, for the types that plan puts together itself.
    pub(super) fn traits(&self, schema: &Schema, place: &Place) -> Traits {
        let mut traits = self.facts.traits_of(schema, place.raw);
        traits.hash &= place.map != MapType::Hash || !holds_map(schema);
        traits
    }
}

const DECIMAL: Ty = Ty::Runtime("types::Decimal");

fn holds_map(schema: &Schema) -> bool {
    match &schema.kind {
        SchemaKind::Map(_) => true,
        SchemaKind::Array(inner) => holds_map(inner),
        SchemaKind::Union(branches) => branches.iter().any(holds_map),
        _ => false,
    }
}

/// The way to a type in the same module.
pub(super) fn here(name: &proc_macro2::Ident, borrows: bool) -> Local {
    Local {
        up: 0,
        down: Vec::new(),
        name: name.clone(),
        borrows,
    }
}
