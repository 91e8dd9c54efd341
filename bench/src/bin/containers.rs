//! Object container files: writing and reading them beside every peer that can, and beside what the
//! codecs' own libraries take.
//!
//! A row's time is that of a whole file of 1,000 objects. They are equal, which makes it easy for the
//! codecs: what stands beside their libraries shows what is added to these.

use std::hint::black_box;

use apache_avro::{Bzip2Settings, DeflateSettings, XzSettings, ZstandardSettings};
use avro_bench::libraries;
use avro_bench::measure::{Variant, Work};
use avro_bench::peers::{Event, Schemas};
use avro_bench::records::files::{MARKER, OBJECTS, write};
use avro_bench::records::{big, numeric, superhero};
use avro_bench::report::Report;
use avro_runtime::object_container::{Codec, Reader};
use serde_avro_fast::object_container_file_encoding as fast;
use serde_avro_fast::ser::SerializerConfig;

fn main() {
    let report = Report::from_args();
    rows(&report, "Superhero", &superhero::hero());
    rows(&report, "big", &big::user());
    rows(&report, "numeric", &numeric::reading());
}

fn rows<T: Event>(report: &Report, record: &str, value: &T) {
    let schemas = Schemas::of::<T>();
    let plain = write(value, Codec::Null, Vec::new());
    let work = Work {
        records: OBJECTS,
        bytes: blocks::<T>(&plain).iter().map(Vec::len).sum(),
    };
    for codec in Codec::ALL {
        let file = write(value, *codec, Vec::new());
        assert_eq!(read::<T>(&file), OBJECTS);
        let what = format!("{} file, write", codec.name());
        report.row_of(record, &what, work, || {
            writers(value, *codec, &schemas, &plain)
        });
        let what = format!("{} file, read", codec.name());
        report.row_of(record, &what, work, || readers::<T>(*codec, &file, &plain));
    }
}

fn read<T: Event>(file: &[u8]) -> usize {
    let reader = Reader::<T, _>::new(black_box(file)).expect("what was written");
    let mut objects = 0;
    for value in reader {
        black_box(value.expect("what was written"));
        objects += 1;
    }
    objects
}

/// The data of the blocks of a file that is not compressed.
fn blocks<T: Event>(plain: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = Reader::<T, _>::from_bytes(plain).expect("what was written");
    let mut blocks = Vec::new();
    while let Some(block) = reader.next_block().expect("what was written") {
        blocks.push(block.data().to_vec());
    }
    blocks
}

/// Decodes the objects of blocks that are at hand, as if there were no file.
fn data<T: Event>(blocks: &[Vec<u8>]) -> usize {
    let mut objects = 0;
    for block in blocks {
        let mut r = avro_runtime::Reader::new(black_box(block));
        while r.remaining() > 0 {
            black_box(<T as avro_runtime::Decode>::decode(&mut r).expect("what was written"));
            objects += 1;
        }
    }
    objects
}

fn theirs(codec: Codec) -> apache_avro::Codec {
    use apache_avro::Codec as C;
    match codec.name() {
        "deflate" => C::Deflate(DeflateSettings::default()),
        "snappy" => C::Snappy,
        "bzip2" => C::Bzip2(Bzip2Settings::default()),
        "xz" => C::Xz(XzSettings::default()),
        "zstandard" => C::Zstandard(ZstandardSettings::default()),
        _ => C::Null,
    }
}

