//! The generated types.

avro_runtime::include_schemas!();

pub use bench::{Superhero, Superpower};
