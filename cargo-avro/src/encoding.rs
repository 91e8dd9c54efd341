//! Binary data as text lines and as messages.
//!
//! | encoding | in the stream |
//! |---|---|
//! | `hex`, `base64` | one datum a line |
//! | `binary` | one datum after another, with nothing between them |
//! | `confluent` | one message a line in hex: a zero byte, the schema's id, the datum |
//! | `single-object` | one message a line in hex: `c3 01`, the schema's fingerprint, the datum |

mod hex;
mod message;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::ValueEnum;

pub(crate) use message::{Form, confluent_prefix, single_object_prefix};

/// How data are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    Hex,
    Binary,
    Base64,
    Confluent,
    SingleObject,
}

impl Encoding {
    /// A datum or a message, as it stands in the stream.
    pub(crate) fn write(self, bytes: &[u8]) -> Vec<u8> {
        let mut line = match self {
            Self::Binary => return bytes.to_vec(),
            Self::Base64 => STANDARD.encode(bytes).into_bytes(),
            Self::Hex | Self::Confluent | Self::SingleObject => hex::write(bytes).into_bytes(),
        };
        line.push(b'\n');
        line
    }

    /// The datum or message of a line; blanks around it do not count.
    ///
    /// # Errors
    ///
    /// What is wrong with the line, in words.
    pub(crate) fn read(self, line: &[u8]) -> Result<Vec<u8>, String> {
        let line = line.trim_ascii();
        match self {
            Self::Base64 => STANDARD.decode(line).map_err(|_| {
                "no base64 (of the standard alphabet, in groups of four characters with `=` at the \
                 end)"
                    .to_owned()
            }),
            Self::Hex | Self::Binary | Self::Confluent | Self::SingleObject => hex::read(line),
        }
    }
}
