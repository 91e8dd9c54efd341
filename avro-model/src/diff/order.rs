//! What moved: the fewest things whose moving explains a new order.

/// For each position of the new order, whether what stands there moved. `old` holds the old
/// positions, which are distinct, in the new order.
///
/// What stays is a longest increasing subsequence of the old positions.
pub(super) fn moved(old: &[usize]) -> Vec<bool> {
    // By length less one: the index at which the best subsequence of that length ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(old.len());
    for (index, position) in old.iter().enumerate() {
        let length = ends.partition_point(|&end| old[end] < *position);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut moved = vec![true; old.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        moved[index] = false;
        at = before[index];
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[track_caller]
    fn check(old: &[usize], expected: &[usize]) {
        let moved = moved(old);
        let positions: Vec<usize> = (0..old.len()).filter(|&at| moved[at]).collect();
        assert_eq!(positions, expected);
    }

    #[test]
    fn the_fewest_move() {
        check(&[], &[]);
        check(&[0, 2, 5], &[]);
        check(&[3, 0, 1, 2], &[0]);
        check(&[1, 2, 3, 0], &[3]);
        check(&[0, 3, 1, 2, 4], &[1]);
        assert_eq!(moved(&[2, 1, 0]).iter().filter(|moved| **moved).count(), 2);
    }
}
