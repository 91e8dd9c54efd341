//! Variable-length zig-zag numbers: up to three bytes inline, the rest out of line.

use super::Reader;
use crate::error::{DecodeError, DecodeErrorKind};

/// Undoes the zig-zag: 0, 1, 2, 3 stand for 0, -1, 1, -2.
#[inline(always)]
fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

impl Reader<'_> {
    /// A `long`: one to ten bytes.
    #[inline(always)]
    pub fn long(&mut self) -> Result<i64, DecodeError> {
        Ok(unzigzag(self.varint()?))
    }

    /// An `int`: one to five bytes, and within 32 bits.
    #[inline(always)]
    pub fn int(&mut self) -> Result<i32, DecodeError> {
        let start = self.rest;
        let raw = self.varint()?;
        match u32::try_from(raw) {
            Ok(raw) if start.len() - self.rest.len() <= 5 => {
                Ok((raw >> 1) as i32 ^ -((raw & 1) as i32))
            }
            _ => Err(self.no_int(raw, start)),
        }
    }

    #[inline(always)]
    fn varint(&mut self) -> Result<u64, DecodeError> {
        match *self.rest {
            [a, ref rest @ ..] if a < 0x80 => {
                self.rest = rest;
                Ok(u64::from(a))
            }
            [a, b, ref rest @ ..] if b < 0x80 => {
                self.rest = rest;
                Ok(u64::from(a & 0x7f) | u64::from(b) << 7)
            }
            [a, b, c, ref rest @ ..] if c < 0x80 => {
                self.rest = rest;
                Ok(u64::from(a & 0x7f) | u64::from(b & 0x7f) << 7 | u64::from(c) << 14)
            }
            _ => self.long_varint(),
        }
    }

    #[cold]
    #[inline(never)]
    fn no_int(&self, raw: u64, start: &[u8]) -> DecodeError {
        let kind = if raw > u64::from(u32::MAX) {
            DecodeErrorKind::IntOutOfRange(unzigzag(raw))
        } else {
            DecodeErrorKind::InvalidVarint
        };
        DecodeError::new(kind, self.offset_of(start))
    }

    /// Four bytes and more, and the errors.
    #[inline(never)]
    fn long_varint(&mut self) -> Result<u64, DecodeError> {
        let (value, length) = match self.rest.first_chunk::<10>() {
            Some(ten) => decode_ten(ten),
            None => decode_some(self.rest),
        }
        .map_err(|kind| self.error(kind))?;
        self.rest = self.rest.get(length..).unwrap_or_default();
        Ok(value)
    }
}

/// With ten bytes at hand no further look at the length is needed, and the loop unrolls.
#[inline(always)]
fn decode_ten(bytes: &[u8; 10]) -> Result<(u64, usize), DecodeErrorKind> {
    let mut value = 0;
    for (i, &byte) in bytes[..9].iter().enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            return Ok((value, i + 1));
        }
    }
    // The tenth byte holds the 64th bit and nothing else.
    match bytes[9] {
        last @ 0..=1 => Ok((value | u64::from(last) << 63, 10)),
        _ => Err(DecodeErrorKind::InvalidVarint),
    }
}

/// Fewer than ten bytes are left, so that 63 bits at most can come.
fn decode_some(bytes: &[u8]) -> Result<(u64, usize), DecodeErrorKind> {
    let mut value = 0;
    for (i, &byte) in bytes.iter().enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            return Ok((value, i + 1));
        }
    }
    Err(DecodeErrorKind::UnexpectedEnd)
}
