//! Files that are cut off, flipped or forged: an error that says where, and what can be saved.

use std::io::{self, Read};

use avro_runtime::object_container::{Codec, Error, ErrorKind, Loss, Reader, Source};

use crate::shared::com::acme::Item;
use crate::{MARKER, block_starts, file, item, items, settings};

/// What can be saved, and what was lost.
fn salvage<S: Source>(reader: Reader<Item, S>) -> (Vec<Item>, Vec<Loss>) {
    let (mut saved, mut losses) = (Vec::new(), Vec::new());
    for object in reader.salvage() {
        match object {
            Ok(item) => saved.push(item),
            Err(loss) => losses.push(loss),
        }
    }
    (saved, losses)
}

fn first_error(file: &[u8]) -> Option<Error> {
    match Reader::<Item, _>::from_bytes(file) {
        Ok(mut reader) => reader.find_map(Result::err),
        Err(error) => Some(error),
    }
}

#[test]
fn every_truncation_is_an_error_but_between_blocks() {
    for codec in Codec::ALL {
        let items = items(12);
        let whole = file(&items, settings(*codec));
        let starts = block_starts(&whole);
        for len in 0..whole.len() {
            let error = first_error(&whole[..len]);
            let of_stream = match Reader::<Item, _>::new(&whole[..len]) {
                Ok(mut reader) => reader.find_map(Result::err),
                Err(error) => Some(error),
            };
            let shown = |error: &Option<Error>| error.as_ref().map(ToString::to_string);
            assert_eq!(shown(&error), shown(&of_stream));
            let Some(error) = error else {
                assert!(starts.contains(&len), "{} cut at {len}", codec.name());
                continue;
            };
            assert!(!starts.contains(&len), "{error}");
            match error.kind() {
                ErrorKind::Truncated { missing } if len > starts[0] => {
                    let block = error.block().unwrap();
                    assert!(starts.contains(&(block.position as usize)));
                    let next = starts.iter().find(|start| **start > len).unwrap();
                    let right = *missing as usize == next - len;
                    assert!(right || len - block.position as usize <= 2, "{error}");
                }
                ErrorKind::HeaderTruncated | ErrorKind::NotAContainer(None) => {
                    assert!(len < starts[0]);
                }
                _ => panic!("{} cut at {len}: {error}", codec.name()),
            }
        }
    }
}

/// Whatever bit is flipped: an error or values, in bounded time and memory; and what is not near
/// the damage is saved.
#[test]
fn every_flipped_bit_is_an_error_or_a_value() {
    for codec in Codec::ALL {
        let items = items(12);
        let whole = file(&items, settings(*codec));
        let starts = block_starts(&whole);
        let blocks = starts.len() - 1;
        let has_checksum = matches!(codec.name(), "snappy" | "bzip2" | "xz");
        for bit in 0..whole.len() * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let Ok(reader) = Reader::<Item, _>::from_bytes(&damaged) else {
                assert!(bit / 8 < starts[0]);
                continue;
            };
            let (saved, losses) = salvage(reader);
            if bit / 8 < starts[0] {
                continue;
            }
            // What a checksum does not notice has changed nothing.
            assert!(!has_checksum || !losses.is_empty() || saved == items);
            let block = starts.iter().filter(|start| **start <= bit / 8).count() - 1;
            let intact: Vec<_> = (0..blocks).filter(|other| *other != block).collect();
            for other in intact {
                // A marker that is damaged takes the next block with it.
                let next = starts[block + 1] - 16 <= bit / 8 && other == block + 1;
                let kept = objects_of(&whole, starts[other]);
                assert!(
                    next || kept.iter().all(|item| saved.contains(item)),
                    "{} bit {bit} in block {block}: {other} is gone; {losses:?}",
                    codec.name()
                );
            }
        }
    }
}

fn objects_of(file: &[u8], position: usize) -> Vec<Item> {
    let mut reader = Reader::<Item, _>::from_bytes(file).unwrap();
    reader.seek(position as u64).unwrap();
    let count = reader.skip_block().unwrap().unwrap();
    reader.seek(position as u64).unwrap();
    (0..count)
        .map(|_| reader.read().unwrap().unwrap())
        .collect()
}

