//! Which types may hold a value of their own kind, at any depth and through any container.

use avro_model::schema::{Schema, SchemaKind, SchemaSet};

use super::parts;

/// By type: whether its data may hold data of the same type.
pub(super) fn recursive(set: &SchemaSet) -> Vec<bool> {
    let mut edges: Vec<Vec<usize>> = Vec::with_capacity(set.types().len());
    for (id, _) in set.types() {
        let mut targets = Vec::new();
        for part in parts(set, id) {
            mentioned(part, &mut targets);
        }
        edges.push(targets);
    }
    let groups = groups(&edges);
    let in_group =
        |at: usize, targets: &Vec<usize>| targets.iter().any(|&to| groups[to] == groups[at]);
    edges
        .iter()
        .enumerate()
        .map(|(at, targets)| in_group(at, targets))
        .collect()
}

fn mentioned(schema: &Schema, targets: &mut Vec<usize>) {
    match &schema.kind {
        SchemaKind::Named(id) => targets.push(id.index()),
        SchemaKind::Array(inner) | SchemaKind::Map(inner) => mentioned(inner, targets),
        SchemaKind::Union(branches) => {
            branches
                .iter()
                .for_each(|branch| mentioned(branch, targets));
        }
        _ => {}
    }
}

/// The number of each type's strongly connected component (Tarjan's algorithm, with its own stack:
/// schemas may be nested deeper than the machine's).
pub(super) fn groups(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut order = vec![NEW; edges.len()];
    let mut low = vec![NEW; edges.len()];
    let mut group = vec![NEW; edges.len()];
    let (mut next, mut groups) = (0, 0);
    let mut component = Vec::new();
    for start in 0..edges.len() {
        let mut path = if order[start] == NEW {
            vec![(start, 0)]
        } else {
            Vec::new()
        };
        while let Some(&mut (at, ref mut edge)) = path.last_mut() {
            if *edge == 0 {
                (order[at], low[at]) = (next, next);
                next += 1;
                component.push(at);
            }
            let target = edges[at].get(*edge).copied();
            *edge += 1;
            match target {
                Some(to) if order[to] == NEW => path.push((to, 0)),
                Some(to) if group[to] == NEW => low[at] = low[at].min(order[to]),
                Some(_) => {}
                None => {
                    path.pop();
                    if let Some(&(above, _)) = path.last() {
                        low[above] = low[above].min(low[at]);
                    }
                    if low[at] == order[at] {
                        while let Some(member) = component.pop() {
                            group[member] = groups;
                            if member == at {
                                break;
                            }
                        }
                        groups += 1;
                    }
                }
            }
        }
    }
    group
}
