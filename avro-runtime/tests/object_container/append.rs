//! Going on with a file that is there.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use avro_runtime::AvroSchema;
use avro_runtime::object_container::{Codec, ErrorKind, Reader, WriterSettings};

use crate::shared::com::acme::{Item, Return};
use crate::{MARKER, block_starts, file, item, items, settings};

fn read(file: &[u8]) -> Vec<Item> {
    let reader = Reader::<Item, _>::from_bytes(file).unwrap();
    reader.map(Result::unwrap).collect()
}

#[test]
fn a_file_goes_on_as_if_it_had_never_ended() {
    for codec in Codec::ALL {
        let all = items(30);
        let mut cursor = Cursor::new(file(&all[..10], settings(*codec)));
        for part in [&all[10..10], &all[10..25], &all[25..]] {
            let mut writer = WriterSettings::new()
                .block_size(64)
                .append::<Item, _>(&mut cursor)
                .unwrap();
            assert_eq!(writer.sync_marker(), MARKER);
            for item in part {
                writer.write(item).unwrap();
            }
            writer.finish().unwrap();
        }
        let file = cursor.into_inner();
        assert_eq!(read(&file), all);
        let reader = Reader::<Item, _>::from_bytes(&file).unwrap();
        assert_eq!(reader.header().codec(), codec.name().as_bytes());
    }
}

#[test]
fn positions_count_from_the_beginning_of_the_file() {
    let mut cursor = Cursor::new(file(&items(10), settings(Codec::Null)));
    let before = cursor.get_ref().len() as u64;
    let settings = WriterSettings::new();
    let mut writer = settings.append::<Item, _>(&mut cursor).unwrap();
    assert_eq!(writer.end_block().unwrap(), before);
    writer.write(&item(10)).unwrap();
    let after = writer.end_block().unwrap();
    drop(writer);
    assert_eq!(cursor.get_ref().len() as u64, after);
    assert!(block_starts(cursor.get_ref()).contains(&(before as usize)));
}

#[test]
fn a_real_file_is_appended_to() {
    let mut path = std::env::temp_dir();
    path.push(format!("avro-runtime-append-{}.avro", std::process::id()));
    let open = || {
        let mut options = std::fs::File::options();
        options
            .read(true)
            .write(true)
            .create(true)
            .open(&path)
            .unwrap()
    };
    let mut writer = settings(Codec::Null).create::<Item, _>(open()).unwrap();
    writer.write(&item(0)).unwrap();
    writer.finish().unwrap();
    let mut writer = WriterSettings::new().append::<Item, _>(open()).unwrap();
    writer.write(&item(1)).unwrap();
    let mut file = writer.finish().unwrap();
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.read_to_end(&mut bytes).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(read(&bytes), items(2));
}

#[test]
fn the_level_may_be_another_and_the_codec_not() {
    let of = |codec| Cursor::new(file(&items(3), settings(codec)));
    let mut cursor = of(Codec::DEFLATE);
    let settings = WriterSettings::new().codec(Codec::Deflate { level: 9 });
    let mut writer = settings.append::<Item, _>(&mut cursor).unwrap();
    writer.write(&item(3)).unwrap();
    writer.finish().unwrap();
    assert_eq!(read(cursor.get_ref()), items(4));

    let refused = |settings: WriterSettings, what: &str| {
        let error = settings.append::<Item, _>(of(Codec::DEFLATE)).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::AlreadySet(it) if *it == what),
            "{error}"
        );
    };
    refused(WriterSettings::new().codec(Codec::Null), "codec");
    refused(WriterSettings::new().metadata("k", "v"), "metadata");
    refused(WriterSettings::new().sync_marker(MARKER), "sync marker");
}

#[test]
fn a_file_of_another_schema_is_not_touched() {
    let whole = file(&items(3), settings(Codec::Null));
    let mut cursor = Cursor::new(whole.clone());
    let error = WriterSettings::new()
        .append::<Return, _>(&mut cursor)
        .unwrap_err();
    let ErrorKind::OtherSchema { file, values } = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(&**file, Item::CANONICAL_FORM);
    assert_eq!(&**values, Return::CANONICAL_FORM);
    assert_eq!(cursor.into_inner(), whole);
}

#[test]
fn the_same_schema_in_another_text_will_do() {
    let text = Item::SCHEMA.replacen('{', "{\"doc\": \"of others\", ", 1);
    let mut writer = settings(Codec::Null).create_as(Vec::new(), &text).unwrap();
    writer.flush().unwrap();
    let mut cursor = Cursor::new(writer.finish().unwrap());
    let mut writer = WriterSettings::new()
        .append::<Item, _>(&mut cursor)
        .unwrap();
    writer.write(&item(0)).unwrap();
    writer.finish().unwrap();
    let reader = Reader::<Item, _>::from_bytes(cursor.get_ref()).unwrap();
    assert_eq!(reader.header().schema(), text);
    assert_eq!(read(cursor.get_ref()), items(1));
}

#[test]
fn a_file_that_ends_inside_a_block_is_refused() {
    let whole = file(&items(10), settings(Codec::Null));
    let starts = block_starts(&whole);
    for len in starts[0]..=whole.len() {
        let appended = WriterSettings::new().append::<Item, _>(Cursor::new(whole[..len].to_vec()));
        match appended {
            Ok(_) => assert!(starts.contains(&len), "{len}"),
            Err(error) => {
                assert!(!starts.contains(&len), "{len}: {error}");
                assert!(matches!(error.kind(), ErrorKind::Unfinished), "{error}");
            }
        }
    }
}

#[test]
fn an_empty_file_is_none_to_go_on_with() {
    let mut cursor = Cursor::new(Vec::new());
    let error = WriterSettings::new()
        .append::<Item, _>(&mut cursor)
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NotAContainer(None)));
    cursor.write_all(b"PAR1....").unwrap();
    let error = WriterSettings::new()
        .append::<Item, _>(&mut cursor)
        .unwrap_err();
    assert!(error.to_string().contains("50 41 52 31"), "{error}");
}
