//! How much memory the standard library's collections take for so many entries: upper bounds,
//! from how they grow.

/// The most entries of a node of a `BTreeMap`, all of whose room is there from the first on.
const NODE_ROOM: usize = 11;
/// The fewest entries of a node that is not the root.
const NODE_MIN: usize = 5;
/// What a node has besides its entries: its parent, its length, and its share of the edges.
const NODE_HEAD: usize = 32;

/// A vector that is pushed to, element by element.
pub(crate) fn vec<T>(len: usize) -> usize {
    let least = match size_of::<T>() {
        0..=1 => 8,
        2..=1024 => 4,
        _ => 1,
    };
    let slots = if len == 0 {
        0
    } else {
        least.max(power_of_two(len))
    };
    slots.saturating_mul(size_of::<T>())
}

/// What one more element adds to a vector of so many: nothing until their number is a power of two.
#[cfg(feature = "json")]
#[inline]
pub(crate) fn vec_growth<T>(len: usize) -> usize {
    if len & len.wrapping_sub(1) != 0 {
        return 0;
    }
    vec::<T>(len + 1) - vec::<T>(len)
}

/// A `BTreeMap` with keys of type `String`.
pub(crate) fn btree_map<T>(len: usize) -> usize {
    let nodes = match len {
        0 => 0,
        1..=NODE_ROOM => 1,
        _ => 1 + len / NODE_MIN,
    };
    nodes.saturating_mul(NODE_ROOM * (size_of::<String>() + size_of::<T>()) + NODE_HEAD)
}

/// A `HashMap` with keys of type `String`: seven of eight buckets are filled, and each has a byte
/// of control.
pub(crate) fn hash_map<T>(len: usize) -> usize {
    let buckets = match len {
        0 => return 0,
        1..=3 => 4,
        4..=7 => 8,
        // Some groups of buckets have sixteen at least.
        8..=14 => 16,
        _ => power_of_two(len.saturating_mul(8) / 7),
    };
    buckets
        .saturating_mul(size_of::<(String, T)>() + 1)
        .saturating_add(16)
}

/// The next power of two, or so many as cannot be allocated.
fn power_of_two(n: usize) -> usize {
    n.checked_next_power_of_two().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_types, reason = "what it takes is measured")]

    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_vector_takes_no_more_than_it_is_charged() {
        let (mut bytes, mut numbers) = (Vec::new(), Vec::new());
        for len in 1..=1000 {
            bytes.push(0_u8);
            numbers.push(0_u64);
            assert!(bytes.capacity() <= vec::<u8>(len), "{len}");
            assert!(numbers.capacity() * 8 <= vec::<u64>(len), "{len}");
        }
        #[cfg(feature = "json")]
        for len in 0..1000 {
            assert_eq!(
                vec_growth::<u64>(len),
                vec::<u64>(len + 1) - vec::<u64>(len)
            );
            assert_eq!(vec_growth::<u8>(len), vec::<u8>(len + 1) - vec::<u8>(len));
        }
        assert_eq!(vec::<[u8; 2000]>(1), 2000);
        assert_eq!(vec::<u64>(0), 0);
        assert_eq!(vec::<u64>(usize::MAX), usize::MAX);
    }

    #[test]
    fn a_hash_map_takes_no_more_than_it_is_charged() {
        let mut map = HashMap::new();
        for len in 1..=1000 {
            map.insert(len.to_string(), 0_u64);
            // A bucket has 32 bytes; of each eight one stays free.
            assert!(map.capacity() * 32 <= hash_map::<u64>(len), "{len}");
        }
    }

    #[test]
    fn a_tree_is_charged_by_the_node() {
        let node = 11 * 48 + 32;
        assert_eq!(btree_map::<String>(0), 0);
        assert_eq!(btree_map::<String>(1), node);
        assert_eq!(btree_map::<String>(11), node);
        // Two leaves and a root.
        assert_eq!(btree_map::<String>(12), 3 * node);
        assert_eq!(btree_map::<String>(usize::MAX), usize::MAX);
    }
}
