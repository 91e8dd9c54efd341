//! What a file may cost over all its blocks, however it is read and also where it is damaged.

use std::num::NonZeroUsize;

use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::object_container::{
    Codec, ErrorKind, FileLimit, FileLimits, Loss, Object, Parallel, Reader, ReaderSettings,
    Source, WriterSettings,
};
use avro_runtime::{AvroSchema, Limits, Writer};

use crate::shared::com::acme::Item;
use crate::{MARKER, file, item, items, settings};

/// The length of the string in each object of a bomb, which nearly is the length of its data.
const LONG: usize = 100_000;

/// A file of so many blocks, each of one object that compresses well.
fn bombs(codec: Codec, blocks: usize) -> Vec<u8> {
    let item = Item {
        sku: "\0".repeat(LONG),
        quantity: 0,
    };
    file(&vec![item; blocks], settings(codec))
}

/// The length of the data of a bomb's block: length, string, quantity.
const DATA: u64 = 3 + LONG as u64 + 1;

fn one() -> NonZeroUsize {
    NonZeroUsize::MIN
}

/// What a reader gave, each object or loss as a word.
fn told<T>(what: Result<T, ErrorOf>) -> &'static str {
    match what {
        Ok(_) => "object",
        Err(ErrorOf::Limit(FileLimit::FileData)) => "file data",
        Err(ErrorOf::Limit(FileLimit::EmptyValues)) => "empty values",
        Err(ErrorOf::Limit(FileLimit::Data)) => "data",
        Err(ErrorOf::Limit(_)) => "another limit",
        Err(ErrorOf::Datum) => "datum",
        Err(ErrorOf::Other) => "other",
    }
}

enum ErrorOf {
    Limit(FileLimit),
    Datum,
    Other,
}

fn error_of(kind: &ErrorKind) -> ErrorOf {
    match kind {
        ErrorKind::LimitExceeded(limit) => ErrorOf::Limit(*limit),
        ErrorKind::Datum { .. } => ErrorOf::Datum,
        _ => ErrorOf::Other,
    }
}

type Told = Vec<&'static str>;

fn salvaged<T: Object, S: Source>(reader: Reader<T, S>) -> Told {
    let tell = |it: Result<T, Loss>| told(it.map_err(|loss| error_of(loss.error.kind())));
    reader.salvage().map(tell).collect()
}

fn on_a_thread<T, S: Source>(mut reader: Parallel<T, S>) -> Told
where
    T: Object<Decoder: Send + Sync> + Send + 'static,
{
    let mut all = Vec::new();
    loop {
        match reader.read() {
            Ok(Some(_)) => all.push("object"),
            Ok(None) => return all,
            Err(_) => {
                let loss = reader.recover().unwrap().unwrap();
                all.push(told::<()>(Err(error_of(loss.error.kind()))));
            }
        }
    }
}

fn viewed<T: AvroSchema>(file: &[u8], limits: FileLimits) -> Told {
    let settings = ReaderSettings::new().limits(limits);
    let mut reader = settings.open_bytes::<T, _>(file).unwrap();
    let mut all = Vec::new();
    loop {
        match reader.next_block() {
            Ok(Some(block)) => {
                all.extend(block.map(|it| told(it.map_err(|error| error_of(error.kind())))));
            }
            Ok(None) => return all,
            Err(_) => {
                let loss = reader.recover().unwrap().unwrap();
                all.push(told::<()>(Err(error_of(loss.error.kind()))));
            }
        }
    }
}

/// Reads as values in all ways, which come to the same end.
fn values(file: &[u8], limits: FileLimits) -> Told {
    let settings = || ReaderSettings::new().limits(limits);
    let all = salvaged(settings().open_bytes::<Value, _>(file).unwrap());
    assert_eq!(
        all,
        salvaged(settings().open::<Value, _>(file).unwrap()),
        "as a stream"
    );
    let parallel = settings().open_parallel::<Value, _>(file, one()).unwrap();
    assert_eq!(all, on_a_thread(parallel), "on a thread");
    all
}

