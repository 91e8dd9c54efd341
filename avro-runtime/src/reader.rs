//! Reading Avro's binary encoding (specification, "Binary encoding") from a slice.

mod block;
mod varint;

use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::{Limits, raw};

/// A place in a datum, with what is left of the [`Limits`].
///
/// All methods return an error and never panic, whatever the bytes are.
#[derive(Debug)]
pub struct Reader<'de> {
    rest: &'de [u8],
    total: usize,
    depth: u32,
    /// What is left for arrays, maps and unions of schemas that are known at run time alone.
    inner: u32,
    length: usize,
    items: usize,
    /// Elements of defaults, which stand in no data.
    given: usize,
    allocation: usize,
}

impl<'de> Reader<'de> {
    /// A reader at the first of these bytes with the default limits.
    pub fn new(bytes: &'de [u8]) -> Self {
        Self::with_limits(bytes, Limits::default())
    }

    /// A reader at the first of these bytes with these limits.
    pub fn with_limits(bytes: &'de [u8], limits: Limits) -> Self {
        Self {
            rest: bytes,
            total: bytes.len(),
            depth: limits.depth,
            inner: limits.depth.saturating_mul(Limits::INNER),
            length: limits.length,
            items: limits.items,
            given: 0,
            // All strings and bytes together are no longer than the input, so that they are paid
            // for here at once and cost nothing later.
            allocation: limits.allocation.saturating_sub(bytes.len()),
        }
    }

    /// How many bytes have been read.
    #[inline(always)]
    pub fn position(&self) -> usize {
        self.total - self.rest.len()
    }

