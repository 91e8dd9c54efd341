//! Plain JSON: the form of peers without a schema, and the fallback where Avro cannot be used.
//!
//! A union other than `["null", T]` is written as the bare value of its branch if that is read
//! back as the same branch, else as `{"branch": value}` with the branch's name. Read are both: an
//! object whose only key is the name of a branch that its value fits is that branch; else the
//! first branch that fits counts, every key known and every field without a default present.
//! Outside unions unknown keys are skipped. A missing field takes its schema's default.

use super::{Form, Json, JsonReader, JsonWriter};
use crate::{AvroSchema, DecodeError, EncodeError, Limits};

/// The value as plain JSON.
///
/// # Errors
/// A value outside the range of its logical type, or deeper than the default limit.
pub fn to_string<T: AvroSchema + Json>(value: &T) -> Result<String, EncodeError> {
    let mut out = String::new();
    write_into(value, &mut out)?;
    Ok(out)
}

/// Appends the value as plain JSON. On error the text is as it was.
///
/// # Errors
/// A value outside the range of its logical type, or deeper than the default limit.
pub fn write_into<T: AvroSchema + Json>(value: &T, out: &mut String) -> Result<(), EncodeError> {
    write_into_with(value, out, Limits::default())
}

/// Appends the value as plain JSON, within the depth of these limits; the other limits are those of
/// readers alone. On error the text is as it was.
///
/// # Errors
/// Those of [`write_into`].
pub fn write_into_with<T: AvroSchema + Json>(
    value: &T,
    out: &mut String,
    limits: Limits,
) -> Result<(), EncodeError> {
    let start = out.len();
    match value.write_json(&mut JsonWriter::new(out, Form::Plain, limits)) {
        Ok(()) => Ok(()),
        Err(error) => {
            out.truncate(start);
            Err(error.in_type(T::FULLNAME))
        }
    }
}

/// Reads plain JSON within the default limits.
///
/// # Errors
/// Text that is no JSON, that is no value of the schema, that crosses a limit, or more than one
/// value.
pub fn from_str<T: AvroSchema + Json>(text: &str) -> Result<T, DecodeError> {
    from_str_with(text, Limits::default())
}

/// Reads plain JSON within these limits.
///
/// # Errors
/// Those of [`from_str`].
pub fn from_str_with<T: AvroSchema + Json>(text: &str, limits: Limits) -> Result<T, DecodeError> {
    let mut value = T::blank();
    let mut r = JsonReader::new(text, Form::Plain, limits);
    match value.read_json(&mut r).and_then(|()| r.finish()) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.in_type(T::FULLNAME)),
    }
}

/// Reads plain JSON from bytes that should be UTF-8.
///
/// # Errors
/// Those of [`from_str`], and bytes that are not UTF-8.
pub fn from_slice<T: AvroSchema + Json>(text: &[u8]) -> Result<T, DecodeError> {
    match core::str::from_utf8(text) {
        Ok(text) => from_str(text),
        Err(error) => {
            let kind = crate::DecodeErrorKind::InvalidUtf8;
            Err(DecodeError::new(kind, error.valid_up_to()).in_type(T::FULLNAME))
        }
    }
}
