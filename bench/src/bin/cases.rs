//! What peers in other languages are given: the schemas, and the very bytes that are measured here,
//! as one JSON document on standard output.
//!
//! A peer decodes a datum and encodes what it has, and only if these are the same bytes it is
//! measured. Bytes are in hex. `type` is the fullname of the reader's type. Logical types are left
//! out: to all peers here they are numbers and strings.

use avro_bench::generated::bench::evolved::OrderEvent;
use avro_bench::peers::Event;
use avro_bench::records::evolved::{Version, versions};
use avro_bench::records::{big, events, files, numeric, superhero, tree, wide};
use avro_runtime::object_container::Codec;
use avro_runtime::{AvroSchema, to_datum};
use serde_json::{Value as Json, json};

fn main() {
    let records = [
        record("Superhero", &superhero::hero()),
        record("big", &big::user()),
        record("numeric", &numeric::reading()),
        record("order pipeline", &events::order()),
        record("feature store", &events::feature()),
        record("shop", &events::shop()),
        record("execution ticket", &events::ticket()),
        record("200 fields", &wide::wide()),
        record("tree", &tree::tree(32)),
    ];
    let files = [
        file("Superhero", &superhero::hero()),
        file("big", &big::user()),
        file("numeric", &numeric::reading()),
    ];
    let versions: Vec<Json> = versions().iter().map(version).collect();
    let cases = json!({"records": records, "versions": versions, "files": files});
    println!("{cases}");
}

/// A value to encode and to decode.
fn record<T: Event>(name: &str, value: &T) -> Json {
    json!({
        "record": name,
        "type": T::FULLNAME,
        "schema": plain(T::SCHEMA),
        "datum": hex(&to_datum(value).expect("a valid value")),
    })
}

/// A datum of another version; `direct` is the same in the reader's own layout.
fn version(version: &Version) -> Json {
    json!({
        "record": version.name,
        "type": OrderEvent::FULLNAME,
        "schema": plain(OrderEvent::SCHEMA),
        "writer": plain(&version.schema),
        "datum": hex(&version.datum),
        "direct": hex(&version.direct),
    })
}

/// A container file of one value many times over.
fn file<T: Event>(name: &str, value: &T) -> Json {
    let file = files::write(value, Codec::Null, Vec::new());
    json!({
        "record": name,
        "type": T::FULLNAME,
        "schema": plain(T::SCHEMA),
        "objects": files::OBJECTS,
        "datum": hex(&to_datum(value).expect("a valid value")),
        "file": hex(&file),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A schema without its logical types.
fn plain(schema: &str) -> String {
    let mut schema: Json = serde_json::from_str(schema).expect("a schema is JSON");
    strip(&mut schema);
    schema.to_string()
}

fn strip(schema: &mut Json) {
    match schema {
        Json::Object(members) => {
            members.remove("logicalType");
            members.values_mut().for_each(strip);
        }
        Json::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
