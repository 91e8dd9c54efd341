//! Valid inputs of each target, from which others are made.

use avro_model::codes::Code;
use avro_runtime::dynamic::{Schema, Value};
use avro_runtime::object_container::{Codec, WriterSettings};

use super::{evolve, types};

/// A function, the name that `fuzz/` has it under, and inputs to begin with.
pub struct Target {
    /// The name of the program and of its corpus.
    pub name: &'static str,
    /// The function.
    pub run: fn(&[u8]),
    /// Makes the inputs.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All targets.
pub const TARGETS: [Target; 5] = [
    Target {
        name: "decode",
        run: super::decode,
        seeds: decode,
    },
    Target {
        name: "resolve",
        run: super::resolve,
        seeds: resolve,
    },
    Target {
        name: "json",
        run: super::json,
        seeds: json,
    },
    Target {
        name: "container",
        run: super::container,
        seeds: container,
    },
    Target {
        name: "schema",
        run: super::schema,
        seeds: schema,
    },
];

fn random(schema: &Schema, seed: u64) -> Vec<u8> {
    Value::random(schema, seed).map_or_else(Vec::new, |value| value.to_datum())
}

fn decode() -> Vec<Vec<u8>> {
    let each = types::choices().flat_map(|(choice, ty)| {
        (0..4).map(move |seed| [&choice[..], &random(&ty.schema, seed)].concat())
    });
    each.collect()
}

/// Data of the type's own schema, and of some with one or two changes.
fn resolve() -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for (choice, ty) in types::choices() {
        for kind in 0..20_u8 {
            let how = kind.wrapping_mul(37);
            let changes: &[u8] = match kind {
                0..=9 => &[1, kind, how, how >> 3],
                _ => &[2, kind, how, how >> 3, how >> 2, kind, how],
            };
            let Some((writer, _)) = evolve::evolved(ty.text, changes) else {
                continue;
            };
            if let Ok(writer) = Schema::new(&writer) {
                let datum = random(&writer, how.into());
                inputs.push([&choice[..], changes, &datum].concat());
            }
        }
    }
    inputs
}

fn json() -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for (choice, ty) in types::choices() {
        for seed in 0..3 {
            let texts = (ty.to_json)(&random(&ty.schema, seed))
                .into_iter()
                .flatten();
            inputs.extend(texts.map(|text| [&choice[..], text.as_bytes()].concat()));
        }
    }
    inputs
}

fn container() -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for (number, (_, ty)) in types::choices().enumerate() {
        let values = (0..6).filter_map(|seed| Value::random(&ty.schema, seed));
        let values: Vec<Value> = values.collect();
        let settings = WriterSettings::new()
            .codec(Codec::ALL[number % Codec::ALL.len()])
            .block_size(40)
            .sync_marker([number as u8; 16]);
        let mut writer = settings.create_as(Vec::new(), ty.text).unwrap();
        for value in &values {
            writer.write(value).unwrap();
        }
        inputs.push(writer.finish().unwrap());
    }
    // Long schemas make long files, of which little is data.
    inputs.retain(|file| file.len() < 3000);
    inputs
}

/// The schemas of all types, and what the rules' documentation shows.
fn schema() -> Vec<Vec<u8>> {
    let types = types::choices().map(|(_, ty)| ty.text.as_bytes().to_vec());
    let examples = Code::ALL.iter().map(|code| code.example());
    let examples = examples.map(|text| text.as_bytes().to_vec());
    let protocol = br#" {"protocol": "P", "types": [{"type": "fixed", "name": "F", "size": 2}], "messages": {}}"#;
    types.chain(examples).chain([protocol.to_vec()]).collect()
}
