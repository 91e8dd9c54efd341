//! The order of data (specification 1.12, "Sort Order").

use core::cmp::Ordering;

use avro_model::datum::Datum;
use avro_model::schema::{Order, Schema, SchemaKind, SchemaSet};

/// Compares two data of a schema; none where a map decides, or where they are not of the schema.
pub(super) fn compare(set: &SchemaSet, schema: &Schema, a: &Datum, b: &Datum) -> Option<Ordering> {
    match (&schema.kind, a, b) {
        (_, Datum::Null, Datum::Null) => Some(Ordering::Equal),
        (_, Datum::Boolean(a), Datum::Boolean(b)) => Some(a.cmp(b)),
        (_, Datum::Int(a), Datum::Int(b)) => Some(a.cmp(b)),
        (_, Datum::Long(a), Datum::Long(b)) => Some(a.cmp(b)),
        // As Java's `Float.compare`: every NaN is greater than every number, and -0.0 less than 0.0.
        (_, Datum::Float(a), Datum::Float(b)) => Some(float(f64::from(*a), f64::from(*b))),
        (_, Datum::Double(a), Datum::Double(b)) => Some(float(*a, *b)),
        (_, Datum::Bytes(a), Datum::Bytes(b)) | (_, Datum::Fixed(a), Datum::Fixed(b)) => {
            Some(a.cmp(b))
        }
        (_, Datum::String(a), Datum::String(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (_, Datum::Enum(a), Datum::Enum(b)) => Some(a.cmp(b)),
        (SchemaKind::Array(items), Datum::Array(a), Datum::Array(b)) => {
            for (a, b) in a.iter().zip(b) {
                match compare(set, items, a, b)? {
                    Ordering::Equal => {}
                    other => return Some(other),
                }
            }
            Some(a.len().cmp(&b.len()))
        }
        (SchemaKind::Union(branches), Datum::Union(i, a), Datum::Union(j, b)) => match i.cmp(j) {
            Ordering::Equal => compare(set, branches.get(*i)?, a, b),
            other => Some(other),
        },
        (SchemaKind::Named(id), Datum::Record(a), Datum::Record(b)) => {
            for ((field, a), b) in set[*id].fields().iter().zip(a).zip(b) {
                let order = match field.order {
                    Order::Ignore => continue,
                    Order::Ascending => compare(set, &field.schema, a, b)?,
                    Order::Descending => compare(set, &field.schema, a, b)?.reverse(),
                };
                if order != Ordering::Equal {
                    return Some(order);
                }
            }
            Some(Ordering::Equal)
        }
        _ => None,
    }
}

fn float(a: f64, b: f64) -> Ordering {
    match (a.is_nan(), b.is_nan()) {
        (false, false) => a.total_cmp(&b),
        (a, b) => a.cmp(&b),
    }
}
