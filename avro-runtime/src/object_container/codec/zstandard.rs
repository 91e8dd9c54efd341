//! "zstandard", by the reference implementation.

use core::ops::RangeInclusive;

use zstd::bulk::Compressor;
use zstd::stream::read::Decoder;

use super::{damaged, failed, read_all};
use crate::object_container::error::ErrorKind;

/// The levels that other implementations have too: far below 1 nothing is gained.
pub(super) const LEVELS: RangeInclusive<i32> = -50..=22;

pub(in crate::object_container) struct Compress {
    compressor: Compressor<'static>,
    /// What the compressor writes to, from the start on.
    compressed: Vec<u8>,
}

impl Compress {
    pub(super) fn new(level: i32) -> Result<Self, ErrorKind> {
        Ok(Self {
            compressor: Compressor::new(level).map_err(failed)?,
            compressed: Vec::new(),
        })
    }

    pub(super) fn compress(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), ErrorKind> {
        self.compressed.clear();
        self.compressed
            .reserve(zstd::zstd_safe::compress_bound(data.len()));
        self.compressor
            .compress_to_buffer(data, &mut self.compressed)
            .map_err(failed)?;
        out.extend_from_slice(&self.compressed);
        Ok(())
    }
}

/// Frames one behind another are one. A window beyond 128 MiB is refused by the library.
pub(super) fn decompress(block: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), ErrorKind> {
    let decoder = Decoder::with_buffer(block).map_err(damaged)?;
    read_all(decoder, out, limit)
}
