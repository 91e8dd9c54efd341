//! Which traits a type's parts allow: the greatest answer that contradicts no part.

use std::collections::{BTreeMap, BTreeSet};

use avro_model::schema::{Definition, LogicalType, Schema, SchemaKind, SchemaSet, TypeId};
use avro_model::source::Span;

use super::parts;
use crate::config::LogicalTypes;

/// What the Rust type of a schema can implement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Traits {
    /// Copied bit by bit: it owns no memory.
    pub(crate) copy: bool,
    /// Equality is total: there is no float in it.
    pub(crate) eq: bool,
    /// It can be hashed.
    pub(crate) hash: bool,
    /// A decoded value can point into the bytes that it comes from.
    pub(crate) borrows: bool,
}

impl Traits {
    /// What a type without parts has.
    pub(crate) const ALL: Self = Self {
        copy: true,
        eq: true,
        hash: true,
        borrows: false,
    };
    /// What a type that nothing is known about has.
    pub(crate) const NONE: Self = Self {
        copy: false,
        eq: false,
        hash: false,
        borrows: false,
    };
    const OWNED: Self = Self {
        copy: false,
        ..Self::ALL
    };
    const FLOAT: Self = Self {
        eq: false,
        hash: false,
        ..Self::ALL
    };
    const TEXT: Self = Self {
        borrows: true,
        ..Self::OWNED
    };

    /// What a type with both parts has.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            copy: self.copy && other.copy,
            eq: self.eq && other.eq,
            hash: self.hash && other.hash,
            borrows: self.borrows || other.borrows,
        }
    }

    /// What is certain of a type of this schema that was generated elsewhere.
    pub(crate) fn external(self) -> Self {
        Self {
            borrows: self.borrows,
            ..Self::NONE
        }
    }

    /// What the type has behind a pointer that owns it.
    pub(crate) fn owned(self) -> Self {
        Self {
            copy: false,
            ..self
        }
    }
}

/// What configuration says of the Rust types of fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mappings {
    /// The Rust types of logical types.
    pub(crate) logical: LogicalTypes,
    /// Fields that differ, by the place of their schema.
    pub(crate) fields: BTreeMap<Span, Exception>,
    /// Types that another crate has generated.
    pub(crate) external: BTreeSet<TypeId>,
}

/// How a field differs from its schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exception {
    /// It has a type and a codec of the user's.
    pub(crate) custom: bool,
    /// Its maps are hash maps.
    pub(crate) hash_map: bool,
    /// The Rust types of its logical types.
    pub(crate) logical: LogicalTypes,
}

/// What is known while the types are gone through, and at the end.
pub(super) struct Known<'a> {
    pub(super) types: &'a [Traits],
    /// References behind a box, which is never copied.
    pub(super) boxed: &'a BTreeSet<Span>,
}

pub(super) fn traits(set: &SchemaSet, mappings: &Mappings, boxed: &BTreeSet<Span>) -> Vec<Traits> {
    let mut types: Vec<Traits> = set
        .types()
        .map(|(id, _)| of_definition(set, id, mappings))
        .collect();
    loop {
        let mut changed = false;
        for (id, _) in set.types() {
            let before = types[id.index()];
            let known = Known {
                types: &types,
                boxed,
            };
            let found = parts(set, id).fold(before, |found, part| {
                found.and(of_field(part, &known, mappings))
            });
            let found = if mappings.external.contains(&id) {
                found.external()
            } else {
                found
            };
            changed |= found != before;
            types[id.index()] = found;
        }
        if !changed {
            return types;
        }
    }
}

/// What a type allows, parts aside.
fn of_definition(set: &SchemaSet, id: TypeId, mappings: &Mappings) -> Traits {
    match &set[id].definition {
        Definition::Fixed(fixed) => fixed
            .logical
            .filter(|&logical| !mappings.logical.is_raw(logical))
            .map_or(Traits::ALL, of_logical),
        Definition::Record(_) | Definition::Enum(_) => Traits::ALL,
    }
}

/// What the Rust type of a field allows.
fn of_field(schema: &Schema, known: &Known<'_>, mappings: &Mappings) -> Traits {
    let Some(exception) = mappings.fields.get(&schema.span) else {
        return of_schema(schema, known, mappings.logical);
    };
    if exception.custom {
        return Traits::NONE;
    }
    let found = of_schema(schema, known, exception.logical);
    Traits {
        hash: found.hash && !exception.hash_map,
        ..found
    }
}

/// What the Rust type of a schema allows.
pub(super) fn of_schema(schema: &Schema, known: &Known<'_>, types: LogicalTypes) -> Traits {
    if let Some(logical) = schema.logical.filter(|&logical| !types.is_raw(logical)) {
        return of_logical(logical);
    }
    match &schema.kind {
        SchemaKind::Null | SchemaKind::Boolean | SchemaKind::Int | SchemaKind::Long => Traits::ALL,
        SchemaKind::Float | SchemaKind::Double => Traits::FLOAT,
        SchemaKind::Bytes if is_decimal(schema) => Traits::OWNED,
        SchemaKind::Bytes | SchemaKind::String => Traits::TEXT,
        SchemaKind::Array(items) => of_schema(items, known, types).owned(),
        SchemaKind::Map(values) => of_schema(values, known, types).and(Traits::TEXT),
        SchemaKind::Union(branches) => branches.iter().fold(Traits::ALL, |found, branch| {
            found.and(of_schema(branch, known, types))
        }),
        SchemaKind::Named(id) => {
            let found = known.types.get(id.index()).copied().unwrap_or(Traits::NONE);
            if known.boxed.contains(&schema.span) {
                found.owned()
            } else {
                found
            }
        }
    }
}

/// Whether it is a decimal, taken for bytes or not: data of another scale are rescaled, which no view
/// can borrow.
pub(crate) fn is_decimal(schema: &Schema) -> bool {
    matches!(schema.logical, Some(LogicalType::Decimal { .. }))
}

/// A decimal may own its digits; the other logical types are plain numbers.
fn of_logical(logical: LogicalType) -> Traits {
    match logical {
        LogicalType::Decimal { .. } | LogicalType::BigDecimal => Traits::OWNED,
        _ => Traits::ALL,
    }
}
