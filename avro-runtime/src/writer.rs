//! Writing Avro's binary encoding (specification, "Binary encoding") into a buffer.

use crate::{EncodeError, Limits};

/// The longest string copied by overlapping chunks of fixed size instead of a call to `memcpy`.
const SHORT: usize = 32;

/// Appends a datum to a buffer.
///
/// The buffer is resized once to an upper bound, then written through an index, and cut to what was
/// written. A bound that was too small costs time and nothing else: the buffer grows. A writer that
/// is dropped without [`finish`](Self::finish) leaves the buffer as it was.
#[derive(Debug)]
pub struct Writer<'a> {
    buffer: &'a mut Vec<u8>,
    at: usize,
    start: usize,
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
        let start = out.len();
        out.resize(start.saturating_add(bound), 0);
        Self {
            buffer: out,
            at: start,
            start,
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
    pub fn finish(mut self) {
        self.start = self.at;
    }

    /// How many bytes have been written, those before the datum included.
    #[inline(always)]
    pub fn position(&self) -> usize {
        self.at
    }

    /// These bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        let end = self.at + bytes.len();
        match self.buffer.get_mut(self.at..end) {
            Some(room) => copy(room, bytes),
            None => self.raw_growing(bytes),
        }
        self.at = end;
    }

    /// These bytes as they are, their number known at compile time.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, bytes: &[u8; N]) {
        let end = self.at + N;
        match self
            .buffer
            .get_mut(self.at..end)
            .and_then(|room| room.as_mut_array())
        {
            Some(room) => *room = *bytes,
            None => self.raw_growing(bytes),
        }
        self.at = end;
    }

    /// A `boolean`: one byte, 0 or 1.
    #[inline(always)]
    pub fn boolean(&mut self, value: bool) {
        self.array(&[u8::from(value)]);
    }

    /// An `int`: zig-zag, one to five bytes.
    #[inline(always)]
    pub fn int(&mut self, value: i32) {
        let zigzag = (value << 1 ^ value >> 31) as u32;
        self.varint::<5>(u64::from(zigzag));
    }

    /// A `long`: zig-zag, one to ten bytes.
    #[inline(always)]
    pub fn long(&mut self, value: i64) {
        self.varint::<10>((value << 1 ^ value >> 63) as u64);
    }

    /// A length, a count, the index of a symbol or of a branch: a long that is not negative.
    #[inline(always)]
    pub fn index(&mut self, value: usize) {
        // A length exceeds neither isize::MAX nor, as far as memory goes, 35 bits: five bytes.
        self.varint::<5>((value as u64) << 1);
    }

    /// A `bytes` or `string` value: the length, then the bytes.
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.index(bytes.len());
        self.raw(bytes);
    }

    /// The value must take no more than `MAX` bytes, or else is written the slow way.
    #[inline(always)]
    fn varint<const MAX: usize>(&mut self, mut value: u64) {
        let Some(room) = self
            .buffer
            .get_mut(self.at..self.at + MAX)
            .and_then(<[u8]>::first_chunk_mut::<MAX>)
        else {
            return self.varint_growing(value);
        };
        for (i, byte) in room.iter_mut().enumerate() {
            if value < 0x80 {
                *byte = value as u8;
                self.at += i + 1;
                return;
            }
            *byte = value as u8 | 0x80;
            value >>= 7;
        }
        self.at += MAX;
        self.varint_growing(value);
    }

    #[cold]
    #[inline(never)]
    fn varint_growing(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.array(&[value as u8 | 0x80]);
            value >>= 7;
        }
        self.array(&[value as u8]);
    }

    /// Makes room where the bound was too small. The caller advances the index.
    #[cold]
    #[inline(never)]
    fn raw_growing(&mut self, bytes: &[u8]) {
        let end = self.at + bytes.len();
        self.buffer.resize(end + self.buffer.len().max(64), 0);
        self.buffer[self.at..end].copy_from_slice(bytes);
    }
}

impl Drop for Writer<'_> {
    #[inline]
    fn drop(&mut self) {
        self.buffer.truncate(self.start);
    }
}

/// Copies between slices of equal length; two overlapping chunks cover any short length.
#[inline(always)]
fn copy(to: &mut [u8], from: &[u8]) {
    if from.len() > SHORT {
        to.copy_from_slice(from);
    } else if !(copy_ends::<16>(to, from) || copy_ends::<8>(to, from) || copy_ends::<4>(to, from)) {
        for (to, from) in to.iter_mut().zip(from).take(3) {
            *to = *from;
        }
    }
}

/// Copies the first and the last `N` bytes, if there are as many.
#[inline(always)]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) -> bool {
    let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) else {
        return false;
    };
    if let Some(room) = to.first_chunk_mut::<N>() {
        *room = *first;
    }
    if let Some(room) = to.last_chunk_mut::<N>() {
        *room = *last;
    }
    true
}
