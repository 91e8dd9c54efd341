//! Null, boolean and the numbers (specification, "Primitive Types").

use super::field::long_len;
use super::{FieldCodec, FieldDecode};
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer, raw};

/// `null`: no bytes.
#[derive(Debug)]
pub struct Null;

/// `boolean`: one byte.
#[derive(Debug)]
pub struct Boolean;

/// `int`: 32 bits, zig-zag, one to five bytes.
#[derive(Debug)]
pub struct Int;

/// `long`: 64 bits, zig-zag, one to ten bytes.
#[derive(Debug)]
pub struct Long;

/// `float`: four bytes, little endian.
#[derive(Debug)]
pub struct Float;

/// `double`: eight bytes, little endian.
#[derive(Debug)]
pub struct Double;

impl FieldCodec<()> for Null {
    #[inline(always)]
    fn encode((): &(), _: &mut Writer<'_>) -> Result<(), EncodeError> {
        Ok(())
    }

    #[inline(always)]
    fn encoded_len((): &()) -> Result<usize, EncodeError> {
        Ok(0)
    }

    #[inline(always)]
    fn bound((): &()) -> usize {
        0
    }
}

impl<'de> FieldDecode<'de, ()> for Null {
    const MIN_LEN: usize = 0;

    #[inline(always)]
    fn blank() {}

    #[inline(always)]
    fn decode_into((): &mut (), _: &mut Reader<'de>) -> Result<(), DecodeError> {
        Ok(())
    }
}

impl FieldCodec<bool> for Boolean {
    #[inline(always)]
    fn encode(value: &bool, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.boolean(*value);
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(_: &bool) -> Result<usize, EncodeError> {
        Ok(1)
    }

    #[inline(always)]
    fn bound(_: &bool) -> usize {
        1
    }
}

impl<'de> FieldDecode<'de, bool> for Boolean {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> bool {
        false
    }

    #[inline(always)]
    fn decode_into(value: &mut bool, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = r.boolean()?;
        Ok(())
    }
}

impl FieldCodec<i32> for Int {
    #[inline(always)]
    fn encode(value: &i32, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.int(*value);
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(value: &i32) -> Result<usize, EncodeError> {
        Ok(long_len(i64::from(*value)))
    }

    #[inline(always)]
    fn bound(_: &i32) -> usize {
        5
    }
}

impl<'de> FieldDecode<'de, i32> for Int {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> i32 {
        0
    }

    #[inline(always)]
    fn decode_into(value: &mut i32, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = r.int()?;
        Ok(())
    }
}

impl FieldCodec<i64> for Long {
    #[inline(always)]
    fn encode(value: &i64, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.long(*value);
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(value: &i64) -> Result<usize, EncodeError> {
        Ok(long_len(*value))
    }

    #[inline(always)]
    fn bound(_: &i64) -> usize {
        10
    }
}

impl<'de> FieldDecode<'de, i64> for Long {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> i64 {
        0
    }

    #[inline(always)]
    fn decode_into(value: &mut i64, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = r.long()?;
        Ok(())
    }

    #[inline]
    fn resolve_into(value: &mut i64, r: &mut Reader<'de>, p: Plan<'_>) -> Result<(), DecodeError> {
        *value = p.long(r)?;
        Ok(())
    }
}

/// Both floating-point types: fixed size, so that arrays are read with one bounds check.
macro_rules! floating {
    ($codec:ty, $type:ty, $size:literal, $promoted:ident) => {
        impl FieldCodec<$type> for $codec {
            #[inline(always)]
            fn encode(value: &$type, w: &mut Writer<'_>) -> Result<(), EncodeError> {
                w.array(&value.to_le_bytes());
                Ok(())
            }

            #[inline(always)]
            fn encoded_len(_: &$type) -> Result<usize, EncodeError> {
                Ok($size)
            }

            #[inline(always)]
            fn bound(_: &$type) -> usize {
                $size
            }

            #[inline]
            fn encode_items(items: &[$type], w: &mut Writer<'_>) -> Result<(), EncodeError> {
                raw::each_bytes(items, |bytes| w.raw(bytes));
                Ok(())
            }
        }

        impl<'de> FieldDecode<'de, $type> for $codec {
            const MIN_LEN: usize = $size;
            const IN_BULK: bool = true;

            #[inline(always)]
            fn blank() -> $type {
                0.0
            }

            #[inline(always)]
            fn decode_into(value: &mut $type, r: &mut Reader<'de>) -> Result<(), DecodeError> {
                *value = <$type>::from_le_bytes(r.array()?);
                Ok(())
            }

            #[inline]
            fn resolve_into(
                value: &mut $type,
                r: &mut Reader<'de>,
                p: Plan<'_>,
            ) -> Result<(), DecodeError> {
                *value = p.$promoted(r)?;
                Ok(())
            }

            #[inline]
            fn decode_items(
                out: &mut Vec<$type>,
                n: usize,
                r: &mut Reader<'de>,
            ) -> Result<(), DecodeError> {
                let bytes = r.take(n.saturating_mul($size))?;
                super::array::reserve(out, n);
                raw::extend(out, bytes);
                Ok(())
            }
        }
    };
}

floating!(Float, f32, 4, float);
floating!(Double, f64, 8, double);
