//! What a hostile file may cost.

use avro_runtime::Limits;
use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::object_container::{
    Codec, Error, ErrorKind, FileLimit, FileLimits, Reader, ReaderSettings, WriterSettings,
};

use crate::shared::com::acme::Item;
use crate::{MARKER, block_starts, file, items, settings};

fn first_error(file: &[u8], limits: FileLimits) -> Option<Error> {
    let of_stream = ReaderSettings::new().limits(limits).open::<Item, _>(file);
    let of_bytes = ReaderSettings::new()
        .limits(limits)
        .open_bytes::<Item, _>(file);
    let of_stream = match of_stream {
        Ok(mut reader) => reader.find_map(Result::err),
        Err(error) => Some(error),
    };
    let of_bytes = match of_bytes {
        Ok(mut reader) => reader.find_map(Result::err),
        Err(error) => Some(error),
    };
    let shown = |error: &Option<Error>| error.as_ref().map(ToString::to_string);
    assert_eq!(shown(&of_stream), shown(&of_bytes));
    of_bytes
}

fn crosses(file: &[u8], limits: FileLimits, limit: FileLimit) -> bool {
    first_error(file, limits)
        .is_some_and(|error| matches!(error.kind(), ErrorKind::LimitExceeded(it) if *it == limit))
}

#[test]
fn a_decompression_bomb_does_not_go_off() {
    let zeros = Item {
        sku: "\0".repeat(2 << 20),
        quantity: 0,
    };
    for codec in Codec::ALL {
        if *codec == Codec::Null {
            continue;
        }
        let file = file(std::slice::from_ref(&zeros), settings(*codec));
        assert!(file.len() < 1 << 17, "{}", codec.name());
        assert!(first_error(&file, FileLimits::default()).is_none());
        for data in [0, 1, 1 << 10, 1 << 20, (2 << 20) - 1] {
            let limits = FileLimits {
                data,
                ..FileLimits::default()
            };
            assert!(crosses(&file, limits, FileLimit::Data), "{}", codec.name());
        }
    }
}

/// What a block claims costs nothing before the bytes are there.
#[test]
fn a_huge_block_is_not_believed() {
    let header = file(&[], settings(Codec::Null));
    let huge = |size: u64| {
        let mut bytes = header.clone();
        bytes.push(2);
        let mut zigzag = size << 1;
        while zigzag >= 0x80 {
            bytes.push(zigzag as u8 | 0x80);
            zigzag >>= 7;
        }
        bytes.push(zigzag as u8);
        bytes
    };
    let limits = FileLimits::default();
    let most = limits.block as u64;
    assert!(crosses(&huge(most + 1), limits, FileLimit::Block));
    assert!(crosses(&huge(i64::MAX as u64), limits, FileLimit::Block));
    let error = first_error(&huge(most), limits).unwrap();
    assert!(matches!(error.kind(), ErrorKind::Truncated { .. }));
    let error = first_error(&huge(1 << 50), FileLimits::TRUSTED).unwrap();
    let ErrorKind::Truncated { missing } = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(*missing, (1 << 50) + 16);
}

#[test]
fn a_snappy_block_cannot_claim_more_than_it_can_hold() {
    let whole = file(&items(1), settings(Codec::Snappy));
    let start = block_starts(&whole)[0];
    // Its length, 128 MiB, in the first bytes of the block.
    let block = b"\x80\x80\x80\x40\x00\x00\x00\x00\x00";
    let head = [2, block.len() as u8 * 2];
    let forged = [&whole[..start], &head, block, &MARKER].concat();
    let error = first_error(&forged, FileLimits::default()).unwrap();
    assert!(matches!(error.kind(), ErrorKind::Decompress(_)), "{error}");
}

#[test]
fn the_header_is_bounded() {
    let mut settings = settings(Codec::Null);
    for number in 0..50 {
        settings = settings.metadata(format!("key {number}"), vec![0; 100]);
    }
    let file = file(&items(1), settings);
    let len = block_starts(&file)[0];
    let with_header = |header| FileLimits {
        header,
        ..FileLimits::default()
    };
    assert!(first_error(&file, with_header(len)).is_none());
    for header in [4, 100, len - 1] {
        assert!(crosses(&file, with_header(header), FileLimit::Header));
    }
    let with_entries = |metadata| FileLimits {
        metadata,
        ..FileLimits::default()
    };
    assert!(first_error(&file, with_entries(52)).is_none());
    assert!(crosses(&file, with_entries(51), FileLimit::Metadata));
}

#[test]
fn objects_without_bytes_are_counted() {
    let schema = Schema::new(r#""null""#).unwrap();
    let null = Value::from_json(&schema, "null").unwrap();
    for codec in Codec::ALL {
        let settings = WriterSettings::new().codec(*codec);
        let mut writer = settings.create_as(Vec::new(), r#""null""#).unwrap();
        for _ in 0..4 {
            for _ in 0..250 {
                writer.write(&null).unwrap();
            }
            writer.end_block().unwrap();
        }
        let file = writer.finish().unwrap();
        let read = |empty_values| {
            let limits = FileLimits {
                empty_values,
                ..FileLimits::default()
            };
            let settings = ReaderSettings::new().limits(limits);
            let reader = settings.open_bytes::<Value, _>(&file).unwrap();
            reader.take_while(Result::is_ok).count()
        };
        assert_eq!(read(1_000), 1_000);
        assert_eq!(read(999), 750);
        assert_eq!(read(0), 0);
    }
}

#[test]
fn each_object_has_limits_of_its_own() {
    let file = file(&items(100), settings(Codec::Null));
    let with_length = |length| FileLimits {
        object: Limits {
            length,
            ..Limits::default()
        },
        ..FileLimits::default()
    };
    assert!(first_error(&file, with_length(20)).is_none());
    let error = first_error(&file, with_length(15)).unwrap();
    assert!(matches!(error.kind(), ErrorKind::Datum { .. }), "{error}");
    assert!(error.to_string().contains("the limit on length"), "{error}");
}

#[test]
fn an_error_is_small_and_crosses_threads() {
    fn crosses<T: Send + Sync + Clone + 'static>() {}
    crosses::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    fn can_move<T: Send>(_: &T) {}
    can_move(&Reader::<Item, _>::from_bytes(file(&[], settings(Codec::Null))).unwrap());
}
