//! A file → its objects.

use core::iter::FusedIterator;
use std::io::Read;

use super::block::Block;
use super::blocks::{Blocks, Extent};
use super::budget::{Allowance, Budget};
use super::codec::{Codec, Decompressor};
use super::error::{Error, ErrorKind};
use super::header::Header;
use super::limits::FileLimits;
use super::object::Object;
use super::source::{Memory, Source, Stream};
use crate::{AvroSchema, Limits};

/// How files are opened to be read.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct ReaderSettings {
    pub(super) limits: FileLimits,
}

/// Reads the objects of a file as `T`: a generated type, or
/// [`dynamic::Value`](crate::dynamic::Value).
///
/// After an error every call gives the same error again, and as an iterator it ends, until
/// [`recover`](Self::recover) goes on with what can be saved.
pub struct Reader<T: Object, S> {
    pub(super) header: Header,
    pub(super) blocks: Blocks<S>,
    pub(super) decoder: T::Decoder,
    pub(super) decompressor: Decompressor,
    pub(super) budget: Budget,
    /// The data of the block at hand, where they are compressed in the file.
    data: Vec<u8>,
    /// The block at hand, how far its data are read, and how many objects are left.
    extent: Option<Extent>,
    at: usize,
    pub(super) left: u64,
    /// What the block at hand may cost, and each of its objects.
    allowance: Allowance,
    object_limits: Limits,
    pub(super) failure: Option<Failure>,
}

/// What a reader stopped at.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    /// The objects that are lost with the block, if the block itself is whole.
    pub(super) objects: Option<u64>,
}

impl ReaderSettings {
    /// The default limits, which hold for files of strangers.
    pub fn new() -> Self {
        Self::default()
    }

    /// What reading a file may cost.
    pub fn limits(mut self, limits: FileLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Opens a file that is read as it is needed; it needs no buffer around it.
    ///
    /// # Errors
    /// A file that cannot be read, that does not begin with a header of a container file, whose
    /// codec is unknown or not compiled in, or whose schema `T` cannot read.
    pub fn open<T: Object, R: Read>(self, file: R) -> Result<Reader<T, Stream<R>>, Error> {
        self.open_source(Stream::new(file), T::decoder)
    }

    /// Opens a file in memory: a slice, a vector, `Bytes`, a mapped file.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_bytes<T: Object, B: AsRef<[u8]>>(
        self,
        file: B,
    ) -> Result<Reader<T, Memory<B>>, Error> {
        self.open_source(Memory::new(file), T::decoder)
    }

    /// Opens a file whose data are read as another schema than its own.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    #[cfg(feature = "json")]
    pub fn open_as<R: Read>(
        self,
        file: R,
        schema: &crate::dynamic::Schema,
    ) -> Result<Reader<crate::dynamic::Value, Stream<R>>, Error> {
        use crate::dynamic::DynamicReader;

        self.open_source(Stream::new(file), |writer| {
            DynamicReader::new(schema, &super::object::linked_values(writer)?)
        })
    }

    /// Opens a source, and makes of the file's schema what reads its data.
    pub(super) fn open_source<T: Object, S: Source>(
        self,
        mut source: S,
        decoder: impl FnOnce(&str) -> Result<T::Decoder, crate::ResolveError>,
    ) -> Result<Reader<T, S>, Error> {
        let limits = self.limits;
        let header = Header::read(&mut source, &limits)?;
        let codec = Codec::named(header.codec())?;
        let decoder = decoder(header.schema()).map_err(ErrorKind::Schema)?;
        Ok(Reader {
            blocks: Blocks::new(source, header.sync_marker(), &limits),
            header,
            decoder,
            decompressor: codec.decompressor(),
            allowance: Allowance::of_object(limits.object),
            budget: Budget::new(limits),
            data: Vec::new(),
            extent: None,
            at: 0,
            left: 0,
            object_limits: limits.object,
            failure: None,
        })
    }
}

