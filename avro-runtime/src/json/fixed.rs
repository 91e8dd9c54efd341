//! Fixed types that have no Rust type of their own, because a logical type has one for them.

use core::marker::PhantomData;

use super::{FieldFromJson, FieldToJson, JsonReader, JsonWriter, ToJson};
use crate::codec::FieldDecode;
use crate::{DecodeError, EncodeError, Reader};

/// What `C` codes, in a union of `null` and a fixed type; the fixed is called what the generated
/// type `Owner` has as the `INDEX`th of its [`FIXED`](ToJson::FIXED), for `C` does not know.
#[derive(Debug)]
pub struct NamedFixed<C, Owner, const INDEX: usize>(PhantomData<(C, Owner)>);

impl<T, C, Owner, const INDEX: usize> FieldToJson<T> for NamedFixed<C, Owner, INDEX>
where
    C: FieldToJson<T>,
    Owner: ToJson,
{
    const BRANCH: &'static str = Owner::FIXED[INDEX];

    fn write_json(value: &T, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        C::write_json(value, w)
    }
}

impl<T, C, Owner, const INDEX: usize> FieldFromJson<T> for NamedFixed<C, Owner, INDEX>
where
    C: FieldFromJson<T>,
    Owner: ToJson,
{
    fn read_json(value: &mut T, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        C::read_json(value, r)
    }
}

impl<'de, T, C, Owner, const INDEX: usize> FieldDecode<'de, T> for NamedFixed<C, Owner, INDEX>
where
    C: FieldDecode<'de, T>,
{
    const MIN_LEN: usize = C::MIN_LEN;

    fn blank() -> T {
        C::blank()
    }

    fn decode_into(value: &mut T, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        C::decode_into(value, r)
    }
}
