//! Bytes together with what borrows from them.
//!
//! Decoding into an owned value instead, which is safe, takes 2.8 times as long where two fields of
//! an order event are read.

use core::mem::MaybeUninit;

use bytes::Bytes;

use crate::AvroSchema;

/// Bytes, and the view of a `T` in them.
///
/// Invariant: `view` is initialised until this is dropped. It borrows from the memory that `bytes`
/// keeps, and from nothing else.
pub(crate) struct Held<T: AvroSchema> {
    /// Within `MaybeUninit`, for the compiler may take it that a reference is valid until the
    /// function ends that it was handed to, and `drop` frees the memory before it ends.
    view: MaybeUninit<T::View<'static>>,
    bytes: Bytes,
}

impl<T: AvroSchema> Held<T> {
    /// What `read` makes of the bytes. It must work for every lifetime, and so can keep no
    /// reference to them but in the view.
    #[inline]
    pub(crate) fn new<E>(
        bytes: Bytes,
        read: impl for<'a> FnOnce(&'a [u8]) -> Result<T::View<'a>, E>,
    ) -> Result<Self, E> {
        // SAFETY: the memory of `bytes` lives, does not move and is not written to until the last
        // handle to it is dropped, wherever the handles themselves are moved. One of them is kept
        // here, and outlives the view: `drop` ends the view first, and where `read` fails or panics
        // there is none. The lifetime `'static` never gets out: `read`, all that it calls and the
        // view's own `Drop` are made for any lifetime, so that none of them can tell this one from a
        // short one or keep what has it; `view` shortens it to that of the borrow.
        let memory: &'static [u8] =
            unsafe { core::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) };
        let view = MaybeUninit::new(read(memory)?);
        Ok(Self { view, bytes })
    }

    /// The view, for as long as this is borrowed.
    #[inline(always)]
    pub(crate) fn view(&self) -> &T::View<'_> {
        // SAFETY: it is initialised until this is dropped.
        T::shorten(unsafe { self.view.assume_init_ref() })
    }

    /// The bytes.
    #[inline(always)]
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl<T: AvroSchema> Drop for Held<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: it is initialised, and this is the end of it. The bytes are dropped after this.
        unsafe { self.view.assume_init_drop() }
    }
}