impl<T: Object, R: Read> Reader<T, Stream<R>> {
    /// Opens a file with the default limits; see [`ReaderSettings::open`].
    ///
    /// # Errors
    /// Those of [`ReaderSettings::open`].
    pub fn new(file: R) -> Result<Self, Error> {
        ReaderSettings::new().open(file)
    }
}

impl<T: Object, B: AsRef<[u8]>> Reader<T, Memory<B>> {
    /// Opens a file in memory with the default limits; see [`ReaderSettings::open_bytes`].
    ///
    /// # Errors
    /// Those of [`ReaderSettings::open`].
    pub fn from_bytes(file: B) -> Result<Self, Error> {
        ReaderSettings::new().open_bytes(file)
    }
}

impl<T: Object, S: Source> Reader<T, S> {
    /// What the file says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next object; none at the end of the file.
    ///
    /// # Errors
    /// A block that is damaged, or an object that `T` has no value for.
    #[inline(always)]
    pub fn read(&mut self) -> Result<Option<T>, Error> {
        if !self.is_at_object()? {
            return Ok(None);
        }
        // Read where it is handed over: a value that is moved is copied, and waited for.
        let mut object = Ok(Some(T::blank(&self.decoder)));
        if let Ok(Some(value)) = &mut object
            && let Err(error) = self.read_object(value)
        {
            object = Err(error);
        }
        object
    }

    /// Reads the next object over an older value, keeping its allocations where they can serve;
    /// false at the end of the file. On error the value is valid but unspecified.
    ///
    /// # Errors
    /// Those of [`read`](Self::read).
    #[inline(always)]
    pub fn read_into(&mut self, value: &mut T) -> Result<bool, Error> {
        if !self.is_at_object()? {
            return Ok(false);
        }
        self.read_object(value)?;
        Ok(true)
    }

    /// Passes over a block without decoding it, and tells how many objects it has: the rest of the
    /// block that is being read, else the next. None at the end of the file.
    ///
    /// Of the next block nothing is read but its length: whether it could be decoded shows only then.
    ///
    /// # Errors
    /// Those of [`read`](Self::read) that concern the block as a whole.
    pub fn skip_block(&mut self) -> Result<Option<u64>, Error> {
        if self.left > 0 {
            return Ok(Some(self.take_rest().0));
        }
        Ok(self.enter_next()?.map(|extent| extent.objects))
    }

    /// Whether there is an object in the block at hand or in one behind it.
    #[inline(always)]
    fn is_at_object(&mut self) -> Result<bool, Error> {
        if self.left > 0 {
            return Ok(true);
        }
        self.open_next()
    }

    /// Reads an object of the block at hand, which has one left.
    #[inline(always)]
    fn read_object(&mut self, value: &mut T) -> Result<(), Error> {
        let data = self.data().get(self.at..).unwrap_or_default();
        let mut r = crate::Reader::with_limits(data, self.object_limits);
        let read = value.read_over(&self.decoder, &mut r);
        let (limits, number) = (self.object_limits, || self.object());
        let counted = self.allowance.count(read, &r, limits, number);
        let bytes = r.position();
        if let Some(counted) = counted
            && let Err(kind) = self.budget.read(counted)
        {
            return Err(self.bad_object(kind));
        }
        self.at += bytes;
        self.left -= 1;
        Ok(())
    }

    /// Which object of the block at hand is next, counted from 0.
    #[cold]
    fn object(&self) -> u64 {
        let objects = self.extent.map_or(self.left, |extent| extent.objects);
        objects - self.left
    }

    /// The data of the block at hand.
    #[inline]
    fn data(&self) -> &[u8] {
        if self.decompressor.is_null() {
            self.blocks.bytes()
        } else {
            &self.data
        }
    }

