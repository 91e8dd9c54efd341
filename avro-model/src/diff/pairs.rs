//! Which type of the new set is which of the old one.

use std::collections::BTreeMap;

use crate::schema::{Root, Schema, SchemaKind, SchemaSet, TypeId};

/// Two sets, and the types that belong together.
pub(super) struct Pairs<'s> {
    pub(super) old: &'s SchemaSet,
    pub(super) new: &'s SchemaSet,
    to_new: BTreeMap<TypeId, TypeId>,
    to_old: BTreeMap<TypeId, TypeId>,
}

impl<'s> Pairs<'s> {
    /// Joins types of the same fullname, and of the rest those that an alias joins.
    pub(super) fn new(old: &'s SchemaSet, new: &'s SchemaSet) -> Self {
        let mut pairs = Self {
            old,
            new,
            to_new: BTreeMap::new(),
            to_old: BTreeMap::new(),
        };
        for (id, ty) in new.types() {
            if let Some(before) = old.find(&ty.fullname) {
                pairs.join(before, id);
            }
        }
        for (id, ty) in new.types() {
            let free = |before: &TypeId| !pairs.to_new.contains_key(before);
            let mut named = ty.aliases.iter().filter_map(|alias| old.find(alias));
            if !pairs.to_old.contains_key(&id)
                && let Some(before) = named.find(free)
            {
                pairs.join(before, id);
            }
        }
        pairs
    }

    /// Joins two types, whatever they were joined with before.
    pub(super) fn join(&mut self, old: TypeId, new: TypeId) {
        if let Some(other) = self.to_new.insert(old, new) {
            self.to_old.remove(&other);
        }
        if let Some(other) = self.to_old.insert(new, old)
            && other != old
        {
            self.to_new.remove(&other);
        }
    }

    pub(super) fn old_of(&self, new: TypeId) -> Option<TypeId> {
        self.to_old.get(&new).copied()
    }

    pub(super) fn new_of(&self, old: TypeId) -> Option<TypeId> {
        self.to_new.get(&old).copied()
    }

    /// Whether two schemas are the same type; custom properties aside. A reference to a type that
    /// was renamed is the same.
    pub(super) fn same(&self, old: &Schema, new: &Schema) -> bool {
        let structure = match (&old.kind, &new.kind) {
            (SchemaKind::Named(old), SchemaKind::Named(new)) => self.new_of(*old) == Some(*new),
            (SchemaKind::Array(old), SchemaKind::Array(new))
            | (SchemaKind::Map(old), SchemaKind::Map(new)) => self.same(old, new),
            (SchemaKind::Union(old), SchemaKind::Union(new)) => {
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.same(old, new))
            }
            (old, new) => old.keyword() == new.keyword(),
        };
        structure && old.logical == new.logical
    }

    /// The top-level schemas without a name: those that belong together, of the others each alone.
    pub(super) fn roots(&self) -> Vec<(Option<&'s Root>, Option<&'s Root>)> {
        let (old, mut new) = (nameless(self.old), nameless(self.new));
        if let ([old], [new]) = (&*old, &*new) {
            return vec![(Some(*old), Some(*new))];
        }
        let mut roots = Vec::new();
        for old in old {
            let same = new.iter().position(|new| new.stem == old.stem);
            roots.push((Some(old), same.map(|same| new.remove(same))));
        }
        roots.extend(new.into_iter().map(|new| (None, Some(new))));
        roots
    }
}

fn nameless(set: &SchemaSet) -> Vec<&Root> {
    let is_nameless = |root: &&Root| !matches!(root.schema.kind, SchemaKind::Named(_));
    set.roots().iter().filter(is_nameless).collect()
}