fn writers<'a, T: Event>(
    value: &'a T,
    codec: Codec,
    schemas: &'a Schemas,
    plain: &[u8],
) -> Vec<Variant<'a>> {
    let mut out = Vec::new();
    let ours = Variant::new("ours", move || {
        out = write(value, codec, std::mem::take(&mut out));
        out.len()
    });
    let mut variants = vec![ours];
    if codec != Codec::Null {
        let blocks = blocks::<T>(plain);
        let library = move || libraries::compress(codec, black_box(&blocks));
        variants.push(Variant::new("the codec's library alone", library));
    }
    if codec == Codec::Null {
        let mut config = SerializerConfig::new(&schemas.fast);
        let mut written = move || {
            let mut writer = fast::WriterBuilder::new(&mut config)
                .sync_marker(MARKER)
                .build(Vec::new())
                .ok()?;
            for _ in 0..OBJECTS {
                writer.serialize(black_box(value)).ok()?;
            }
            writer.into_inner().ok()
        };
        if written().is_some_and(|file| read::<T>(&file) == OBJECTS) {
            variants.push(Variant::new("serde_avro_fast", written));
        }
    }
    let by_serde = move || {
        let mut writer = of_apache(&schemas.apache, codec)?;
        for _ in 0..OBJECTS {
            writer.append_ser(black_box(value)).ok()?;
        }
        writer.into_inner().ok()
    };
    if by_serde().is_some_and(|file| read::<T>(&file) == OBJECTS) {
        variants.push(Variant::new("apache-avro, serde", by_serde));
    }
    let by_value = move || {
        let mut writer = of_apache(&schemas.apache, codec)?;
        for _ in 0..OBJECTS {
            let value = apache_avro::to_value(black_box(value)).ok()?;
            let value = value.resolve(&schemas.apache).ok()?;
            writer.append_value(value).ok()?;
        }
        writer.into_inner().ok()
    };
    if codec == Codec::Null && by_value().is_some_and(|file| read::<T>(&file) == OBJECTS) {
        variants.push(Variant::new("apache-avro, Value", by_value));
    }
    variants
}

fn of_apache(
    schema: &apache_avro::Schema,
    codec: Codec,
) -> Option<apache_avro::Writer<'_, Vec<u8>>> {
    apache_avro::Writer::builder()
        .schema(schema)
        .writer(Vec::new())
        .codec(theirs(codec))
        .block_size(64_000)
        .marker(MARKER)
        .build()
        .ok()
}

fn readers<'a, T: Event + 'a>(codec: Codec, file: &'a [u8], plain: &[u8]) -> Vec<Variant<'a>> {
    let mut variants = vec![Variant::new("ours, owned", move || read::<T>(file))];
    if codec != Codec::Null {
        let compressed: Vec<_> = blocks::<T>(plain)
            .iter()
            .map(|block| libraries::one(codec, block))
            .collect();
        let library = move || libraries::decompress(codec, black_box(&compressed));
        variants.push(Variant::new("the codec's library alone", library));
    }
    if codec == Codec::Null {
        let blocks = blocks::<T>(plain);
        variants.push(Variant::new("the data alone, owned", move || {
            data::<T>(&blocks)
        }));
    }
    variants.push(Variant::new("ours, reused", move || {
        let mut reader = Reader::<T, _>::new(black_box(file)).expect("what was written");
        let mut value = reader.read().expect("what was written").expect("an object");
        while reader.read_into(&mut value).expect("what was written") {
            black_box(&value);
        }
    }));
    variants.push(Variant::new("ours, borrowed from memory", move || {
        let mut reader = Reader::<T, _>::from_bytes(black_box(file)).expect("what was written");
        while let Some(block) = reader.next_block().expect("what was written") {
            for view in block {
                black_box(view.expect("what was written"));
            }
        }
    }));
    let by_fast = move || {
        let mut reader = fast::Reader::from_slice(black_box(file)).ok()?;
        let objects = reader
            .deserialize::<T>()
            .map(|object| object.map(black_box));
        Some(objects.filter(Result::is_ok).count())
    };
    if codec == Codec::Null && by_fast() == Some(OBJECTS) {
        variants.push(Variant::new("serde_avro_fast", by_fast));
    }
    let by_serde = move || {
        let reader = apache_avro::Reader::new(black_box(file)).ok()?;
        let objects = reader.into_deser_iter::<T>();
        let objects = objects.map(|object| object.map(black_box));
        Some(objects.filter(Result::is_ok).count())
    };
    if by_serde() == Some(OBJECTS) {
        variants.push(Variant::new("apache-avro, serde", by_serde));
    }
    let by_value = move || {
        let reader = apache_avro::Reader::new(black_box(file)).ok()?;
        let objects = reader.map(|value| apache_avro::from_value::<T>(&value.ok()?).ok());
        Some(objects.flatten().map(black_box).count())
    };
    if codec == Codec::Null && by_value() == Some(OBJECTS) {
        variants.push(Variant::new("apache-avro, Value", by_value));
    }
    variants
}