#[test]
fn an_error_comes_again_until_somebody_recovers() {
    let mut damaged = file(&items(20), settings(Codec::Null));
    let starts = block_starts(&damaged);
    // The marker behind the second block.
    damaged[starts[2] - 1] ^= 1;
    let mut reader = Reader::<Item, _>::from_bytes(&damaged).unwrap();
    let read = reader.by_ref().take_while(Result::is_ok).count();
    let shown = reader.read().unwrap_err().to_string();
    assert_eq!(
        shown,
        format!(
            "block 1 at byte {}: the file's sync marker is not behind the block: the block, its \
             size or the marker is damaged",
            starts[1]
        )
    );
    assert_eq!(
        reader.read_into(&mut item(0)).unwrap_err().to_string(),
        shown
    );
    assert_eq!(reader.skip_block().unwrap_err().to_string(), shown);
    assert_eq!(reader.next_block().unwrap_err().to_string(), shown);
    assert!(reader.next().is_none());
    assert_eq!(reader.block_position() as usize, starts[1]);

    let loss = reader.recover().unwrap().unwrap();
    assert_eq!(loss.position as usize, starts[1]);
    // Only the marker behind the third block is there to be found.
    assert_eq!(loss.bytes as usize, starts[3] - starts[1]);
    assert_eq!(loss.objects, None);
    assert!(reader.recover().unwrap().is_none());
    let rest: Vec<_> = reader.map(Result::unwrap).collect();
    assert_eq!(rest[..], items(20)[20 - rest.len()..]);
    assert!(read > 0 && !rest.is_empty() && read + rest.len() < 20);
}

#[test]
fn an_object_that_does_not_decode_costs_the_rest_of_its_block() {
    let mut damaged = file(&items(20), settings(Codec::Null));
    let starts = block_starts(&damaged);
    // The length of the first string of the second block, now below zero.
    let first = damaged[starts[1]..].windows(4).position(|it| it == b"sku-");
    damaged[starts[1] + first.unwrap() - 1] = 1;
    let (saved, losses) = salvage(Reader::<Item, _>::from_bytes(&damaged).unwrap());
    let [loss] = &losses[..] else {
        panic!("{losses:?}");
    };
    assert_eq!(saved.len() as u64 + loss.objects.unwrap(), 20);
    let ErrorKind::Datum { object: 0, error } = loss.error.kind() else {
        panic!("{loss}");
    };
    assert_eq!(error.path(), "Item.sku");
    assert_eq!(loss.position as usize, starts[1]);
    assert_eq!(loss.bytes as usize, starts[2] - starts[1]);
    assert!(loss.to_string().contains("objects lost"), "{loss}");
}

#[test]
fn a_view_that_does_not_decode_ends_its_block_alone() {
    let mut damaged = file(&items(20), settings(Codec::Null));
    let starts = block_starts(&damaged);
    let first = damaged[starts[1]..].windows(4).position(|it| it == b"sku-");
    damaged[starts[1] + first.unwrap() - 1] = 1;
    let mut reader = Reader::<Item, _>::from_bytes(&damaged).unwrap();
    let (mut good, mut bad) = (0, 0);
    while let Some(block) = reader.next_block().unwrap() {
        for view in block {
            match view {
                Ok(_) => good += 1,
                Err(_) => bad += 1,
            }
        }
    }
    assert_eq!(bad, 1);
    assert!(good > 10);
}

type IsRight = fn(&ErrorKind) -> bool;

/// A block by hand, with numbers as they are given.
fn forged(count: &[u8], size: &[u8], data: &[u8]) -> Vec<u8> {
    let header = file(&[], settings(Codec::Null));
    let block = [count, size, data, &MARKER].concat();
    let good = file(&items(1), settings(Codec::Null));
    [&header[..], &block, &good[header.len()..]].concat()
}

#[test]
fn numbers_that_make_no_sense_are_told_and_passed_over() {
    let ten = [0x80; 10];
    let cases: [(Vec<u8>, IsRight); 7] = [
        (forged(b"\x01", b"\x08", b"abcd"), |kind| {
            matches!(kind, ErrorKind::InvalidCount(-1))
        }),
        (forged(b"\x02", b"\x07", b"abcd"), |kind| {
            matches!(kind, ErrorKind::InvalidSize(-4))
        }),
        (forged(&ten, b"\x08", b"abcd"), |kind| {
            matches!(kind, ErrorKind::InvalidBlock(_))
        }),
        (forged(b"\x0a", b"\x08", b"\x02a\x02b"), |kind| {
            matches!(
                kind,
                ErrorKind::TooManyObjects {
                    objects: 5,
                    bytes: 4
                }
            )
        }),
        (forged(b"\x02", b"\x0a", b"\x02a\x02bc"), |kind| {
            matches!(kind, ErrorKind::LeftOver(2))
        }),
        (forged(b"\x00", b"\x02", b"a"), |kind| {
            matches!(kind, ErrorKind::LeftOver(1))
        }),
        (forged(b"\x02", b"\x06", b"\x02a\x02b"), |kind| {
            matches!(kind, ErrorKind::NoSyncMarker)
        }),
    ];
    for (file, is_right) in cases {
        let error = first_error(&file).unwrap();
        assert!(is_right(error.kind()), "{error:?}");
        assert_eq!(error.block().unwrap().number, 0);
        let (saved, losses) = salvage(Reader::<Item, _>::from_bytes(&file).unwrap());
        assert_eq!(saved.last(), Some(&item(0)), "{error}");
        assert_eq!(losses.len(), 1);
    }
}

