//! The types that bytes are read as: every generated type of `goldens/` and of the four systems.

use std::sync::LazyLock;

use avro_model::fingerprint;
use avro_runtime::AvroSchema;
#[cfg(test)]
use avro_runtime::DecodeError;
use avro_runtime::dynamic::Schema;

use super::{decode, json, resolve};

/// A generated type, and what is held of it.
pub(super) struct Type {
    /// The two bytes that choose it, and those before them down to the next.
    place: u16,
    pub(super) text: &'static str,
    pub(super) schema: Schema,
    pub(super) decode: fn(&Schema, &[u8]),
    pub(super) resolve: fn(&Schema, &[u8]),
    pub(super) json: fn(&Schema, &str),
    pub(super) to_json: fn(&[u8]) -> Option<[String; 2]>,
    #[cfg(test)]
    pub(super) refusals: fn(&Schema, &str, &str) -> [Option<DecodeError>; 3],
}

/// All of them by their places.
static TYPES: LazyLock<Vec<Type>> = LazyLock::new(all);

include!(concat!(env!("OUT_DIR"), "/every_type.rs"));

fn all() -> Vec<Type> {
    use crate::switched::*;
    let mut types = Vec::new();
    macro_rules! add {
        ($path:path) => {
            types.push(Type {
                place: place(stringify!($path)),
                text: <$path as AvroSchema>::SCHEMA,
                schema: schema_of::<$path>(),
                decode: decode::check::<$path>,
                resolve: resolve::check::<$path>,
                json: json::check::<$path>,
                to_json: json::of_datum::<$path>,
                #[cfg(test)]
                refusals: json::refusals::<$path>,
            })
        };
    }
    every_type!(add);
    types.sort_by_key(|ty| ty.place);
    types
}

/// By its name, so that a new type takes nothing from most of the others' corpus.
fn place(path: &str) -> u16 {
    (fingerprint::rabin(path) >> 48) as u16
}

fn schema_of<T: AvroSchema>() -> Schema {
    Schema::new(T::SCHEMA).unwrap_or_else(|error| panic!("{}: {error}", T::FULLNAME))
}

/// The type that the first two bytes choose, and the rest.
pub(super) fn chosen(data: &[u8]) -> Option<(&'static Type, &[u8])> {
    let (chosen, rest) = data.split_first_chunk::<2>()?;
    let chosen = u16::from_le_bytes(*chosen);
    let ty = TYPES.iter().find(|ty| ty.place >= chosen);
    Some((ty.or(TYPES.first())?, rest))
}

/// Every type with the bytes that choose it.
pub(super) fn choices() -> impl Iterator<Item = ([u8; 2], &'static Type)> {
    TYPES.iter().map(|ty| (ty.place.to_le_bytes(), ty))
}
