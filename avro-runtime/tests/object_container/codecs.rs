//! Every codec, every way to read.

use avro_runtime::View as _;
use avro_runtime::object_container::{Codec, ErrorKind, Reader, WriterSettings};

use crate::shared::com::acme::Item;
use crate::{file, item, items, settings};

#[test]
fn all_codecs_are_compiled_in() {
    let names: Vec<_> = Codec::ALL.iter().map(|codec| codec.name()).collect();
    let expected = ["null", "deflate", "snappy", "bzip2", "xz", "zstandard"];
    assert_eq!(names, expected);
}

#[test]
fn objects_come_back_in_every_way() {
    for codec in Codec::ALL {
        for count in [0, 1, 5, 1_000] {
            let (items, name) = (items(count), codec.name());
            let file = file(&items, settings(*codec));

            let of_stream = Reader::<Item, _>::new(&file[..]).unwrap();
            let of_stream: Vec<_> = of_stream.map(Result::unwrap).collect();
            assert_eq!(of_stream, items, "{name}");

            let of_bytes = Reader::<Item, _>::from_bytes(&file).unwrap();
            let of_bytes: Vec<_> = of_bytes.map(Result::unwrap).collect();
            assert_eq!(of_bytes, items, "{name}");

            let mut reader = Reader::<Item, _>::new(&file[..]).unwrap();
            let mut value = item(77);
            let mut reused = Vec::new();
            while reader.read_into(&mut value).unwrap() {
                reused.push(value.clone());
            }
            assert_eq!(reused, items, "{name}");

            let mut reader = Reader::<Item, _>::from_bytes(&file).unwrap();
            let mut viewed = Vec::new();
            while let Some(block) = reader.next_block().unwrap() {
                viewed.extend(block.map(|view| view.unwrap().own()));
            }
            assert_eq!(viewed, items, "{name}");
        }
    }
}

#[test]
fn a_file_says_which_codec_it_has() {
    for codec in Codec::ALL {
        let file = file(&items(3), settings(*codec));
        let reader = Reader::<Item, _>::from_bytes(&file).unwrap();
        assert_eq!(reader.header().codec(), codec.name().as_bytes());
    }
}

#[test]
fn every_level_can_be_read_and_no_other_can_be_set() {
    let levels = |of: fn(i32) -> Codec, levels: &[i32]| -> Vec<Codec> {
        levels.iter().map(|level| of(*level)).collect()
    };
    let deflate = |level| Codec::Deflate {
        level: level as u32,
    };
    let bzip2 = |level| Codec::Bzip2 {
        level: level as u32,
    };
    let xz = |level| Codec::Xz {
        level: level as u32,
    };
    let zstandard = |level| Codec::Zstandard { level };
    let good = [
        levels(deflate, &[0, 1, 6, 9]),
        levels(bzip2, &[1, 9]),
        levels(xz, &[0, 6, 9]),
        levels(zstandard, &[-50, -1, 0, 1, 22]),
    ];
    let items = items(50);
    for codec in good.concat() {
        let file = file(&items, WriterSettings::new().codec(codec));
        let read = Reader::<Item, _>::new(&file[..]).unwrap();
        let read: Vec<_> = read.map(Result::unwrap).collect();
        assert_eq!(read, items, "{codec:?}");
    }
    let bad = [
        levels(deflate, &[10]),
        levels(bzip2, &[0, 10]),
        levels(xz, &[10]),
        levels(zstandard, &[-51, 23]),
    ];
    for codec in bad.concat() {
        let error = WriterSettings::new()
            .codec(codec)
            .create::<Item, _>(Vec::new())
            .unwrap_err();
        let ErrorKind::InvalidLevel { codec: name, .. } = error.kind() else {
            panic!("{codec:?}: {error}");
        };
        assert_eq!(*name, codec.name());
    }
}

#[test]
fn a_codec_that_nobody_knows_is_named() {
    for (name, is_known) in [("lzo", false), ("Deflate", false), ("deflate", true)] {
        let plain = file(&items(1), settings(Codec::Null));
        let named = [&[name.len() as u8 * 2][..], name.as_bytes()].concat();
        let at = plain.windows(5).position(|it| it == b"\x08null").unwrap();
        let file = [&plain[..at], &named, &plain[at + 5..]].concat();
        let error = Reader::<Item, _>::from_bytes(&file).err();
        match error.as_ref().map(|error| error.kind()) {
            Some(ErrorKind::UnknownCodec(found)) => assert_eq!(&**found, name),
            other => assert!(is_known && other.is_none(), "{name}: {error:?}"),
        }
    }
}

#[test]
fn blocks_can_be_read_in_turns() {
    let file = file(&items(20), settings(Codec::Null));
    let mut reader = Reader::<Item, _>::from_bytes(&file).unwrap();
    assert_eq!(reader.read().unwrap(), Some(item(0)));
    // The rest of the block that is being read.
    let mut block = reader.next_block().unwrap().unwrap();
    assert_eq!(block.place().number, 0);
    assert_eq!(block.next().unwrap().unwrap().own(), item(1));
    let left = block.objects() as usize;
    assert!(left > 0 && !block.data().is_empty());
    // What is left of a block that is dropped is passed over.
    let next = reader.read().unwrap().unwrap();
    assert_eq!(next, item(2 + left));
    let skipped = reader.skip_block().unwrap().unwrap() as usize;
    let next = reader.read().unwrap().unwrap();
    assert_eq!(next, item(3 + left + skipped));
}
