//! The shortest datum of every type: its bytes, its depth, and whether there is one at all.
//!
//! A record that holds itself without a way out, an enum without symbols and a union without
//! branches have none. Both measures are least fixpoints, found by rounds until nothing changes.

use avro_model::schema::{Definition, Field, Schema, SchemaKind, SchemaSet, TypeId};

/// By type: the least number of bytes of a datum.
pub(super) fn min_len(set: &SchemaSet) -> Vec<Option<u32>> {
    fixpoint(set, of_schema, |parts| {
        parts
            .iter()
            .try_fold(0u32, |sum, &part| Some(sum.saturating_add(part?)))
    })
}

/// By type: how many types deep its smallest datum is.
pub(super) fn height(set: &SchemaSet) -> Vec<Option<u32>> {
    fixpoint(set, schema_height, |parts| {
        let highest = parts
            .iter()
            .try_fold(0u32, |most, &part| Some(most.max(part?)));
        highest.map(|most| most.saturating_add(1))
    })
}

/// The least number of bytes of a schema's datum, given those of the named types.
pub(super) fn of_schema(schema: &Schema, known: &[Option<u32>]) -> Option<u32> {
    Some(match &schema.kind {
        SchemaKind::Null => 0,
        SchemaKind::Float => 4,
        SchemaKind::Double => 8,
        // A boolean's byte, a varint, an empty block, a length of zero.
        SchemaKind::Boolean
        | SchemaKind::Int
        | SchemaKind::Long
        | SchemaKind::Bytes
        | SchemaKind::String
        | SchemaKind::Array(_)
        | SchemaKind::Map(_) => 1,
        SchemaKind::Union(branches) => {
            let shortest =
                |(index, branch)| Some(of_schema(branch, known)?.saturating_add(index_len(index)));
            branches.iter().enumerate().filter_map(shortest).min()?
        }
        SchemaKind::Named(id) => known.get(id.index()).copied().flatten()?,
    })
}

/// How many named types deep a schema's smallest datum is, given those of the named types.
pub(super) fn schema_height(schema: &Schema, known: &[Option<u32>]) -> Option<u32> {
    match &schema.kind {
        SchemaKind::Union(branches) => branches
            .iter()
            .filter_map(|branch| schema_height(branch, known))
            .min(),
        SchemaKind::Named(id) => known.get(id.index()).copied().flatten(),
        _ => Some(0),
    }
}

/// Bytes of a branch's index as a zig-zag varint.
fn index_len(index: usize) -> u32 {
    if index < 64 { 1 } else { 2 }
}

fn fixpoint(
    set: &SchemaSet,
    of_schema: impl Fn(&Schema, &[Option<u32>]) -> Option<u32>,
    of_record: impl Fn(&[Option<u32>]) -> Option<u32>,
) -> Vec<Option<u32>> {
    let mut known: Vec<Option<u32>> = vec![None; set.types().len()];
    loop {
        let mut changed = false;
        for (id, ty) in set.types() {
            let found = match &ty.definition {
                Definition::Record(record) => {
                    let part = |field: &Field| of_schema(&field.schema, &known);
                    of_record(&record.fields.iter().map(part).collect::<Vec<_>>())
                }
                Definition::Enum(enum_) => (!enum_.symbols.is_empty()).then_some(1),
                Definition::Fixed(fixed) => Some(u32::try_from(fixed.size).unwrap_or(u32::MAX)),
            };
            changed |= improve(&mut known, id, found);
        }
        if !changed {
            return known;
        }
    }
}

fn improve(known: &mut [Option<u32>], id: TypeId, found: Option<u32>) -> bool {
    let best = &mut known[id.index()];
    let better = match (&best, found) {
        (None, Some(_)) => true,
        (Some(old), Some(new)) => new < *old,
        (_, None) => false,
    };
    if better {
        *best = found;
    }
    better
}
