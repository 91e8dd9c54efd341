//! Writers: what they refuse, and what they do where the file fails.

use std::io::{self, Write};

use avro_runtime::Decode as _;
use avro_runtime::object_container::{ErrorKind, Reader, Writer, WriterSettings};
use avro_runtime::types::Decimal;

use crate::shared::com::acme::{Item, Order};
use crate::{MARKER, block_starts, file, item, items};

#[test]
fn a_block_is_written_when_it_is_full() {
    let mut writer = WriterSettings::new()
        .block_size(100)
        .create::<Item, _>(Vec::new())
        .unwrap();
    let mut ends = vec![writer.end_block().unwrap()];
    for number in 0..100 {
        writer.write(&item(number)).unwrap();
        if number % 10 == 9 {
            ends.push(writer.end_block().unwrap());
            // Nothing is written twice.
            assert_eq!(writer.end_block().unwrap(), *ends.last().unwrap());
        }
    }
    let file = writer.finish().unwrap();
    let starts = block_starts(&file);
    assert!(ends.iter().all(|end| starts.contains(&(*end as usize))));
    assert_eq!(*ends.last().unwrap() as usize, file.len());
    // Ten items have more than a hundred bytes, so that there are blocks besides.
    assert!(starts.len() > ends.len());
}

#[test]
fn what_is_not_finished_is_written_all_the_same() {
    let mut file = Vec::new();
    let mut writer = Writer::<Item, _>::new(&mut file).unwrap();
    writer.write(&item(1)).unwrap();
    drop(writer);
    let read: Vec<_> = Reader::<Item, _>::from_bytes(&file)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(read, [item(1)]);
}

#[test]
fn reserved_keys_are_refused_before_anything_is_written() {
    let mut file = Vec::new();
    let settings = WriterSettings::new().metadata("avro.sync", "x");
    let error = settings.create::<Item, _>(&mut file).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ReservedKey(key) if &**key == "avro.sync"));
    assert!(file.is_empty());
}

#[test]
fn a_value_that_does_not_fit_leaves_no_trace() {
    let good = Order::blank();
    let mut bad = good.clone();
    bad.price = Decimal::new(1, 5);
    let mut writer = WriterSettings::new()
        .sync_marker(MARKER)
        .create::<Order, _>(Vec::new())
        .unwrap();
    writer.write(&good).unwrap();
    let error = writer.write(&bad).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error:?}");
    writer.write(&good).unwrap();
    let file = writer.finish().unwrap();
    let read: Vec<_> = Reader::<Order, _>::from_bytes(&file)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(read, [good.clone(), good]);
}

/// Takes so many bytes and no more.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match bytes.len().min(self.0) {
            0 => Err(io::Error::other("the disk is full")),
            n => {
                self.0 -= n;
                Ok(n)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_file_that_failed_is_written_no_more() {
    let whole = file(&items(100), WriterSettings::new().block_size(100));
    for room in 0..whole.len() {
        let settings = WriterSettings::new().block_size(100);
        let Ok(mut writer) = settings.create::<Item, _>(Full(room)) else {
            continue;
        };
        let mut errors = Vec::new();
        for number in 0..100 {
            errors.extend(writer.write(&item(number)).err());
        }
        let failed = !errors.is_empty();
        errors.extend(writer.finish().err());
        for error in &errors {
            assert!(matches!(error.kind(), ErrorKind::Io(_)), "{error:?}");
        }
        assert!(!errors.is_empty(), "{room} of {}", whole.len());
        assert!(failed || room > whole.len() / 2);
    }
}
