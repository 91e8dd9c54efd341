//! "xz", by lzma-rust2.

use std::io::Write as _;

use lzma_rust2::{XzOptions, XzReader, XzWriter};

use super::{failed, read_all};
use crate::object_container::error::ErrorKind;

/// The memory for a dictionary that is lent in any case, in KiB: that of level 9, and what goes
/// with it.
const MEMORY: usize = (64 << 10) + 1024;

/// The shortest dictionary that the format has, in bytes.
const LEAST_DICTIONARY: u32 = 4 << 10;

pub(in crate::object_container) struct Compress(u32);

impl Compress {
    pub(super) fn new(level: u32) -> Self {
        Self(level)
    }

    pub(super) fn compress(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), ErrorKind> {
        let mut options = XzOptions::with_preset(self.0);
        // A dictionary beyond the data finds nothing more. To make an encoder takes time in proportion
        // to it, most of the time that a short block takes.
        let enough = u32::try_from(data.len()).unwrap_or(u32::MAX / 2);
        let dictionary = &mut options.lzma_options.dict_size;
        *dictionary = enough
            .next_power_of_two()
            .clamp(LEAST_DICTIONARY, *dictionary);
        let mut writer = XzWriter::new(out, options).map_err(failed)?;
        writer.write_all(data).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(())
    }
}

pub(super) fn decompress(block: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), ErrorKind> {
    let memory = u32::try_from(MEMORY.max(limit / 1024)).unwrap_or(u32::MAX);
    read_all(XzReader::new_mem_limit(block, true, memory), out, limit)
}
