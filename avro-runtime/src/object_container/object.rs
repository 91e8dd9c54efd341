//! What a file can hold: values of generated types, and of schemas that are known at run time.

use super::error::ErrorKind;
use crate::{AvroSchema, Decode, DecodeError, Limits, Reader, ResolveError, Resolver};

/// What a container file can hold: values of a generated type, or
/// [`dynamic::Value`](crate::dynamic::Value).
pub trait Object: Sized {
    /// What reads the data of one file's schema.
    type Decoder;
    /// What has to be known of the file's schema to write.
    type Encoder;

    /// What reads data of this schema of a file.
    ///
    /// # Errors
    /// A text that is no valid schema, or a schema whose data cannot be read.
    fn decoder(schema: &str) -> Result<Self::Decoder, ResolveError>;

    /// A value to be read over, which costs nothing to make.
    fn blank(decoder: &Self::Decoder) -> Self;

    /// Reads a datum where the reader stands over this value. On error it is valid but unspecified.
    ///
    /// # Errors
    /// Bytes that are no datum of the file's schema, or one that there is no value for.
    fn read_over(&mut self, decoder: &Self::Decoder, r: &mut Reader<'_>)
    -> Result<(), DecodeError>;

    /// Appends the value's datum, within the depth of these limits. On error the buffer is as it was.
    ///
    /// # Errors
    /// A value that the file's schema does not have.
    fn write(
        &self,
        encoder: &Self::Encoder,
        out: &mut Vec<u8>,
        limits: Limits,
    ) -> Result<(), ErrorKind>;
}

impl<T: AvroSchema> Object for T {
    type Decoder = Resolver<T>;
    type Encoder = ();

    fn decoder(schema: &str) -> Result<Resolver<T>, ResolveError> {
        Resolver::new(schema)
    }

    // Inlined, it is put together elsewhere and copied here, in pieces that wait for each other.
    #[inline(never)]
    fn blank(_: &Resolver<T>) -> T {
        <T as Decode<'_>>::blank()
    }

    #[inline(always)]
    fn read_over(&mut self, decoder: &Resolver<T>, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        match decoder.read(self, r) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_type(T::FULLNAME)),
        }
    }

    #[inline]
    fn write(&self, (): &(), out: &mut Vec<u8>, limits: Limits) -> Result<(), ErrorKind> {
        crate::encode_into_with(self, out, limits).map_err(ErrorKind::Encode)
    }
}

#[cfg(feature = "json")]
pub(super) use values::linked as linked_values;

#[cfg(feature = "json")]
mod values {
    use super::{ErrorKind, Object};
    use crate::dynamic::{DynamicReader, Schema, Value};
    use crate::{DecodeError, Limits, Reader, ResolveError};

    /// The schema of a file, linked.
    pub(in super::super) fn linked(text: &str) -> Result<Schema, ResolveError> {
        Schema::new(text).map_err(|error| ResolveError::Invalid(error.to_string().into()))
    }

    impl Object for Value {
        type Decoder = DynamicReader;
        type Encoder = Schema;

        fn decoder(schema: &str) -> Result<DynamicReader, ResolveError> {
            let schema = linked(schema)?;
            DynamicReader::new(&schema, &schema)
        }

        fn blank(decoder: &DynamicReader) -> Self {
            decoder.blank()
        }

        fn read_over(
            &mut self,
            decoder: &DynamicReader,
            r: &mut Reader<'_>,
        ) -> Result<(), DecodeError> {
            *self = decoder.read_one(r)?;
            Ok(())
        }

        fn write(&self, file: &Schema, out: &mut Vec<u8>, _: Limits) -> Result<(), ErrorKind> {
            if self.schema() != file {
                return Err(ErrorKind::OtherSchema {
                    file: file.canonical_form().into(),
                    values: self.schema().canonical_form().into(),
                });
            }
            out.extend_from_slice(&self.to_datum());
            Ok(())
        }
    }
}
