//! `duration` on fixed(12).

use super::{FieldCodec, FieldDecode, FieldView};
use crate::types::Duration;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// `duration` on a fixed of twelve bytes.
#[derive(Debug)]
pub struct DurationFixed;

impl FieldCodec<Duration> for DurationFixed {
    #[inline(always)]
    fn encode(value: &Duration, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.array(&value.to_bytes());
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(_: &Duration) -> Result<usize, EncodeError> {
        Ok(12)
    }

    #[inline(always)]
    fn bound(_: &Duration) -> usize {
        12
    }
}

impl<'de> FieldDecode<'de, Duration> for DurationFixed {
    const MIN_LEN: usize = 12;

    #[inline(always)]
    fn blank() -> Duration {
        Duration::default()
    }

    #[inline(always)]
    fn decode_into(value: &mut Duration, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = Duration::from_bytes(r.array()?);
        Ok(())
    }
}

impl FieldView<Duration, Duration> for DurationFixed {
    #[inline(always)]
    fn own(view: &Duration) -> Duration {
        *view
    }
}
