//! The two errors of the codec: a box each, with kind, path and, when reading, the byte offset.

use core::fmt;

mod decode;
mod encode;
mod path;

pub(crate) use avro_model::count::Count;
pub use decode::{DecodeError, DecodeErrorKind, Limit};
pub use encode::{EncodeError, EncodeErrorKind};
pub(crate) use path::Segment;
use path::Trail;

/// Writes "message in path" as both errors show themselves.
fn display(f: &mut fmt::Formatter<'_>, kind: &dyn fmt::Display, trail: &Trail) -> fmt::Result {
    kind.fmt(f)?;
    if trail.is_empty() {
        return Ok(());
    }
    write!(f, " in {trail}")
}
