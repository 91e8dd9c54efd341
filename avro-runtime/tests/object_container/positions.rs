//! Parts of files, and places to come back to.

use std::io::Cursor;

use avro_runtime::object_container::{Codec, Reader};

use crate::shared::com::acme::Item;
use crate::{block_starts, file, items, settings};

#[test]
fn the_parts_of_a_file_give_every_object_once() {
    for codec in [Codec::Null, Codec::Snappy] {
        let items = items(60);
        let file = file(&items, settings(codec));
        for part in [1, 7, 50, 111, 1_000, 10_000] {
            let mut read = Vec::new();
            let mut start = 0;
            while start < file.len() as u64 {
                let end = start + part;
                let mut reader = Reader::<Item, _>::new(Cursor::new(&file)).unwrap();
                reader.sync(start).unwrap();
                while !reader.past_sync(end) {
                    match reader.read().unwrap() {
                        Some(item) => read.push(item),
                        None => break,
                    }
                }
                start = end;
            }
            assert_eq!(read, items, "parts of {part}");
        }
    }
}

#[test]
fn a_block_s_position_leads_back_to_it() {
    let items = items(60);
    let file = file(&items, settings(Codec::DEFLATE));
    let mut reader = Reader::<Item, _>::from_bytes(&file).unwrap();
    let mut places = Vec::new();
    for number in 0..items.len() {
        let position = reader.block_position();
        if places.last().is_none_or(|(last, _)| *last != position) {
            places.push((position, number));
        }
        reader.read().unwrap().unwrap();
    }
    assert_eq!(reader.block_position(), file.len() as u64);
    let starts: Vec<_> = places.iter().map(|(at, _)| *at as usize).collect();
    assert_eq!([&starts[..], &[file.len()]].concat(), block_starts(&file));
    for (position, number) in places.into_iter().rev() {
        reader.seek(position).unwrap();
        assert_eq!(reader.block_position(), position);
        assert_eq!(reader.read().unwrap().as_ref(), Some(&items[number]));
    }
}

#[test]
fn behind_the_last_marker_is_the_end() {
    let file = file(&items(9), settings(Codec::Null));
    let mut reader = Reader::<Item, _>::new(Cursor::new(&file)).unwrap();
    for position in [file.len() as u64 - 15, file.len() as u64, u64::MAX / 2] {
        reader.sync(position).unwrap();
        assert_eq!(reader.read().unwrap(), None);
        reader.sync(0).unwrap();
        assert_eq!(reader.read().unwrap(), Some(crate::item(0)));
    }
}
