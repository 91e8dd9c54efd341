//! What the codecs' own libraries take for the blocks of a file, called as plainly as can be.

use std::io::{Read, Write};

use avro_runtime::object_container::Codec;

/// Compresses each block; the length of all.
pub fn compress(codec: Codec, blocks: &[Vec<u8>]) -> usize {
    blocks.iter().map(|block| one(codec, block).len()).sum()
}

/// One block compressed.
pub fn one(codec: Codec, block: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(block.len());
    match codec {
        Codec::Deflate { level } => {
            let level = flate2::Compression::new(level);
            let mut encoder = flate2::write::DeflateEncoder::new(out, level);
            encoder.write_all(block).expect("a vector grows");
            out = encoder.finish().expect("a vector grows");
        }
        Codec::Snappy => {
            out = snap::raw::Encoder::new()
                .compress_vec(block)
                .expect("short");
            let checksum = crc32fast::hash(block);
            out.extend_from_slice(&checksum.to_be_bytes());
        }
        Codec::Bzip2 { level } => {
            let level = bzip2::Compression::new(level);
            let mut encoder = bzip2::bufread::BzEncoder::new(block, level);
            encoder.read_to_end(&mut out).expect("a slice");
        }
        Codec::Xz { level } => {
            let options = lzma_rust2::XzOptions::with_preset(level);
            let mut writer = lzma_rust2::XzWriter::new(out, options).expect("a level");
            writer.write_all(block).expect("a vector grows");
            out = writer.finish().expect("a vector grows");
        }
        Codec::Zstandard { level } => {
            out = zstd::bulk::compress(block, level).expect("a level");
        }
        _ => out.extend_from_slice(block),
    }
    out
}

/// Decompresses each block; the length of all.
pub fn decompress(codec: Codec, blocks: &[Vec<u8>]) -> usize {
    let mut out = Vec::new();
    let mut len = 0;
    for block in blocks {
        out.clear();
        match codec {
            Codec::Deflate { .. } => {
                let mut decoder = flate2::bufread::DeflateDecoder::new(block.as_slice());
                decoder.read_to_end(&mut out).expect("compressed");
            }
            Codec::Snappy => {
                let (block, _) = block.split_at(block.len() - 4);
                out = snap::raw::Decoder::new()
                    .decompress_vec(block)
                    .expect("compressed");
                std::hint::black_box(crc32fast::hash(&out));
            }
            Codec::Bzip2 { .. } => {
                let mut decoder = bzip2::bufread::BzDecoder::new(block.as_slice());
                decoder.read_to_end(&mut out).expect("compressed");
            }
            Codec::Xz { .. } => {
                let mut reader = lzma_rust2::XzReader::new(block.as_slice(), true);
                reader.read_to_end(&mut out).expect("compressed");
            }
            Codec::Zstandard { .. } => {
                let mut decoder =
                    zstd::stream::read::Decoder::with_buffer(block.as_slice()).expect("a decoder");
                decoder.read_to_end(&mut out).expect("compressed");
            }
            _ => out.extend_from_slice(block),
        }
        len += out.len();
    }
    len
}
