//! `uuid` on string and on fixed(16), as uuid::Uuid.

use core::marker::PhantomData;

use super::{FieldCodec, FieldDecode, FieldView};
use crate::error::DecodeErrorKind;
use crate::{DecodeError, EncodeError, Reader, Writer};

/// The library `uuid`.
#[derive(Debug)]
pub struct Uuid;

/// `uuid` on `string`: 36 characters, written in lower case with hyphens.
#[derive(Debug)]
pub struct UuidStr<L>(PhantomData<L>);

/// `uuid` on a fixed of sixteen bytes.
#[derive(Debug)]
pub struct UuidFixed<L>(PhantomData<L>);

/// 32 digits and four hyphens.
const TEXT_LEN: usize = 36;

impl FieldCodec<uuid::Uuid> for UuidStr<Uuid> {
    fn encode(value: &uuid::Uuid, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        let mut text = [0; TEXT_LEN];
        value.as_hyphenated().encode_lower(&mut text);
        w.index(TEXT_LEN);
        w.array(&text);
        Ok(())
    }

    fn encoded_len(_: &uuid::Uuid) -> Result<usize, EncodeError> {
        Ok(1 + TEXT_LEN)
    }

    fn bound(_: &uuid::Uuid) -> usize {
        5 + TEXT_LEN
    }
}

impl<'de> FieldDecode<'de, uuid::Uuid> for UuidStr<Uuid> {
    // The bound of the base type, as analysis of the schema has it.
    const MIN_LEN: usize = 1;

    fn blank() -> uuid::Uuid {
        uuid::Uuid::nil()
    }

    fn decode_into(value: &mut uuid::Uuid, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        let start = r.position();
        match uuid::Uuid::try_parse_ascii(r.bytes()?) {
            Ok(uuid) => {
                *value = uuid;
                Ok(())
            }
            Err(_) => Err(DecodeError::new(DecodeErrorKind::OutOfRange("uuid"), start)),
        }
    }
}

impl FieldCodec<uuid::Uuid> for UuidFixed<Uuid> {
    fn encode(value: &uuid::Uuid, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        w.array(value.as_bytes());
        Ok(())
    }

    fn encoded_len(_: &uuid::Uuid) -> Result<usize, EncodeError> {
        Ok(16)
    }

    fn bound(_: &uuid::Uuid) -> usize {
        16
    }
}

impl<'de> FieldDecode<'de, uuid::Uuid> for UuidFixed<Uuid> {
    const MIN_LEN: usize = 16;

    fn blank() -> uuid::Uuid {
        uuid::Uuid::nil()
    }

    fn decode_into(value: &mut uuid::Uuid, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        *value = uuid::Uuid::from_bytes(r.array()?);
        Ok(())
    }
}

impl FieldView<uuid::Uuid, uuid::Uuid> for UuidStr<Uuid> {
    fn own(view: &uuid::Uuid) -> uuid::Uuid {
        *view
    }
}

impl FieldView<uuid::Uuid, uuid::Uuid> for UuidFixed<Uuid> {
    fn own(view: &uuid::Uuid) -> uuid::Uuid {
        *view
    }
}
