//! How a producer treats its schema and its headers.

use crate::record::Header;

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
    pub(super) headers: Vec<Header>,
}

impl Default for ProducerSettings {
    fn default() -> Self {
        Self {
            auto_register: true,
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

    /// One more header for every message. A message's own header of the same name takes its place.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push(Header::new(name, value.into()));
        self
    }
}
