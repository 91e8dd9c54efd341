//! Objects → a file.

use std::collections::BTreeMap;
use std::io::Write;

use super::codec::{Codec, Compressor};
use super::error::{Error, ErrorKind};
use super::header::{Header, RESERVED};
use super::object::Object;
use super::sync::{self, Marker};
use crate::{AvroSchema, Limits};

/// The size that the data of a block reach unless set otherwise, before they are compressed: that
/// of Java's writer.
pub(super) const BLOCK_SIZE: usize = 64_000;

/// The room before a block's data for its numbers of objects and bytes, so that a block is written
/// by one call.
const HEAD: usize = 20;

/// How a file is written.
///
/// ```no_run
/// # use avro_runtime::object_container::{Codec, Error, WriterSettings};
/// # fn f<T: avro_runtime::AvroSchema>(value: &T) -> Result<(), Error> {
/// let file = std::fs::File::create("events.avro")?;
/// let settings = WriterSettings::new().codec(Codec::Null).metadata("source", "checkout");
/// let mut writer = settings.create::<T, _>(file)?;
/// writer.write(value)?;
/// writer.finish()?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct WriterSettings {
    pub(super) codec: Option<Codec>,
    pub(super) block_size: usize,
    pub(super) metadata: BTreeMap<String, Vec<u8>>,
    pub(super) sync_marker: Option<Marker>,
    pub(super) limits: Limits,
}

/// Writes objects to a file, block by block.
///
/// [`finish`](Self::finish) writes the last block and gives the file back. A writer that is dropped
/// instead writes it too, but nobody learns whether that succeeded.
pub struct Writer<T: Object, W: Write> {
    /// There until the writer is finished.
    file: Option<W>,
    encoder: T::Encoder,
    compressor: Compressor,
    settings: WriterSettings,
    sync_marker: Marker,
    /// Room for a block's head, then the data of the block at hand.
    block: Vec<u8>,
    objects: u64,
    /// The same of a block compressed.
    compressed: Vec<u8>,
    /// The length of the file so far.
    position: u64,
    failure: Option<Error>,
}

impl Default for WriterSettings {
    fn default() -> Self {
        Self {
            codec: None,
            block_size: BLOCK_SIZE,
            metadata: BTreeMap::new(),
            sync_marker: None,
            limits: Limits::default(),
        }
    }
}

impl WriterSettings {
    /// No compression, blocks of 64,000 bytes, no metadata.
    pub fn new() -> Self {
        Self::default()
    }

    /// How blocks are compressed; not at all unless set.
    pub fn codec(mut self, codec: Codec) -> Self {
        self.codec = Some(codec);
        self
    }

    /// A block is written as soon as its data have this many bytes, before they are compressed.
    /// Default: 64,000. Larger blocks compress better; a reader holds one of them in memory.
    pub fn block_size(mut self, bytes: usize) -> Self {
        self.block_size = bytes;
        self
    }

    /// Metadata for the file's header. Keys that begin with "avro." are reserved: with one of them,
    /// no file is created.
    pub fn metadata(mut self, key: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.metadata.insert(key.into(), value.into());
        self
    }

    /// The sync marker, for tests: equal markers make equal files. It is random unless set.
    pub fn sync_marker(mut self, marker: [u8; 16]) -> Self {
        self.sync_marker = Some(marker);
        self
    }

    /// How deep objects may be; the other limits are those of readers alone.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Begins a file for values of a generated type. A block is written by one call, so that the
    /// file needs no buffer around it.
    ///
    /// # Errors
    /// The header cannot be written; a reserved key, or a level that the codec does not have.
    pub fn create<T: AvroSchema, W: Write>(self, file: W) -> Result<Writer<T, W>, Error> {
        self.create_with(file, T::SCHEMA, ())
    }

    /// Begins a file for values of this schema, whose text is put into the header as it is.
    ///
    /// # Errors
    /// Those of [`create`](Self::create), and a text that is no valid schema.
    #[cfg(feature = "json")]
    pub fn create_as<W: Write>(
        self,
        file: W,
        schema: &str,
    ) -> Result<Writer<crate::dynamic::Value, W>, Error> {
        let encoder = super::object::linked_values(schema).map_err(ErrorKind::Schema)?;
        self.create_with(file, schema, encoder)
    }

