//! Whether a writer's schema is the one that a type was generated from.

use core::fmt;
use core::marker::PhantomData;

use avro_model::schema::{Root, SchemaKind, SchemaSet};
use avro_model::{canonical, fingerprint, identity};

use crate::topic::ValueSchema;
use crate::{AvroSchema, Limits};

/// Proof that data of a writer can be read as `T` as they are: the writer's schema and that of `T`
/// are the same, logical types included.
///
/// Reading with another writer's schema is schema resolution; without it such data are refused,
/// because they would be read as wrong values.
///
/// ```no_run
/// # fn f<T: avro_runtime::AvroSchema>(schema: &str, datum: &[u8]) -> Result<T, Box<dyn std::error::Error>> {
/// let same = avro_runtime::SameSchema::<T>::check(schema)?;
/// let value = same.from_datum(datum)?;
/// # Ok(value) }
/// ```
pub struct SameSchema<T>(PhantomData<fn() -> T>);

impl<T: AvroSchema> SameSchema<T> {
    /// Compares the writer's schema, as a registry or a header has it, with that of `T`. Made
    /// once per writer's schema.
    ///
    /// # Errors
    /// A text that is no valid schema, or another schema.
    pub fn check(writer: &str) -> Result<Self, SchemaMismatch> {
        // The text that was registered from here needs no parsing.
        if writer == T::SCHEMA {
            return Ok(Self(PhantomData));
        }
        let set = linked(writer)?;
        let root = root(&set)?;
        if identity::of(&set, &root.schema) == T::IDENTITY {
            return Ok(Self(PhantomData));
        }
        Err(SchemaMismatch::Different(Box::new(Difference {
            writer: name(&set, root),
            writer_fingerprint: fingerprint::rabin(&canonical::form(&set, &root.schema)),
            reader: T::FULLNAME,
            reader_fingerprint: T::RABIN,
        })))
    }

    /// Reads a datum of that writer.
    ///
    /// # Errors
    /// Those of [`from_datum`](crate::from_datum).
    pub fn from_datum(&self, datum: &[u8]) -> Result<T, crate::DecodeError> {
        crate::from_datum(datum)
    }

    /// Reads a datum of that writer within these limits.
    ///
    /// # Errors
    /// Those of [`from_datum_with`](crate::from_datum_with).
    pub fn from_datum_with(&self, datum: &[u8], limits: Limits) -> Result<T, crate::DecodeError> {
        crate::from_datum_with(datum, limits)
    }
}

impl<T> Clone for SameSchema<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for SameSchema<T> {}

impl<T: AvroSchema> fmt::Debug for SameSchema<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SameSchema<{}>", T::FULLNAME)
    }
}

/// The fullname of a writer's schema, by which the enum of a topic with several types of value
/// finds the one to read; "without a name" if it has none.
///
/// # Errors
/// A text that is no valid schema.
pub fn writer_name(writer: &str) -> Result<Box<str>, SchemaMismatch> {
    let set = linked(writer)?;
    Ok(name(&set, root(&set)?))
}

fn linked(writer: &str) -> Result<SchemaSet, SchemaMismatch> {
    avro_model::compile_text(writer)
        .map_err(|error| SchemaMismatch::Invalid(error.to_string().into()))
}

fn root(set: &SchemaSet) -> Result<&Root, SchemaMismatch> {
    set.only_root()
        .ok_or_else(|| SchemaMismatch::Invalid("the text holds no schema".into()))
}

fn name(set: &SchemaSet, root: &Root) -> Box<str> {
    match root.schema.kind {
        SchemaKind::Named(id) => set[id].fullname.to_string().into(),
        _ => "without a name".into(),
    }
}

/// Why data of a writer cannot be read as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaMismatch {
    /// The writer's text is no valid schema; says where and why.
    Invalid(Box<str>),
    /// The writer's schema is another one.
    Different(Box<Difference>),
    /// The writer's schema is none of those that a topic's values can have.
    NoneOf(Box<NoneOf>),
}

/// A schema that none of a topic's types of value has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoneOf {
    /// The writer's fullname, or "without a name".
    pub writer: Box<str>,
    /// What the topic's values can have.
    pub readers: &'static [ValueSchema],
}

impl SchemaMismatch {
    /// A writer of this name, in a topic that carries these.
    #[must_use]
    pub fn none_of(writer: Box<str>, readers: &'static [ValueSchema]) -> Self {
        Self::NoneOf(Box::new(NoneOf { writer, readers }))
    }
}

/// Two schemas that are not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The writer's fullname, or "without a name".
    pub writer: Box<str>,
    /// CRC-64-AVRO of the writer's canonical form.
    pub writer_fingerprint: u64,
    /// The reader's fullname.
    pub reader: &'static str,
    /// CRC-64-AVRO of the reader's canonical form.
    pub reader_fingerprint: u64,
}

impl fmt::Display for SchemaMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(why) => write!(f, "the writer's schema cannot be used: {why}"),
            Self::Different(difference) => difference.fmt(f),
            Self::NoneOf(none) => none.fmt(f),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the writer's schema {} (fingerprint {:016x}) is not the reader's {} ({:016x})",
            self.writer, self.writer_fingerprint, self.reader, self.reader_fingerprint
        )?;
        if self.writer_fingerprint == self.reader_fingerprint {
            f.write_str("; they differ in logical types alone")?;
        }
        f.write_str(
            "; reading it needs schema resolution: generate the reader from the writer's schema",
        )
    }
}

impl fmt::Display for NoneOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the writer's schema {} is none that the topic carries:",
            self.writer
        )?;
        for (index, reader) in self.readers.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma} {}", reader.fullname)?;
        }
        f.write_str("; add its type to the topic's values in avro.toml")
    }
}

impl std::error::Error for SchemaMismatch {}
