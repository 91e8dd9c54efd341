//! What leads to a placeholder, and the set without it.

use std::collections::BTreeSet;

use crate::schema::{Definition, NamedType, Root, Schema, SchemaKind, SchemaSet, TypeId};
use crate::source::Span;

/// By type: whether neither it nor any type that it leads to is incomplete or holds a placeholder.
pub(super) fn sound_types(
    set: &SchemaSet,
    poisoned: &BTreeSet<Span>,
    complete: &[bool],
) -> Vec<bool> {
    let mut sound = complete.to_vec();
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); set.types.len()];
    for (id, ty) in set.types() {
        for schema in ty.schemas() {
            schema.visit(&mut |inner| {
                if poisoned.contains(&inner.span) {
                    sound[id.index()] = false;
                } else if let SchemaKind::Named(used) = inner.kind {
                    users[used.index()].push(id);
                }
            });
        }
    }
    let mut spreading: Vec<usize> = (0..sound.len()).filter(|&index| !sound[index]).collect();
    while let Some(index) = spreading.pop() {
        for user in &users[index] {
            if std::mem::replace(&mut sound[user.index()], false) {
                spreading.push(user.index());
            }
        }
    }
    sound
}

/// Whether a schema holds no placeholder and refers to sound types only.
pub(super) fn is_sound(schema: &Schema, poisoned: &BTreeSet<Span>, sound: &[bool]) -> bool {
    let mut all = true;
    schema.visit(&mut |inner| {
        all &= !poisoned.contains(&inner.span);
        if let SchemaKind::Named(id) = inner.kind {
            all &= sound[id.index()];
        }
    });
    all
}

/// The set without what is not sound, its types numbered anew.
pub(super) fn keep(set: SchemaSet, sound: &[bool], poisoned: &BTreeSet<Span>) -> SchemaSet {
    let roots: Vec<Root> = set
        .roots
        .into_iter()
        .filter(|root| is_sound(&root.schema, poisoned, sound))
        .collect();
    let mut next = 0;
    let ids: Vec<TypeId> = sound
        .iter()
        .map(|&sound| {
            let id = TypeId(next);
            next += u32::from(sound);
            id
        })
        .collect();
    let kept = set
        .types
        .into_iter()
        .zip(sound)
        .filter(|&(_, &sound)| sound);
    let mut types: Vec<NamedType> = kept.map(|(ty, _)| ty).collect();
    let mut names = set.names;
    names.retain(|_, id| sound[id.index()]);

    names.values_mut().for_each(|id| *id = ids[id.index()]);
    for ty in &mut types {
        if let Definition::Record(record) = &mut ty.definition {
            record
                .fields
                .iter_mut()
                .for_each(|field| renumber(&mut field.schema, &ids));
        }
    }
    let mut set = SchemaSet {
        types,
        names,
        roots,
    };
    set.roots
        .iter_mut()
        .for_each(|root| renumber(&mut root.schema, &ids));
    set
}

fn renumber(schema: &mut Schema, ids: &[TypeId]) {
    match &mut schema.kind {
        SchemaKind::Named(id) => *id = ids[id.index()],
        SchemaKind::Array(inner) | SchemaKind::Map(inner) => renumber(inner, ids),
        SchemaKind::Union(branches) => {
            for branch in branches {
                renumber(branch, ids);
            }
        }
        _ => {}
    }
}
