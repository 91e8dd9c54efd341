//! Types for logical types that the standard library has none for.

mod decimal;
mod duration;
mod magnitude;
#[cfg(feature = "serde")]
mod serde;

pub use decimal::{Decimal, ParseDecimalError, RescaleError};
pub use duration::{Duration, ParseDurationError};
