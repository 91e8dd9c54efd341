//! Passing over what the reader does not have, without decoding it.

use super::plan::{Range, Table};
use crate::codec::read_branch;
use crate::{DecodeError, Reader};

/// What is to be skipped. Numbers are indices of [`Table::skips`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skip {
    /// So many bytes.
    Bytes(u32),
    /// A number of variable length: an int, a long, an enum's symbol.
    Varint,
    /// A length, and so many bytes: a string, or bytes.
    Text,
    /// The blocks of an array.
    Array(u32),
    /// The blocks of a map.
    Map(u32),
    /// One of several branches.
    Union(u32),
    /// Several fields.
    Record(u32),
}

impl Skip {
    /// Its kind and its number.
    pub(super) const fn parts(self) -> (u8, u32) {
        match self {
            Self::Bytes(n) => (0, n),
            Self::Varint => (1, 0),
            Self::Text => (2, 0),
            Self::Array(number) => (3, number),
            Self::Map(number) => (4, number),
            Self::Union(number) => (5, number),
            Self::Record(number) => (6, number),
        }
    }

    #[inline(always)]
    pub(super) const fn of(kind: u8, number: u32) -> Self {
        match kind {
            0 => Self::Bytes(number),
            1 => Self::Varint,
            2 => Self::Text,
            3 => Self::Array(number),
            4 => Self::Map(number),
            5 => Self::Union(number),
            _ => Self::Record(number),
        }
    }
}

impl Table {
    #[inline(always)]
    pub(super) fn skip(&self, skip: Skip, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        match skip {
            Skip::Bytes(n) => r.take(n as usize).map(|_| ()),
            Skip::Varint => r.long().map(|_| ()),
            Skip::Text => r.bytes().map(|_| ()),
            nested => self.skip_nested(nested, r),
        }
    }

    #[inline(never)]
    fn skip_nested(&self, skip: Skip, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        if let Skip::Record(fields) = skip {
            return self.record(fields, r);
        }
        // A schema may be as deep as a hostile writer likes.
        r.enter_inner()?;
        match skip {
            Skip::Array(items) => {
                let (item, min_len) = self.element(items);
                self.blocks(r, min_len, |count, r| self.items(item, count, r))?;
            }
            Skip::Map(values) => {
                let (value, min_len) = self.element(values);
                self.blocks(r, min_len, |count, r| self.entries(value, count, r))?;
            }
            Skip::Union(branches) => {
                let branches = self.parts(branches);
                let index = read_branch(r, branches.len())?;
                if let Some(branch) = branches.get(index) {
                    self.skip(*branch, r)?;
                }
            }
            other => self.skip(other, r)?,
        }
        r.leave_inner();
        Ok(())
    }

    /// A record may hold itself, and a hostile datum as deep as it is long. One that takes no bytes
    /// may be there any number of times.
    #[inline(always)]
    fn record(&self, fields: u32, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        let before = r.remaining();
        r.enter()?;
        for field in self.parts(fields) {
            self.skip(*field, r)?;
        }
        r.leave();
        match r.remaining() == before {
            true => r.count_empty(1),
            false => Ok(()),
        }
    }

    /// The blocks of an array or a map, but for those that say how long they are.
    #[inline(always)]
    fn blocks<'de>(
        &self,
        r: &mut Reader<'de>,
        min_len: usize,
        mut block: impl FnMut(u64, &mut Reader<'de>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        loop {
            match r.block_to_skip(min_len)? {
                0 => return Ok(()),
                count => block(count, r)?,
            }
        }
    }

    /// The items of a block: those of a fixed size at once, the others kind by kind.
    #[inline(always)]
    fn items(&self, item: Skip, count: u64, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        match item {
            Skip::Bytes(n) => {
                let bytes = count.saturating_mul(u64::from(n));
                r.take(usize::try_from(bytes).unwrap_or(usize::MAX))?;
            }
            Skip::Varint => {
                for _ in 0..count {
                    r.long()?;
                }
            }
            Skip::Text => {
                for _ in 0..count {
                    r.bytes()?;
                }
            }
            nested => {
                for _ in 0..count {
                    self.skip_nested(nested, r)?;
                }
            }
        }
        Ok(())
    }

    fn entries(&self, value: Skip, count: u64, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        for _ in 0..count {
            r.bytes()?;
            self.skip(value, r)?;
        }
        Ok(())
    }

    /// The element of an array or a map, and the length of the shortest in bytes.
    #[inline(always)]
    fn element(&self, index: u32) -> (Skip, usize) {
        let min_len = self.skips.get(index as usize).map_or(0, |it| it.min_len);
        let element = self.parts(index).first().copied();
        (element.unwrap_or(Skip::Bytes(0)), min_len as usize)
    }

    #[inline(always)]
    fn parts(&self, index: u32) -> &[Skip] {
        let range: Range = match self.skips.get(index as usize) {
            Some(skip) => skip.range,
            None => return &[],
        };
        range.of(&self.skip_lists)
    }
}
