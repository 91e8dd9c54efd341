//! Object container files: exact bytes, every codec, damage, limits, threads.

mod append;
mod bytes;
mod codecs;
mod damage;
mod limits;
mod parallel;
mod positions;
mod values;
mod whole_file;
mod writing;

/// The types that the tests of several crates share.
#[path = "../../../tests/shared/generated/mod.rs"]
pub mod shared;

use avro_runtime::object_container::{Codec, Reader, WriterSettings};
use shared::com::acme::Item;

/// The sync marker of the tests' files.
const MARKER: [u8; 16] = *b"0123456789abcdef";

/// An object whose datum has a length that depends on its number.
fn item(number: usize) -> Item {
    Item {
        sku: format!("sku-{number}-{}", "x".repeat(number % 13)),
        quantity: number as i32,
    }
}

fn items(count: usize) -> Vec<Item> {
    (0..count).map(item).collect()
}

/// Small blocks: some five items each.
fn settings(codec: Codec) -> WriterSettings {
    WriterSettings::new()
        .codec(codec)
        .block_size(64)
        .sync_marker(MARKER)
}

/// A file of these items.
fn file(items: &[Item], settings: WriterSettings) -> Vec<u8> {
    let mut writer = settings.create::<Item, _>(Vec::new()).unwrap();
    for item in items {
        writer.write(item).unwrap();
    }
    writer.finish().unwrap()
}

/// Where each block of a file begins, and where the file ends.
fn block_starts(file: &[u8]) -> Vec<usize> {
    let mut reader = Reader::<Item, _>::from_bytes(file).unwrap();
    let mut starts = vec![reader.block_position() as usize];
    while reader.skip_block().unwrap().is_some() {
        starts.push(reader.block_position() as usize);
    }
    starts
}
