//! Strings, bytes and fixed.

use super::decimal::{rescale_fixed, rescaled};
use super::field::index_len;
use super::{FieldCodec, FieldDecode};
use crate::resolve::Plan;
use crate::{DecodeError, EncodeError, Reader, Writer, raw};

/// `string`: a length, then UTF-8.
#[derive(Debug)]
pub struct Str;

/// `bytes`: a length, then the bytes.
#[derive(Debug)]
pub struct Bytes;

/// The `N` bytes of a fixed, without its name.
#[derive(Debug)]
pub struct FixedBytes<const N: usize>;

/// An upper bound for a length or a count: five bytes hold 2^34, more than a message can have.
pub(super) const LENGTH_BOUND: usize = 5;

impl FieldCodec<String> for Str {
    #[inline(always)]
    fn encode(value: &String, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.bytes(value.as_bytes());
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(value: &String) -> Result<usize, EncodeError> {
        Ok(index_len(value.len()) + value.len())
    }

    #[inline(always)]
    fn bound(value: &String) -> usize {
        LENGTH_BOUND + value.len()
    }
}

impl<'de> FieldDecode<'de, String> for Str {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> String {
        String::new()
    }

    #[inline(always)]
    fn decode_into(value: &mut String, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let text = r.str()?;
        if text.len() > value.capacity() {
            // Exactly as large as needed, and quicker than growing.
            *value = raw::to_string(text);
        } else {
            value.clear();
            value.push_str(text);
        }
        Ok(())
    }
}

impl<'de> FieldDecode<'de, &'de str> for Str {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> &'de str {
        ""
    }

    #[inline(always)]
    fn decode_into(value: &mut &'de str, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = r.str()?;
        Ok(())
    }
}

impl FieldCodec<Vec<u8>> for Bytes {
    #[inline(always)]
    fn encode(value: &Vec<u8>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.bytes(value);
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(value: &Vec<u8>) -> Result<usize, EncodeError> {
        Ok(index_len(value.len()) + value.len())
    }

    #[inline(always)]
    fn bound(value: &Vec<u8>) -> usize {
        LENGTH_BOUND + value.len()
    }
}

impl<'de> FieldDecode<'de, Vec<u8>> for Bytes {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> Vec<u8> {
        Vec::new()
    }

    #[inline(always)]
    fn decode_into(value: &mut Vec<u8>, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let bytes = r.bytes()?;
        if bytes.len() > value.capacity() {
            *value = raw::to_vec(bytes);
        } else {
            value.clear();
            value.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// A decimal that is taken for bytes, of another scale.
    fn resolve_into(
        value: &mut Vec<u8>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let (start, scales) = (r.position(), p.scales(r)?);
        *value = rescaled(r.bytes()?, scales, start)?.to_be_bytes();
        Ok(())
    }
}

impl<'de> FieldDecode<'de, &'de [u8]> for Bytes {
    const MIN_LEN: usize = 1;

    #[inline(always)]
    fn blank() -> &'de [u8] {
        &[]
    }

    #[inline(always)]
    fn decode_into(value: &mut &'de [u8], r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = r.bytes()?;
        Ok(())
    }
}

impl<const N: usize> FieldCodec<[u8; N]> for FixedBytes<N> {
    #[inline(always)]
    fn encode(value: &[u8; N], w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.array(value);
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(_: &[u8; N]) -> Result<usize, EncodeError> {
        Ok(N)
    }

    #[inline(always)]
    fn bound(_: &[u8; N]) -> usize {
        N
    }
}

impl<'de, const N: usize> FieldDecode<'de, [u8; N]> for FixedBytes<N> {
    const MIN_LEN: usize = N;

    #[inline(always)]
    fn blank() -> [u8; N] {
        [0; N]
    }

    #[inline(always)]
    fn decode_into(value: &mut [u8; N], r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = r.array()?;
        Ok(())
    }

    /// A decimal that is taken for bytes, of another scale.
    fn resolve_into(
        value: &mut [u8; N],
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        let (start, scales) = (r.position(), p.scales(r)?);
        *value = r.array()?;
        rescale_fixed(value, scales, start)
    }
}
