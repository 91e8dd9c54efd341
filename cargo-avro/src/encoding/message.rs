//! What stands before the datum of a message, and says which schema it was written with.

use avro_model::count::Count;
use avro_model::fingerprint::rabin;
use avro_runtime::confluent::{self, Framed, Identifier};
use avro_runtime::dynamic::Schema;

/// The first two bytes of single-object encoding (specification 1.12, "Single-object encoding").
const MARKER: [u8; 2] = [0xc3, 0x01];

/// The length of what stands before the datum in single-object encoding.
const SINGLE_OBJECT_PREFIX_LEN: usize = MARKER.len() + size_of::<u64>();

/// What a message in Confluent's form begins with.
pub(crate) fn confluent_prefix(schema_id: u32) -> Vec<u8> {
    let mut prefix = Vec::new();
    confluent::frame(schema_id, &mut prefix);
    prefix
}

/// What a message in single-object encoding begins with.
pub(crate) fn single_object_prefix(schema: &Schema) -> Vec<u8> {
    [&MARKER[..], &fingerprint(schema).to_le_bytes()].concat()
}

fn fingerprint(schema: &Schema) -> u64 {
    rabin(&schema.canonical_form())
}

/// How a stream's messages begin.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// With the datum.
    Datum,
    /// With the schema's id in a registry.
    Confluent,
    /// With the schema's fingerprint, which must be this.
    SingleObject(u64),
}

/// A message taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Message<'a> {
    /// What a registry calls the schema, where the form has it.
    pub(crate) schema: Option<Identifier>,
    /// The datum.
    pub(crate) datum: &'a [u8],
}

impl Form {
    /// Single-object encoding of data of this schema.
    pub(crate) fn single_object(writer: &Schema) -> Self {
        Self::SingleObject(fingerprint(writer))
    }

    /// Takes a message apart.
    ///
    /// # Errors
    ///
    /// What is wrong with its beginning, in words.
    pub(crate) fn open(self, message: &[u8]) -> Result<Message<'_>, String> {
        let (schema, datum) = match self {
            Self::Datum => (None, message),
            Self::Confluent => {
                let framed = Framed::parse(message).map_err(|error| error.to_string())?;
                (Some(framed.schema), framed.datum)
            }
            Self::SingleObject(fingerprint) => (None, single_object(message, fingerprint)?),
        };
        Ok(Message { schema, datum })
    }
}

fn single_object(message: &[u8], fingerprint: u64) -> Result<&[u8], String> {
    let Some((prefix, datum)) = message.split_first_chunk::<SINGLE_OBJECT_PREFIX_LEN>() else {
        return Err(format!(
            "a message of {} cannot hold a fingerprint; at least {SINGLE_OBJECT_PREFIX_LEN} are \
             needed",
            Count(message.len(), "byte")
        ));
    };
    let [first, second, written @ ..] = *prefix;
    if [first, second] != MARKER {
        return Err(format!(
            "the message begins with {first:02x}{second:02x} and not with c301: it is not in \
             single-object encoding"
        ));
    }
    let written = u64::from_le_bytes(written);
    match written == fingerprint {
        true => Ok(datum),
        false => Err(format!(
            "the message was written with a schema of fingerprint {written:016x}; that of the \
             writer's schema here is {fingerprint:016x}"
        )),
    }
}
