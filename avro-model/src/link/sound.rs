//! What leads to a placeholder, and the set without it.

use std::collections::BTreeSet;

use super::renumber::renumber;
use crate::schema::{Schema, SchemaKind, SchemaSet, TypeId};
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
pub(super) fn keep(mut set: SchemaSet, sound: &[bool], poisoned: &BTreeSet<Span>) -> SchemaSet {
    set.roots
        .retain(|root| is_sound(&root.schema, poisoned, sound));
    let heirs: Vec<TypeId> = set.types().map(|(id, _)| id).collect();
    renumber(set, sound, &heirs)
}
