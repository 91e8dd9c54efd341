//! Decimals on bytes and on fixed, and big-decimal (specification, "Decimal").

use super::field::{index_len, long_len};
use super::text::LENGTH_BOUND;
use super::{FieldCodec, FieldDecode, FieldView};
use crate::error::{DecodeErrorKind, EncodeErrorKind};
use crate::resolve::{Plan, Scales};
use crate::types::{Decimal, RescaleError};
use crate::{DecodeError, EncodeError, Reader, Writer};

/// `decimal` with precision `P` and scale `S` on `bytes`. A value of another scale is written if
/// no digit is lost.
#[derive(Debug)]
pub struct DecimalBytes<const P: u32, const S: u32>;

/// `decimal` with precision `P` and scale `S` on a fixed of `N` bytes.
#[derive(Debug)]
pub struct DecimalFixed<const N: usize, const P: u32, const S: u32>;

/// `big-decimal`: `bytes` that hold the unscaled number as `bytes` and the scale as `int`.
#[derive(Debug)]
pub struct BigDecimal;

/// The value with the schema's scale, if it fits the schema's precision.
pub(crate) fn fit<const P: u32, const S: u32>(value: &Decimal) -> Result<Decimal, EncodeError> {
    fit_within(value, P, S).map_err(EncodeError::new)
}

fn fit_within(value: &Decimal, precision: u32, scale: u32) -> Result<Decimal, EncodeErrorKind> {
    // Zero apart, the new scale adds or takes as many digits: this refuses an enormous exponent
    // before it is multiplied out.
    let added = i64::from(scale) - i64::from(value.scale());
    let is_zero = value.unscaled() == Some(0);
    let rescaled = if is_zero || value.fits(i64::from(precision) - added) {
        value.rescale(scale as i32)
    } else {
        Err(RescaleError::TooLarge)
    };
    rescaled.map_err(|error| match error {
        RescaleError::LosesDigits => EncodeErrorKind::LosesDigits { scale },
        RescaleError::TooLarge => EncodeErrorKind::ExceedsPrecision { precision },
    })
}

/// The decimal in these bytes, if it fits the precision.
pub(crate) fn parse<const P: u32, const S: u32>(
    bytes: &[u8],
    start: usize,
) -> Result<Decimal, DecodeError> {
    match Decimal::from_be_bytes(bytes, S as i32) {
        Some(value) if value.fits(i64::from(P)) => Ok(value),
        _ => {
            let kind = DecodeErrorKind::ExceedsPrecision { precision: P };
            Err(DecodeError::new(kind, start))
        }
    }
}

/// Why a text is no decimal that fits, as the codec says it of a value.
#[cfg(feature = "json")]
pub(crate) fn unfit(error: &EncodeError, start: usize) -> DecodeError {
    let kind = match *error.kind() {
        EncodeErrorKind::LosesDigits { scale } => DecodeErrorKind::LosesDigits { scale },
        EncodeErrorKind::ExceedsPrecision { precision } => {
            DecodeErrorKind::ExceedsPrecision { precision }
        }
        _ => DecodeErrorKind::OutOfRange("decimal"),
    };
    DecodeError::new(kind, start)
}

/// The decimal of the writer's scale in these bytes, with the reader's scale and precision.
pub(crate) fn rescaled(bytes: &[u8], scales: Scales, start: usize) -> Result<Decimal, DecodeError> {
    let value = i32::try_from(scales.writer).ok();
    let value = value.and_then(|scale| Decimal::from_be_bytes(bytes, scale));
    let fitted = match value {
        Some(value) => fit_within(&value, scales.precision, scales.reader),
        None => {
            return Err(DecodeError::new(
                DecodeErrorKind::OutOfRange("decimal"),
                start,
            ));
        }
    };
    fitted.map_err(|kind| {
        let how = match kind {
            EncodeErrorKind::LosesDigits { .. } => "loses digits",
            _ => "overflows",
        };
        DecodeError::new(DecodeErrorKind::NotExact(how), start)
    })
}

/// The same in as many bytes as a fixed has.
pub(crate) fn rescale_fixed(
    fixed: &mut [u8],
    scales: Scales,
    start: usize,
) -> Result<(), DecodeError> {
    if rescaled(fixed, scales, start)?.fill_be_bytes(fixed) {
        return Ok(());
    }
    Err(DecodeError::new(
        DecodeErrorKind::NotExact("overflows"),
        start,
    ))
}

impl<const P: u32, const S: u32> FieldCodec<Decimal> for DecimalBytes<P, S> {
    fn encode(value: &Decimal, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        fit::<P, S>(value)?.with_be_bytes(|bytes| w.bytes(bytes));
        Ok(())
    }

    fn encoded_len(value: &Decimal) -> Result<usize, EncodeError> {
        let len = fit::<P, S>(value)?.with_be_bytes(<[u8]>::len);
        Ok(index_len(len) + len)
    }

    fn bound(value: &Decimal) -> usize {
        LENGTH_BOUND + value.bytes_bound()
    }
}

