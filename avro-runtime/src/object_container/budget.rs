//! What a file may still cost over all its blocks.
//!
//! The limits on one block and on one object hold for each of them anew. A file has any number of
//! blocks, and a reader that recovers goes from one to the next. So what they cost together is
//! counted here, for all ways to read a file, also what was done in vain.
//!
//! Blocks are counted in the order of the file, by the one who hands their objects out. Several
//! threads read ahead of that: what they are told is an [`Allowance`], which may be too much by what
//! is under way, and never too little. So a file comes to the same end on any number of threads.

use super::blocks::Extent;
use super::codec::Decompressor;
use super::error::{ErrorKind, FileLimit};
use super::limits::FileLimits;
use crate::{DecodeError, DecodeErrorKind, Limit, Limits, Reader};

/// What is left of a file's limits.
#[derive(Debug)]
pub(super) struct Budget {
    limits: FileLimits,
    /// How many bytes of data may still come.
    data: u64,
    /// How many more the blocks may give that are handed out and not yet counted.
    ahead: u64,
    /// How many values that take no bytes may still come.
    empty_values: u64,
}

/// What one block may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    /// The longest data that it may have.
    data: usize,
    /// How many values that take no bytes it may have.
    empty_values: usize,
    object: Limits,
}

/// An object that was read.
#[derive(Debug)]
pub(super) struct Counted {
    /// What is wrong with it.
    pub(super) failure: Option<ErrorKind>,
    /// How many values it certainly has that take no bytes.
    pub(super) empty_values: usize,
}

impl Budget {
    pub(super) fn new(limits: FileLimits) -> Self {
        Self {
            limits,
            data: limits.file_data,
            ahead: 0,
            empty_values: limits.empty_values,
        }
    }

    /// What the block may cost that comes behind all that were handed out.
    pub(super) fn hand_out(&mut self, extent: &Extent) -> Allowance {
        self.ahead = self.ahead.saturating_add(self.grant(extent));
        let data = usize::try_from(self.data.saturating_add(self.ahead)).unwrap_or(usize::MAX);
        Allowance {
            data: data.min(self.limits.data),
            empty_values: usize::try_from(self.empty_values).unwrap_or(usize::MAX),
            object: self.limits.object,
        }
    }

    /// What a block may give for its size in the file.
    fn grant(&self, extent: &Extent) -> u64 {
        u64::from(self.limits.expansion).saturating_mul(extent.size() as u64)
    }

    /// Counts a block that was opened: the bytes of its data, also where they came in vain.
    pub(super) fn opened(
        &mut self,
        extent: &Extent,
        bytes: usize,
        opened: Result<(), ErrorKind>,
    ) -> Result<(), ErrorKind> {
        let granted = self.grant(extent);
        self.ahead = self.ahead.saturating_sub(granted);
        self.data = self.data.saturating_add(granted);
        spend(&mut self.data, bytes as u64, FileLimit::FileData)?;
        opened?;
        match extent.objects {
            // A schema whose data take no bytes takes none for any object, and every other one at
            // least one.
            objects if objects <= bytes as u64 => Ok(()),
            objects if bytes > 0 => Err(ErrorKind::TooManyObjects { objects, bytes }),
            objects => self.empty_values(objects),
        }
    }

    /// Counts an object that was read.
    #[cold]
    pub(super) fn read(&mut self, object: Counted) -> Result<(), ErrorKind> {
        self.empty_values(object.empty_values as u64)?;
        object.failure.map_or(Ok(()), Err)
    }

    fn empty_values(&mut self, values: u64) -> Result<(), ErrorKind> {
        spend(&mut self.empty_values, values, FileLimit::EmptyValues)
    }
}

/// Takes so many. If there are fewer, all of them are gone: they were work.
fn spend(left: &mut u64, wanted: u64, limit: FileLimit) -> Result<(), ErrorKind> {
    let is_enough = wanted <= *left;
    *left = left.saturating_sub(wanted);
    match is_enough {
        true => Ok(()),
        false => Err(ErrorKind::LimitExceeded(limit)),
    }
}

impl Allowance {
    /// Where there is no block yet.
    pub(super) fn of_object(object: Limits) -> Self {
        Self {
            data: 0,
            empty_values: 0,
            object,
        }
    }

    /// Puts the decompressed data of a block in the place of what is in `data`. Gives how many bytes
    /// came, also where they came in vain.
    pub(super) fn decompress(
        self,
        decompressor: &mut Decompressor,
        block: &[u8],
        data: &mut Vec<u8>,
    ) -> (usize, Result<(), ErrorKind>) {
        let decompressed = decompressor.decompress(block, data, self.data);
        let bytes = match &decompressed {
            // Whether a codec sees it beforehand or not.
            Err(ErrorKind::LimitExceeded(_)) => self.data.saturating_add(1),
            _ => data.len(),
        };
        (bytes, decompressed)
    }

    /// What each object of a block may cost whose data have so many bytes: no more values take bytes
    /// than there are bytes. So what goes beyond the file's limit is refused before it is read.
    pub(super) fn object(self, bytes: usize) -> Limits {
        Limits {
            items: self
                .object
                .items
                .min(self.empty_values.saturating_add(bytes)),
            ..self.object
        }
    }

    /// Counts what an object has that was read within the limits that [`object`](Self::object) gave.
    /// Nothing if all is well and it has nothing to be counted.
    #[inline(always)]
    pub(super) fn count(
        self,
        read: Result<(), DecodeError>,
        r: &Reader<'_>,
        limits: Limits,
        number: impl FnOnce() -> u64,
    ) -> Option<Counted> {
        let empty_values = r.empty_values(limits.items);
        match read {
            Ok(()) if empty_values == 0 => None,
            Ok(()) => Some(Counted {
                failure: None,
                empty_values,
            }),
            Err(error) => Some(self.bad_object(number(), error, empty_values, limits)),
        }
    }

    #[cold]
    fn bad_object(
        self,
        object: u64,
        error: DecodeError,
        empty_values: usize,
        limits: Limits,
    ) -> Counted {
        // The limit on items may be what the file has left, and not the object's own.
        let is_items = *error.kind() == DecodeErrorKind::LimitExceeded(Limit::Items);
        let failure = match is_items && limits.items < self.object.items {
            true => ErrorKind::LimitExceeded(FileLimit::EmptyValues),
            false => ErrorKind::Datum { object, error },
        };
        Counted {
            failure: Some(failure),
            empty_values,
        }
    }
}