    /// Opens the next block that has objects; false at the end of the file.
    #[cold]
    #[inline(never)]
    pub(super) fn open_next(&mut self) -> Result<bool, Error> {
        while let Some(extent) = self.enter_next()? {
            if let Err(kind) = self.decompress(&extent) {
                return Err(self.fail(extent.error(kind), Some(extent.objects)));
            }
            self.extent = Some(extent);
            self.left = extent.objects;
            if self.left > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn decompress(&mut self, extent: &Extent) -> Result<(), ErrorKind> {
        self.allowance = self.budget.hand_out(extent);
        let block = self.blocks.bytes();
        let (bytes, opened) = match self.decompressor.is_null() {
            true => (block.len(), Ok(())),
            false => {
                let decompressor = &mut self.decompressor;
                self.allowance
                    .decompress(decompressor, block, &mut self.data)
            }
        };
        self.budget.opened(extent, bytes, opened)?;
        self.object_limits = self.allowance.object(bytes);
        Ok(())
    }

    /// Leaves the block at hand, of which nothing may be left over, and finds the next.
    fn enter_next(&mut self) -> Result<Option<Extent>, Error> {
        if let Some(failure) = &self.failure {
            return Err(failure.error.clone());
        }
        if let Some(extent) = self.extent.take() {
            let left_over = self.data().len().saturating_sub(self.at);
            if left_over > 0 {
                let error = extent.error(ErrorKind::LeftOver(left_over));
                return Err(self.fail(error, Some(0)));
            }
        }
        self.at = 0;
        match self.blocks.next() {
            Ok(extent) => Ok(extent),
            Err(error) => Err(self.fail(error, None)),
        }
    }

    /// Takes what is left of the block at hand: the number of objects, and where their data begin.
    fn take_rest(&mut self) -> (u64, usize) {
        let rest = (self.left, self.at);
        self.left = 0;
        self.at = self.data().len();
        rest
    }

    #[cold]
    #[inline(never)]
    fn bad_object(&mut self, kind: ErrorKind) -> Error {
        let error = match self.extent {
            Some(extent) => extent.error(kind),
            None => kind.into(),
        };
        self.fail(error, Some(self.left))
    }

    /// Keeps the error until somebody recovers.
    #[cold]
    pub(super) fn fail(&mut self, error: Error, objects: Option<u64>) -> Error {
        (self.extent, self.left) = (None, 0);
        self.failure = Some(Failure {
            error: error.clone(),
            objects,
        });
        error
    }

    /// Forgets the block at hand and what was wrong with it: the blocks stand elsewhere now.
    pub(super) fn forget(&mut self) {
        (self.extent, self.at, self.left, self.failure) = (None, 0, 0, None);
    }
}

impl<T: AvroSchema, S: Source> Reader<T, S> {
    /// The rest of the block that is being read, else the next block, to be read without copying
    /// strings and bytes. None at the end of the file.
    ///
    /// # Errors
    /// Those of [`read`](Self::read) that concern the block as a whole.
    pub fn next_block(&mut self) -> Result<Option<Block<'_, T>>, Error> {
        if self.left == 0 && !self.open_next()? {
            return Ok(None);
        }
        let (left, at) = self.take_rest();
        let Some(extent) = self.extent else {
            return Ok(None);
        };
        let data = match self.decompressor.is_null() {
            true => self.blocks.bytes(),
            false => &self.data,
        };
        let data = data.get(at..).unwrap_or_default();
        let costs = (self.allowance, self.object_limits, &mut self.budget);
        Ok(Some(Block::new(data, left, extent, &self.decoder, costs)))
    }
}

/// Ends at the first error.
impl<T: Object, S: Source> Iterator for Reader<T, S> {
    type Item = Result<T, Error>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        // Only a reader that has no objects left can have failed.
        if self.left == 0 {
            if self.failure.is_some() {
                return None;
            }
            match self.open_next() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
        let mut object = Some(Ok(T::blank(&self.decoder)));
        if let Some(Ok(value)) = &mut object
            && let Err(error) = self.read_object(value)
        {
            object = Some(Err(error));
        }
        object
    }
}

impl<T: Object, S: Source> FusedIterator for Reader<T, S> {}

impl<T: Object, S> core::fmt::Debug for Reader<T, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Reader")
            .field("header", &self.header)
            .field("extent", &self.extent)
            .field("left", &self.left)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}
