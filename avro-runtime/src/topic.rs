//! What a Kafka topic carries: pure data, without a Kafka client.

use std::borrow::Cow;

use crate::{AvroSchema, Validate};

/// A topic: its name, and the types of its keys and values.
pub trait Topic: 'static {
    /// The topic's name.
    const NAME: &'static str;
    /// Under which subject the value's schema is registered.
    const SUBJECT: SubjectNameStrategy;

    /// The type of the keys; `()` where messages have none.
    type Key: Key + ?Sized;
    /// The type of the values.
    type Value: AvroSchema + Validate;

    /// The key of a message with this value, if it has one.
    fn key(value: &Self::Value) -> Option<&Self::Key>;

    /// The subject under which the value's schema is registered.
    fn subject() -> String {
        let fullname = <Self::Value as AvroSchema>::FULLNAME;
        Self::SUBJECT.subject(Self::NAME, fullname)
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
