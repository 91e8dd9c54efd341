//! Codec types: zero-sized names for the ways in which a field can stand in a datum.
//!
//! The generator chooses one per field: it settles the two orders of `["null", T]`, the unit of a
//! time, the scale of a decimal, and custom types. A type of your own implements [`FieldCodec`]
//! and [`FieldDecode`] on a unit type of yours for any Rust type, like serde's `with`.

mod array;
mod field;
mod map;
mod named;
mod number;
mod option;
mod owned;
mod resolve;
mod text;

pub(crate) mod calendar;
pub(crate) mod decimal;
mod duration;
#[cfg(feature = "uuid")]
mod uuid;

pub use array::Array;
pub use decimal::{BigDecimal, DecimalBytes, DecimalFixed};
#[cfg(feature = "json")]
pub(crate) use decimal::{rescale_fixed, rescaled};
pub use duration::DurationFixed;
pub(crate) use field::invalid_symbol;
pub use field::{
    blank, bound, decode, decode_new, default, encode, encoded_len, index_len, len, own, read,
    read_branch, read_far, read_symbol, unexpected_branch, write, write_far, write_index,
};
pub use map::Map;
pub use named::{Boxed, Named};
pub use number::{Boolean, Double, Float, Int, Long, Null};
pub use option::{Nullable, NullableUnion};
pub use owned::FieldView;
pub use resolve::{
    in_field, resolve, resolve_far, resolve_new, resolve_or, resolve_or_far, resolve_symbol,
};
pub use text::{Bytes, FixedBytes, Str};

#[cfg(feature = "uuid")]
pub use self::uuid::{Uuid, UuidFixed, UuidStr};
#[cfg(feature = "chrono")]
pub use calendar::Chrono;
#[cfg(feature = "jiff")]
pub use calendar::Jiff;
#[cfg(feature = "time")]
pub use calendar::Time;
pub use calendar::{
    Date, Elapsed, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeLibrary,
    TimeMicros, TimeMillis, TimestampMicros, TimestampMillis, TimestampNanos,
};

use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// How a `T` is written.
pub trait FieldCodec<T> {
    /// Appends the value.
    ///
    /// # Errors
    /// A value outside the range of its logical type.
    fn encode(value: &T, w: &mut Writer<'_>) -> Result<(), EncodeError>;

    /// The exact length of the value's encoding in bytes.
    ///
    /// # Errors
    /// Those of [`encode`](Self::encode).
    fn encoded_len(value: &T) -> Result<usize, EncodeError>;

    /// A length that the encoding should not exceed, cheap to find.
    fn bound(value: &T) -> usize;

    /// Appends the elements of an array.
    ///
    /// # Errors
    /// Those of [`encode`](Self::encode), with the index in the path.
    #[inline(always)]
    fn encode_items(items: &[T], w: &mut Writer<'_>) -> Result<(), EncodeError> {
        array::encode_each::<Self, T>(items, w)
    }
}

/// How a `T` is read.
pub trait FieldDecode<'de, T> {
    /// The length of the shortest encoding in bytes.
    const MIN_LEN: usize;

    /// Whether the elements of an array are read all at once, by
    /// [`decode_items`](Self::decode_items), and not each over an old one.
    const IN_BULK: bool = false;

    /// An empty value to decode into, made without allocating where that is possible.
    fn blank() -> T;

    /// Reads a value over this one, keeping its allocations where they can serve.
    ///
    /// # Errors
    /// Data that is no datum of the schema, or that crosses a limit.
    fn decode_into(value: &mut T, r: &mut Reader<'de>) -> Result<(), DecodeError>;

    /// Reads a value that was written with another schema, as the plan says, over this one.
    ///
    /// Called only where the two schemas differ at this place, and never with a union of the
    /// writer's alone, which has been unwrapped. A codec of your own needs it to read numbers that
    /// are promoted or times of another unit: [`Plan`] has them. Without it such data are refused.
    ///
    /// # Errors
    /// Those of [`decode_into`](Self::decode_into); a datum that the reader's schema has no value for.
    #[inline]
    fn resolve_into(value: &mut T, r: &mut Reader<'de>, p: Plan<'_>) -> Result<(), DecodeError> {
        let _ = value;
        Err(p.unreadable(r))
    }

    /// Reads `n` more elements of an array at once, after the reader has checked their number; called
    /// where [`IN_BULK`](Self::IN_BULK) says so.
    ///
    /// # Errors
    /// Those of [`decode_into`](Self::decode_into), with the index in the path.
    #[inline]
    fn decode_items(out: &mut Vec<T>, n: usize, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        array::each::<T>(out, out.len(), n, Self::blank, |item| {
            Self::decode_into(item, r)
        })
    }
}
