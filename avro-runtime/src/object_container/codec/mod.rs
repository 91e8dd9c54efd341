//! Codecs: how the data of a block are compressed (specification 1.12, "Required Codecs",
//! "Optional Codecs").
//!
//! A file for each, all of one shape: `Compress` and `Decompress` keep what can serve block after
//! block, append to a buffer, and never let that grow beyond a limit.

#[cfg(feature = "bzip2")]
mod bzip2;
#[cfg(feature = "deflate")]
mod deflate;
#[cfg(feature = "snappy")]
mod snappy;
#[cfg(feature = "xz")]
mod xz;
#[cfg(feature = "zstandard")]
mod zstandard;

use super::error::ErrorKind;

/// Room for a block's data that is kept in any case, in bytes.
const MOST_ROOM: usize = 1 << 20;

/// How the data of a block are compressed.
///
/// All but [`Null`](Self::Null) are features of avro-runtime, each by its name in the specification.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Codec {
    /// Not at all.
    #[default]
    Null,
    /// "deflate", RFC 1951.
    #[cfg(feature = "deflate")]
    Deflate {
        /// From 0, which only copies, to 9, the smallest.
        level: u32,
    },
    /// "snappy", with a checksum.
    #[cfg(feature = "snappy")]
    Snappy,
    /// "bzip2".
    #[cfg(feature = "bzip2")]
    Bzip2 {
        /// From 1 to 9: hundreds of kilobytes that are sorted at once.
        level: u32,
    },
    /// "xz".
    #[cfg(feature = "xz")]
    Xz {
        /// From 0, the fastest, to 9, the smallest.
        level: u32,
    },
    /// "zstandard", RFC 8878.
    #[cfg(feature = "zstandard")]
    Zstandard {
        /// From 1, the fastest, to 22, the smallest; below 1 it gets faster still.
        level: i32,
    },
}

impl Codec {
    /// "deflate" at level 6.
    #[cfg(feature = "deflate")]
    pub const DEFLATE: Self = Self::Deflate { level: 6 };
    /// "bzip2" at level 9, as other implementations write it.
    #[cfg(feature = "bzip2")]
    pub const BZIP2: Self = Self::Bzip2 { level: 9 };
    /// "xz" at level 6.
    #[cfg(feature = "xz")]
    pub const XZ: Self = Self::Xz { level: 6 };
    /// "zstandard" at level 3.
    #[cfg(feature = "zstandard")]
    pub const ZSTANDARD: Self = Self::Zstandard { level: 3 };

