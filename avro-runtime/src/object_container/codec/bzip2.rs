//! "bzip2", by libbz2-rs.

use std::io::Read as _;

use super::{failed, read_all};
use crate::object_container::error::ErrorKind;

pub(in crate::object_container) struct Compress(bzip2::Compression);

impl Compress {
    pub(super) fn new(level: u32) -> Self {
        Self(bzip2::Compression::new(level))
    }

    pub(super) fn compress(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), ErrorKind> {
        let mut encoder = bzip2::bufread::BzEncoder::new(data, self.0);
        encoder.read_to_end(out).map_err(failed)?;
        Ok(())
    }
}

/// Streams one behind another, as parallel compressors write them, are one.
pub(super) fn decompress(block: &[u8], out: &mut Vec<u8>, limit: usize) -> Result<(), ErrorKind> {
    read_all(bzip2::bufread::MultiBzDecoder::new(block), out, limit)
}
