//! Whole texts: the functions that people call, the same of every form.

use super::{Form, FromJson, JsonReader, JsonWriter, ToJson};
use crate::{AvroSchema, DecodeError, DecodeErrorKind, EncodeError, Limits};

/// The functions of a module that is a form.
macro_rules! functions {
    ($form:expr, $name:literal) => {
        use super::{FromJson, ToJson};
        use crate::{AvroSchema, DecodeError, EncodeError, Limits};

        #[doc = concat!("The value as ", $name, ", on one line.")]
        ///
        /// # Errors
        /// A value outside the range of its logical type, or deeper than the default limit.
        pub fn to_string<T: ToJson>(value: &T) -> Result<String, EncodeError> {
            let mut out = String::new();
            write_into(value, &mut out)?;
            Ok(out)
        }

        #[doc = concat!("Appends the value as ", $name, ". On error the text is as it was.")]
        ///
        /// # Errors
        /// A value outside the range of its logical type, or deeper than the default limit.
        pub fn write_into<T: ToJson>(value: &T, out: &mut String) -> Result<(), EncodeError> {
            write_into_with(value, out, Limits::default())
        }

        #[doc = concat!("Appends the value as ", $name, ", within the depth of these limits; the")]
        /// other limits are those of readers alone. On error the text is as it was.
        ///
        /// # Errors
        /// Those of [`write_into`].
        pub fn write_into_with<T: ToJson>(
            value: &T,
            out: &mut String,
            limits: Limits,
        ) -> Result<(), EncodeError> {
            super::whole::write(value, out, $form, limits)
        }

        #[doc = concat!("Reads ", $name, " within the default limits.")]
        ///
        /// # Errors
        /// Text that is no JSON, that is no value of the schema, that crosses a limit, or more than
        /// one value.
        pub fn from_str<T: AvroSchema + FromJson>(text: &str) -> Result<T, DecodeError> {
            from_str_with(text, Limits::default())
        }

        #[doc = concat!("Reads ", $name, " within these limits.")]
        ///
        /// # Errors
        /// Those of [`from_str`].
        pub fn from_str_with<T: AvroSchema + FromJson>(
            text: &str,
            limits: Limits,
        ) -> Result<T, DecodeError> {
            let mut value = T::blank();
            read_into_with(&mut value, text, limits)?;
            Ok(value)
        }

        #[doc = concat!("Reads ", $name, " from bytes that should be UTF-8.")]
        ///
        /// # Errors
        /// Those of [`from_str`], and bytes that are not UTF-8.
        pub fn from_slice<T: AvroSchema + FromJson>(text: &[u8]) -> Result<T, DecodeError> {
            from_slice_with(text, Limits::default())
        }

        #[doc = concat!("Reads ", $name, " from bytes that should be UTF-8, within these limits.")]
        ///
        /// # Errors
        /// Those of [`from_slice`].
        pub fn from_slice_with<T: AvroSchema + FromJson>(
            text: &[u8],
            limits: Limits,
        ) -> Result<T, DecodeError> {
            from_str_with(super::whole::utf8::<T>(text)?, limits)
        }

        #[doc = concat!("Reads ", $name, " over an older value, keeping its allocations where")]
        /// they can serve. On error the value is valid but unspecified.
        ///
        /// # Errors
        /// Those of [`from_str`].
        pub fn read_into<T: AvroSchema + FromJson>(
            value: &mut T,
            text: &str,
        ) -> Result<(), DecodeError> {
            read_into_with(value, text, Limits::default())
        }

        #[doc = concat!("Reads ", $name, " over an older value, within these limits.")]
        ///
        /// # Errors
        /// Those of [`read_into`].
        pub fn read_into_with<T: AvroSchema + FromJson>(
            value: &mut T,
            text: &str,
            limits: Limits,
        ) -> Result<(), DecodeError> {
            super::whole::read_into(value, text, $form, limits)
        }
    };
}
pub(super) use functions;

/// Appends the value. On error the text is as it was.
pub(super) fn write<T: ToJson>(
    value: &T,
    out: &mut String,
    form: Form,
    limits: Limits,
) -> Result<(), EncodeError> {
    let mut w = JsonWriter::new(out, form, limits);
    match value.write_json(&mut w) {
        Ok(()) => {
            w.finish();
            Ok(())
        }
        Err(error) => Err(error.in_type(T::NAME)),
    }
}

/// Reads over an older value.
pub(super) fn read_into<T: AvroSchema + FromJson>(
    value: &mut T,
    text: &str,
    form: Form,
    limits: Limits,
) -> Result<(), DecodeError> {
    let mut r = JsonReader::new(text, form, limits);
    match value.read_json(&mut r).and_then(|()| r.finish()) {
        Ok(()) => Ok(()),
        Err(error) => Err(error.in_type(T::FULLNAME)),
    }
}

/// The bytes as text.
pub(super) fn utf8<T: AvroSchema>(text: &[u8]) -> Result<&str, DecodeError> {
    match simdutf8::compat::from_utf8(text) {
        Ok(text) => Ok(text),
        Err(error) => {
            let kind = DecodeErrorKind::InvalidUtf8;
            Err(DecodeError::new(kind, error.valid_up_to()).in_type(T::FULLNAME))
        }
    }
}
