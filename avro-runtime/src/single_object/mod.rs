//! Single-object encoding: one datum that says which schema wrote it (specification 1.12,
//! "Single-object encoding").
//!
//! Two bytes that mark the format, the schema's CRC-64-AVRO fingerprint with the lowest byte first,
//! the datum. [`from_slice`] reads what was written with the type's own schema; a [`SchemaStore`]
//! reads other versions besides.
//!
//! The fingerprint is that of the Parsing Canonical Form, which knows nothing of logical types,
//! defaults and aliases: two schemas of different meaning can have the same. A store tells such
//! schemas apart when they are added, for nothing in a message does.
//!
//! ```no_run
//! use avro_runtime::single_object::{self, SchemaStore};
//!
//! # fn f<T: avro_runtime::AvroSchema>(value: &T, old: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let message = single_object::to_vec(value)?;
//! let same: T = single_object::from_slice(&message)?;
//!
//! let mut store = SchemaStore::<T>::new();
//! store.add(old)?;
//! let value = store.decode(&message)?;
//! # Ok(()) }
//! ```

mod error;
mod message;
mod store;

pub use error::{SingleObjectError, StoreError};
pub use message::{Fingerprint, HEADER_LEN, MARKER, Message};
pub use store::SchemaStore;

use crate::{AvroSchema, EncodeError, Limits, Resolver};

/// The value as a message.
///
/// # Errors
/// Those of [`to_datum`](crate::to_datum).
pub fn to_vec<T: AvroSchema>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::new();
    encode_into(value, &mut out)?;
    Ok(out)
}

/// Appends the value as a message. On error the buffer is as it was.
///
/// # Errors
/// Those of [`encode_into`](crate::encode_into).
pub fn encode_into<T: AvroSchema>(value: &T, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    encode_into_with(value, out, Limits::default())
}

/// Appends the value as a message, within the depth of these limits. On error the buffer is as it
/// was.
///
/// # Errors
/// Those of [`encode_into`](crate::encode_into).
pub fn encode_into_with<T: AvroSchema>(
    value: &T,
    out: &mut Vec<u8>,
    limits: Limits,
) -> Result<(), EncodeError> {
    let start = out.len();
    message::begin(Fingerprint::of::<T>(), out);
    let written = crate::encode_into_with(value, out, limits);
    if written.is_err() {
        out.truncate(start);
    }
    written
}

/// Reads a message that was written with the schema of `T`, within the default limits.
///
/// # Errors
/// Bytes that are no such message, a message of another schema, and those of
/// [`from_datum`](crate::from_datum).
pub fn from_slice<T: AvroSchema>(message: &[u8]) -> Result<T, SingleObjectError> {
    from_slice_with(message, Limits::default())
}

/// Reads a message that was written with the schema of `T`, within these limits.
///
/// # Errors
/// Those of [`from_slice`].
pub fn from_slice_with<T: AvroSchema>(
    message: &[u8],
    limits: Limits,
) -> Result<T, SingleObjectError> {
    Ok(Resolver::<T>::same().decode_with(own::<T>(message)?, limits)?)
}

/// Reads a message over an older value, keeping its allocations where they can serve. On error the
/// value is valid but unspecified.
///
/// # Errors
/// Those of [`from_slice`].
pub fn decode_into<T: AvroSchema>(value: &mut T, message: &[u8]) -> Result<(), SingleObjectError> {
    Ok(crate::decode_into(value, own::<T>(message)?)?)
}

/// Reads a message without copying its strings and bytes: the view borrows them.
///
/// # Errors
/// Those of [`from_slice`].
pub fn view<T: AvroSchema>(message: &[u8]) -> Result<T::View<'_>, SingleObjectError> {
    Ok(crate::view_datum::<T>(own::<T>(message)?)?)
}

/// The datum of a message of this type's schema.
fn own<T: AvroSchema>(message: &[u8]) -> Result<&[u8], SingleObjectError> {
    let message = Message::parse(message)?;
    if message.fingerprint == Fingerprint::of::<T>() {
        Ok(message.datum)
    } else {
        Err(SingleObjectError::UnknownSchema(message.fingerprint))
    }
}
