//! Writing Avro's binary encoding (specification, "Binary encoding") into a buffer.

use crate::raw::Room;
use crate::{EncodeError, Limits};

/// Appends a datum to a buffer.
///
/// The buffer gets room once, as much as an upper bound says; a bound that was too small costs time
/// and nothing else: the buffer grows. A writer that is dropped without [`finish`](Self::finish)
/// leaves the buffer as it was.
#[derive(Debug)]
pub struct Writer<'a> {
    room: Room<'a>,
    depth: u32,
}

impl<'a> Writer<'a> {
    /// A writer that appends to `out`, where the datum needs about `bound` bytes, within the
    /// default limits.
    #[inline]
    pub fn new(out: &'a mut Vec<u8>, bound: usize) -> Self {
        Self::with_limits(out, bound, Limits::default())
    }

    /// A writer that appends to `out`, where the datum needs about `bound` bytes, within the depth
    /// of these limits.
    #[inline]
    pub fn with_limits(out: &'a mut Vec<u8>, bound: usize, limits: Limits) -> Self {
        Self {
            room: Room::new(out, bound),
            depth: limits.depth,
        }
    }

    /// Enters a value of a recursive type: what is deeper than a reader goes is not written.
    #[inline(always)]
    pub(crate) fn enter(&mut self) -> Result<(), EncodeError> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => Err(EncodeError::too_deep()),
        }
    }

    /// Leaves a value that was entered.
    #[inline(always)]
    pub(crate) fn leave(&mut self) {
        self.depth += 1;
    }

    /// Keeps what was written.
    #[inline]
    pub fn finish(self) {
        self.room.keep();
    }

    /// How many bytes have been written, those before the datum included.
    #[inline(always)]
    pub fn position(&self) -> usize {
        self.room.len()
    }

    /// These bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.room.slice(bytes);
    }

    /// These bytes as they are, their number known at compile time.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.room.array(bytes);
    }

    /// A `boolean`: one byte, 0 or 1.
    #[inline(always)]
    pub fn boolean(&mut self, value: bool) {
        self.room.array(&[u8::from(value)]);
    }

    /// An `int`: zig-zag, one to five bytes.
    #[inline(always)]
    pub fn int(&mut self, value: i32) {
        let zigzag = (value << 1 ^ value >> 31) as u32;
        self.room.varint(u64::from(zigzag));
    }

    /// A `long`: zig-zag, one to ten bytes.
    #[inline(always)]
    pub fn long(&mut self, value: i64) {
        self.room.varint((value << 1 ^ value >> 63) as u64);
    }

    /// A length, a count, the index of a symbol or of a branch: a long that is not negative.
    #[inline(always)]
    pub fn index(&mut self, value: usize) {
        self.room.varint((value as u64) << 1);
    }

    /// A block of so many elements in the form that says how many bytes they take, so that a reader
    /// can skip them (specification, "Arrays"): the count as a negative number, the size, the
    /// elements.
    pub(crate) fn sized_block(
        &mut self,
        count: usize,
        elements: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.long((count as i64).wrapping_neg());
        let start = self.position();
        elements(self)?;
        let size = self.position() - start;
        self.room.varint_at(start, (size as u64) << 1);
        Ok(())
    }

    /// A `bytes` or `string` value: the length, then the bytes.
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.index(bytes.len());
        self.raw(bytes);
    }
}
