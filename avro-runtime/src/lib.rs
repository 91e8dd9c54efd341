//! What generated Avro types call: codec, encodings, validation, topic bindings.
//!
//! Generated code names everything through this crate, so that a service needs no other
//! dependency for its events. People call the functions at the root ([`to_datum`],
//! [`from_datum`], [`view_datum`] and their kin), [`json`], [`single_object`] and [`confluent`]; the
//! rest serves generated code and codecs written by hand.
#![deny(unsafe_code)]

pub mod codec;
pub mod confluent;
mod contract;
mod datum;
mod deployed;
#[cfg(feature = "json")]
pub mod dynamic;
mod error;
#[cfg(feature = "json")]
pub mod json;
mod limits;
pub mod object_container;
#[cfg(feature = "bytes")]
mod owned_view;
mod parts;
mod raw;
mod reader;
pub mod resolve;
mod schema;
pub mod single_object;
pub mod topic;
pub mod types;
pub mod validate;
mod writer;

pub use contract::{check_contract, same_identity};
pub use datum::{
    decode_into, decode_into_with, encode_into, encode_into_with, from_datum, from_datum_with,
    to_datum, view_datum, view_datum_with,
};
pub use deployed::DeployedVersion;
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Limit};
pub use limits::Limits;
#[cfg(feature = "bytes")]
pub use owned_view::OwnedView;
pub use parts::{MissingField, UnknownSymbol};
pub use reader::Reader;
pub use resolve::{ResolveError, Resolver};
pub use schema::{AvroSchema, Decode, Encode, View};
pub use validate::Validate;
pub use writer::Writer;

#[cfg(feature = "derive")]
pub use avro_derive::Validate;
#[cfg(feature = "bigdecimal")]
pub use bigdecimal;
#[cfg(feature = "bytes")]
pub use bytes;
#[cfg(feature = "chrono")]
pub use chrono;
#[cfg(feature = "jiff")]
pub use jiff;
#[cfg(feature = "rust_decimal")]
pub use rust_decimal;
#[cfg(feature = "serde")]
pub use serde;
#[cfg(feature = "time")]
pub use time;
#[cfg(feature = "uuid")]
pub use uuid;