impl<'de, const P: u32, const S: u32> FieldDecode<'de, Decimal> for DecimalBytes<P, S> {
    const MIN_LEN: usize = 1;

    fn blank() -> Decimal {
        Decimal::new(0, S as i32)
    }

    fn decode_into(value: &mut Decimal, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let start = r.position();
        *value = parse::<P, S>(r.bytes()?, start)?;
        Ok(())
    }

    fn resolve_into(
        value: &mut Decimal,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let (start, scales) = (r.position(), p.scales(r)?);
        *value = rescaled(r.bytes()?, scales, start)?;
        Ok(())
    }
}

/// The bytes of a fixed that hold the value.
pub(crate) fn fill_fixed<const N: usize, const P: u32, const S: u32>(
    value: &Decimal,
) -> Result<[u8; N], EncodeError> {
    let mut fixed = [0; N];
    if fit::<P, S>(value)?.fill_be_bytes(&mut fixed) {
        return Ok(fixed);
    }
    let kind = EncodeErrorKind::ExceedsPrecision { precision: P };
    Err(EncodeError::new(kind))
}

impl<const N: usize, const P: u32, const S: u32> FieldCodec<Decimal> for DecimalFixed<N, P, S> {
    fn encode(value: &Decimal, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.array(&fill_fixed::<N, P, S>(value)?);
        Ok(())
    }

    fn encoded_len(value: &Decimal) -> Result<usize, EncodeError> {
        fit::<P, S>(value).map(|_| N)
    }

    fn bound(_: &Decimal) -> usize {
        N
    }
}

impl<'de, const N: usize, const P: u32, const S: u32> FieldDecode<'de, Decimal>
    for DecimalFixed<N, P, S>
{
    const MIN_LEN: usize = N;

    fn blank() -> Decimal {
        Decimal::new(0, S as i32)
    }

    fn decode_into(value: &mut Decimal, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let start = r.position();
        *value = parse::<P, S>(&r.array::<N>()?, start)?;
        Ok(())
    }

    fn resolve_into(
        value: &mut Decimal,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let (start, scales) = (r.position(), p.scales(r)?);
        *value = rescaled(&r.array::<N>()?, scales, start)?;
        Ok(())
    }
}

/// The length of what stands within the outer bytes.
fn inner_len(value: &Decimal) -> usize {
    let len = value.with_be_bytes(<[u8]>::len);
    index_len(len) + len + long_len(i64::from(value.scale()))
}

/// Appends what stands within the outer bytes.
fn write_inner(value: &Decimal, w: &mut Writer<'_>) {
    value.with_be_bytes(|bytes| w.bytes(bytes));
    w.int(value.scale());
}

/// What stands within the outer bytes.
#[cfg(feature = "json")]
pub(crate) fn to_binary(value: &Decimal) -> Vec<u8> {
    let mut inner = Vec::new();
    let mut w = Writer::new(&mut inner, BigDecimal::bound(value));
    write_inner(value, &mut w);
    w.finish();
    inner
}

impl FieldCodec<Decimal> for BigDecimal {
    fn encode(value: &Decimal, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.index(inner_len(value));
        write_inner(value, w);
        Ok(())
    }

    fn encoded_len(value: &Decimal) -> Result<usize, EncodeError> {
        let len = inner_len(value);
        Ok(index_len(len) + len)
    }

    fn bound(value: &Decimal) -> usize {
        2 * LENGTH_BOUND + value.bytes_bound() + 5
    }
}

impl<'de> FieldDecode<'de, Decimal> for BigDecimal {
    const MIN_LEN: usize = 1;

    fn blank() -> Decimal {
        Decimal::default()
    }

    fn decode_into(value: &mut Decimal, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let start = r.position();
        *value = from_binary(r.bytes()?, start)?;
        Ok(())
    }
}

/// The decimal that stands within the outer bytes.
pub(crate) fn from_binary(inner: &[u8], start: usize) -> Result<Decimal, DecodeError> {
    read_inner(&mut Reader::new(inner)).ok_or_else(|| {
        let kind = DecodeErrorKind::OutOfRange("big-decimal");
        DecodeError::new(kind, start)
    })
}

fn read_inner(r: &mut Reader<'_>) -> Option<Decimal> {
    let unscaled = r.bytes().ok()?;
    let scale = r.int().ok()?;
    r.finish().ok()?;
    Decimal::from_be_bytes(unscaled, scale)
}

impl<const P: u32, const S: u32> FieldView<Decimal, Decimal> for DecimalBytes<P, S> {
    fn own(view: &Decimal) -> Decimal {
        view.clone()
    }
}

impl<const N: usize, const P: u32, const S: u32> FieldView<Decimal, Decimal>
    for DecimalFixed<N, P, S>
{
    fn own(view: &Decimal) -> Decimal {
        view.clone()
    }
}

impl FieldView<Decimal, Decimal> for BigDecimal {
    fn own(view: &Decimal) -> Decimal {
        view.clone()
    }
}
