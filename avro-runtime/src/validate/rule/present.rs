//! `custom = path::to::function`: a rule that the user wrote.

use crate::validate::Broken;

/// A field that may hold a `T` for a rule of one's own to look at: the `T` itself, or in an
/// `Option` or a `Box`; a `String` as `str`, a `Vec` as a slice.
#[diagnostic::on_unimplemented(
    message = "a rule for `{T}` does not apply to `{Self}`",
    label = "holds no `{T}`",
    note = "the function takes a reference to the field's type, to the type within `Option` or `Box`, or to `str` or a slice"
)]
pub trait Present<T: ?Sized> {
    /// The value, if there is one.
    fn present(&self) -> Option<&T>;
}

/// Checks a value with a function of the user's own.
///
/// # Errors
///
/// What the function returns.
#[inline]
pub fn custom<V, T>(value: &V, rule: impl Fn(&T) -> Result<(), Broken>) -> Result<(), Broken>
where
    V: Present<T> + ?Sized,
    T: ?Sized,
{
    value.present().map_or(Ok(()), rule)
}

impl<T: ?Sized> Present<T> for T {
    #[inline]
    fn present(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Present<T> for Option<T> {
    #[inline]
    fn present(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T: ?Sized> Present<T> for Box<T> {
    #[inline]
    fn present(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: ?Sized> Present<T> for Option<Box<T>> {
    #[inline]
    fn present(&self) -> Option<&T> {
        self.as_deref()
    }
}

impl Present<str> for String {
    #[inline]
    fn present(&self) -> Option<&str> {
        Some(self)
    }
}

impl Present<str> for Option<String> {
    #[inline]
    fn present(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl<T> Present<[T]> for Vec<T> {
    #[inline]
    fn present(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl<T> Present<[T]> for Option<Vec<T>> {
    #[inline]
    fn present(&self) -> Option<&[T]> {
        self.as_deref()
    }
}
