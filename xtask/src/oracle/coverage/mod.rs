//! What the random cases have been about: a run that has not met everything has failed.
//!
//! A label is counted once for each case in which it occurs, however often it does.

mod pair;
pub(super) mod single;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::random::Model;

/// How many cases there must be of each label.
const AT_LEAST: usize = 500;

/// How many cases there were of each label.
#[derive(Debug)]
pub(super) struct Coverage {
    counts: BTreeMap<String, Count>,
    cases: usize,
}

#[derive(Debug, Default)]
struct Count {
    cases: usize,
    /// Whether there must be enough of them.
    is_required: bool,
}

impl Count {
    fn is_too_few(&self) -> bool {
        self.is_required && self.cases < AT_LEAST
    }
}

/// The labels of one case.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeSet<String>);

impl Coverage {
    /// Nothing yet; of these labels there must be enough cases.
    pub(super) fn new(required: impl IntoIterator<Item = String>) -> Self {
        let none = || Count {
            cases: 0,
            is_required: true,
        };
        let required = required.into_iter();
        Self {
            counts: required.map(|label| (label, none())).collect(),
            cases: 0,
        }
    }

    /// Counts a case.
    pub(super) fn add(&mut self, labels: Labels) {
        self.cases += 1;
        for label in labels.0 {
            self.counts.entry(label).or_default().cases += 1;
        }
    }

    /// Whether there were enough cases of each label that is required.
    pub(super) fn is_sufficient(&self) -> bool {
        !self.counts.values().any(Count::is_too_few)
    }
}

/// Every label of [`Labels::pair`].
pub(super) fn of_pairs() -> impl Iterator<Item = String> {
    single::labels().chain(pair::labels())
}

impl Labels {
    /// Adds the labels of two schemas and of what the reader makes of the writer's data.
    pub(super) fn pair(&mut self, reader: &Model, writer: &Model) {
        single::add(reader, self);
        single::add(writer, self);
        pair::add(reader, writer, self);
    }

    /// Adds one.
    pub(super) fn add(&mut self, label: impl Into<String>) {
        self.0.insert(label.into());
    }
}

/// A line for each group, which is what stands before the colon; what is too seldom is marked.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut few = 0;
        for (label, count) in &self.counts {
            let (group, name) = label.split_once(": ").unwrap_or(("other", label));
            few += usize::from(count.is_too_few());
            let mark = if count.is_too_few() { "!" } else { "" };
            let group = groups.entry(group).or_default();
            group.push(format!("{name} {}{mark}", count.cases));
        }
        for (group, labels) in groups {
            writeln!(f, "  {group}: {}", labels.join(", "))?;
        }
        write!(
            f,
            "coverage: {} labels in {} cases, {few} of those required in fewer than {AT_LEAST}",
            self.counts.len(),
            self.cases
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_LEAST, Coverage, Labels};

    #[test]
    fn a_label_that_is_seldom_is_marked_and_is_too_little() {
        let mut coverage = Coverage::new(["type: a".to_owned(), "type: b".to_owned()]);
        let mut labels = Labels::default();
        labels.add("type: c");
        coverage.add(labels);
        for case in 0..AT_LEAST {
            let mut labels = Labels::default();
            labels.add("type: a");
            labels.add("type: a");
            if case > 0 {
                labels.add("type: b");
            }
            coverage.add(labels);
        }
        assert!(!coverage.is_sufficient());
        let shown = coverage.to_string();
        assert!(shown.contains("  type: a 500, b 499!, c 1\n"), "{shown}");
        let mut labels = Labels::default();
        labels.add("type: b");
        coverage.add(labels);
        assert!(coverage.is_sufficient());
    }
}
