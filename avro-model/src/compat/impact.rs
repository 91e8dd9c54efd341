//! A changed type → the top-level schemas that it reaches through references.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::finding::Incompatibility;
use super::mode::{Direction, Mode, check};
use super::place::Side;
use crate::name::Fullname;
use crate::schema::{Root, Schema, SchemaKind, SchemaSet, TypeId};

/// A top-level schema that a type is part of.
#[derive(Clone, Debug)]
pub struct Affected<'s> {
    /// The schema.
    pub root: &'s Root,
    /// The types that lead to the changed one, which is the last; one of the shortest ways.
    pub through: Vec<TypeId>,
}

/// Every top-level schema that a named type is part of, itself included, in the set's order.
#[must_use]
pub fn affected(set: &SchemaSet, changed: TypeId) -> Vec<Affected<'_>> {
    let ways = ways(set, changed);
    let reached = |root| {
        let first = nearest(root, &ways)?;
        let through = std::iter::successors(Some(first), |id| ways.get(id)?.next);
        Some(Affected {
            root,
            through: through.collect(),
        })
    };
    set.roots().iter().filter_map(reached).collect()
}

/// A type whose change breaks top-level schemas, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The changed type of the new set; nothing if the change is in a schema without a name.
    pub changed: Option<Fullname>,
    /// The top-level schemas that it breaks, by the names of [`name`].
    pub roots: Vec<String>,
}

/// Compares the top-level schemas of two sets that have the same name, as the mode demands, and
/// says which type's change breaks which of them. The types are in the order of their names.
#[must_use]
pub fn broken(new: &SchemaSet, old: &SchemaSet, mode: Mode) -> Vec<Broken> {
    let before: BTreeMap<&str, &Root> = old
        .roots()
        .iter()
        .map(|root| (name(root, old), root))
        .collect();
    let mut broken: BTreeMap<Option<Fullname>, BTreeSet<String>> = BTreeMap::new();
    for root in new.roots() {
        let name = name(root, new);
        let Some(previous) = before.get(name) else {
            continue;
        };
        let report = check(Side::root(root, new), &[Side::root(previous, old)], mode);
        for check in report.checks {
            for found in check.comparison.incompatibilities {
                for found in innermost(found) {
                    let changed = match check.direction {
                        Direction::Backward => found.reader.within,
                        Direction::Forward => found.writer.within,
                    };
                    broken.entry(changed).or_default().insert(name.to_owned());
                }
            }
        }
    }
    let broken = broken.into_iter().map(|(changed, roots)| Broken {
        changed,
        roots: roots.into_iter().collect(),
    });
    broken.collect()
}

/// A missing branch is the fault of what is inside it, where there is something.
fn innermost(found: Incompatibility) -> Vec<Incompatibility> {
    match found.causes.is_empty() {
        true => vec![found],
        false => found.causes,
    }
}

/// The name of a top-level schema: of a named type its fullname, else the stem of its file.
#[must_use]
pub fn name<'s>(root: &'s Root, set: &'s SchemaSet) -> &'s str {
    match root.schema.kind {
        SchemaKind::Named(id) => set[id].fullname.as_str(),
        _ => &root.stem,
    }
}

/// How a type leads to the changed one.
struct Way {
    distance: usize,
    next: Option<TypeId>,
}

/// Every type that leads to this one.
fn ways(set: &SchemaSet, changed: TypeId) -> BTreeMap<TypeId, Way> {
    let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for (id, ty) in set.types() {
        for used in ty.schemas().flat_map(references) {
            users.entry(used).or_default().push(id);
        }
    }
    let start = Way {
        distance: 0,
        next: None,
    };
    let mut ways = BTreeMap::from([(changed, start)]);
    let mut rest = VecDeque::from([(changed, 0)]);
    while let Some((id, distance)) = rest.pop_front() {
        for &user in users.get(&id).into_iter().flatten() {
            ways.entry(user).or_insert_with(|| {
                rest.push_back((user, distance + 1));
                Way {
                    distance: distance + 1,
                    next: Some(id),
                }
            });
        }
    }
    ways
}

/// The type of a top-level schema that is nearest to the changed one.
fn nearest(root: &Root, ways: &BTreeMap<TypeId, Way>) -> Option<TypeId> {
    let leading = references(&root.schema).into_iter();
    let leading = leading.filter_map(|id| ways.get(&id).map(|way| (way.distance, id)));
    leading.min().map(|(_, id)| id)
}

/// The named types that a schema refers to directly.
fn references(schema: &Schema) -> Vec<TypeId> {
    let mut found = Vec::new();
    schema.visit(&mut |schema| {
        if let SchemaKind::Named(id) = schema.kind {
            found.push(id);
        }
    });
    found
}
