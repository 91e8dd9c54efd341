//! Confluent's framing: how a message names the schema that its datum was written with.
//!
//! | form | where | a byte | and |
//! |---|---|---|---|
//! | prefix | before the datum | 0x00 | the id in a registry, four bytes in big endian |
//! | header | in a header of the record; the value is the datum alone | 0x01 | the GUID in a registry, 16 bytes in the order of its text |
//!
//! The header is [`VALUE_SCHEMA_ID`], or [`KEY_SCHEMA_ID`] for the key. Confluent's serializers write
//! it since Platform 8 if told to, and its deserializers look for it before they look for a prefix.
//! They take an id or a GUID in either place, and so does [`Framed`].
//!
//! ```
//! use avro_runtime::confluent::{Framed, Identifier, frame, header};
//!
//! let mut message = Vec::new();
//! frame(7, &mut message);
//! message.extend_from_slice(b"datum");
//! let framed = Framed::parse(&message)?;
//! assert_eq!((framed.schema, framed.datum), (Identifier::Id(7), &b"datum"[..]));
//!
//! let guid = [0xcc; 16];
//! let framed = Framed::parse_with_header(Some(&header(guid)), b"datum")?;
//! assert_eq!((framed.schema, framed.datum), (Identifier::Guid(guid), &b"datum"[..]));
//! # Ok::<(), avro_runtime::confluent::FrameError>(())
//! ```

use core::fmt;

use crate::error::Count;

/// The first byte before an id, and before a GUID.
const ID: u8 = 0;
const GUID: u8 = 1;

/// The name of the header that says which schema a record's value was written with.
pub const VALUE_SCHEMA_ID: &str = "__value_schema_id";

/// The name of the header that says which schema a record's key was written with.
pub const KEY_SCHEMA_ID: &str = "__key_schema_id";

/// The length of the prefix: a byte and the id.
pub const PREFIX_LEN: usize = 5;

/// The length of the header: a byte and the GUID.
pub const HEADER_LEN: usize = 17;

/// Begins a message in the prefix form: appends the prefix, behind which the datum is to be encoded.
pub fn frame(id: u32, out: &mut Vec<u8>) {
    out.push(ID);
    out.extend_from_slice(&id.to_be_bytes());
}

/// The header of a message in the header form, for the schema with this GUID.
#[must_use]
pub fn header(guid: [u8; 16]) -> [u8; HEADER_LEN] {
    let mut header = [GUID; HEADER_LEN];
    header[1..].copy_from_slice(&guid);
    header
}

/// What a registry calls a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identifier {
    /// Its id.
    Id(u32),
    /// Its GUID, in the order of bytes in which its text has them.
    Guid([u8; 16]),
}

/// A message taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Framed<'a> {
    /// The writer's schema.
    pub schema: Identifier,
    /// The datum in Avro's binary encoding.
    pub datum: &'a [u8],
}

impl<'a> Framed<'a> {
    /// Takes a message without a header apart.
    ///
    /// # Errors
    /// A message that is too short, or that begins with another byte: it was not written for a
    /// schema registry.
    pub fn parse(message: &'a [u8]) -> Result<Self, FrameError> {
        let (schema, datum) = split(message, Place::Prefix)?;
        Ok(Self { schema, datum })
    }

    /// Takes a message apart: what the header says, if the record has it, comes before what the
    /// message begins with. What a header has beyond its identifier means nothing to Avro.
    ///
    /// # Errors
    /// A header that is too short or begins with another byte; without a header, those of
    /// [`parse`](Self::parse).
    pub fn parse_with_header(header: Option<&[u8]>, message: &'a [u8]) -> Result<Self, FrameError> {
        let Some(header) = header else {
            return Self::parse(message);
        };
        let (schema, _) = split(header, Place::Header)?;
        let datum = message;
        Ok(Self { schema, datum })
    }
}

/// Takes the identifier from the front.
fn split(bytes: &[u8], place: Place) -> Result<(Identifier, &[u8]), FrameError> {
    let len = bytes.len();
    let too_short = |needed| FrameError::TooShort { place, len, needed };
    match bytes {
        [ID, rest @ ..] => {
            let (id, rest) = rest.split_first_chunk().ok_or(too_short(PREFIX_LEN))?;
            Ok((Identifier::Id(u32::from_be_bytes(*id)), rest))
        }
        [GUID, rest @ ..] => {
            let (guid, rest) = rest.split_first_chunk().ok_or(too_short(HEADER_LEN))?;
            Ok((Identifier::Guid(*guid), rest))
        }
        [byte, ..] => Err(FrameError::UnknownMagic { place, byte: *byte }),
        [] => Err(too_short(PREFIX_LEN)),
    }
}

/// Where a message names its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the datum.
    Prefix,
    /// In a header of the record.
    Header,
}

/// Why a message is in neither form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// Fewer bytes than the identifier has.
    #[non_exhaustive]
    TooShort {
        /// Where.
        place: Place,
        /// How many bytes there are.
        len: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A first byte other than zero and one.
    #[non_exhaustive]
    UnknownMagic {
        /// Where.
        place: Place,
        /// The byte.
        byte: u8,
    },
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let guid = match self {
            Self::Id(id) => return write!(f, "id {id}"),
            Self::Guid(guid) => u128::from_be_bytes(*guid),
        };
        let [a, b, c, d] = [guid >> 96, guid >> 80, guid >> 64, guid >> 48];
        let [b, c, d] = [b, c, d].map(|part| part & 0xffff);
        let e = guid & 0xffff_ffff_ffff;
        write!(f, "GUID {a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prefix => "message",
            Self::Header => "header",
        })
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooShort { place, len, needed } => {
                let what = if needed == HEADER_LEN { "GUID" } else { "id" };
                write!(
                    f,
                    "a {place} of {} cannot hold a schema {what}; at least {needed} are needed",
                    Count(len, "byte")
                )
            }
            Self::UnknownMagic {
                place: Place::Prefix,
                byte,
            } => write!(
                f,
                "the message begins with byte {byte:#04x} and not with 0x00 or 0x01: it was not written with a schema registry"
            ),
            Self::UnknownMagic {
                place: Place::Header,
                byte,
            } => write!(
                f,
                "the header begins with byte {byte:#04x} and not with 0x00 or 0x01: it names no schema of a registry"
            ),
        }
    }
}

impl std::error::Error for FrameError {}