#[test]
fn a_block_without_objects_is_nothing() {
    let file = forged(b"\x00", b"\x00", b"");
    assert!(first_error(&file).is_none());
    let (saved, losses) = salvage(Reader::<Item, _>::from_bytes(&file).unwrap());
    assert_eq!((saved, losses.len()), (items(1), 0));
}

/// Gives one byte at a time, and an error now and then.
struct Slow<'a> {
    rest: &'a [u8],
    calls: usize,
    fails_at: usize,
}

impl Read for Slow<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        match self.calls {
            n if n == self.fails_at => Err(io::Error::other("the line is down")),
            n if n % 3 == 0 => Err(io::ErrorKind::Interrupted.into()),
            _ => self.rest.read(&mut out[..1]),
        }
    }
}

#[test]
fn bytes_may_arrive_one_by_one() {
    for codec in Codec::ALL {
        let file = file(&items(20), settings(*codec));
        let slow = Slow {
            rest: &file,
            calls: 0,
            fails_at: usize::MAX,
        };
        let (saved, losses) = salvage(Reader::<Item, _>::new(slow).unwrap());
        assert_eq!((saved, losses.len()), (items(20), 0));
    }
}

#[test]
fn a_file_that_cannot_be_read_for_once_is_read_on() {
    let whole = file(&items(400), settings(Codec::Null));
    let slow = Slow {
        rest: &whole,
        calls: 0,
        // Every third call is for nothing, so that this is two thirds into the file.
        fails_at: whole.len(),
    };
    let reader = Reader::<Item, _>::new(slow).unwrap();
    let (saved, losses) = salvage(reader);
    let [loss] = &losses[..] else {
        panic!("{losses:?}");
    };
    assert!(matches!(loss.error.kind(), ErrorKind::Io(_)));
    // The block that was being read is lost, and no other.
    let lost: Vec<_> = items(400)
        .into_iter()
        .filter(|it| !saved.contains(it))
        .collect();
    let first = lost.first().unwrap().quantity as usize;
    assert_eq!(lost, objects_of(&whole, loss.position as usize));
    assert_eq!(lost[..], items(400)[first..first + lost.len()]);
}

#[test]
fn what_is_no_container_file_says_how_it_begins() {
    let error = first_error(b"PAR1 and so on").unwrap();
    assert!(matches!(
        error.kind(),
        ErrorKind::NotAContainer(Some(start)) if start == b"PAR1"
    ));
    assert_eq!(
        error.to_string(),
        "this is no Avro object container file: it begins with the bytes 50 41 52 31 and not with \
         4f 62 6a 01"
    );
    for short in [&b""[..], b"O", b"Obj"] {
        assert_eq!(
            first_error(short).unwrap().to_string(),
            "this is no Avro object container file: it has fewer than four bytes"
        );
    }
}

/// `cat a.avro b.avro`: with one sync marker, as a process that begins each file alike writes, and
/// with two.
#[test]
fn files_put_one_behind_another_are_named_as_such() {
    for codec in Codec::ALL {
        for marker in [MARKER, [7; 16]] {
            let first = file(&items(7), settings(*codec));
            let second = file(&items(9), settings(*codec).sync_marker(marker));
            let both = [&first[..], &second].concat();
            let (saved, losses) = salvage(Reader::<Item, _>::from_bytes(&both).unwrap());
            let of_stream = salvage(Reader::<Item, _>::new(&both[..]).unwrap());
            assert_eq!(format!("{:?}", (&saved, &losses)), format!("{of_stream:?}"));
            let [loss] = &losses[..] else {
                panic!("{losses:?}");
            };
            assert!(
                matches!(loss.error.kind(), ErrorKind::Concatenated),
                "{loss}"
            );
            let place = loss.error.block().unwrap();
            assert_eq!(place.position as usize, first.len());
            assert_eq!(
                loss.error.to_string(),
                format!(
                    "block {} at byte {}: another container file begins here; files put one behind \
                     another are not one file: split them at this byte and read each by itself",
                    place.number,
                    first.len()
                )
            );
            // The other file may have another schema, so that nothing of it is taken for saved.
            assert_eq!(saved, items(7));
            assert_eq!(loss.bytes as usize, second.len());
        }
    }
}
