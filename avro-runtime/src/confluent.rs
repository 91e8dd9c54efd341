//! Confluent's framing of a datum with the id of its schema in a registry.
//!
//! The prefix form: a zero byte, the id as four bytes in big endian, the datum.

use core::fmt;

/// The first byte of the prefix form.
const MAGIC: u8 = 0;

/// The length of the prefix: magic byte and id.
pub const PREFIX_LEN: usize = 5;

/// Begins a message: appends the prefix, behind which the datum is to be encoded.
pub fn frame(id: u32, out: &mut Vec<u8>) {
    out.push(MAGIC);
    out.extend_from_slice(&id.to_be_bytes());
}

/// A message taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Framed<'a> {
    /// The id of the writer's schema.
    pub id: u32,
    /// The datum in Avro's binary encoding.
    pub datum: &'a [u8],
}

impl<'a> Framed<'a> {
    /// Takes a message in the prefix form apart.
    ///
    /// # Errors
    /// A message that is too short, or that begins with another byte: it was not written for a
    /// schema registry.
    pub fn parse(message: &'a [u8]) -> Result<Self, FrameError> {
        match *message {
            [MAGIC, a, b, c, d, ref datum @ ..] => Ok(Self {
                id: u32::from_be_bytes([a, b, c, d]),
                datum,
            }),
            [MAGIC, ..] | [] => Err(FrameError::TooShort(message.len())),
            [byte, ..] => Err(FrameError::UnknownMagic(byte)),
        }
    }
}

/// Why a message is not in the prefix form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// Fewer than five bytes.
    TooShort(usize),
    /// A first byte other than zero.
    UnknownMagic(u8),
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort(len) => write!(
                f,
                "a message of {len} bytes cannot hold a schema id; at least {PREFIX_LEN} are needed"
            ),
            Self::UnknownMagic(byte) => write!(
                f,
                "the message begins with byte {byte:#04x} and not with 0x00: it was not written with a schema registry"
            ),
        }
    }
}

impl std::error::Error for FrameError {}
