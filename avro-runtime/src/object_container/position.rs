//! Places in a file: for readers of parts, and for going back.

use super::error::Error;
use super::object::Object;
use super::reader::Reader;
use super::source::{SeekSource, Source};
use super::sync;

impl<T: Object, S: Source> Reader<T, S> {
    /// Where the block of the next object begins, in bytes; at the end of the file, its length.
    /// [`seek`](Self::seek) comes back to it.
    pub fn block_position(&self) -> u64 {
        if self.left > 0 || self.failure.is_some() {
            self.blocks.position()
        } else {
            self.blocks.following()
        }
    }

    /// Whether the next object belongs to a part of the file that begins at this position or later.
    ///
    /// A file is split at any positions: the reader of the part from `start` to `end` calls
    /// [`sync`](Self::sync) with `start`, then reads until it is past `end`. The readers of all parts
    /// then read each object once.
    pub fn past_sync(&self, position: u64) -> bool {
        self.block_position() >= position.saturating_add(sync::LEN as u64)
    }
}

impl<T: Object, S: SeekSource> Reader<T, S> {
    /// Goes to the first block behind a sync marker that begins at this position or later; to the
    /// end of the file if there is none. What the reader had stopped at is forgotten.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn sync(&mut self, position: u64) -> Result<(), Error> {
        // The header ends in the first marker, and may hold something like it before.
        let first = self.header.len() - sync::LEN as u64;
        self.forget();
        let moved = self.blocks.sync(position.max(first));
        moved.map_err(|error| self.fail(error, None))
    }

    /// Goes to the block that begins at this position, which [`block_position`](Self::block_position)
    /// or [`Writer::end_block`](super::Writer::end_block) gave. What the reader had stopped at is
    /// forgotten.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn seek(&mut self, position: u64) -> Result<(), Error> {
        self.forget();
        let moved = self.blocks.seek(position.max(self.header.len()));
        moved.map_err(|error| self.fail(error, None))
    }
}
