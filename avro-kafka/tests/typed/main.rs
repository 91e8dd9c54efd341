//! The typed producer and consumer: exact bytes, and what happens when something is wrong.

mod commits;
mod compiled;
mod consumer;
mod group;
mod headers;
mod item;
mod producer;
#[path = "../real/mod.rs"]
mod real;
mod registry;
mod renamed;
mod several;
/// The types that the tests of several crates share.
#[path = "../../../tests/shared/generated/mod.rs"]
pub mod shared;
mod whole_path;
