//! A record of 200 fields.

use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::{AvroSchema, from_datum};

use crate::generated::bench::Wide;

/// A value made up from a seed.
pub fn wide() -> Wide {
    let schema = Schema::new(Wide::SCHEMA).expect("the generator took it");
    let value = Value::random(&schema, 7).expect("every type has a datum");
    from_datum(&value.to_datum()).expect("it is a datum of the schema")
}
