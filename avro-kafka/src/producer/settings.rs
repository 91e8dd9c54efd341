//! How a producer treats its schema and its headers.

use crate::record::{Header, HeaderName};

/// Where a message says which schema it was written with.
///
/// [`TypedConsumer`](crate::TypedConsumer) reads both, so that a topic may change from one to the other:
/// its consumers first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// Before the datum, by the schema's id: a zero byte and four of the id. Every consumer reads it.
    #[default]
    Prefix,
    /// In the header `__value_schema_id`, by the schema's GUID; the value is the datum alone, as Confluent's
    /// `HeaderSchemaIdSerializer` leaves it. It takes a registry with GUIDs (Confluent Platform 8; Apicurio 3 has none)
    /// and consumers that look for the header, as those of Confluent Platform 8 do.
    Header,
}

/// Settings of a [`TypedProducer`](crate::TypedProducer).
///
/// ```
/// use avro_kafka::ProducerSettings;
///
/// let settings = ProducerSettings::default()
///     .header("producer", "checkout")
///     .auto_register(false);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct ProducerSettings {
    pub(super) auto_register: bool,
    pub(super) framing: Framing,
    pub(super) serialization_header: bool,
    pub(super) headers: Vec<Header>,
}

impl Default for ProducerSettings {
    fn default() -> Self {
        Self {
            auto_register: true,
            framing: Framing::Prefix,
            serialization_header: false,
            headers: Vec::new(),
        }
    }
}

impl ProducerSettings {
    /// Whether the schema is registered under the subject, which is so unless set; else it must be there already, and
    /// is looked up.
    pub fn auto_register(mut self, register: bool) -> Self {
        self.auto_register = register;
        self
    }

    /// Where messages say which schema they were written with: before the datum, unless set.
    pub fn framing(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    /// Whether each value's message says `serialization: avro` in a header, which it does not unless set.
    ///
    /// A message without the header is Avro. The header costs a producer of small events a fifth to a third of its throughput, so set
    /// it where consumers ask for it: where a topic carries JSON beside Avro. Tombstones never have it.
    pub fn serialization_header(mut self, say: bool) -> Self {
        self.serialization_header = say;
        self
    }

    /// One more header for every message. A message's own header of the same name takes its place.
    pub fn header(mut self, name: impl Into<HeaderName>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(Header::new(name, value.into()));
        self
    }
}
