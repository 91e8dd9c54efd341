//! The goals, in one table, and what came of each.

mod table;

use super::results::{Results, Row, Unit};

/// What is wanted of a figure.
#[derive(Clone, Debug)]
pub(super) struct Goal {
    /// In words.
    what: String,
    figure: Figure,
    bound: Bound,
}

/// How a figure is made of rows.
#[derive(Clone, Debug)]
enum Figure {
    /// The time of one contestant by that of another. Of several names the fastest counts.
    Times { place: Place, of: Names, by: Names },
    /// What one contestant took.
    Cost {
        place: Place,
        of: &'static str,
        unit: Unit,
    },
    /// What a row's last contestant took for each of its elements, by the least of the others: the
    /// contestants' names are how many elements they have.
    Growth(Place),
    /// The rows that say which figures there are to be are missing.
    Missing,
}

/// A row.
#[derive(Clone, Debug)]
struct Place {
    record: String,
    row: &'static str,
}

type Names = &'static [&'static str];

/// The least or the most that a figure may be.
#[derive(Clone, Copy, Debug)]
enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

/// A goal and the figure that was seen.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    goal: Goal,
    /// `None` if the row or a contestant is missing.
    pub(super) figure: Option<Seen>,
}

/// A figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    value: f64,
    /// `None` of ratios.
    unit: Option<Unit>,
    /// Whether a contestant was ended before it was done: the figure is at least this.
    is_lower_bound: bool,
}

/// What came of every goal.
pub(super) fn judge(results: &Results) -> Vec<Verdict> {
    let goals = table::goals(results).into_iter();
    let verdict = |goal: Goal| Verdict {
        figure: goal.figure.seen(results),
        goal,
    };
    goals.map(verdict).collect()
}

impl Figure {
    fn seen(&self, results: &Results) -> Option<Seen> {
        match self {
            Self::Times { place, of, by } => {
                let row = place.find(results)?;
                let (of, by) = (row.fastest(of)?, row.fastest(by)?);
                Some(Seen {
                    value: row.ratio(of, by),
                    unit: None,
                    is_lower_bound: of.ended,
                })
            }
            Self::Cost { place, of, unit } => {
                let row = place.find(results).filter(|row| row.unit == *unit)?;
                Some(Seen {
                    value: row.fastest(&[of])?.median,
                    unit: Some(*unit),
                    is_lower_bound: false,
                })
            }
            Self::Growth(place) => Some(Seen {
                value: growth(place.find(results)?)?,
                unit: None,
                is_lower_bound: false,
            }),
            Self::Missing => None,
        }
    }
}

/// See [`Figure::Growth`].
fn growth(row: &Row) -> Option<f64> {
    let each: Option<Vec<f64>> = row.per_element().map(|all| {
        let each = all.into_iter();
        each.map(|(_, each)| each).collect()
    });
    let each = each?;
    let (last, others) = each.split_last()?;
    let least = others.iter().copied().min_by(f64::total_cmp)?;
    Some(last / least)
}

impl Place {
    fn find<'a>(&self, results: &'a Results) -> Option<&'a Row> {
        results.row(&self.record, self.row)
    }
}

impl Verdict {
    /// Whether the figure is there and as wanted.
    pub(super) fn is_met(&self) -> bool {
        self.figure.is_some_and(|seen| match self.goal.bound {
            Bound::AtLeast(bound) => seen.value >= bound,
            Bound::AtMost(bound) => seen.value <= bound && !seen.is_lower_bound,
        })
    }

    /// For a terminal.
    pub(super) fn line(&self) -> String {
        let [what, bound, seen, met] = self.cells();
        format!("{met}: {what}: {bound}, seen {seen}")
    }

