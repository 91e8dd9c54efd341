//! The peers that code the generated types through serde, and what their fastest ways are.

use std::hint::black_box;
use std::mem;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use avro_runtime::AvroSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_avro_fast::ser::SerializerConfig;

use crate::measure::Variant;

/// A type that every peer can code.
pub trait Event:
    AvroSchema + Clone + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned
{
}

impl<T: AvroSchema + Clone + PartialEq + std::fmt::Debug + Serialize + DeserializeOwned> Event
    for T
{
}

/// The peers' own forms of a type's schema.
pub struct Schemas {
    pub fast: serde_avro_fast::Schema,
    pub apache: apache_avro::Schema,
}

impl Schemas {
    /// Those of this type.
    pub fn of<T: AvroSchema>() -> Self {
        Self {
            fast: T::SCHEMA.parse().expect("a valid schema"),
            apache: apache_avro::Schema::parse_str(T::SCHEMA).expect("a valid schema"),
        }
    }
}

/// The peers that encode this value to the very bytes that we do; of the others, none is measured.
pub fn encoders<'a, T: Event>(
    value: &'a T,
    schemas: &'a Schemas,
    datum: &[u8],
) -> Vec<Variant<'a>> {
    let mut variants = Vec::new();
    let mut config = SerializerConfig::new(&schemas.fast);
    let fast = serde_avro_fast::to_datum_vec(value, &mut config);
    if fast.is_ok_and(|bytes| bytes == datum) {
        let mut out = Vec::new();
        variants.push(Variant::new("serde_avro_fast", move || {
            out.clear();
            out = serde_avro_fast::to_datum(black_box(value), mem::take(&mut out), &mut config)
                .expect("it did before");
            out.len()
        }));
    }
    if let Ok(writer) = GenericDatumWriter::builder(&schemas.apache).build() {
        let mut out = Vec::new();
        let written = writer.write_ser(&mut out, value);
        if written.is_ok() && out == datum {
            variants.push(Variant::new("apache-avro, serde", move || {
                out.clear();
                writer
                    .write_ser(&mut out, black_box(value))
                    .expect("it did before")
            }));
        }
    }
    if let Ok(writer) = GenericDatumWriter::builder(&schemas.apache).build() {
        let generic = move || {
            let value = apache_avro::to_value(black_box(value)).ok()?;
            let value = value.resolve(&schemas.apache).ok()?;
            writer.write_value_to_vec(value).ok()
        };
        if generic().is_some_and(|bytes| bytes == datum) {
            variants.push(Variant::new("apache-avro, Value", generic));
        }
    }
    let mut out = Vec::new();
    variants.push(Variant::new("serde_json", move || {
        out.clear();
        serde_json::to_writer(&mut out, black_box(value)).expect("a value");
        out.len()
    }));
    variants
}

/// The peers that decode the datum to this value.
pub fn decoders<'a, T: Event + 'a>(
    value: &'a T,
    schemas: &'a Schemas,
    datum: &'a [u8],
) -> Vec<Variant<'a>> {
    let mut variants = Vec::new();
    let fast = move || serde_avro_fast::from_datum_slice::<T>(black_box(datum), &schemas.fast).ok();
    if fast().as_ref() == Some(value) {
        variants.push(Variant::new("serde_avro_fast", fast));
    }
    if let Ok(reader) = GenericDatumReader::builder(&schemas.apache).build() {
        let read = move || reader.read_deser::<T>(&mut black_box(datum)).ok();
        if read().as_ref() == Some(value) {
            variants.push(Variant::new("apache-avro, serde", read));
        }
    }
    if let Ok(reader) = GenericDatumReader::builder(&schemas.apache).build() {
        let generic = move || {
            let value = reader.read_value(&mut black_box(datum)).ok()?;
            apache_avro::from_value::<T>(&value).ok()
        };
        if generic().as_ref() == Some(value) {
            variants.push(Variant::new("apache-avro, Value", generic));
        }
    }
    let json = serde_json::to_vec(value).expect("a value");
    variants.push(Variant::new("serde_json", move || {
        serde_json::from_slice::<T>(black_box(&json)).expect("what was written")
    }));
    variants
}
