//! What the cases name besides the runtime: a codec of a user's own.

use avro_runtime::codec::{FieldCodec, FieldDecode, Str};
use avro_runtime::json::{FieldFromJson, FieldToJson, JsonReader, JsonWriter};
use avro_runtime::serde::{Deserialize, Serialize};
use avro_runtime::{DecodeError, EncodeError, Reader, Writer};

/// Text in capitals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "avro_runtime::serde")]
pub struct Shout(pub String);

/// Writes a [`Shout`] in small letters.
#[derive(Debug)]
pub struct Loud;

impl FieldCodec<Shout> for Loud {
    fn encode(value: &Shout, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        Str::encode(&value.0.to_lowercase(), w)
    }

    fn encoded_len(value: &Shout) -> Result<usize, EncodeError> {
        Str::encoded_len(&value.0.to_lowercase())
    }

    fn bound(value: &Shout) -> usize {
        Str::bound(&value.0)
    }
}

impl<'de> FieldDecode<'de, Shout> for Loud {
    const MIN_LEN: usize = 1;

    fn blank() -> Shout {
        Shout(String::new())
    }

    fn decode_into(value: &mut Shout, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        <Str as FieldDecode<'de, String>>::decode_into(&mut value.0, r)?;
        value.0 = value.0.to_uppercase();
        Ok(())
    }
}

impl avro_runtime::codec::FieldView<Shout, Shout> for Loud {
    fn own(view: &Shout) -> Shout {
        view.clone()
    }
}

impl FieldToJson<Shout> for Loud {
    fn write_json(value: &Shout, w: &mut JsonWriter<'_>) -> Result<(), EncodeError> {
        Str::write_json(&value.0.to_lowercase(), w)
    }
}

impl FieldFromJson<Shout> for Loud {
    fn read_json(value: &mut Shout, r: &mut JsonReader<'_>) -> Result<(), DecodeError> {
        Str::read_json(&mut value.0, r)?;
        value.0 = value.0.to_uppercase();
        Ok(())
    }
}