    /// How many bytes are left.
    #[inline(always)]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// An error of this kind at this place.
    #[cold]
    pub fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.position())
    }

    /// The next `n` bytes, borrowed from the input.
    #[inline(always)]
    pub fn take(&mut self, n: usize) -> Result<&'de [u8], DecodeError> {
        match self.rest.split_at_checked(n) {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(taken)
            }
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    /// The next `N` bytes by value.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        match self.rest.split_first_chunk::<N>() {
            Some((taken, rest)) => {
                self.rest = rest;
                Ok(*taken)
            }
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    /// A `boolean`: one byte, 0 or 1.
    #[inline(always)]
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.rest {
            [byte @ 0..=1, rest @ ..] => {
                self.rest = rest;
                Ok(*byte == 1)
            }
            [byte, ..] => Err(self.error(DecodeErrorKind::InvalidBoolean(*byte))),
            [] => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    /// A `bytes` value: its length, then that many bytes, borrowed from the input.
    #[inline(always)]
    pub fn bytes(&mut self) -> Result<&'de [u8], DecodeError> {
        let start = self.rest;
        let length = self.long()?;
        if length as u64 > self.length as u64 {
            return Err(self.bad_length(length, start));
        }
        self.take(length as usize)
    }

    /// A `string`: its length, then that many bytes of UTF-8, borrowed from the input.
    #[inline(always)]
    pub fn str(&mut self) -> Result<&'de str, DecodeError> {
        let bytes = self.bytes()?;
        match raw::check(bytes) {
            Some(text) => Ok(text),
            None => Err(self.bad_utf8(bytes)),
        }
    }

    /// Enters a value of a recursive type.
    #[inline(always)]
    pub fn enter(&mut self) -> Result<(), DecodeError> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth))),
        }
    }

    /// Leaves a value that was entered.
    #[inline(always)]
    pub fn leave(&mut self) {
        self.depth += 1;
    }

    /// Enters an array, a map or a union of a schema that is known at run time alone.
    #[inline(always)]
    pub(crate) fn enter_inner(&mut self) -> Result<(), DecodeError> {
        match self.inner.checked_sub(1) {
            Some(inner) => {
                self.inner = inner;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth))),
        }
    }

    /// Leaves what was entered.
    #[inline(always)]
    pub(crate) fn leave_inner(&mut self) {
        self.inner += 1;
    }

    /// Counts values that took no bytes, of which the input can hold any number.
    #[inline(always)]
    pub(crate) fn count_empty(&mut self, values: usize) -> Result<(), DecodeError> {
        match self.items.checked_sub(values) {
            Some(items) => {
                self.items = items;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Items))),
        }
    }

    /// How many values the data held beyond one for each byte, of a reader that began with this limit
    /// on items: so many at least took no bytes. Defaults are none of the data.
    #[inline(always)]
    pub(crate) fn empty_values(&self, limit: usize) -> usize {
        let counted = limit - self.items - self.given;
        counted.saturating_sub(self.position())
    }

    /// Takes this much from the allocation budget before the memory is asked for.
    #[inline(always)]
    pub fn charge(&mut self, bytes: usize) -> Result<(), DecodeError> {
        match self.allocation.checked_sub(bytes) {
            Some(left) => {
                self.allocation = left;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Allocation))),
        }
    }

    /// What is left of the limits on items and on memory.
    #[cfg(feature = "json")]
    pub(crate) fn left(&self) -> (usize, usize) {
        (self.items, self.allocation)
    }

    /// Reads from other bytes in between, within what is left of the limits: a default, of which
    /// there may be one for every element of an array.
    #[inline(always)]
    pub(crate) fn instead<T>(
        &mut self,
        bytes: &'de [u8],
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        self.charge(bytes.len())?;
        let (here, items) = ((self.rest, self.total), self.items);
        (self.rest, self.total) = (bytes, bytes.len());
        let value = read(self);
        (self.rest, self.total) = here;
        self.given += items - self.items;
        value
    }

    /// Succeeds if nothing is left.
    #[inline]
    pub fn finish(&self) -> Result<(), DecodeError> {
        match self.remaining() {
            0 => Ok(()),
            n => Err(self.error(DecodeErrorKind::LeftOver(n))),
        }
    }

    /// This place, to go back to.
    #[inline(always)]
    pub(crate) fn mark(&self) -> &'de [u8] {
        self.rest
    }

    /// Goes back to a place where this reader has been: a union whose branch was only looked at.
    #[inline(always)]
    pub(crate) fn rewind(&mut self, mark: &'de [u8]) {
        debug_assert_eq!(mark.as_ptr_range().end, self.rest.as_ptr_range().end);
        debug_assert!(mark.len() >= self.rest.len());
        self.rest = mark;
    }

    /// The offset of a place where this reader has been.
    fn offset_of(&self, mark: &[u8]) -> usize {
        self.total - mark.len()
    }

    #[cold]
    #[inline(never)]
    fn bad_length(&self, length: i64, start: &[u8]) -> DecodeError {
        let kind = if length < 0 {
            DecodeErrorKind::InvalidLength(length)
        } else {
            DecodeErrorKind::LimitExceeded(Limit::Length)
        };
        DecodeError::new(kind, self.offset_of(start))
    }

    #[cold]
    #[inline(never)]
    fn bad_utf8(&self, bytes: &[u8]) -> DecodeError {
        let valid = core::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
        DecodeError::new(
            DecodeErrorKind::InvalidUtf8,
            self.position() - bytes.len() + valid,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What an array of so many elements leaves behind.
    fn empty_values(bytes: &[u8], size: usize) -> usize {
        let limits = Limits::default();
        let mut r = Reader::with_limits(bytes, limits);
        while r.block(0, size).unwrap() > 0 {}
        r.empty_values(limits.items)
    }

    #[test]
    fn values_beyond_one_for_each_byte_took_none() {
        // A thousand elements in three bytes.
        assert_eq!(empty_values(&[0xd0, 0x0f, 0], 0), 997);
        assert_eq!(empty_values(&[6, 2, 4, 0], 0), 2);
        assert_eq!(empty_values(&[2, 0], 0), 0);
        assert_eq!(empty_values(&[0], 0), 0);
    }

    /// A reader's default is its own, however long it is.
    #[test]
    fn elements_of_defaults_are_none_of_the_data() {
        let limits = Limits::default();
        let mut r = Reader::with_limits(&[0xd0, 0x0f, 0], limits);
        let default = [0x80, 0x7d, 0];
        let read = r.instead(&default, |r| {
            while r.block(0, 0)? > 0 {}
            Ok(())
        });
        assert_eq!(read, Ok(()));
        assert_eq!(r.empty_values(limits.items), 0);
        while r.block(0, 0).unwrap() > 0 {}
        assert_eq!(r.empty_values(limits.items), 997);
    }
}