/// The same for a generated type and its views.
fn typed<T>(file: &[u8], limits: FileLimits) -> Told
where
    T: AvroSchema + Object<Decoder: Send + Sync> + Send + 'static,
{
    let settings = || ReaderSettings::new().limits(limits);
    let all = salvaged(settings().open_bytes::<T, _>(file).unwrap());
    let parallel = settings().open_parallel::<T, _>(file, one()).unwrap();
    assert_eq!(all, on_a_thread(parallel), "on a thread");
    assert_eq!(all, viewed::<T>(file, limits), "as views");
    all
}

/// Each of the words so many times.
fn times(words: &[(&'static str, usize)]) -> Told {
    let each = words.iter().map(|(word, times)| vec![*word; *times]);
    each.flatten().collect()
}

#[test]
fn the_data_of_all_blocks_count_together() {
    for codec in Codec::ALL {
        let file = bombs(*codec, 5);
        for (file_data, objects) in [
            (0, 0),
            (DATA - 1, 0),
            (3 * DATA - 1, 2),
            (3 * DATA, 3),
            (5 * DATA, 5),
        ] {
            let limits = FileLimits {
                file_data,
                expansion: 0,
                ..FileLimits::default()
            };
            let expected = times(&[("object", objects), ("file data", 5 - objects)]);
            assert_eq!(
                typed::<Item>(&file, limits),
                expected,
                "{} {file_data}",
                codec.name()
            );
            assert_eq!(values(&file, limits), expected, "{}", codec.name());
        }
    }
}

/// However long a file is: what counts is how much more comes out than went in.
#[test]
fn each_byte_of_a_file_may_give_so_many() {
    for codec in Codec::ALL {
        let whole = bombs(*codec, 20);
        let header = file(&[], settings(*codec)).len();
        // What stands around a block's bytes does not count.
        let block = ((whole.len() - header) / 20) as u64 - 16 - 4;
        let enough = DATA.div_ceil(block);
        let read = |expansion: u64| {
            let limits = FileLimits {
                file_data: 0,
                expansion: u32::try_from(expansion).unwrap(),
                ..FileLimits::default()
            };
            typed::<Item>(&whole, limits)
        };
        assert_eq!(read(enough), ["object"; 20], "{}", codec.name());
        if *codec != Codec::Null {
            assert!(read(enough / 2).contains(&"file data"), "{}", codec.name());
        }
    }
}

#[test]
fn what_is_decompressed_in_vain_counts() {
    for codec in Codec::ALL {
        let file = bombs(*codec, 30);
        let limits = FileLimits {
            data: LONG / 2,
            file_data: 3 * DATA,
            expansion: 0,
            ..FileLimits::default()
        };
        let all = values(&file, limits);
        assert_eq!(all, typed::<Item>(&file, limits));
        let in_vain = all.iter().take_while(|it| **it == "data").count();
        match codec.name() {
            // It is not compressed, so that the limit on the block's data does not hold for it.
            "null" => assert_eq!(all, times(&[("object", 3), ("file data", 27)])),
            name => {
                assert!((1..=6).contains(&in_vain), "{name}: {all:?}");
                let rest = 30 - in_vain;
                assert_eq!(all, times(&[("data", in_vain), ("file data", rest)]));
            }
        }
    }
}

#[test]
fn behind_bombs_an_honest_block_is_still_read() {
    for codec in Codec::ALL {
        if *codec == Codec::Null {
            continue;
        }
        let mut writer = settings(*codec).create::<Item, _>(Vec::new()).unwrap();
        let bomb = Item {
            sku: "\0".repeat(LONG),
            quantity: 0,
        };
        for number in 0..10 {
            writer.write(&bomb).unwrap();
            writer.write(&item(number)).unwrap();
            writer.end_block().unwrap();
        }
        let file = writer.finish().unwrap();
        let limits = FileLimits {
            file_data: 0,
            expansion: 10,
            ..FileLimits::default()
        };
        let all = typed::<Item>(&file, limits);
        let expected = times(&[("file data", 1), ("object", 1)]).repeat(10);
        assert_eq!(all, expected, "{}", codec.name());
    }
}

#[test]
fn a_trusted_file_may_be_as_large_as_it_likes() {
    for codec in Codec::ALL {
        let file = bombs(*codec, 10);
        assert_eq!(values(&file, FileLimits::TRUSTED), ["object"; 10]);
        assert_eq!(values(&file, FileLimits::default()), ["object"; 10]);
    }
}

/// A file of these data, each in a block of its own.
fn of_data(schema: &str, data: &[Vec<u8>]) -> Vec<u8> {
    let settings = WriterSettings::new().sync_marker(MARKER);
    let mut file = settings
        .create_as(Vec::new(), schema)
        .unwrap()
        .finish()
        .unwrap();
    for datum in data {
        let mut block = Vec::new();
        let mut w = Writer::new(&mut block, 20 + datum.len());
        w.index(1);
        w.bytes(datum);
        w.finish();
        file.extend(block);
        file.extend(MARKER);
    }
    file
}

/// So many elements that take no bytes.
fn elements(count: usize) -> Vec<u8> {
    let mut datum = Vec::new();
    let mut w = Writer::new(&mut datum, 20);
    w.index(count);
    w.index(0);
    w.finish();
    datum
}

/// Records of two records each, down to one without fields: 2 to the power of `levels`.
fn doubled(levels: usize) -> String {
    let mut record = r#"{"type": "record", "name": "R0", "fields": []}"#.to_owned();
    for level in 1..=levels {
        let below = level - 1;
        record = format!(
            r#"{{"type": "record", "name": "R{level}", "fields": [
                {{"name": "a", "type": {record}}}, {{"name": "b", "type": "R{below}"}}]}}"#
        );
    }
    record
}

