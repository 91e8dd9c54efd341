//! Which references need a `Box`: those that would otherwise make a type contain itself by value.
//!
//! An array or a map holds its items elsewhere; a field, an `Option` and a union's variant hold
//! them in place. Within each group of types that contain one another, references are taken in
//! schema order, and one is boxed when it would close a circle of unboxed ones: no `Box` is there
//! that the compiler would not ask for.

use std::collections::BTreeSet;

use avro_model::schema::{Schema, SchemaKind, SchemaSet, TypeId};
use avro_model::source::Span;

use super::{cycles, parts};

/// References that close a circle, and those of them that must be boxed.
pub(super) struct Boxing {
    pub(super) recursive: BTreeSet<Span>,
    pub(super) boxed: BTreeSet<Span>,
}

/// A type held in place by another, and where.
#[derive(Clone, Copy)]
pub(super) struct Held {
    pub(super) place: Span,
    target: TypeId,
}

pub(super) fn boxing(set: &SchemaSet) -> Boxing {
    let graph: Vec<Vec<Held>> = set.types().map(|(id, _)| held_by(set, id)).collect();
    let edges: Vec<Vec<usize>> = graph
        .iter()
        .map(|held| held.iter().map(|held| held.target.index()).collect())
        .collect();
    let groups = cycles::groups(&edges);
    let mut found = Boxing {
        recursive: BTreeSet::new(),
        boxed: BTreeSet::new(),
    };
    let mut unboxed: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    for (from, held) in graph.iter().enumerate() {
        for held in held
            .iter()
            .filter(|held| groups[held.target.index()] == groups[from])
        {
            found.recursive.insert(held.place);
            if reaches(&unboxed, held.target.index(), from) {
                found.boxed.insert(held.place);
            } else {
                unboxed[from].push(held.target.index());
            }
        }
    }
    found
}

fn held_by(set: &SchemaSet, id: TypeId) -> Vec<Held> {
    let mut held = Vec::new();
    for part in parts(set, id) {
        hold(part, &mut held);
    }
    held
}

pub(super) fn hold(schema: &Schema, held: &mut Vec<Held>) {
    match &schema.kind {
        SchemaKind::Named(target) => held.push(Held {
            place: schema.span,
            target: *target,
        }),
        SchemaKind::Union(branches) => branches.iter().for_each(|branch| hold(branch, held)),
        _ => {}
    }
}

/// Whether `to` is `from` or can be reached from it.
fn reaches(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        open.extend(edges[at].iter().copied().filter(|&next| seen.insert(next)));
    }
    false
}
