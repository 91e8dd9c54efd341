//! What can be deployed under a name of its own.

use avro_model::compat::Side;
use avro_model::name::Fullname;
use avro_model::schema::{Root, SchemaSet, TypeId};
use avro_model::{bundle, identity};

use crate::plan::unnamed_roots;

/// A schema that can have a history.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deployable<'a> {
    /// A record, enum or fixed.
    Named(TypeId),
    /// A top-level schema without a name; its file's stem stands for one.
    Unnamed(&'a Root),
}

impl<'a> Deployable<'a> {
    /// Every schema that can be deployed, with its name.
    pub(crate) fn all(set: &'a SchemaSet) -> impl Iterator<Item = (&'a str, Self)> {
        let named = set.types();
        let named = named.map(|(id, ty)| (ty.fullname.as_str(), Self::Named(id)));
        let unnamed = unnamed_roots(set);
        named.chain(unnamed.map(|root| (root.stem.as_str(), Self::Unnamed(root))))
    }

    /// The names of all.
    pub(crate) fn names(set: &'a SchemaSet) -> impl Iterator<Item = &'a str> {
        Self::all(set).map(|(name, _)| name)
    }

    /// The schema of this name.
    pub(crate) fn find(set: &'a SchemaSet, name: &str) -> Option<Self> {
        let mut unnamed = unnamed_roots(set).filter(|root| root.stem == name);
        let named = set.find(name).map(Self::Named);
        named.or_else(|| unnamed.next().map(Self::Unnamed))
    }

    /// The names that it had: its aliases.
    pub(crate) fn former(self, set: &'a SchemaSet) -> impl Iterator<Item = &'a str> {
        let aliases = match self {
            Self::Named(id) => set[id].aliases.as_slice(),
            Self::Unnamed(_) => &[],
        };
        aliases.iter().map(Fullname::as_str)
    }

    pub(crate) fn side(self, set: &'a SchemaSet) -> Side<'a> {
        match self {
            Self::Named(id) => Side::named(id, set),
            Self::Unnamed(root) => Side::root(root, set),
        }
    }

    /// Its text, self-contained.
    pub(super) fn bundled(self, set: &SchemaSet) -> String {
        match self {
            Self::Named(id) => bundle::of_type(set, id),
            Self::Unnamed(root) => bundle::schema(set, root),
        }
    }

    pub(super) fn identity(self, set: &SchemaSet) -> [u8; 32] {
        match self {
            Self::Named(id) => identity::of_type(set, id),
            Self::Unnamed(root) => identity::of(set, &root.schema),
        }
    }
}
