//! A set without some of its types, the others numbered anew.

use crate::schema::{Definition, NamedType, Schema, SchemaKind, SchemaSet, TypeId};

/// Drops the types that are not kept. A reference to one of them becomes a reference to its heir,
/// which is kept; `heirs` has one for each type, and a type that is kept is its own.
pub(super) fn renumber(set: SchemaSet, kept: &[bool], heirs: &[TypeId]) -> SchemaSet {
    let mut next = 0;
    let new: Vec<TypeId> = kept
        .iter()
        .map(|&kept| {
            let id = TypeId(next);
            next += u32::from(kept);
            id
        })
        .collect();
    let ids: Vec<TypeId> = heirs.iter().map(|heir| new[heir.index()]).collect();

    let types = set.types.into_iter().zip(kept).filter(|&(_, &kept)| kept);
    let mut types: Vec<NamedType> = types.map(|(ty, _)| ty).collect();
    for ty in &mut types {
        if let Definition::Record(record) = &mut ty.definition {
            let fields = record.fields.iter_mut();
            fields.for_each(|field| refer(&mut field.schema, &ids));
        }
    }
    let mut names = set.names;
    names.retain(|_, id| kept[id.index()]);
    names.values_mut().for_each(|id| *id = ids[id.index()]);
    let mut roots = set.roots;
    roots
        .iter_mut()
        .for_each(|root| refer(&mut root.schema, &ids));
    SchemaSet {
        types,
        names,
        roots,
    }
}

fn refer(schema: &mut Schema, ids: &[TypeId]) {
    match &mut schema.kind {
        SchemaKind::Named(id) => *id = ids[id.index()],
        SchemaKind::Array(inner) | SchemaKind::Map(inner) => refer(inner, ids),
        SchemaKind::Union(branches) => branches.iter_mut().for_each(|branch| refer(branch, ids)),
        _ => {}
    }
}
