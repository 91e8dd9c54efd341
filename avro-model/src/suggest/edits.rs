//! How many typing errors lie between two words.

use crate::steps::steps;

/// Nobody mistypes a longer name, and comparing two takes steps that grow with the square.
const LONGEST: usize = 256;

/// A word in lower case.
#[derive(Clone, Debug)]
pub(super) struct Word {
    letters: Vec<char>,
    /// A bit for each letter that occurs, some letters sharing a bit.
    occurring: u64,
}

impl Word {
    /// The word; nothing if it is too long.
    pub(super) fn new(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let letters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
        let bits = letters.iter().map(|letter| 1 << (u32::from(*letter) % 64));
        let occurring = bits.fold(0, |all, bit: u64| all | bit);
        Some(Self { letters, occurring })
    }

    /// How many typing errors a candidate may be away: one for every three letters.
    fn most_edits(candidate: &Self) -> usize {
        (candidate.letters.len() / 3).max(1)
    }

    /// Whether the candidate can be near enough, by lengths and letters alone: an edit changes the
    /// length by one at most, and brings and takes one letter at most.
    pub(super) fn may_be(&self, candidate: &Self) -> bool {
        let most = Self::most_edits(candidate);
        let differing = (self.occurring ^ candidate.occurring).count_ones() as usize;
        self.letters.len().abs_diff(candidate.letters.len()) <= most && differing <= 2 * most
    }

    /// How many pairs of letters comparing the two takes.
    pub(super) fn pairs(&self, candidate: &Self) -> usize {
        self.letters.len() * candidate.letters.len()
    }

    /// Whether one edit or none leads to the other word.
    pub(super) fn is_slip(&self, other: &Self) -> bool {
        self.letters.len().abs_diff(other.letters.len()) <= 1
            && edits(&self.letters, &other.letters) <= 1
    }

    /// The typing errors that lead to the candidate, if they are few enough.
    pub(super) fn edits(&self, candidate: &Self) -> Option<usize> {
        if !self.may_be(candidate) {
            return None;
        }
        steps(self.pairs(candidate));
        let edits = edits(&self.letters, &candidate.letters);
        (edits <= Self::most_edits(candidate)).then_some(edits)
    }
}

/// Edits (insert, remove, replace, swap of neighbours) between two words.
fn edits(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, &a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, &b) in to.iter().enumerate() {
            let mut best = (row[j] + usize::from(a != b))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && from[i - 1] == b && to[j - 1] == a {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}
