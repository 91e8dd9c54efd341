//! Blocks of arrays and maps (specification, "Arrays", "Maps").

use super::Reader;
use crate::error::{DecodeError, DecodeErrorKind, Limit};

impl Reader<'_> {
    /// The header of the next block: its number of elements, 0 at the end.
    ///
    /// Each element takes at least `min_len` bytes of the input and `size` bytes of memory; a
    /// count that the rest of the input, or the limits, cannot hold is refused before memory is
    /// asked for. A negative count is followed by the block's size in bytes, which only helps to
    /// skip and is checked to lie within the input.
    #[inline(always)]
    pub fn block(&mut self, min_len: usize, size: usize) -> Result<usize, DecodeError> {
        if let [0, rest @ ..] = self.rest {
            self.rest = rest;
            return Ok(0);
        }
        self.block_of_some(min_len, size)
    }

    /// The number of elements of the next block that have to be skipped one by one, 0 at the end.
    /// Blocks that say how many bytes they have are jumped over.
    #[inline]
    pub(crate) fn block_to_skip(&mut self, min_len: usize) -> Result<u64, DecodeError> {
        // One byte whose number is not negative.
        if let [byte, rest @ ..] = self.rest
            && byte & 0x81 == 0
        {
            let count = usize::from(byte >> 1);
            if count.saturating_mul(min_len) <= rest.len() {
                self.rest = rest;
                return Ok(count as u64);
            }
        }
        self.long_block_to_skip(min_len)
    }

    #[inline(never)]
    fn long_block_to_skip(&mut self, min_len: usize) -> Result<u64, DecodeError> {
        loop {
            let start = self.position();
            let count = self.long()?;
            if count >= 0 {
                let count = count as u64;
                if count.saturating_mul(min_len as u64) > self.remaining() as u64 {
                    return Err(DecodeError::new(DecodeErrorKind::UnexpectedEnd, start));
                }
                return Ok(count);
            }
            let size = self.size_of_block(count, start)?;
            self.take(size)?;
        }
    }

    /// A block that is not the end.
    #[inline(never)]
    fn block_of_some(&mut self, min_len: usize, size: usize) -> Result<usize, DecodeError> {
        let start = self.position();
        let count = self.long()?;
        let count = if count < 0 {
            self.block_with_size(count, start)?
        } else {
            count as u64
        };
        if count == 0 {
            return Ok(0);
        }
        if count.saturating_mul(min_len as u64) > self.remaining() as u64 {
            return Err(DecodeError::new(DecodeErrorKind::UnexpectedEnd, start));
        }
        let count = match usize::try_from(count) {
            Ok(count) if count <= self.items => count,
            _ => {
                let kind = DecodeErrorKind::LimitExceeded(Limit::Items);
                return Err(DecodeError::new(kind, start));
            }
        };
        self.items -= count;
        self.charge(count.saturating_mul(size))?;
        Ok(count)
    }

    #[cold]
    fn block_with_size(&mut self, count: i64, start: usize) -> Result<u64, DecodeError> {
        self.size_of_block(count, start)?;
        Ok(count.unsigned_abs())
    }

    /// The size in bytes that follows a negative count.
    fn size_of_block(&mut self, count: i64, start: usize) -> Result<usize, DecodeError> {
        if count == i64::MIN {
            let kind = DecodeErrorKind::InvalidLength(count);
            return Err(DecodeError::new(kind, start));
        }
        let start = self.position();
        let size = self.long()?;
        match usize::try_from(size) {
            Ok(size) if size <= self.remaining() => Ok(size),
            Ok(_) => Err(DecodeError::new(DecodeErrorKind::UnexpectedEnd, start)),
            Err(_) => Err(DecodeError::new(
                DecodeErrorKind::InvalidLength(size),
                start,
            )),
        }
    }
}
