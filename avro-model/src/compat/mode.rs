//! A new version against those before it, in the mode of its subject.

use std::fmt;
use std::str::FromStr;

use super::place::Side;
use super::{Comparison, Incompatibility, Semantic, compare};

/// What a new version owes to those before it: the compatibility modes of a schema registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Nothing; neither class of findings is looked for.
    None,
    /// The new version reads what the last one wrote. The default of registries.
    #[default]
    Backward,
    /// The new version reads what every version wrote.
    BackwardTransitive,
    /// The last version reads what the new one writes.
    Forward,
    /// Every version reads what the new one writes.
    ForwardTransitive,
    /// The new and the last version read each other.
    Full,
    /// The new version and every other read each other.
    FullTransitive,
}

/// A word that is no [`Mode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMode(String);

/// Who reads whom in a [`Check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The new version reads the previous one's data.
    Backward,
    /// The previous version reads the new one's data.
    Forward,
}

/// One comparison of a [`Report`].
#[derive(Clone, Debug)]
pub struct Check {
    /// Which of the previous versions, by its index.
    pub previous: usize,
    /// Who reads whom.
    pub direction: Direction,
    /// What was found.
    pub comparison: Comparison,
}

/// What a new version does to those before it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The mode that asked.
    pub mode: Mode,
    /// The comparisons that the mode names, the latest version first; in both directions,
    /// backward first.
    pub checks: Vec<Check>,
}

/// Checks a new version against the previous ones, oldest first, as the mode demands.
///
/// Without previous versions there is nothing to break.
#[must_use]
pub fn check(new: Side<'_>, previous: &[Side<'_>], mode: Mode) -> Report {
    let checks = pairs(previous.len(), mode).into_iter();
    let checks = checks.map(|(index, direction)| {
        let (reader, writer) = direction.sides(new, previous[index]);
        Check {
            previous: index,
            direction,
            comparison: compare(reader, writer),
        }
    });
    Report {
        mode,
        checks: checks.collect(),
    }
}

/// Which of so many versions are compared, and who reads whom: the latest first; in both
/// directions, backward first.
pub(super) fn pairs(versions: usize, mode: Mode) -> Vec<(usize, Direction)> {
    let oldest = match mode.is_transitive() {
        true => 0,
        false => versions.saturating_sub(1),
    };
    let mut pairs = Vec::new();
    for index in (oldest..versions).rev() {
        pairs.extend(mode.is_backward().then_some((index, Direction::Backward)));
        pairs.extend(mode.is_forward().then_some((index, Direction::Forward)));
    }
    pairs
}

impl Direction {
    /// The reader and the writer, of the new version and one before it.
    pub(super) fn sides<T>(self, new: T, old: T) -> (T, T) {
        match self {
            Self::Backward => (new, old),
            Self::Forward => (old, new),
        }
    }
}

impl Report {
    /// The registry's verdict.
    #[must_use]
    pub fn is_compatible(&self) -> bool {
        self.checks
            .iter()
            .all(|check| check.comparison.is_compatible())
    }

    /// The incompatibilities of every comparison.
    pub fn incompatibilities(&self) -> impl Iterator<Item = &Incompatibility> {
        let comparisons = self.checks.iter().map(|check| &check.comparison);
        comparisons.flat_map(|comparison| &comparison.incompatibilities)
    }

    /// The semantic findings of every comparison; no part of the verdict.
    pub fn semantic(&self) -> impl Iterator<Item = &Semantic> {
        let comparisons = self.checks.iter().map(|check| &check.comparison);
        comparisons.flat_map(|comparison| &comparison.semantic)
    }
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Backward,
        Self::BackwardTransitive,
        Self::Forward,
        Self::ForwardTransitive,
        Self::Full,
        Self::FullTransitive,
    ];

    /// The name that registries give it: `FULL_TRANSITIVE`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Backward => "BACKWARD",
            Self::BackwardTransitive => "BACKWARD_TRANSITIVE",
            Self::Forward => "FORWARD",
            Self::ForwardTransitive => "FORWARD_TRANSITIVE",
            Self::Full => "FULL",
            Self::FullTransitive => "FULL_TRANSITIVE",
        }
    }

    /// Whether the new version must read the previous one's data.
    #[must_use]
    pub const fn is_backward(self) -> bool {
        use Mode::{Backward, BackwardTransitive, Full, FullTransitive};
        matches!(self, Backward | BackwardTransitive | Full | FullTransitive)
    }

    /// Whether the previous version must read the new one's data.
    #[must_use]
    pub const fn is_forward(self) -> bool {
        use Mode::{Forward, ForwardTransitive, Full, FullTransitive};
        matches!(self, Forward | ForwardTransitive | Full | FullTransitive)
    }

    /// Whether every previous version counts, and not the last alone.
    #[must_use]
    pub const fn is_transitive(self) -> bool {
        use Mode::{BackwardTransitive, ForwardTransitive, FullTransitive};
        matches!(
            self,
            BackwardTransitive | ForwardTransitive | FullTransitive
        )
    }

    /// The weakest mode that demands what both demand: for a type that several subjects hold.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        let transitive = self.is_transitive() || other.is_transitive();
        let backward = self.is_backward() || other.is_backward();
        let forward = self.is_forward() || other.is_forward();
        match (backward, forward, transitive) {
            (false, false, _) => Self::None,
            (true, false, false) => Self::Backward,
            (true, false, true) => Self::BackwardTransitive,
            (false, true, false) => Self::Forward,
            (false, true, true) => Self::ForwardTransitive,
            (true, true, false) => Self::Full,
            (true, true, true) => Self::FullTransitive,
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Mode {
    type Err = UnknownMode;

    /// Reads the name that registries give it, in upper case.
    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        let mode = Self::ALL.into_iter().find(|mode| mode.as_str() == text);
        mode.ok_or_else(|| UnknownMode(text.to_owned()))
    }
}

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let modes = Mode::ALL.map(Mode::as_str).join(", ");
        write!(
            f,
            "`{}` is no compatibility mode: write one of {modes}",
            self.0
        )
    }
}

impl std::error::Error for UnknownMode {}
