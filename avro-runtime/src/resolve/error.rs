//! Why data of a writer cannot be read.

use core::fmt;

use crate::topic::ValueSchema;

/// Why data of a writer's schema cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolveError {
    /// The writer's text is no valid schema; says where and why.
    Invalid(Box<str>),
    /// The reader's schema cannot read the writer's.
    Unresolvable(Box<Unresolvable>),
    /// The writer's schema is none of those that a topic's values can have.
    NoneOf(Box<NoneOf>),
}

/// Two schemas of which one cannot be read as the other, and every reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unresolvable {
    /// The writer's fullname, or "without a name".
    pub writer: Box<str>,
    /// The reader's fullname.
    pub reader: Box<str>,
    /// The reasons, each with the place in the reader's schema; never empty.
    pub reasons: Vec<Box<str>>,
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

impl ResolveError {
    /// A writer of this name, in a topic that carries these.
    #[must_use]
    pub fn none_of(writer: Box<str>, readers: &'static [ValueSchema]) -> Self {
        Self::NoneOf(Box::new(NoneOf { writer, readers }))
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(why) => write!(f, "the writer's schema cannot be used: {why}"),
            Self::Unresolvable(unresolvable) => unresolvable.fmt(f),
            Self::NoneOf(none) => none.fmt(f),
        }
    }
}

impl fmt::Display for Unresolvable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "data of the writer's schema {} cannot be read as {}: {}",
            self.writer,
            self.reader,
            self.reasons.join("; ")
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

impl std::error::Error for ResolveError {}
