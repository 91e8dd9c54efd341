//! What stands directly inside a value of a default.

use std::collections::BTreeMap;

use crate::datum::Datum;
use crate::json::{Kind, Value};
use crate::schema::{Schema, SchemaKind, SchemaSet};

/// A value in a default, its schema, and the datum that it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) json: &'a Value,
    pub(crate) datum: &'a Datum,
}

impl<'a> Typed<'a> {
    /// The values directly inside: items, entries, fields; for a union the same value as one of
    /// the branch that it takes. What a record's value leaves out is not among them.
    pub(crate) fn inside(self, set: &'a SchemaSet) -> Vec<Self> {
        let Self {
            schema,
            json,
            datum,
        } = self;
        let of = |schema, json, datum| Self {
            schema,
            json,
            datum,
        };
        match (&schema.kind, datum, &json.kind) {
            (SchemaKind::Union(branches), Datum::Union(index, datum), _) => branches
                .get(*index)
                .map(|branch| vec![of(branch, json, datum)])
                .unwrap_or_default(),
            (SchemaKind::Array(items), Datum::Array(data), Kind::Array(values)) => values
                .iter()
                .zip(data)
                .map(|(json, datum)| of(items, json, datum))
                .collect(),
            // A datum's entries are in the order of their keys.
            (SchemaKind::Map(values), Datum::Map(entries), Kind::Object(_)) => by_key(json)
                .into_values()
                .zip(entries)
                .map(|(json, (_, datum))| of(values, json, datum))
                .collect(),
            (SchemaKind::Named(id), Datum::Record(data), Kind::Object(_)) => {
                let members = by_key(json);
                let fields = set[*id].fields().iter().zip(data);
                fields
                    .filter_map(|(field, datum)| {
                        let json = members.get(field.name.as_str())?;
                        Some(of(&field.schema, *json, datum))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The members of an object by their keys, the last of equal ones.
fn by_key(json: &Value) -> BTreeMap<&str, &Value> {
    let members = json.members().iter();
    members
        .map(|member| (member.key.as_str(), &member.value))
        .collect()
}
