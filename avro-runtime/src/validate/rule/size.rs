//! `length(min = …, max = …)` and `non_empty`: how many characters or elements there are.

use crate::validate::Broken;
use std::collections::BTreeMap;

/// What has a length: characters of a string, elements of a collection, bytes of binary data.
#[diagnostic::on_unimplemented(
    message = "the rules `length` and `non_empty` do not apply to `{Self}`",
    label = "has no length",
    note = "they apply to strings, bytes, arrays and maps, also within `Option` and `Box`"
)]
pub trait Length {
    /// The number of characters (Unicode scalar values) or elements; `None` if there is no value.
    fn length(&self) -> Option<usize>;

    /// Whether there is a value and nothing is in it. White space is something.
    fn is_empty(&self) -> bool {
        self.length() == Some(0)
    }
}

/// Checks that the length lies between two bounds, both included.
///
/// # Errors
///
/// The rule `length` if it does not.
#[inline]
pub fn length<T: Length + ?Sized>(
    value: &T,
    min: Option<usize>,
    max: Option<usize>,
) -> Result<(), Broken> {
    let Some(length) = value.length() else {
        return Ok(());
    };
    if min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max) {
        return Err(broken_length(length, min, max));
    }
    Ok(())
}

/// Checks that there is at least one character or element.
///
/// # Errors
///
/// The rule `non_empty` if there is none.
#[inline]
pub fn non_empty<T: Length + ?Sized>(value: &T) -> Result<(), Broken> {
    if value.is_empty() {
        Err(Broken::new("non_empty", "must not be empty"))
    } else {
        Ok(())
    }
}

#[cold]
fn broken_length(length: usize, min: Option<usize>, max: Option<usize>) -> Broken {
    let wanted = match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("between {min} and {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::from("any"),
    };
    Broken::new(
        "length",
        format!("must have a length of {wanted}, has {length}"),
    )
}

impl Length for str {
    #[inline]
    fn length(&self) -> Option<usize> {
        Some(self.chars().count())
    }

    #[inline]
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

impl Length for String {
    #[inline]
    fn length(&self) -> Option<usize> {
        self.as_str().length()
    }

    #[inline]
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

impl<T> Length for [T] {
    #[inline]
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T> Length for Vec<T> {
    #[inline]
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T, const N: usize> Length for [T; N] {
    #[inline]
    fn length(&self) -> Option<usize> {
        Some(N)
    }
}

impl<T> Length for BTreeMap<String, T> {
    #[inline]
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

#[allow(
    clippy::disallowed_types,
    reason = "only the number of entries is asked for"
)]
impl<T, S> Length for std::collections::HashMap<String, T, S> {
    #[inline]
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Length> Length for Option<T> {
    #[inline]
    fn length(&self) -> Option<usize> {
        self.as_ref().and_then(Length::length)
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.as_ref().is_some_and(Length::is_empty)
    }
}

impl<T: Length + ?Sized> Length for Box<T> {
    #[inline]
    fn length(&self) -> Option<usize> {
        (**self).length()
    }

    #[inline]
    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }
}

impl<T: Length + ?Sized> Length for &T {
    #[inline]
    fn length(&self) -> Option<usize> {
        (**self).length()
    }

    #[inline]
    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }
}
