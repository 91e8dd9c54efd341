//! Container files between this project and apache-avro, both ways, with every codec.

use std::collections::BTreeSet;

use apache_avro::types::Value;
use apache_avro::{Bzip2Settings, DeflateSettings, Schema, XzSettings, ZstandardSettings};
use avro_runtime::object_container::{Codec, Reader, WriterSettings};
use avro_runtime::{AvroSchema, dynamic, from_datum};
use avro_tests::cases::every_kind::com::acme::Order;

/// Orders of which each field has many values.
fn orders() -> Vec<Order> {
    let schema = dynamic::Schema::new(Order::SCHEMA).unwrap();
    let random = (0..400).filter_map(|seed| dynamic::Value::random(&schema, seed));
    // Some have times that no calendar has.
    let orders = random.filter_map(|value| from_datum::<Order>(&value.to_datum()).ok());
    let orders: Vec<_> = orders.take(100).collect();
    assert_eq!(orders.len(), 100);
    orders
}

fn write(orders: &[Order], codec: Codec) -> Vec<u8> {
    let settings = WriterSettings::new().codec(codec).block_size(5_000);
    let mut writer = settings
        .metadata("written by", "this project")
        .create::<Order, _>(Vec::new())
        .unwrap();
    for order in orders {
        writer.write(order).unwrap();
    }
    writer.finish().unwrap()
}

fn read(file: &[u8]) -> Vec<Order> {
    let reader = Reader::<Order, _>::new(file).unwrap();
    reader.map(Result::unwrap).collect()
}

/// The same codecs as apache-avro has them.
fn theirs() -> [apache_avro::Codec; 6] {
    use apache_avro::Codec as C;
    [
        C::Null,
        C::Deflate(DeflateSettings::default()),
        C::Snappy,
        C::Bzip2(Bzip2Settings::default()),
        C::Xz(XzSettings::default()),
        C::Zstandard(ZstandardSettings::default()),
    ]
}

#[test]
fn each_reads_the_files_of_the_other() {
    let orders = orders();
    let schema = Schema::parse_str(Order::SCHEMA).unwrap();
    let mut names = BTreeSet::new();
    for (ours, theirs) in Codec::ALL.iter().zip(theirs()) {
        let file = write(&orders, *ours);
        let reader = apache_avro::Reader::new(&file[..]).unwrap();
        assert_eq!(reader.writer_schema(), &schema);
        assert_eq!(reader.user_metadata()["written by"], b"this project");
        let values: Vec<Value> = reader.map(Result::unwrap).collect();
        assert_eq!(values.len(), orders.len(), "{}", ours.name());

        let mut writer = apache_avro::Writer::builder()
            .schema(&schema)
            .writer(Vec::new())
            .codec(theirs)
            .block_size(5_000)
            .build()
            .unwrap();
        for value in values {
            writer.append_value(value).unwrap();
        }
        let back = writer.into_inner().unwrap();
        let header = Reader::<Order, _>::new(&back[..]).unwrap();
        assert_eq!(header.header().codec(), ours.name().as_bytes());
        names.insert(ours.name());
        assert_eq!(read(&back), orders, "{}", ours.name());
    }
    assert_eq!(names.len(), 6);
}

#[test]
fn what_is_appended_here_is_read_there() {
    let orders = orders();
    for codec in Codec::ALL {
        let mut cursor = std::io::Cursor::new(write(&orders[..60], *codec));
        let mut writer = WriterSettings::new()
            .append::<Order, _>(&mut cursor)
            .unwrap();
        for order in &orders[60..] {
            writer.write(order).unwrap();
        }
        writer.finish().unwrap();
        let reader = apache_avro::Reader::new(&cursor.get_ref()[..]).unwrap();
        assert_eq!(reader.map(Result::unwrap).count(), 100);
        assert_eq!(read(cursor.get_ref()), orders);
    }
}
