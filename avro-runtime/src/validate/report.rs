//! Where a check stands and what it has found so far.

use super::violation::{Broken, Found, Violations};
use std::fmt::Write as _;

/// Collects violations at a place of the value that is checked.
///
/// A place is a chain of references on the stack; it becomes text only when something is found
/// there.
pub struct Report<'a> {
    found: &'a mut Found,
    place: Place<'a>,
}

/// One step from the root to the place, and the steps before it.
struct Place<'a> {
    before: Option<&'a Place<'a>>,
    step: Step<'a>,
}

enum Step<'a> {
    Root,
    Field(&'static str),
    Index(usize),
    Key(&'a str),
}

impl Report<'_> {
    /// Runs a check, starting at the root.
    pub(super) fn collect(check: impl FnOnce(&mut Report<'_>)) -> Result<(), Violations> {
        let mut found = Found::default();
        let place = Place {
            before: None,
            step: Step::Root,
        };
        check(&mut Report {
            found: &mut found,
            place,
        });
        found.into_result()
    }

    /// The report for a field of the record at this place.
    #[inline]
    #[must_use]
    pub fn field(&mut self, name: &'static str) -> Report<'_> {
        self.step(Step::Field(name))
    }

    /// The report for an element of the array at this place, counted from 0.
    #[inline]
    #[must_use]
    pub fn index(&mut self, index: usize) -> Report<'_> {
        self.step(Step::Index(index))
    }

    /// The report for a value of the map at this place.
    #[inline]
    #[must_use]
    pub fn key<'s>(&'s mut self, key: &'s str) -> Report<'s> {
        self.step(Step::Key(key))
    }

    /// Notes the answer of a rule, for the value at this place.
    #[inline]
    pub fn note(&mut self, answer: Result<(), Broken>) {
        if let Err(broken) = answer {
            self.violated(broken);
        }
    }

    #[cold]
    fn violated(&mut self, broken: Broken) {
        self.found.push(broken, || self.place.path());
    }

    #[inline]
    fn step<'s>(&'s mut self, step: Step<'s>) -> Report<'s> {
        Report {
            found: self.found,
            place: Place {
                before: Some(&self.place),
                step,
            },
        }
    }
}

impl Place<'_> {
    fn path(&self) -> String {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(Place { before, step }) = place {
            steps.push(step);
            place = *before;
        }
        let mut path = String::new();
        for step in steps.into_iter().rev() {
            step.append_to(&mut path);
        }
        path
    }
}

impl Step<'_> {
    fn append_to(&self, path: &mut String) {
        match self {
            Self::Root => {}
            Self::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Self::Index(index) => {
                // Writing to a String does not fail.
                let _ = write!(path, "[{index}]");
            }
            Self::Key(key) => {
                path.push_str("[\"");
                key.chars()
                    .for_each(|character| append_escaped(character, path));
                path.push_str("\"]");
            }
        }
    }
}

/// Appends a character of a map key: escaped like in JSON if it would make the path ambiguous or
/// break a line of a log.
fn append_escaped(character: char, path: &mut String) {
    match character {
        '"' | '\\' => path.extend(['\\', character]),
        '\n' => path.push_str("\\n"),
        character if character.is_control() => {
            // Writing to a String does not fail.
            let _ = write!(path, "\\u{:04x}", u32::from(character));
        }
        character => path.push(character),
    }
}
