//! The records, each with the value that is measured.

pub mod big;
pub mod events;
pub mod evolved;
pub mod files;
pub mod growth;
pub mod numeric;
pub mod superhero;
pub mod tree;
pub mod wide;
