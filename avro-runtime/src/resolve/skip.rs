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

impl Table {
    #[inline]
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
        match skip {
            Skip::Array(items) => self.blocks(items, r, |table, item, count, r| {
                table.skip_items(item, count, r)
            }),
            Skip::Map(values) => self.blocks(values, r, |table, value, count, r| {
                for _ in 0..count {
                    r.bytes()?;
                    table.skip(value, r)?;
                }
                Ok(())
            }),
            Skip::Union(branches) => {
                let branches = self.parts(branches);
                let index = read_branch(r, branches.len())?;
                match branches.get(index) {
                    Some(branch) => self.skip(*branch, r),
                    None => Ok(()),
                }
            }
            Skip::Record(fields) => {
                // A record may hold itself, and a hostile datum as deep as it is long.
                r.enter()?;
                for field in self.parts(fields) {
                    self.skip(*field, r)?;
                }
                r.leave();
                Ok(())
            }
            other => self.skip(other, r),
        }
    }

    /// Jumps over blocks that say how long they are, and through the others element by element.
    fn blocks(
        &self,
        element: u32,
        r: &mut Reader<'_>,
        mut each: impl FnMut(&Self, Skip, u64, &mut Reader<'_>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let Some(block) = self.skips.get(element as usize) else {
            return Ok(());
        };
        let element = self.parts(element).first().copied();
        let element = element.unwrap_or(Skip::Bytes(0));
        loop {
            match r.block_to_skip(block.min_len as usize)? {
                0 => return Ok(()),
                count => each(self, element, count, r)?,
            }
        }
    }

    /// Elements of a fixed size are skipped at once, the others kind by kind.
    fn skip_items(&self, item: Skip, count: u64, r: &mut Reader<'_>) -> Result<(), DecodeError> {
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

    fn parts(&self, index: u32) -> &[Skip] {
        let range: Range = match self.skips.get(index as usize) {
            Some(skip) => skip.range,
            None => return &[],
        };
        range.of(&self.skip_lists)
    }
}
