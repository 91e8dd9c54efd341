//! How each step ended and how long it took, as a table.

use std::fmt;
use std::time::Duration;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It ran, and all was well.
    Passed,
    /// It ran and found something, or could not run.
    Failed,
    /// What it works on is not part of the repository and not there.
    Absent,
}

/// All steps so far.
#[derive(Debug, Default)]
pub(super) struct Summary(Vec<(&'static str, End, Duration)>);

impl Summary {
    /// Adds a step.
    pub(super) fn add(&mut self, name: &'static str, end: End, time: Duration) {
        self.0.push((name, end, time));
    }

    /// Whether steps have run and none has failed.
    pub(super) fn is_sound(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|(_, end, _)| *end != End::Failed)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, end, time) in &self.0 {
            let end = match end {
                End::Passed => "ok",
                End::Failed => "FAILED",
                End::Absent => "absent",
            };
            writeln!(f, "{name:<26} {end:<7} {:>7.1} s", time.as_secs_f64())?;
        }
        let total: Duration = self.0.iter().map(|(_, _, time)| *time).sum();
        let end = if self.is_sound() { "ok" } else { "FAILED" };
        writeln!(f, "{:<26} {end:<7} {:>7.1} s", "all", total.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{End, Summary};

    #[test]
    fn one_failure_fails_all_and_an_absence_does_not() {
        let mut summary = Summary::default();
        assert!(!summary.is_sound());
        summary.add("fmt", End::Passed, Duration::from_millis(1500));
        summary.add("corpora", End::Absent, Duration::ZERO);
        assert!(summary.is_sound());
        summary.add("tests", End::Failed, Duration::from_secs(60));
        assert!(!summary.is_sound());
        let lines: Vec<String> = summary
            .to_string()
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            lines,
            [
                "fmt ok 1.5 s",
                "corpora absent 0.0 s",
                "tests FAILED 60.0 s",
                "all FAILED 61.5 s"
            ]
        );
    }
}
