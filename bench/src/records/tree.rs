//! A record that holds itself.

use crate::generated::bench::Tree;

/// A chain of so many, with a leaf beside each.
pub fn tree(depth: usize) -> Tree {
    let leaf = |weight| Tree {
        label: format!("leaf {weight}"),
        weight,
        children: Vec::new(),
    };
    (1..depth as i64).fold(leaf(0), |inner, level| Tree {
        label: format!("node {level}"),
        weight: level,
        children: vec![inner, leaf(level)],
    })
}