/// Schemas of data of a few bytes that hold some thousand values, with such data.
fn hollow() -> Vec<(String, Vec<u8>)> {
    let array = |items: &str| format!(r#"{{"type": "array", "items": {items}}}"#);
    let record = |fields: &str| {
        format!(r#"{{"type": "record", "name": "com.acme.Hollow", "fields": [{fields}]}}"#)
    };
    let nulls = (0..2_000).map(|number| format!(r#"{{"name": "n{number}", "type": "null"}}"#));
    let nulls = nulls.collect::<Vec<_>>().join(", ");
    let with_int = |ty: &str| {
        record(&format!(
            r#"{{"name": "i", "type": "int"}}, {{"name": "h", "type": {ty}}}"#
        ))
    };
    let many = elements(2_000);
    vec![
        (array(r#""null""#), many.clone()),
        (
            array(r#"{"type": "fixed", "name": "F", "size": 0}"#),
            many.clone(),
        ),
        (array(&record("")), many.clone()),
        (
            array(&record(r#"{"name": "n", "type": "null"}"#)),
            many.clone(),
        ),
        (
            array(&array(r#""null""#)),
            [&[4][..], &elements(1_000), &elements(1_000), &[0]].concat(),
        ),
        (
            format!(r#"{{"type": "map", "values": {}}}"#, array(r#""null""#)),
            [&[2, 2, b'k'][..], &many, &[0]].concat(),
        ),
        (
            format!(r#"["null", {}]"#, array(r#""null""#)),
            [&[2][..], &many].concat(),
        ),
        (with_int(&doubled(11)), vec![0]),
        (
            with_int(&record(&nulls).replace("Hollow", "Nulls")),
            vec![0],
        ),
        (record(&nulls), vec![]),
    ]
}

#[test]
fn values_without_bytes_inside_objects_count_together() {
    for (schema, datum) in hollow() {
        let file = of_data(&schema, &vec![datum; 100]);
        let with = |empty_values| FileLimits {
            empty_values,
            ..FileLimits::default()
        };
        let all = values(&file, with(20_000));
        let read = all.iter().take_while(|it| **it == "object").count();
        assert!((3..=11).contains(&read), "{schema}: {read}");
        let expected = times(&[("object", read), ("empty values", 100 - read)]);
        assert_eq!(all, expected, "{schema}");
        assert_eq!(values(&file, FileLimits::TRUSTED), ["object"; 100]);
        assert_eq!(values(&file, FileLimits::default()), ["object"; 100]);
    }
}

/// A generated type passes over what it does not have; that is work too.
#[test]
fn values_without_bytes_that_are_passed_over_count_together() {
    for (schema, datum) in hollow() {
        let schema = format!(
            r#"{{"type": "record", "name": "Item", "namespace": "com.acme", "fields": [
                {{"name": "extra", "type": {schema}}},
                {{"name": "sku", "type": "string"}}, {{"name": "quantity", "type": "int"}}]}}"#
        );
        let data = [&datum[..], &[0, 0]].concat();
        let file = of_data(&schema, &vec![data; 100]);
        let limits = FileLimits {
            empty_values: 20_000,
            ..FileLimits::default()
        };
        let all = typed::<Item>(&file, limits);
        let read = all.iter().take_while(|it| **it == "object").count();
        // What has a size that the schema says is jumped over, whatever is in it.
        assert!((3..=11).contains(&read) || read == 100, "{schema}: {read}");
        let expected = times(&[("object", read), ("empty values", 100 - read)]);
        assert_eq!(all, expected, "{schema}");
    }
}

/// Each block claims elements that are read, and ends too early.
#[test]
fn values_without_bytes_that_are_read_in_vain_count() {
    let schema = r#"{"type": "record", "name": "H", "fields": [
        {"name": "nulls", "type": {"type": "array", "items": "null"}},
        {"name": "text", "type": "string"}]}"#;
    let datum = [&elements(2_000)[..], &[20]].concat();
    let file = of_data(schema, &vec![datum; 100]);
    let limits = FileLimits {
        empty_values: 20_000,
        ..FileLimits::default()
    };
    let all = values(&file, limits);
    let read = all.iter().take_while(|it| **it == "datum").count();
    assert!((9..=11).contains(&read), "{read}");
    let expected = times(&[("datum", read), ("empty values", 100 - read)]);
    assert_eq!(all, expected);
}

/// Data of which each value takes a byte, and records with a few nulls, cost nothing of it.
#[test]
fn honest_files_have_no_values_without_bytes() {
    let limits = FileLimits {
        empty_values: 0,
        expansion: 1,
        file_data: 0,
        ..FileLimits::default()
    };
    let file = file(&items(1_000), settings(Codec::Null));
    assert_eq!(typed::<Item>(&file, limits), ["object"; 1_000]);
    assert_eq!(values(&file, limits), ["object"; 1_000]);
    let schema = r#"{"type": "record", "name": "R", "fields": [
        {"name": "items", "type": {"type": "array", "items": {"type": "array", "items": "int"}}},
        {"name": "map", "type": {"type": "map", "values": {"type": "record", "name": "S", "fields": [
            {"name": "i", "type": ["null", "int"]}, {"name": "a", "type": "null"},
            {"name": "b", "type": "null"}, {"name": "c", "type": "null"}]}}}]}"#;
    let schema = Schema::new(schema).unwrap();
    let text = r#"{"items": [[], [], [1], [2, 3], []],
        "map": {"": {"i": null, "a": null, "b": null, "c": null}}}"#;
    let value = Value::from_json(&schema, text).unwrap();
    let file = of_data(&schema.canonical_form(), &vec![value.to_datum(); 50]);
    assert_eq!(values(&file, limits), ["object"; 50]);
}

#[test]
fn the_limits_of_an_object_are_told_apart_from_those_of_the_file() {
    let schema = r#"{"type": "array", "items": "null"}"#;
    let file = of_data(schema, &vec![elements(2_000); 3]);
    let limits = FileLimits {
        object: Limits {
            items: 1_000,
            ..Limits::default()
        },
        ..FileLimits::default()
    };
    assert_eq!(values(&file, limits), ["datum"; 3]);
}

#[test]
fn an_error_names_the_limit_and_what_raises_it() {
    let told = |file: &[u8], limits| {
        let settings = ReaderSettings::new().limits(limits);
        let mut reader = settings.open_bytes::<Value, _>(file).unwrap();
        reader.find_map(Result::err).unwrap().to_string()
    };
    let limits = FileLimits {
        file_data: 0,
        expansion: 0,
        empty_values: 0,
        ..FileLimits::default()
    };
    let file = bombs(Codec::Null, 1);
    assert_eq!(
        told(&file, limits),
        "block 0 at byte 193: the limit on the data of all blocks together is exceeded; raise \
         FileLimits::file_data or FileLimits::expansion if the file is trusted"
    );
    let limits = FileLimits {
        file_data: 100,
        ..limits
    };
    let file = of_data(r#"{"type": "array", "items": "null"}"#, &[elements(9)]);
    assert_eq!(
        told(&file, limits),
        "block 0 at byte 85: the limit on values that take no bytes is exceeded; raise \
         FileLimits::empty_values if the file is trusted"
    );
}
