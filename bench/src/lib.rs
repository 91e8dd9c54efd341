//! What the benchmarks have in common: the harness, and the records as every peer has them.
//!
//! One program per subject stands in `src/bin`; `cargo xtask bench` runs them all and writes
//! BENCHMARKS.md.

pub mod catalogue;
pub mod kafka;
pub mod libraries;
pub mod measure;
pub mod peers;
pub mod process;
pub mod records;
pub mod report;
pub mod scratch;

/// The generated types.
pub mod generated {
    avro_runtime::include_schemas!();
}
