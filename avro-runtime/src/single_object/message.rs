//! A message taken apart: marker, fingerprint, datum.

use core::fmt;

use super::SingleObjectError;
use crate::AvroSchema;

/// The first two bytes of every message.
pub const MARKER: [u8; 2] = [0xC3, 0x01];

/// The length of what stands before the datum: marker and fingerprint.
pub const HEADER_LEN: usize = 10;

/// The CRC-64-AVRO fingerprint of a schema's Parsing Canonical Form.
///
/// Shown as on the wire: sixteen hexadecimal digits, the lowest byte first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

/// A message taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// The fingerprint of the writer's schema.
    pub fingerprint: Fingerprint,
    /// The datum in Avro's binary encoding.
    pub datum: &'a [u8],
}

impl Fingerprint {
    /// The fingerprint with this number, such as [`AvroSchema::RABIN`].
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The fingerprint of a type's schema.
    #[must_use]
    pub const fn of<T: AvroSchema>() -> Self {
        Self(T::RABIN)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0.swap_bytes())
    }
}

impl<'a> Message<'a> {
    /// Takes a message apart.
    ///
    /// # Errors
    /// [`SingleObjectError::NoHeader`] for bytes that do not begin as a message does.
    pub fn parse(message: &'a [u8]) -> Result<Self, SingleObjectError> {
        let no_header = || {
            let start = message.first_chunk().copied();
            SingleObjectError::NoHeader {
                len: message.len(),
                start,
            }
        };
        let rest = message.strip_prefix(&MARKER).ok_or_else(no_header)?;
        let (fingerprint, datum) = rest.split_first_chunk().ok_or_else(no_header)?;
        Ok(Self {
            fingerprint: Fingerprint(u64::from_le_bytes(*fingerprint)),
            datum,
        })
    }
}

/// Begins a message, behind which the datum is to be encoded.
pub(super) fn begin(fingerprint: Fingerprint, out: &mut Vec<u8>) {
    out.extend_from_slice(&MARKER);
    out.extend_from_slice(&fingerprint.0.to_le_bytes());
}
