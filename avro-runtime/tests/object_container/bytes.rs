//! The exact bytes of small files.

use avro_runtime::AvroSchema;
use avro_runtime::object_container::{Codec, Reader, WriterSettings};

use crate::shared::com::acme::Item;
use crate::{MARKER, file, items};

/// A number as Avro writes it, if it is small enough for two bytes.
fn number(n: usize) -> Vec<u8> {
    let zigzag = n * 2;
    if zigzag < 0x80 {
        vec![zigzag as u8]
    } else {
        vec![zigzag as u8 | 0x80, (zigzag >> 7) as u8]
    }
}

fn text(text: &str) -> Vec<u8> {
    [number(text.len()), text.as_bytes().to_vec()].concat()
}

fn header(codec: &str, metadata: &[(&str, &str)]) -> Vec<u8> {
    let mut entries = vec![("avro.codec", codec), ("avro.schema", Item::SCHEMA)];
    entries.extend(metadata);
    let mut out = b"Obj\x01".to_vec();
    out.extend(number(entries.len()));
    for (key, value) in entries {
        out.extend([text(key), text(value)].concat());
    }
    out.push(0);
    out.extend(MARKER);
    out
}

fn of_two(settings: WriterSettings) -> Vec<u8> {
    let two = [("a", 1), ("bc", -1)].map(|(sku, quantity)| Item {
        sku: sku.to_owned(),
        quantity,
    });
    file(&two, settings.sync_marker(MARKER))
}

#[test]
fn a_file_is_a_header_and_blocks_between_markers() {
    let data = b"\x02a\x02\x04bc\x01";
    let block = [&b"\x04\x0e"[..], data, &MARKER].concat();
    let expected = [header("null", &[]), block].concat();
    assert_eq!(of_two(WriterSettings::new()), expected);
}

#[test]
fn every_value_can_be_a_block_of_its_own() {
    let blocks = [
        &b"\x02\x06\x02a\x02"[..],
        &MARKER,
        b"\x02\x08\x04bc\x01",
        &MARKER,
    ];
    let expected = [header("null", &[]), blocks.concat()].concat();
    assert_eq!(of_two(WriterSettings::new().block_size(0)), expected);
}

#[test]
fn snappy_has_the_checksum_of_the_data_behind_it() {
    // A literal of seven bytes, then the CRC-32 of them, the highest byte first.
    let data = b"\x02a\x02\x04bc\x01";
    let compressed = [&b"\x07\x18"[..], data, &0x4e7d_c123_u32.to_be_bytes()].concat();
    let block = [&b"\x04\x1a"[..], &compressed, &MARKER].concat();
    let expected = [header("snappy", &[]), block].concat();
    let settings = WriterSettings::new().codec(Codec::Snappy);
    assert_eq!(of_two(settings), expected);
}

#[test]
fn deflate_has_neither_header_nor_checksum() {
    // One stored block: final, its length, the complement of its length.
    let data = b"\x02a\x02\x04bc\x01";
    let compressed = [&b"\x01\x07\x00\xf8\xff"[..], data].concat();
    let block = [&b"\x04\x18"[..], &compressed, &MARKER].concat();
    let expected = [header("deflate", &[]), block].concat();
    let settings = WriterSettings::new().codec(Codec::Deflate { level: 0 });
    assert_eq!(of_two(settings), expected);
}

#[test]
fn metadata_stand_in_the_header_in_the_order_of_their_keys() {
    let settings = WriterSettings::new()
        .metadata("z", "last")
        .metadata("k", vec![0xFF, 0]);
    let file = of_two(settings);
    let reader = Reader::<Item, _>::from_bytes(&file).unwrap();
    let header = reader.header();
    assert_eq!(header.schema(), Item::SCHEMA);
    assert_eq!(header.codec(), b"null");
    assert_eq!(header.get("k"), Some(&[0xFF, 0][..]));
    assert_eq!(header.get("absent"), None);
    let keys: Vec<_> = header.metadata().map(|(key, _)| key).collect();
    assert_eq!(keys, ["avro.codec", "avro.schema", "k", "z"]);
    assert_eq!(header.sync_marker(), MARKER);
    assert_eq!(file[header.len() as usize - 16..][..16], MARKER);
}

#[test]
fn a_file_without_objects_is_a_header() {
    let empty = file(&[], WriterSettings::new().sync_marker(MARKER));
    assert_eq!(empty, header("null", &[]));
    let mut reader = Reader::<Item, _>::from_bytes(&empty).unwrap();
    assert_eq!(reader.read().unwrap(), None);
    assert_eq!(reader.read().unwrap(), None);
}

/// The metadata in blocks with and without their size, and without a codec: all as the
/// specification allows.
#[test]
fn headers_of_others_are_read() {
    let schema = [text("avro.schema"), text(Item::SCHEMA)].concat();
    let mut out = b"Obj\x01".to_vec();
    // A negative count, and the size of the block behind it.
    out.push(0x01);
    out.extend(number(schema.len()));
    out.extend(&schema);
    out.extend([number(1), text("k"), text("v")].concat());
    out.push(0);
    out.extend(MARKER);
    out.extend([&b"\x02\x06\x02a\x02"[..], &MARKER].concat());
    let mut reader = Reader::<Item, _>::from_bytes(&out).unwrap();
    assert_eq!(reader.header().codec(), b"null");
    assert_eq!(reader.header().get("k"), Some(&b"v"[..]));
    assert_eq!(reader.read().unwrap().unwrap().sku, "a");
    assert_eq!(reader.read().unwrap(), None);
}

/// Python's writers leave three bytes of zlib's checksum behind the data.
#[test]
fn deflate_with_a_rest_of_a_checksum_is_read() {
    let data = b"\x02a\x02\x04bc\x01";
    for (rest, is_read) in [(3, true), (4, true), (5, false)] {
        let compressed = [&b"\x01\x07\x00\xf8\xff"[..], data, &vec![9; rest]].concat();
        let head = [number(2), number(compressed.len())].concat();
        let file = [header("deflate", &[]), head, compressed, MARKER.to_vec()].concat();
        let read: Result<Vec<_>, _> = Reader::<Item, _>::from_bytes(&file).unwrap().collect();
        assert_eq!(read.is_ok(), is_read, "{rest}: {read:?}");
    }
}

#[test]
fn equal_objects_make_equal_files_and_markers_differ_otherwise() {
    let of = |settings: WriterSettings| file(&items(10), settings);
    let marked = || WriterSettings::new().sync_marker(MARKER);
    assert_eq!(of(marked()), of(marked()));
    assert_ne!(of(WriterSettings::new()), of(WriterSettings::new()));
}