    /// Every codec that is compiled in, at its default level.
    pub const ALL: &'static [Self] = &[
        Self::Null,
        #[cfg(feature = "deflate")]
        Self::DEFLATE,
        #[cfg(feature = "snappy")]
        Self::Snappy,
        #[cfg(feature = "bzip2")]
        Self::BZIP2,
        #[cfg(feature = "xz")]
        Self::XZ,
        #[cfg(feature = "zstandard")]
        Self::ZSTANDARD,
    ];

    /// The name in the specification.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            #[cfg(feature = "deflate")]
            Self::Deflate { .. } => "deflate",
            #[cfg(feature = "snappy")]
            Self::Snappy => "snappy",
            #[cfg(feature = "bzip2")]
            Self::Bzip2 { .. } => "bzip2",
            #[cfg(feature = "xz")]
            Self::Xz { .. } => "xz",
            #[cfg(feature = "zstandard")]
            Self::Zstandard { .. } => "zstandard",
        }
    }

    /// The codec of this name, at its default level.
    pub(super) fn named(name: &[u8]) -> Result<Self, ErrorKind> {
        if let Some(codec) = Self::ALL
            .iter()
            .find(|codec| codec.name().as_bytes() == name)
        {
            return Ok(*codec);
        }
        let known = ["deflate", "snappy", "bzip2", "xz", "zstandard"];
        Err(match known.iter().find(|known| known.as_bytes() == name) {
            Some(name) => ErrorKind::CodecNotCompiled(name),
            None => ErrorKind::UnknownCodec(String::from_utf8_lossy(name).into()),
        })
    }

    /// What compresses at this level.
    pub(super) fn compressor(self) -> Result<Compressor, ErrorKind> {
        Ok(match self {
            Self::Null => Compressor::Null,
            #[cfg(feature = "deflate")]
            Self::Deflate { level } => {
                self.check(level, 0..=9)?;
                Compressor::Deflate(deflate::Compress::new(level))
            }
            #[cfg(feature = "snappy")]
            Self::Snappy => Compressor::Snappy(Box::new(snappy::Compress::new())),
            #[cfg(feature = "bzip2")]
            Self::Bzip2 { level } => {
                self.check(level, 1..=9)?;
                Compressor::Bzip2(bzip2::Compress::new(level))
            }
            #[cfg(feature = "xz")]
            Self::Xz { level } => {
                self.check(level, 0..=9)?;
                Compressor::Xz(xz::Compress::new(level))
            }
            #[cfg(feature = "zstandard")]
            Self::Zstandard { level } => {
                self.check(level, zstandard::LEVELS)?;
                Compressor::Zstandard(zstandard::Compress::new(level)?)
            }
        })
    }

    /// What decompresses.
    pub(super) fn decompressor(self) -> Decompressor {
        match self {
            Self::Null => Decompressor::Null,
            #[cfg(feature = "deflate")]
            Self::Deflate { .. } => Decompressor::Deflate(deflate::Decompress::new()),
            #[cfg(feature = "snappy")]
            Self::Snappy => Decompressor::Snappy(snappy::Decompress::new()),
            #[cfg(feature = "bzip2")]
            Self::Bzip2 { .. } => Decompressor::Bzip2,
            #[cfg(feature = "xz")]
            Self::Xz { .. } => Decompressor::Xz,
            #[cfg(feature = "zstandard")]
            Self::Zstandard { .. } => Decompressor::Zstandard,
        }
    }

    #[cfg(any(
        feature = "bzip2",
        feature = "deflate",
        feature = "xz",
        feature = "zstandard"
    ))]
    fn check<N: Copy + Into<i64> + PartialOrd>(
        self,
        level: N,
        levels: core::ops::RangeInclusive<N>,
    ) -> Result<(), ErrorKind> {
        if levels.contains(&level) {
            return Ok(());
        }
        Err(ErrorKind::InvalidLevel {
            codec: self.name(),
            level: level.into(),
            least: (*levels.start()).into(),
            most: (*levels.end()).into(),
        })
    }
}

/// What compresses block after block.
pub(super) enum Compressor {
    Null,
    #[cfg(feature = "deflate")]
    Deflate(deflate::Compress),
    #[cfg(feature = "snappy")]
    Snappy(Box<snappy::Compress>),
    #[cfg(feature = "bzip2")]
    Bzip2(bzip2::Compress),
    #[cfg(feature = "xz")]
    Xz(xz::Compress),
    #[cfg(feature = "zstandard")]
    Zstandard(zstandard::Compress),
}

impl Compressor {
    /// Whether data stay as they are.
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Appends the data compressed.
    pub(super) fn compress(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), ErrorKind> {
        match self {
            Self::Null => out.extend_from_slice(data),
            #[cfg(feature = "deflate")]
            Self::Deflate(it) => it.compress(data, out)?,
            #[cfg(feature = "snappy")]
            Self::Snappy(it) => it.compress(data, out)?,
            #[cfg(feature = "bzip2")]
            Self::Bzip2(it) => it.compress(data, out)?,
            #[cfg(feature = "xz")]
            Self::Xz(it) => it.compress(data, out)?,
            #[cfg(feature = "zstandard")]
            Self::Zstandard(it) => it.compress(data, out)?,
        }
        Ok(())
    }
}

/// What decompresses block after block.
pub(super) enum Decompressor {
    Null,
    #[cfg(feature = "deflate")]
    Deflate(deflate::Decompress),
    #[cfg(feature = "snappy")]
    Snappy(snappy::Decompress),
    #[cfg(feature = "bzip2")]
    Bzip2,
    #[cfg(feature = "xz")]
    Xz,
    #[cfg(feature = "zstandard")]
    Zstandard,
}

