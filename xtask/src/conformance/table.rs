//! A table of cases that have run → what to print, and whether it is sound.

use std::collections::BTreeMap;
use std::fmt;

/// A table whose cases have run.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name: the file's, without extension; the project's own begin with `own/`.
    pub(crate) name: String,
    /// The cases, in order.
    pub(crate) cases: Vec<Case>,
}

/// A case that has run.
#[derive(Debug)]
pub(crate) struct Case {
    /// Its id in the table.
    pub(crate) id: String,
    /// What went wrong, as a sentence.
    pub(crate) outcome: Result<(), String>,
}

/// What a [`Table`] comes to, beside the known differences; prints itself.
#[derive(Debug)]
pub(crate) struct Verdict<'a> {
    table: &'a Table,
    passed: usize,
    /// Failed as known.
    known: usize,
    /// Sentences about what should not be.
    complaints: Vec<String>,
}

impl Table {
    /// A table of these cases.
    pub(crate) fn new(name: impl Into<String>, cases: Vec<Case>) -> Self {
        Self {
            name: name.into(),
            cases,
        }
    }

    /// Holds the outcomes against the known differences, given as ids with their clauses.
    pub(crate) fn judge(&self, known: &BTreeMap<&str, &str>) -> Verdict<'_> {
        let mut verdict = Verdict {
            table: self,
            passed: 0,
            known: 0,
            complaints: Vec::new(),
        };
        if self.cases.is_empty() {
            verdict.complaints.push("the table has no cases".into());
        }
        for case in &self.cases {
            verdict.take(case, known.contains_key(case.id.as_str()));
        }
        for id in known.keys() {
            if !self.cases.iter().any(|case| case.id.as_str() == *id) {
                verdict
                    .complaints
                    .push(format!("{id}: listed as a difference, and no such case"));
            }
        }
        verdict
    }
}

impl Verdict<'_> {
    fn take(&mut self, case: &Case, is_known: bool) {
        match (&case.outcome, is_known) {
            (Ok(()), false) => self.passed += 1,
            (Ok(()), true) => {
                self.passed += 1;
                let id = &case.id;
                self.complaints
                    .push(format!("{id}: passes, so it is no difference: unlist it"));
            }
            (Err(_), true) => self.known += 1,
            (Err(why), false) => self.complaints.push(format!("{}: {why}", case.id)),
        }
    }

    /// Whether nothing counts against the table.
    pub(crate) fn is_sound(&self) -> bool {
        self.complaints.is_empty()
    }
}

impl fmt::Display for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}/{}",
            self.table.name,
            self.passed,
            self.table.cases.len()
        )?;
        match self.known {
            0 => {}
            1 => write!(f, ", 1 known difference")?,
            known => write!(f, ", {known} known differences")?,
        }
        writeln!(f)?;
        self.complaints
            .iter()
            .try_for_each(|complaint| writeln!(f, "  {complaint}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Case, Table};

    fn table(outcomes: &[(&str, Result<(), &str>)]) -> Table {
        let case = |(id, outcome): &(&str, Result<(), &str>)| Case {
            id: (*id).into(),
            outcome: outcome.map_err(Into::into),
        };
        Table::new("t", outcomes.iter().map(case).collect())
    }

    #[test]
    fn failures_are_listed_and_known_ones_counted() {
        let table = table(&[("a", Ok(())), ("b", Err("is wrong")), ("c", Err("differs"))]);
        let verdict = table.judge(&BTreeMap::from([("c", "clause")]));
        assert_eq!(
            verdict.to_string(),
            "t: 1/3, 1 known difference\n  b: is wrong\n"
        );
        assert!(!verdict.is_sound());
    }

    #[test]
    fn the_list_of_differences_only_shrinks() {
        let table = table(&[("a", Ok(()))]);
        let verdict = table.judge(&BTreeMap::from([("a", "clause"), ("z", "clause")]));
        assert!(!verdict.is_sound());
        let shown = verdict.to_string();
        assert!(
            shown.contains("a: passes") && shown.contains("z: listed"),
            "{shown}"
        );
    }

    #[test]
    fn an_empty_table_is_not_sound() {
        assert!(!table(&[]).judge(&BTreeMap::new()).is_sound());
    }
}
