//! The objects of one block, read as views.

use core::iter::FusedIterator;

use super::blocks::Extent;
use super::budget::{Allowance, Budget};
use super::error::{BlockPlace, Error, ErrorKind};
use crate::{AvroSchema, Decode, Limits, Reader, Resolver};

/// The objects of one block, as views that borrow strings and bytes from it.
///
/// As an iterator it ends at the first error; the reader then goes on with the next block.
#[derive(Debug)]
pub struct Block<'b, T: AvroSchema> {
    data: &'b [u8],
    left: u64,
    extent: Extent,
    resolver: &'b Resolver<T>,
    allowance: Allowance,
    limits: Limits,
    budget: &'b mut Budget,
    ended: bool,
}

impl<'b, T: AvroSchema> Block<'b, T> {
    pub(super) fn new(
        data: &'b [u8],
        left: u64,
        extent: Extent,
        resolver: &'b Resolver<T>,
        (allowance, limits, budget): (Allowance, Limits, &'b mut Budget),
    ) -> Self {
        Self {
            data,
            left,
            extent,
            resolver,
            allowance,
            limits,
            budget,
            ended: false,
        }
    }

    /// How many objects are left.
    #[must_use]
    pub fn objects(&self) -> u64 {
        self.left
    }

    /// Which block it is.
    #[must_use]
    pub fn place(&self) -> BlockPlace {
        BlockPlace {
            number: self.extent.number,
            position: self.extent.position,
        }
    }

    /// The data that are left, decompressed: one datum of the file's schema after another.
    #[must_use]
    pub fn data(&self) -> &'b [u8] {
        self.data
    }

    #[inline]
    fn read(&mut self) -> Result<T::View<'b>, ErrorKind> {
        let mut view = <T::View<'b> as Decode<'b>>::blank();
        let mut r = Reader::with_limits(self.data, self.limits);
        let read = self.resolver.read(&mut view, &mut r);
        let read = read.map_err(|error| error.in_type(T::FULLNAME));
        let number = || self.extent.objects - self.left;
        if let Some(counted) = self.allowance.count(read, &r, self.limits, number) {
            self.budget.read(counted)?;
        }
        self.data = self.data.get(r.position()..).unwrap_or_default();
        self.left -= 1;
        Ok(view)
    }

    #[cold]
    fn end(&mut self, kind: ErrorKind) -> Error {
        self.ended = true;
        self.extent.error(kind)
    }
}

impl<'b, T: AvroSchema> Iterator for Block<'b, T> {
    type Item = Result<T::View<'b>, Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if self.left == 0 {
            self.ended = true;
            return match self.data.len() {
                0 => None,
                left => Some(Err(self.end(ErrorKind::LeftOver(left)))),
            };
        }
        Some(self.read().map_err(|kind| self.end(kind)))
    }
}

impl<T: AvroSchema> FusedIterator for Block<'_, T> {}
