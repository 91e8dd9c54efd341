//! Changes to unions and their branches.

use super::super::model::{Model, Primitive, Schema};
use super::super::rng::Rng;
use super::super::schema::addition;
use super::at_a_place;

/// A schema becomes a branch.
pub(super) fn wrap(model: &mut Model, rng: &mut Rng) -> bool {
    let other = match rng.chance(60) {
        true => Primitive::Null.into(),
        false => addition(model, 3, rng),
    };
    let is_wanted = |schema: &Schema| !is_union(schema);
    at_a_place(model, rng, is_wanted, |schema, rng| {
        let inner = std::mem::replace(schema, Primitive::Null.into());
        let mut branches = vec![inner, other];
        rng.shuffle(&mut branches);
        *schema = Schema::Union(branches);
    })
}

/// One branch alone.
pub(super) fn unwrap(model: &mut Model, rng: &mut Rng) -> bool {
    at_a_place(model, rng, is_union, |schema, rng| {
        if let Schema::Union(branches) = schema {
            *schema = rng.pick(branches).clone();
        }
    })
}

pub(super) fn add_branch(model: &mut Model, rng: &mut Rng) -> bool {
    let new = addition(model, 3, rng);
    at_a_place(model, rng, is_union, |schema, rng| {
        if let Schema::Union(branches) = schema {
            branches.insert(rng.below(branches.len() + 1), new);
        }
    })
}

pub(super) fn remove_branch(model: &mut Model, rng: &mut Rng) -> bool {
    at_a_place(model, rng, is_union, |schema, rng| {
        if let Schema::Union(branches) = schema {
            branches.remove(rng.below(branches.len()));
        }
    })
}

pub(super) fn reorder(model: &mut Model, rng: &mut Rng) -> bool {
    at_a_place(model, rng, is_union, |schema, rng| {
        if let Schema::Union(branches) = schema {
            rng.shuffle(branches);
        }
    })
}

fn is_union(schema: &Schema) -> bool {
    matches!(schema, Schema::Union(_))
}
