//! `range(min = …, max = …)`: a number or a time between two bounds.

use crate::validate::Broken;
use std::cmp::Ordering;
use std::fmt::Display;

/// What can be compared with a bound of type `Bound`.
///
/// The derive writes an integer literal as an `i128` and a literal with a fraction as an `f64`;
/// any other bound is an expression and keeps its type.
#[diagnostic::on_unimplemented(
    message = "the rule `range` with a bound of type `{Bound}` does not apply to `{Self}`",
    label = "cannot be compared with a bound of type `{Bound}`",
    note = "integer literals bound every number; literals with a fraction bound `f32` and `f64`; any other bound must have the field's own type"
)]
pub trait Range<Bound> {
    /// How the value compares with the bound: `None` if there is no value.
    ///
    /// The inner `None` says that there is a value that cannot be compared, which no range
    /// contains: NaN.
    fn compare(&self, bound: &Bound) -> Option<Option<Ordering>>;
}

/// Checks that a value lies between two bounds, both included. NaN lies in no range.
///
/// # Errors
///
/// The rule `range` if it does not.
#[inline]
pub fn range<T, Bound>(value: &T, min: Option<Bound>, max: Option<Bound>) -> Result<(), Broken>
where
    T: Range<Bound> + ?Sized,
    Bound: Display,
{
    let keeps = |bound: &Option<Bound>, wrong_side: Ordering| {
        bound
            .as_ref()
            .is_none_or(|bound| match value.compare(bound) {
                None => true,
                Some(None) => false,
                Some(Some(side)) => side != wrong_side,
            })
    };
    if keeps(&min, Ordering::Less) && keeps(&max, Ordering::Greater) {
        Ok(())
    } else {
        Err(broken_range(min, max))
    }
}

#[cold]
fn broken_range<Bound: Display>(min: Option<Bound>, max: Option<Bound>) -> Broken {
    let wanted = match (min, max) {
        (Some(min), Some(max)) => format!("must be between {min} and {max}"),
        (Some(min), None) => format!("must be at least {min}"),
        (None, Some(max)) => format!("must be at most {max}"),
        (None, None) => String::from("must be comparable"),
    };
    Broken::new("range", wanted)
}

impl<T: Range<Bound>, Bound> Range<Bound> for Option<T> {
    #[inline]
    fn compare(&self, bound: &Bound) -> Option<Option<Ordering>> {
        self.as_ref().and_then(|value| value.compare(bound))
    }
}

impl<T: Range<Bound> + ?Sized, Bound> Range<Bound> for Box<T> {
    #[inline]
    fn compare(&self, bound: &Bound) -> Option<Option<Ordering>> {
        (**self).compare(bound)
    }
}

/// Types that are compared with bounds of their own type.
macro_rules! by_themselves {
    ($($ty:ty),+ $(,)?) => {
        $(impl Range<$ty> for $ty {
            #[inline]
            fn compare(&self, bound: &$ty) -> Option<Option<Ordering>> {
                Some(self.partial_cmp(bound))
            }
        })+
    };
}

/// Integers, which fit into the type of an integer literal.
macro_rules! by_integer_literals {
    ($($ty:ty),+ $(,)?) => {
        $(impl Range<i128> for $ty {
            #[inline]
            fn compare(&self, bound: &i128) -> Option<Option<Ordering>> {
                Some(Some(i128::from(*self).cmp(bound)))
            }
        })+
    };
}

by_themselves!(i8, i16, i32, i64, i128, u8, u16, u32, u64, f32, f64);
by_themselves!(crate::types::Decimal);
by_integer_literals!(i8, i16, i32, i64, u8, u16, u32, u64);
#[cfg(feature = "chrono")]
by_themselves!(chrono::NaiveDate, chrono::NaiveTime, chrono::NaiveDateTime);
#[cfg(feature = "chrono")]
by_themselves!(chrono::DateTime<chrono::Utc>);

/// A bound beyond 2^53 is rounded to the nearest `f64`, as in a comparison written in Rust.
impl Range<i128> for f64 {
    #[inline]
    #[allow(clippy::cast_precision_loss, reason = "documented above")]
    fn compare(&self, bound: &i128) -> Option<Option<Ordering>> {
        Some(self.partial_cmp(&(*bound as Self)))
    }
}

/// Compared as `f64`, which every `f32` fits into.
impl Range<i128> for f32 {
    #[inline]
    fn compare(&self, bound: &i128) -> Option<Option<Ordering>> {
        f64::from(*self).compare(bound)
    }
}

/// Compared as `f64`, which every `f32` fits into.
impl Range<f64> for f32 {
    #[inline]
    fn compare(&self, bound: &f64) -> Option<Option<Ordering>> {
        f64::from(*self).compare(bound)
    }
}

impl Range<i128> for crate::types::Decimal {
    #[inline]
    fn compare(&self, bound: &i128) -> Option<Option<Ordering>> {
        Some(self.partial_cmp(&Self::from(*bound)))
    }
}
