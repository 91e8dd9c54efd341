//! Types for logical types that the standard library has none for.

#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
mod convert;
mod decimal;
mod duration;
mod magnitude;
#[cfg(feature = "serde")]
mod serde;

#[cfg(any(feature = "bigdecimal", feature = "rust_decimal"))]
pub use convert::ConvertDecimalError;
pub use decimal::{Decimal, ParseDecimalError, RescaleError};
pub use duration::{Duration, ParseDurationError};
