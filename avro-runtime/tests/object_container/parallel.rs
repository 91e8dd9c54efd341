//! Decoding on several threads.

use std::num::NonZeroUsize;

use avro_runtime::dynamic::Value;
use avro_runtime::object_container::{Codec, ErrorKind, Parallel, ReaderSettings, Stream};

use crate::shared::com::acme::Item;
use crate::{block_starts, file, items, settings};

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

fn open(file: &[u8], count: usize) -> Parallel<Item, Stream<&[u8]>> {
    ReaderSettings::new()
        .open_parallel(file, threads(count))
        .unwrap()
}

#[test]
fn objects_keep_their_order() {
    for codec in Codec::ALL {
        let items = items(3_000);
        let small = file(&items, settings(*codec));
        // Blocks that are handed over in several pieces.
        let large = file(&items, settings(*codec).block_size(40_000));
        for file in [small, large] {
            for count in [1, 2, 3, 8] {
                let mut parallel = open(&file, count);
                assert_eq!(parallel.header().codec(), codec.name().as_bytes());
                let read: Vec<_> = parallel.by_ref().map(Result::unwrap).collect();
                assert_eq!(read, items, "{} on {count} threads", codec.name());
                assert!(parallel.read().unwrap().is_none());
                assert!(parallel.recover().unwrap().is_none());
            }
        }
    }
}

#[test]
fn threads_end_where_nobody_asks_any_more() {
    let items = items(3_000);
    let file = file(&items, settings(Codec::DEFLATE).block_size(4_000));
    for taken in [0, 1, 2_000] {
        let read: Vec<_> = open(&file, 4).take(taken).map(Result::unwrap).collect();
        assert_eq!(read, items[..taken]);
    }
}

#[test]
fn values_are_read_on_threads_and_from_memory() {
    let file = file(&items(100), settings(Codec::Snappy));
    let values = ReaderSettings::new()
        .open_bytes_parallel::<Value, _>(file, threads(2))
        .unwrap();
    assert_eq!(values.map(Result::unwrap).count(), 100);
}

/// The same values, errors and losses as on one thread, whatever is damaged.
#[test]
fn damage_is_told_as_on_one_thread() {
    let whole = file(&items(40), settings(Codec::Null));
    let start = block_starts(&whole)[0];
    for at in start..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x15;
        let mut one = avro_runtime::object_container::Reader::<Item, _>::new(&damaged[..]).unwrap();
        let mut several = open(&damaged, 2);
        loop {
            match (one.read(), several.read()) {
                (Ok(a), Ok(b)) => {
                    assert_eq!(a, b);
                    if a.is_none() {
                        break;
                    }
                }
                (Err(a), Err(b)) => {
                    assert_eq!(a.to_string(), b.to_string());
                    assert!(several.next().is_none());
                    let (a, b) = (one.recover().unwrap(), several.recover().unwrap());
                    assert_eq!(format!("{a:?}"), format!("{b:?}"));
                }
                (a, b) => panic!("{at}: {a:?} and {b:?}"),
            }
        }
    }
}

#[test]
fn a_codec_s_error_is_that_of_its_block() {
    let whole = file(&items(40), settings(Codec::Snappy));
    let starts = block_starts(&whole);
    let mut damaged = whole;
    // The last byte of the third block's checksum.
    damaged[starts[3] - 17] ^= 1;
    let mut several = open(&damaged, 3);
    let read = several.by_ref().take_while(Result::is_ok).count();
    assert!(read > 0);
    let error = several.read().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Checksum), "{error}");
    assert_eq!(error.block().map(|block| block.number), Some(2));
    let lost = several.recover().unwrap().unwrap().objects.unwrap() as usize;
    assert_eq!(read + several.map(Result::unwrap).count() + lost, 40);
}
