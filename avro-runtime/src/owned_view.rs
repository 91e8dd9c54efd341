//! A view that keeps the bytes that it borrows from.

use core::fmt;

use bytes::Bytes;

use crate::raw::Held;
use crate::{AvroSchema, DecodeError, Limits, Resolver, View};

/// A message that was read without copying its strings and bytes, and the bytes of the message: for
/// those who keep messages, or hand them on, and read few of their fields.
///
/// It is `Send` and `Sync` where the view is. To have it in several places, put it into an
/// [`Arc`](std::sync::Arc).
///
/// ```
/// # use avro_runtime::{AvroSchema, OwnedView, Resolver};
/// # fn f<T: AvroSchema>(message: bytes::Bytes) -> Result<(), avro_runtime::DecodeError> {
/// let message = OwnedView::<T>::new(message, &Resolver::same())?;
/// let view = message.get(); // such as an `OrderRef`
/// # let _ = view; Ok(()) }
/// ```
///
/// What is read from it cannot outlive it:
///
/// ```compile_fail,E0505
/// # use avro_runtime::{AvroSchema, OwnedView};
/// # fn read<V>(_: &V) {}
/// # fn f<T: AvroSchema>(message: OwnedView<T>) {
/// let view = message.get();
/// drop(message);
/// read(view);
/// # }
/// ```
///
/// ```compile_fail,E0521
/// # use avro_runtime::{AvroSchema, OwnedView};
/// fn keep<T: AvroSchema>(message: &OwnedView<T>) -> &T::View<'static> {
///     message.get()
/// }
/// ```
pub struct OwnedView<T: AvroSchema>(Held<T>);

impl<T: AvroSchema> OwnedView<T> {
    /// Reads a datum within the default limits; [`Resolver::same`] reads what was written with the
    /// schema of `T` itself.
    ///
    /// # Errors
    /// Those of [`Resolver::decode`].
    #[inline]
    pub fn new(datum: impl Into<Bytes>, resolver: &Resolver<T>) -> Result<Self, DecodeError> {
        Self::with_limits(datum, resolver, Limits::default())
    }

    /// Reads a datum within these limits.
    ///
    /// # Errors
    /// Those of [`Resolver::decode`].
    #[inline]
    pub fn with_limits(
        datum: impl Into<Bytes>,
        resolver: &Resolver<T>,
        limits: Limits,
    ) -> Result<Self, DecodeError> {
        // Named in place: only so is the closure one for every lifetime.
        let held = Held::new(datum.into(), |datum| {
            resolver.decode_view_with(datum, limits)
        });
        held.map(Self)
    }

    /// The view.
    #[inline(always)]
    pub fn get(&self) -> &T::View<'_> {
        self.0.view()
    }

    /// The datum.
    pub fn bytes(&self) -> &Bytes {
        self.0.bytes()
    }

    /// The value, with copies of what was borrowed.
    pub fn to_owned(&self) -> T {
        self.get().own()
    }
}

impl<T: AvroSchema> fmt::Debug for OwnedView<T>
where
    for<'a> T::View<'a>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