    fn create_with<T: Object, W: Write>(
        self,
        mut file: W,
        schema: &str,
        encoder: T::Encoder,
    ) -> Result<Writer<T, W>, Error> {
        if let Some(key) = self.metadata.keys().find(|key| key.starts_with(RESERVED)) {
            return Err(ErrorKind::ReservedKey(key.as_str().into()).into());
        }
        let codec = self.codec.unwrap_or_default();
        let compressor = codec.compressor()?;
        let marker = self.sync_marker.unwrap_or_else(sync::random);
        let header = Header::write(schema, codec.name(), &self.metadata, &marker);
        file.write_all(&header)?;
        let written = header.len() as u64;
        Ok(Writer::at(file, encoder, compressor, self, marker, written))
    }
}

impl<T: AvroSchema, W: Write> Writer<T, W> {
    /// Begins a file with the default settings; see [`WriterSettings::create`].
    ///
    /// # Errors
    /// The header cannot be written.
    pub fn new(file: W) -> Result<Self, Error> {
        WriterSettings::new().create(file)
    }
}

impl<T: Object, W: Write> Writer<T, W> {
    /// A writer that goes on at this position, where the file stands.
    pub(super) fn at(
        file: W,
        encoder: T::Encoder,
        compressor: Compressor,
        settings: WriterSettings,
        sync_marker: Marker,
        position: u64,
    ) -> Self {
        Self {
            file: Some(file),
            encoder,
            compressor,
            settings,
            sync_marker,
            block: vec![0; HEAD],
            objects: 0,
            compressed: Vec::new(),
            position,
            failure: None,
        }
    }

    /// Adds a value to the block at hand, and writes the block if it is full. After a value that
    /// cannot be written the writer goes on as if it had not been given.
    ///
    /// # Errors
    /// A value that its schema does not have, or a file that cannot be written; what cannot be
    /// written once, cannot be written any more.
    #[inline]
    pub fn write(&mut self, value: &T) -> Result<(), Error> {
        if let Some(error) = &self.failure {
            return Err(error.clone());
        }
        value.write(&self.encoder, &mut self.block, self.settings.limits)?;
        self.objects += 1;
        if self.block.len() - HEAD >= self.settings.block_size {
            self.end_block()?;
        }
        Ok(())
    }

    /// Writes the block at hand, if it has objects, and tells how long the file now is: where the
    /// next block begins.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn end_block(&mut self) -> Result<u64, Error> {
        if let Some(error) = &self.failure {
            return Err(error.clone());
        }
        if self.objects > 0
            && let Err(kind) = self.write_block()
        {
            let error = Error::from(kind);
            self.failure = Some(error.clone());
            return Err(error);
        }
        Ok(self.position)
    }

    /// Writes the block at hand, and whatever the file itself buffers.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.end_block()?;
        if let Some(file) = &mut self.file {
            file.flush()?;
        }
        Ok(())
    }

    /// Writes the last block and gives the file back.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self) -> Result<W, Error> {
        self.flush()?;
        let gone = || std::io::Error::other("the file is gone");
        Ok(self.file.take().ok_or_else(gone)?)
    }

    /// The sync marker of the file.
    #[must_use]
    pub fn sync_marker(&self) -> [u8; 16] {
        self.sync_marker
    }

    fn write_block(&mut self) -> Result<(), ErrorKind> {
        let objects = core::mem::take(&mut self.objects);
        let whole = if self.compressor.is_null() {
            &mut self.block
        } else {
            self.compressed.clear();
            self.compressed.resize(HEAD, 0);
            let data = &self.block[HEAD..];
            self.compressor.compress(data, &mut self.compressed)?;
            self.block.truncate(HEAD);
            &mut self.compressed
        };
        let start = put_head(whole, objects);
        whole.extend_from_slice(&self.sync_marker);
        let written = whole.len() - start;
        if let Some(file) = &mut self.file {
            file.write_all(&whole[start..])?;
        }
        whole.truncate(HEAD);
        self.position += written as u64;
        Ok(())
    }
}

/// Puts a block's numbers of objects and of bytes right before its data; where they begin.
fn put_head(whole: &mut [u8], objects: u64) -> usize {
    let mut head = Vec::with_capacity(HEAD);
    let mut w = crate::Writer::new(&mut head, HEAD);
    w.long(objects as i64);
    w.index(whole.len() - HEAD);
    w.finish();
    let start = HEAD - head.len();
    whole[start..HEAD].copy_from_slice(&head);
    start
}

/// Writes the last block, but for one that a panic may have cut short.
impl<T: Object, W: Write> Drop for Writer<T, W> {
    fn drop(&mut self) {
        if self.file.is_some() && !std::thread::panicking() {
            // Nobody is left to be told: that is what `finish` is for.
            let _ = self.flush();
        }
    }
}

impl<T: Object, W: Write> core::fmt::Debug for Writer<T, W> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Writer")
            .field("settings", &self.settings)
            .field("objects", &self.objects)
            .field("position", &self.position)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}
