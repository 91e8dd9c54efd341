//! Container files of one value many times over.

use std::hint::black_box;

use avro_runtime::object_container::{Codec, Writer, WriterSettings};
use avro_runtime::{AvroSchema, Encode};

/// The objects of a file.
pub const OBJECTS: usize = 1_000;

/// The same marker for everybody, so that nobody has to make one.
pub const MARKER: [u8; 16] = *b"0123456789abcdef";

/// Writes the file of a value into a buffer, anew.
pub fn write<T: AvroSchema + Encode>(value: &T, codec: Codec, mut out: Vec<u8>) -> Vec<u8> {
    out.clear();
    let settings = WriterSettings::new().codec(codec).sync_marker(MARKER);
    let mut writer: Writer<T, _> = settings.create(out).expect("a vector grows");
    for _ in 0..OBJECTS {
        writer.write(black_box(value)).expect("a valid value");
    }
    writer.finish().expect("a vector grows")
}
