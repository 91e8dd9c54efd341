//! The generated code of every case, compiled as strictly as a user may: see `goldens/`.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub)]

pub mod cases_support;

/// One module per folder of `goldens/`.
#[cfg(not(feature = "fuzz"))]
pub mod cases {
    include!(concat!(env!("OUT_DIR"), "/cases.rs"));
}

/// The same with JSON and serde for all, where nobody sees it: some lints spare what is exported.
#[cfg(any(test, feature = "fuzz"))]
mod switched {
    include!(concat!(env!("OUT_DIR"), "/switched.rs"));
}

#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;

#[cfg(test)]
mod properties;
