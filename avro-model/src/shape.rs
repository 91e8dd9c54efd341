//! A schema by its structure, references followed: what comparing two schemas looks at.

use crate::schema::{
    Definition, Enum, Fixed, NamedType, Record, Schema, SchemaKind, SchemaSet, TypeId,
};

/// A schema by its structure.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'a> {
    /// A primitive type; the kind is neither array, map, union nor reference.
    Primitive(&'a SchemaKind),
    /// An array of these items.
    Array(&'a Schema),
    /// A map of these values.
    Map(&'a Schema),
    /// A union of these branches.
    Union(&'a [Schema]),
    /// A record, and its fields.
    Record(&'a NamedType, &'a Record),
    /// An enum, and its symbols.
    Enum(&'a NamedType, &'a Enum),
    /// A fixed, and its size.
    Fixed(&'a NamedType, &'a Fixed),
}

impl<'a> Shape<'a> {
    /// The shape of a schema of this set, a reference followed.
    #[must_use]
    pub fn of(schema: &'a Schema, set: &'a SchemaSet) -> Self {
        match &schema.kind {
            SchemaKind::Array(items) => Self::Array(items),
            SchemaKind::Map(values) => Self::Map(values),
            SchemaKind::Union(branches) => Self::Union(branches),
            SchemaKind::Named(id) => Self::named(*id, set),
            primitive => Self::Primitive(primitive),
        }
    }

    /// The shape of a named type of this set.
    #[must_use]
    pub fn named(id: TypeId, set: &'a SchemaSet) -> Self {
        let ty = &set[id];
        match &ty.definition {
            Definition::Record(record) => Self::Record(ty, record),
            Definition::Enum(symbols) => Self::Enum(ty, symbols),
            Definition::Fixed(fixed) => Self::Fixed(ty, fixed),
        }
    }

    /// The type's word in the specification: `int`, `record`.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Primitive(kind) => kind.keyword(),
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
            Self::Record(..) => "record",
            Self::Enum(..) => "enum",
            Self::Fixed(..) => "fixed",
        }
    }

    /// The type in a sentence: `int`, ``record `com.acme.Order` ``.
    #[must_use]
    pub fn describe(self) -> String {
        match self.definition() {
            Some(ty) => format!("{} `{}`", ty.keyword(), ty.fullname),
            None => self.keyword().to_owned(),
        }
    }

    /// The definition of a record, enum or fixed.
    #[must_use]
    pub fn definition(self) -> Option<&'a NamedType> {
        match self {
            Self::Record(ty, _) | Self::Enum(ty, _) | Self::Fixed(ty, _) => Some(ty),
            _ => None,
        }
    }
}
