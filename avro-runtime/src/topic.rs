//! What a Kafka topic carries: pure data, without a Kafka client.
//!
//! A [`Topic`] names the type of its values. That is a generated type, or, where a topic carries
//! several kinds of event under subjects of their own, a generated enum of them: [`Value`] is what
//! both can do. Data are read by the [`Value::Reader`] that was made for their writer's schema.

use std::borrow::Cow;

use crate::{
    AvroSchema, DecodeError, DeployedVersion, EncodeError, Limits, ResolveError, Resolver, Validate,
};

pub use crate::resolve::writer_name;

/// A topic: its name, and the types of its keys and values.
pub trait Topic: 'static {
    /// The topic's name.
    const NAME: &'static str;
    /// Under which subject a value's schema is registered.
    const SUBJECT: SubjectNameStrategy;

    /// The type of the keys; `()` where messages have none.
    type Key: Key + ?Sized;
    /// The type of the values.
    type Value: Value;

    /// The key of a message with this value, if it has one.
    fn key(value: &Self::Value) -> Option<&Self::Key>;

    /// The subjects under which the values' schemas are registered, in the order of
    /// [`Value::SCHEMAS`].
    fn subjects() -> Vec<String> {
        let schemas = <Self::Value as Value>::SCHEMAS.iter();
        let subject = |schema: &ValueSchema| Self::SUBJECT.subject(Self::NAME, schema.fullname);
        schemas.map(subject).collect()
    }
}

/// What a topic carries: values of one generated type, or of one among several.
pub trait Value: Validate + Sized + Send + 'static {
    /// Reads data of one writer's schema; made once per schema.
    type Reader: Clone + Send + Sync;

    /// The schemas that values can have; never empty.
    const SCHEMAS: &'static [ValueSchema];

    /// The schema of this value, as an index of [`SCHEMAS`](Self::SCHEMAS).
    fn schema(&self) -> usize;

    /// Appends the value's datum.
    ///
    /// # Errors
    /// Those of [`encode_into`](crate::encode_into).
    fn encode_into(&self, out: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// What reads data that were written with this schema.
    ///
    /// # Errors
    /// A text that is no valid schema, or a schema whose data are no value of the topic.
    fn reader(writer: &str) -> Result<Self::Reader, ResolveError>;

    /// Reads a datum.
    ///
    /// # Errors
    /// Those of [`from_datum_with`](crate::from_datum_with).
    fn read(reader: &Self::Reader, datum: &[u8], limits: Limits) -> Result<Self, DecodeError>;
}

/// One of the schemas that a topic's values can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValueSchema {
    /// [`AvroSchema::FULLNAME`].
    pub fullname: &'static str,
    /// [`AvroSchema::SCHEMA`].
    pub schema: &'static str,
    /// [`AvroSchema::DEPLOYED`].
    pub deployed: &'static [DeployedVersion],
}

impl ValueSchema {
    /// The schema of a type.
    #[must_use]
    pub const fn of<T: AvroSchema>() -> Self {
        Self {
            fullname: T::FULLNAME,
            schema: T::SCHEMA,
            deployed: T::DEPLOYED,
        }
    }
}

/// A generated type on its own.
impl<T: AvroSchema + Validate + Send> Value for T {
    type Reader = Resolver<T>;

    const SCHEMAS: &'static [ValueSchema] = &[ValueSchema::of::<T>()];

    fn schema(&self) -> usize {
        0
    }

    fn encode_into(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        crate::encode_into(self, out)
    }

    fn reader(writer: &str) -> Result<Self::Reader, ResolveError> {
        Resolver::new(writer)
    }

    fn read(reader: &Self::Reader, datum: &[u8], limits: Limits) -> Result<Self, DecodeError> {
        reader.decode_with(datum, limits)
    }
}

/// How the subject of a value's schema is named in the registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubjectNameStrategy {
    /// `{topic}-value`: one type of value per topic.
    #[default]
    TopicName,
    /// The record's fullname: the same subject in every topic.
    RecordName,
    /// `{topic}-{fullname}`: several types of value in one topic.
    TopicRecordName,
}

impl SubjectNameStrategy {
    /// The subject of values of this fullname in this topic.
    pub fn subject(self, topic: &str, fullname: &str) -> String {
        match self {
            Self::TopicName => format!("{topic}-value"),
            Self::RecordName => fullname.to_owned(),
            Self::TopicRecordName => format!("{topic}-{fullname}"),
        }
    }
}

/// A message key, in the bytes that Java's serializer for the type writes.
pub trait Key {
    /// The bytes, or `None` for no key.
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>>;
}

/// No key.
impl Key for () {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        None
    }
}

/// UTF-8, as `StringSerializer`.
impl Key for str {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self.as_bytes()))
    }
}

/// UTF-8, as `StringSerializer`.
impl Key for String {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        self.as_str().to_bytes()
    }
}

/// As they are, as `ByteArraySerializer`.
impl Key for [u8] {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self))
    }
}

/// As they are, as `ByteArraySerializer`.
impl Key for Vec<u8> {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(self))
    }
}

/// Four bytes, big endian, as `IntegerSerializer`.
impl Key for i32 {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Owned(self.to_be_bytes().to_vec()))
    }
}

/// Eight bytes, big endian, as `LongSerializer`.
impl Key for i64 {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Owned(self.to_be_bytes().to_vec()))
    }
}

/// The hyphenated string in UTF-8, as `UUIDSerializer`.
#[cfg(feature = "uuid")]
impl Key for uuid::Uuid {
    fn to_bytes(&self) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Owned(self.to_string().into_bytes()))
    }
}
