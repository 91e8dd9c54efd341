//! "snappy": its raw format, then the CRC-32 of the data with the highest byte first.

use super::{damaged, failed, too_long};
use crate::object_container::error::ErrorKind;

/// The length of the checksum.
const CHECKSUM: usize = 4;

pub(in crate::object_container) struct Compress(snap::raw::Encoder);

pub(in crate::object_container) struct Decompress(snap::raw::Decoder);

impl Compress {
    pub(super) fn new() -> Self {
        Self(snap::raw::Encoder::new())
    }

    pub(super) fn compress(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), ErrorKind> {
        let start = out.len();
        out.resize(start + snap::raw::max_compress_len(data.len()), 0);
        let written = self.0.compress(data, &mut out[start..]).map_err(failed)?;
        out.truncate(start + written);
        out.extend_from_slice(&crc32fast::hash(data).to_be_bytes());
        Ok(())
    }
}

impl Decompress {
    pub(super) fn new() -> Self {
        Self(snap::raw::Decoder::new())
    }

    pub(super) fn decompress(
        &mut self,
        block: &[u8],
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), ErrorKind> {
        let (block, checksum) = block
            .split_last_chunk::<CHECKSUM>()
            .ok_or_else(|| damaged("it has no checksum"))?;
        let len = snap::raw::decompress_len(block).map_err(damaged)?;
        if len > limit {
            return Err(too_long());
        }
        // A byte of input stands for 64 of output at most.
        if len / 64 > block.len() {
            return Err(damaged("it is too short for the length that it claims"));
        }
        out.resize(len, 0);
        let written = self.0.decompress(block, out).map_err(damaged)?;
        out.truncate(written);
        if crc32fast::hash(out) != u32::from_be_bytes(*checksum) {
            return Err(ErrorKind::Checksum);
        }
        Ok(())
    }
}