impl Decompressor {
    /// Whether data stay as they are.
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Puts the decompressed data in the place of what is in `out`: at most so many bytes.
    pub(super) fn decompress(
        &mut self,
        block: &[u8],
        out: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), ErrorKind> {
        out.clear();
        // The room that a longer block left would be filled before anybody sees that this one is too
        // long.
        if out.capacity() / 2 > limit.max(MOST_ROOM) {
            *out = Vec::new();
        }
        let decompressed = match self {
            Self::Null => {
                out.extend_from_slice(block);
                Ok(())
            }
            #[cfg(feature = "deflate")]
            Self::Deflate(it) => it.decompress(block, out, limit),
            #[cfg(feature = "snappy")]
            Self::Snappy(it) => it.decompress(block, out, limit),
            #[cfg(feature = "bzip2")]
            Self::Bzip2 => bzip2::decompress(block, out, limit),
            #[cfg(feature = "xz")]
            Self::Xz => xz::decompress(block, out, limit),
            #[cfg(feature = "zstandard")]
            Self::Zstandard => zstandard::decompress(block, out, limit),
        };
        // Whatever is wrong behind the limit: how much room there was does not decide what is said.
        if out.len() > limit {
            return Err(too_long());
        }
        decompressed
    }
}

/// Data that are longer than the limit: a decompression bomb, or a limit that is too low.
#[cold]
fn too_long() -> ErrorKind {
    ErrorKind::LimitExceeded(super::error::FileLimit::Data)
}

/// What a codec's library says about a block that is damaged.
#[cfg(any(
    feature = "bzip2",
    feature = "deflate",
    feature = "snappy",
    feature = "xz",
    feature = "zstandard"
))]
#[cold]
fn damaged(why: impl core::fmt::Display) -> ErrorKind {
    ErrorKind::Decompress(why.to_string().into())
}

/// What a codec's library says about data that it cannot compress.
#[cfg(any(
    feature = "bzip2",
    feature = "deflate",
    feature = "snappy",
    feature = "xz",
    feature = "zstandard"
))]
#[cold]
fn failed(why: impl core::fmt::Display) -> ErrorKind {
    ErrorKind::Compress(why.to_string().into())
}

/// Reads what a decompressing reader gives, up to the limit.
#[cfg(any(feature = "bzip2", feature = "xz", feature = "zstandard"))]
fn read_all(decoder: impl std::io::Read, out: &mut Vec<u8>, limit: usize) -> Result<(), ErrorKind> {
    use std::io::Read as _;

    // One byte more shows that there is more.
    let mut bounded = decoder.take((limit as u64).saturating_add(1));
    match bounded.read_to_end(out) {
        Ok(_) if out.len() > limit => Err(too_long()),
        Ok(_) => Ok(()),
        Err(error) => Err(damaged(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However much room a longer block left behind.
    #[test]
    fn no_more_is_decompressed_than_the_limit_and_a_little() {
        const LONG: usize = 16 << 20;
        for codec in Codec::ALL {
            let mut bomb = Vec::new();
            let mut compressor = codec.compressor().unwrap();
            compressor.compress(&vec![0; LONG], &mut bomb).unwrap();
            let (mut decompressor, mut data) = (codec.decompressor(), Vec::new());
            decompressor.decompress(&bomb, &mut data, LONG).unwrap();
            assert_eq!(data, vec![0; LONG]);
            for limit in [0, 1_000, 1 << 20, LONG - 1] {
                if matches!(codec, Codec::Null) {
                    continue;
                }
                data.reserve(LONG);
                let read = decompressor.decompress(&bomb, &mut data, limit);
                assert!(
                    matches!(
                        read,
                        Err(ErrorKind::LimitExceeded(
                            super::super::error::FileLimit::Data
                        ))
                    ),
                    "{}: {read:?}",
                    codec.name()
                );
                let most = 2 * limit.max(MOST_ROOM) + 1;
                assert!(data.len() <= most, "{}: {}", codec.name(), data.len());
            }
        }
    }
}
