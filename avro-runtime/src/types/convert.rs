//! [`Decimal`] from and to the decimals of other crates: the same number, or an error.

use core::fmt;

use super::Decimal;

/// Why a number of one decimal type is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConvertDecimalError {
    /// `rust_decimal::Decimal` has 96 bits, and at most 28 digits of them behind the point.
    RustDecimal,
    /// [`Decimal`] has up to [`MAX_BYTES`](Decimal::MAX_BYTES), and a scale of
    /// 32 bits.
    Decimal,
}

impl fmt::Display for ConvertDecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RustDecimal => {
                "rust_decimal holds 96 bits, at most 28 digits of them behind the point; round the number first"
            }
            Self::Decimal => "an Avro decimal has at most 9,864 digits here, and a scale of 32 bits",
        })
    }
}

impl std::error::Error for ConvertDecimalError {}

/// With its scale; minus zero, which Avro does not have, is zero.
#[cfg(feature = "rust_decimal")]
impl From<rust_decimal::Decimal> for Decimal {
    fn from(value: rust_decimal::Decimal) -> Self {
        Self::new(value.mantissa(), value.scale() as i32)
    }
}

/// With its scale where the other type has it, else with the nearest scale that loses no digit.
#[cfg(feature = "rust_decimal")]
impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = ConvertDecimalError;

    fn try_from(value: &Decimal) -> Result<Self, ConvertDecimalError> {
        const NOT: ConvertDecimalError = ConvertDecimalError::RustDecimal;
        let most = value.scale().clamp(0, Self::MAX_SCALE as i32);
        // A smaller scale needs fewer bits, until a digit would be lost.
        for scale in (0..=most).rev() {
            let unscaled = value.rescale(scale).map_err(|_| NOT)?.unscaled();
            let found = unscaled
                .and_then(|unscaled| Self::try_from_i128_with_scale(unscaled, scale as u32).ok());
            if let Some(found) = found {
                return Ok(found);
            }
        }
        Err(NOT)
    }
}

#[cfg(feature = "rust_decimal")]
impl TryFrom<Decimal> for rust_decimal::Decimal {
    type Error = ConvertDecimalError;

    fn try_from(value: Decimal) -> Result<Self, ConvertDecimalError> {
        Self::try_from(&value)
    }
}

/// With its scale.
#[cfg(feature = "bigdecimal")]
impl From<&Decimal> for bigdecimal::BigDecimal {
    fn from(value: &Decimal) -> Self {
        let unscaled = value.with_be_bytes(bigdecimal::num_bigint::BigInt::from_signed_bytes_be);
        Self::new(unscaled, value.scale().into())
    }
}

#[cfg(feature = "bigdecimal")]
impl From<Decimal> for bigdecimal::BigDecimal {
    fn from(value: Decimal) -> Self {
        Self::from(&value)
    }
}

/// With its scale.
#[cfg(feature = "bigdecimal")]
impl TryFrom<&bigdecimal::BigDecimal> for Decimal {
    type Error = ConvertDecimalError;

    fn try_from(value: &bigdecimal::BigDecimal) -> Result<Self, ConvertDecimalError> {
        let (unscaled, scale) = value.as_bigint_and_scale();
        let scale = i32::try_from(scale).ok();
        scale
            .and_then(|scale| Self::from_be_bytes(&unscaled.to_signed_bytes_be(), scale))
            .ok_or(ConvertDecimalError::Decimal)
    }
}

#[cfg(feature = "bigdecimal")]
impl TryFrom<bigdecimal::BigDecimal> for Decimal {
    type Error = ConvertDecimalError;

    fn try_from(value: bigdecimal::BigDecimal) -> Result<Self, ConvertDecimalError> {
        Self::try_from(&value)
    }
}
