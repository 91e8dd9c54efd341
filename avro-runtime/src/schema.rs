//! The traits that generated types implement.

use crate::resolve::Plan;
use crate::{DecodeError, DeployedVersion, EncodeError, Reader, Writer};

/// A type with a schema: a record, enum or fixed, or the top of a schema file.
///
/// No schema is parsed at run time: its texts and fingerprints are constants.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no Avro schema of its own",
    note = "it is implemented by the types that avro-codegen generates for records, enums, fixed and the top of a schema file"
)]
pub trait AvroSchema: Encode + for<'de> Decode<'de> + 'static {
    /// The fullname, or the stem of the file's name if the schema has no name.
    const FULLNAME: &'static str;
    /// The schema as JSON, self-contained, with every attribute of the source in its order.
    const SCHEMA: &'static str;
    /// The Parsing Canonical Form (specification, "Parsing Canonical Form for Schemas").
    const CANONICAL_FORM: &'static str;
    /// The CRC-64-AVRO fingerprint of the canonical form, as a number.
    const RABIN: u64;
    /// The SHA-256 fingerprint of the canonical form.
    const SHA256: [u8; 32];
    /// The SHA-256 over the canonical form and every valid logical type with its parameters: two
    /// schemas with the same identity give every datum the same meaning.
    const IDENTITY: [u8; 32];
    /// The deployed versions that were compiled in, oldest first, those under former names before
    /// the others.
    const DEPLOYED: &'static [DeployedVersion] = &[];

    /// What borrows strings and bytes from the datum, or `Self` where there is nothing to borrow.
    type View<'a>: Decode<'a> + View<Owned = Self>;

    /// The same view with a shorter lifetime: proof that the view is covariant.
    fn shorten<'s, 'l: 's>(view: &'s Self::View<'l>) -> &'s Self::View<'s>;
}

/// Generated types that can be written in Avro's binary encoding.
pub trait Encode {
    /// Appends the value.
    ///
    /// # Errors
    /// A value outside the range of its logical type.
    fn encode(&self, w: &mut Writer<'_>) -> Result<(), EncodeError>;

    /// The exact length of the value's encoding in bytes.
    ///
    /// # Errors
    /// Those of [`encode`](Self::encode).
    fn encoded_len(&self) -> Result<usize, EncodeError>;

    /// A length that the encoding should not exceed, cheap to find. One that is too small costs
    /// time and nothing else.
    fn bound(&self) -> usize;
}

/// Generated types that can be read from Avro's binary encoding.
pub trait Decode<'de>: Sized {
    /// The length of the shortest encoding in bytes.
    const MIN_LEN: usize;

    /// Whether a value of the type may hold another of the same type, so that the depth has to
    /// be counted.
    const RECURSIVE: bool = true;

    /// An empty value to decode into, made without allocating; not the schema's defaults.
    fn blank() -> Self;

    /// Reads a value over this one, keeping its allocations where they can serve.
    ///
    /// # Errors
    /// Data that is no datum of the schema, or that crosses a limit. The value is then valid but
    /// unspecified.
    fn decode_into(&mut self, r: &mut Reader<'de>) -> Result<(), DecodeError>;

    /// Reads a value that was written with another schema, as the plan says, over this one. A type
    /// written by hand that does not say how reads no such data.
    ///
    /// # Errors
    /// Those of [`decode_into`](Self::decode_into); a datum that the type has no value for.
    fn resolve_into(&mut self, r: &mut Reader<'de>, p: Plan<'_>) -> Result<(), DecodeError> {
        Err(p.unreadable(r))
    }

    /// Reads a new value.
    ///
    /// # Errors
    /// Those of [`decode_into`](Self::decode_into).
    fn decode(r: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let mut value = Self::blank();
        value.decode_into(r)?;
        Ok(value)
    }
}

/// What a decoded datum is read as without copying, and the owned value that it stands for.
///
/// A type that has nothing to borrow is a view of itself.
pub trait View {
    /// The type that holds what the view borrows.
    type Owned;

    /// A copy that owns all its parts.
    fn own(&self) -> Self::Owned;
}
