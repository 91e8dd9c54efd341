//! What holds for any bytes whatever: the functions that `fuzz/` and the tests call.
//!
//! Each takes bytes and panics if something does not hold. The first bytes choose a type or a pair of
//! schemas, the rest are the data. [`seeds`] are valid inputs to begin with, so that data of deep
//! schemas need not be found by chance.

mod container;
mod decode;
mod evolve;
mod json;
#[cfg(test)]
mod repeated;
#[cfg(test)]
mod replay;
mod resolve;
mod schema;
pub mod seeds;
mod types;

use std::fmt::{Debug, Display};

use avro_runtime::{DecodeError, DecodeErrorKind, Limit, Limits};

pub use container::container;
pub use decode::decode;
pub use json::json;
pub use resolve::resolve;
pub use schema::schema;

/// Small enough that a count or length made up by chance crosses them.
const LIMITS: Limits = Limits {
    depth: 32,
    length: 1 << 16,
    items: 1 << 12,
    allocation: 1 << 18,
};

/// What an error and its path may take besides.
const OVERHEAD: u64 = 1 << 13;

/// Runs what reads a datum within [`LIMITS`], and measures that it keeps to them.
fn bounded<V>(read: impl FnOnce() -> V) -> V {
    let mut value = None;
    let taken = allocation_counter::measure(|| value = Some(read())).bytes_max;
    // A vector and an allocator may double what is asked for: see `Limits::allocation`.
    let most = 2 * LIMITS.allocation as u64 + OVERHEAD;
    assert!(taken <= most, "{taken} bytes of memory");
    value.expect("it was run")
}

/// Equal, or written alike: NaN is not equal to itself.
fn same<T: PartialEq + Debug>(a: &T, b: &T) -> bool {
    a == b || format!("{a:?}") == format!("{b:?}")
}

/// Two ways to read the same data came to the same end. They may differ in what they take from the
/// allocation: a view has other types than what it is a view of.
fn agree<T: PartialEq + Debug>(
    what: &dyn Display,
    a: &Result<T, DecodeError>,
    b: &Result<T, DecodeError>,
) {
    let is_same = match (a, b) {
        (Ok(a), Ok(b)) => same(a, b),
        (Err(a), Err(b)) if a == b => true,
        (Err(error), _) | (_, Err(error)) if is_limit(error) => true,
        _ => false,
    };
    assert!(is_same, "{what}:\n{a:?}\n{b:?}");
}

/// Whether `dynamic` alone may refuse the data so. It counts the nulls and empty records within
/// records as items, for which it makes values and a type does not.
fn is_limit_of_dynamic(error: &DecodeError) -> bool {
    is_limit(error) || *error.kind() == DecodeErrorKind::LimitExceeded(Limit::Items)
}

fn is_limit(error: &DecodeError) -> bool {
    matches!(
        error.kind(),
        DecodeErrorKind::LimitExceeded(Limit::Allocation | Limit::Depth)
    )
}
