//! "deflate": RFC 1951 without a header, by zlib-rs.

use flate2::{Compression, FlushCompress, FlushDecompress, Status};

use super::{damaged, failed, too_long};
use crate::object_container::error::ErrorKind;

/// The room that is made at first, and doubled from there on.
const ROOM: usize = 16 << 10;

/// What may stand behind the compressed data: Python's writers cut zlib's header off and leave of
/// its checksum, which has four bytes, all but the last.
const MOST_BEHIND: usize = 4;

pub(in crate::object_container) struct Compress(flate2::Compress);

pub(in crate::object_container) struct Decompress(flate2::Decompress);

impl Compress {
    pub(super) fn new(level: u32) -> Self {
        Self(flate2::Compress::new(Compression::new(level), false))
    }

    pub(super) fn compress(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), ErrorKind> {
        self.0.reset();
        out.reserve(data.len() / 2 + ROOM);
        loop {
            let rest = rest(data, self.0.total_in());
            let status = self.0.compress_vec(rest, out, FlushCompress::Finish);
            match status.map_err(failed)? {
                Status::StreamEnd => return Ok(()),
                Status::Ok | Status::BufError => out.reserve(out.len().max(ROOM)),
            }
        }
    }
}

impl Decompress {
    pub(super) fn new() -> Self {
        Self(flate2::Decompress::new(false))
    }

    pub(super) fn decompress(
        &mut self,
        block: &[u8],
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), ErrorKind> {
        self.0.reset(false);
        loop {
            let before = (self.0.total_in(), self.0.total_out());
            if out.len() == out.capacity() {
                if out.len() > limit {
                    return Err(too_long());
                }
                out.reserve(out.len().max(ROOM));
            }
            let rest = rest(block, self.0.total_in());
            let status = self.0.decompress_vec(rest, out, FlushDecompress::None);
            match status.map_err(damaged)? {
                Status::StreamEnd => break,
                // With room for more, nothing moves where there is no more.
                Status::Ok | Status::BufError
                    if (self.0.total_in(), self.0.total_out()) == before =>
                {
                    return Err(damaged("it ends too early"));
                }
                Status::Ok | Status::BufError => {}
            }
        }
        match rest(block, self.0.total_in()).len() {
            0..=MOST_BEHIND => Ok(()),
            behind => Err(damaged(format_args!("{behind} bytes stand behind its end"))),
        }
    }
}

/// What is left behind so many bytes.
fn rest(data: &[u8], taken: u64) -> &[u8] {
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    data.get(taken..).unwrap_or_default()
}
