//! What a check found: one rule that was broken, one violation with its place, all of them.

use std::borrow::Cow;
use std::fmt;

/// A rule that a value breaks, without the value's place: what a rule answers.
///
/// A rule of one's own, `#[validate(custom = path::to::function)]`, returns it:
///
/// ```
/// use avro_runtime::validate::Broken;
///
/// fn even(quantity: &i32) -> Result<(), Broken> {
///     if quantity % 2 == 0 { Ok(()) } else { Err(Broken::new("even", "must be even")) }
/// }
/// # assert!(even(&2).is_ok() && even(&3).is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    code: Cow<'static, str>,
    message: Cow<'static, str>,
}

impl Broken {
    /// A broken rule: a code for programs, in `snake_case`, and a message for people, in lower
    /// case and without a full stop, that fits after the path ("must be even").
    #[must_use]
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
        }
    }

    pub(super) fn at(self, path: String) -> Violation {
        Violation {
            path,
            code: self.code,
            message: self.message,
        }
    }
}

/// One rule that a value violates, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The place, from the value that was checked: `payload.items[3].quantity`, and
    /// `metadata["key"]` in a map. Empty for the value itself.
    pub path: String,
    /// Which rule it was: `range`, `length`, `pattern`, `non_empty`, or the code of a rule of the
    /// user's own. Stable.
    pub code: Cow<'static, str>,
    /// What the rule asks for, in words. Never contains the value.
    pub message: Cow<'static, str>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{} ", self.path)?;
        }
        write!(f, "{} ({})", self.message, self.code)
    }
}

/// Every rule that a value violates: at least one.
///
/// At most [`Violations::MOST`] are kept, so that a hostile message with a million bad items costs
/// no more than that; [`omitted`](Self::omitted) counts the others.
#[derive(Clone, PartialEq, Eq)]
pub struct Violations(Box<Found>);

#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    kept: Vec<Violation>,
    omitted: usize,
}

impl Found {
    /// Adds a violation; its path is only built if it is kept.
    pub(super) fn push(&mut self, broken: Broken, path: impl FnOnce() -> String) {
        if self.kept.len() < Violations::MOST {
            self.kept.push(broken.at(path()));
        } else {
            self.omitted += 1;
        }
    }

    pub(super) fn into_result(self) -> Result<(), Violations> {
        if self.kept.is_empty() {
            Ok(())
        } else {
            Err(Violations(Box::new(self)))
        }
    }
}

impl Violations {
    /// How many violations are kept.
    pub const MOST: usize = 1000;

    /// The violations, in the order of the fields.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.0.kept.iter()
    }

    /// How many violations were found beyond those that are kept.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.0.omitted
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.kept.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        match self.omitted() {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violations")
            .field("kept", &self.0.kept)
            .field("omitted", &self.0.omitted)
            .finish()
    }
}

impl std::error::Error for Violations {}