    /// The goal, its bound, the figure, whether it is met.
    pub(super) fn cells(&self) -> [String; 4] {
        let unit = match self.goal.figure {
            Figure::Cost { unit, .. } => Some(unit),
            _ => None,
        };
        let bound = match self.goal.bound {
            Bound::AtLeast(bound) => format!("≥ {}", shown(bound, unit)),
            Bound::AtMost(bound) => format!("≤ {}", shown(bound, unit)),
        };
        let seen = self.figure.map_or_else(
            || "missing".to_owned(),
            |seen| {
                let at_least = if seen.is_lower_bound { "> " } else { "" };
                format!("{at_least}{}", shown(seen.value, seen.unit))
            },
        );
        let met = match (self.figure, self.is_met()) {
            (None, _) => "missing",
            (_, true) => "met",
            (_, false) => "not met",
        };
        [self.goal.what.clone(), bound, seen, met.to_owned()]
    }
}

/// A number as people read it: a ratio, or an amount of a unit.
fn shown(value: f64, unit: Option<Unit>) -> String {
    match unit {
        Some(unit) => unit.shown(value),
        None if value < 10.0 => format!("{value:.2}"),
        None => format!("{value:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, Figure, Goal, Place, judge};
    use crate::bench::results::Results;

    fn results(lines: &[(&'static str, &str)]) -> Results {
        let mut results = Results::default();
        for (program, line) in lines {
            let row = serde_json::from_str(line).unwrap();
            results.add(program, row);
        }
        results
    }

    fn place(row: &'static str) -> Place {
        Place {
            record: "R".to_owned(),
            row,
        }
    }

    #[test]
    fn the_ratio_is_that_of_the_rounds_and_of_another_process_that_of_the_medians() {
        let results = results(&[
            (
                "codec",
                r#"{"record":"R","row":"encode","unit":"ns","entries":[
                    {"name":"ours","median":10,"ratio":1},{"name":"fast","median":90,"ratio":8.5}]}"#,
            ),
            (
                "java",
                r#"{"record":"R","row":"encode","unit":"ns","entries":[
                    {"name":"Java","median":60},{"name":"Java, quick","median":40}]}"#,
            ),
        ]);
        let times = |of| Figure::Times {
            place: place("encode"),
            of,
            by: &["ours"],
        };
        let seen = |of| times(of).seen(&results).map(|seen| seen.value);
        assert_eq!(seen(&["fast"]), Some(8.5));
        assert_eq!(seen(&["Java", "Java, quick"]), Some(4.0));
        assert_eq!(seen(&["nobody"]), None);
    }

    #[test]
    fn growth_is_that_of_an_element() {
        let results = results(&[(
            "scaling",
            r#"{"record":"R","row":"encode","unit":"ns","entries":[
                {"name":"16","median":32},{"name":"1,024","median":1024},{"name":"4,096","median":12288}]}"#,
        )]);
        let seen = Figure::Growth(place("encode")).seen(&results);
        assert_eq!(seen.map(|seen| seen.value), Some(3.0));
    }

    #[test]
    fn what_is_missing_or_was_ended_is_not_met() {
        let results = results(&[(
            "codec",
            r#"{"record":"R","row":"compile","unit":"ns","entries":[
                {"name":"ours","median":2},{"name":"serde","median":12,"ended":true}]}"#,
        )]);
        let verdict = |of, bound| {
            let figure = Figure::Times {
                place: place("compile"),
                of,
                by: &["ours"],
            };
            super::Verdict {
                figure: figure.seen(&results),
                goal: Goal {
                    what: "R".to_owned(),
                    figure,
                    bound,
                },
            }
        };
        let serde: &[&str] = &["serde"];
        assert!(verdict(serde, Bound::AtLeast(5.0)).is_met());
        assert!(!verdict(serde, Bound::AtMost(7.0)).is_met());
        let missing = verdict(&["nobody"], Bound::AtMost(7.0));
        assert!(!missing.is_met());
        assert_eq!(missing.line(), "missing: R: ≤ 7.00, seen missing");
    }

    #[test]
    fn without_results_every_goal_is_missing() {
        let verdicts = judge(&Results::default());
        assert!(verdicts.len() > 50);
        assert!(verdicts.iter().all(|verdict| verdict.figure.is_none()));
    }
}
