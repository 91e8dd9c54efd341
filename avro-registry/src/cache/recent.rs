//! A map that keeps the entries used last.

use std::collections::BTreeMap;

/// At most `capacity` entries; a new one pushes out the one that was not used longest.
pub(super) struct Recent<K, V> {
    capacity: usize,
    entries: BTreeMap<K, (u64, V)>,
    /// The same keys by the time of their last use.
    by_use: BTreeMap<u64, K>,
    now: u64,
}

impl<K, V> Recent<K, V> {
    pub(super) fn new(capacity: usize) -> Self {
        let capacity = capacity.max(1);
        Self {
            capacity,
            entries: BTreeMap::new(),
            by_use: BTreeMap::new(),
            now: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

impl<K: Ord + Clone, V: Clone> Recent<K, V> {
    pub(super) fn get(&mut self, key: &K) -> Option<V> {
        let (used, value) = self.entries.get_mut(key)?;
        let value = value.clone();
        let key = self.by_use.remove(used)?;
        self.now += 1;
        *used = self.now;
        self.by_use.insert(self.now, key);
        Some(value)
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        self.now += 1;
        if let Some((used, _)) = self.entries.insert(key.clone(), (self.now, value)) {
            self.by_use.remove(&used);
        }
        self.by_use.insert(self.now, key);
        while self.entries.len() > self.capacity {
            let Some((_, oldest)) = self.by_use.pop_first() else {
                return;
            };
            self.entries.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pushes_out_what_was_not_used_longest() {
        let mut recent = Recent::new(2);
        recent.insert("a", 1);
        recent.insert("b", 2);
        assert_eq!(recent.get(&"a"), Some(1));
        recent.insert("c", 3);
        assert_eq!(
            (recent.get(&"a"), recent.get(&"b"), recent.get(&"c")),
            (Some(1), None, Some(3))
        );
    }

    #[test]
    fn a_capacity_of_none_keeps_one() {
        let mut recent = Recent::new(0);
        recent.insert("a", 1);
        assert_eq!(recent.get(&"a"), Some(1));
    }

    proptest! {
        /// Against the plainest model there is: a list in the order of use.
        #[test]
        fn behaves_like_a_list(capacity in 1usize..5, uses in prop::collection::vec((0u8..8, any::<bool>()), 0..200)) {
            let mut recent = Recent::new(capacity);
            let mut list: Vec<(u8, usize)> = Vec::new();
            for (step, (key, insert)) in uses.into_iter().enumerate() {
                let known = list.iter().position(|(other, _)| *other == key);
                let known = known.map(|at| list.remove(at));
                if insert {
                    recent.insert(key, step);
                    list.push((key, step));
                    if list.len() > capacity {
                        list.remove(0);
                    }
                } else {
                    prop_assert_eq!(recent.get(&key), known.map(|(_, value)| value));
                    list.extend(known);
                }
                prop_assert_eq!(recent.len(), list.len());
                prop_assert_eq!(recent.by_use.len(), list.len());
            }
        }
    }
}
