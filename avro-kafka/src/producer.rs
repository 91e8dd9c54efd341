//! A value of a topic → a record with key, framed datum and headers → its delivery report.

mod buffers;
mod settings;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use avro_registry::{ErrorKind, RegistryError, SchemaId, SchemaIds, SchemaRegistry};
use avro_runtime::confluent::{self, KEY_SCHEMA_ID, VALUE_SCHEMA_ID};
use avro_runtime::topic::{Key, Topic, Value};
use avro_runtime::validate::Validate;
use tokio::sync::OnceCell;

use crate::error::{ProduceError, SubjectError};
use crate::record::{Header, OutgoingRecord};
use crate::transport::{Delivery, PendingDelivery, Transport};
use buffers::Buffers;

pub use settings::{Framing, ProducerSettings};

/// The header that says how the value is serialized, if the settings want it. A message without it is Avro.
const SERIALIZATION: &str = "serialization";

/// What messages say by headers is the producer's to say alone: a header that was copied from another message
/// would be believed before what this one begins with.
const RESERVED: [&str; 3] = [SERIALIZATION, VALUE_SCHEMA_ID, KEY_SCHEMA_ID];

/// Sends the values of one topic.
///
/// Each value is checked against the rules of its type first, and is not sent if it breaks one. The schema's id is asked of the
/// registry once, by the first message that has it or by [`schema_ids`](Self::schema_ids) before it. All methods take `&self`: share
/// a producer among tasks in an `Arc`.
pub struct TypedProducer<T: Topic> {
    transport: Arc<dyn Transport>,
    registry: Arc<dyn SchemaRegistry>,
    settings: ProducerSettings,
    /// The schemas that values can have, each with its subject and, once they are known, its ids.
    schemas: Vec<Schema>,
    buffers: Buffers,
    topic: PhantomData<fn() -> T>,
}

struct Schema {
    text: &'static str,
    subject: String,
    ids: OnceCell<SchemaIds>,
}

impl<T: Topic> TypedProducer<T> {
    /// A producer over this transport and registry. It asks nothing of either yet.
    pub fn new(
        transport: Arc<dyn Transport>,
        registry: Arc<dyn SchemaRegistry>,
        settings: ProducerSettings,
    ) -> Self {
        let texts = T::Value::SCHEMAS.iter().map(|schema| schema.schema);
        let schemas = texts.zip(T::subjects()).map(|(text, subject)| Schema {
            text,
            subject,
            ids: OnceCell::new(),
        });
        Self {
            transport,
            registry,
            settings,
            schemas: schemas.collect(),
            buffers: Buffers::default(),
            topic: PhantomData,
        }
    }

    /// The subjects under which the values' schemas stand in the registry, in the order of
    /// [`Value::SCHEMAS`].
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        self.schemas.iter().map(|schema| schema.subject.as_str())
    }

    /// The ids of the values' schemas, in the order of [`Value::SCHEMAS`]: registered or looked up now if they were not
    /// yet. A service calls it at its start to learn early that the registry refuses.
    ///
    /// # Errors
    /// If the registry cannot be asked or refuses. The next call asks again.
    pub async fn schema_ids(&self) -> Result<Vec<SchemaId>, ProduceError> {
        let mut ids = Vec::with_capacity(self.schemas.len());
        for schema in &self.schemas {
            ids.push(self.ids_of(schema).await?.id);
        }
        Ok(ids)
    }

    /// What the registry calls the schema; all who ask while the registry is asked wait for that one request.
    async fn ids_of(&self, schema: &Schema) -> Result<SchemaIds, ProduceError> {
        let ids = schema.ids.get_or_try_init(|| async {
            self.ask_for_ids(schema).await.map_err(|source| {
                let subject = schema.subject.clone();
                ProduceError::Registry(Box::new(SubjectError { subject, source }))
            })
        });
        Ok(*ids.await?)
    }

    async fn ask_for_ids(&self, schema: &Schema) -> Result<SchemaIds, RegistryError> {
        let Schema { text, subject, .. } = schema;
        let needs_guid = self.settings.framing == Framing::Header;
        if self.settings.auto_register {
            let ids = self.registry.register(subject, text).await?;
            if ids.guid.is_some() || !needs_guid {
                return Ok(ids);
            }
            // Some tell it to those alone who look a schema up.
        }
        let ids = self.registry.lookup(subject, text).await?.ids();
        if ids.guid.is_none() && needs_guid {
            let message = format!("it has none for the schema with id {}", ids.id);
            return Err(RegistryError::new(ErrorKind::WithoutGuids, message));
        }
        Ok(ids)
    }

    /// Sends a value and awaits its delivery report.
    ///
    /// # Errors
    /// If the value is invalid or cannot be encoded, the registry gives no id, or the delivery fails.
    pub async fn send(&self, value: &T::Value) -> Result<Delivery, ProduceError> {
        self.send_with_headers(value, &[]).await
    }

    /// Sends a value with headers of its own and awaits its delivery report.
    ///
    /// # Errors
    /// As [`TypedProducer::send`].
    pub async fn send_with_headers(
        &self,
        value: &T::Value,
        headers: &[Header],
    ) -> Result<Delivery, ProduceError> {
        Ok(self.enqueue(value, headers).await?.await?)
    }

    /// Hands a value over for sending without waiting for its delivery: for many messages at a time.
    ///
    /// Messages of one key are written in the order in which these calls returned. Await each report: a failure is told
    /// nowhere else.
    ///
    /// # Errors
    /// As [`TypedProducer::send`], but for the delivery.
    pub async fn enqueue(
        &self,
        value: &T::Value,
        headers: &[Header],
    ) -> Result<PendingDelivery, ProduceError> {
        value.validate().map_err(ProduceError::Invalid)?;
        let schema = &self.schemas[value.schema()];
        let ids = match schema.ids.get() {
            Some(ids) => *ids,
            None => self.ids_of(schema).await?,
        };

        let mut datum = self.buffers.take();
        let schema_id = match self.settings.framing {
            Framing::Prefix => {
                confluent::frame(ids.id.get(), &mut datum);
                None
            }
            Framing::Header => ids.guid.map(|guid| confluent::header(guid.to_bytes())),
        };
        value
            .encode_into(&mut datum)
            .map_err(ProduceError::Encode)?;
        let key = T::key(value).and_then(Key::to_bytes);

        let mut record = OutgoingRecord::to(T::NAME).value(&datum);
        record.key = key.as_deref();
        let serialization = self.settings.serialization_header.then_some(&b"avro"[..]);
        record.headers = self.headers(
            headers,
            [
                (SERIALIZATION, serialization),
                (
                    VALUE_SCHEMA_ID,
                    schema_id.as_ref().map(|header| &header[..]),
                ),
            ],
        );
        match self.transport.try_enqueue(&record)? {
            Some(report) => Ok(report),
            None => Ok(self.transport.enqueue(record).await?),
        }
    }

    /// Sends a tombstone: a record without a value, which deletes its key from a compacted topic.
    ///
    /// # Errors
    /// If the delivery fails.
    pub async fn send_tombstone(
        &self,
        key: &T::Key,
        headers: &[Header],
    ) -> Result<Delivery, ProduceError> {
        let key = key.to_bytes();
        let mut record = OutgoingRecord::to(T::NAME);
        record.key = key.as_deref();
        record.headers = self.headers(headers, []);
        Ok(self.transport.send(record).await?)
    }

    /// Waits until everything that was handed over to the transport is delivered or has failed, also what other
    /// producers of the same transport handed over. Call it before the service ends.
    ///
    /// # Errors
    /// If messages are still on their way when the time is over.
    pub async fn flush(&self, timeout: Duration) -> Result<(), ProduceError> {
        Ok(self.transport.flush(timeout).await?)
    }

    /// The default headers that the message does not replace, then the message's own, then what the producer says itself, where it
    /// says anything. They take one allocation, and none if there are none.
    ///
    /// Reserved names are left out of the first two: they are not theirs to say.
    fn headers<'a, const N: usize>(
        &'a self,
        own: &'a [Header],
        said: [(&'a str, Option<&'a [u8]>); N],
    ) -> Vec<(&'a [u8], Option<&'a [u8]>)> {
        let said = said.into_iter().filter(|(_, value)| value.is_some());
        let defaults = &self.settings.headers;
        let most = defaults.len() + own.len() + said.clone().count();
        let mut headers = Vec::with_capacity(most);
        let replaced = |header: &Header| own.iter().any(|own| own.name == header.name);
        let kept = defaults.iter().filter(|header| !replaced(header));
        let theirs = kept
            .chain(own)
            .filter(|header| RESERVED.iter().all(|name| header.name != *name));
        headers.extend(theirs.map(|header| (header.name.as_bytes(), header.value.as_deref())));
        headers.extend(said.map(|(name, value)| (name.as_bytes(), value)));
        headers
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("subject", &self.subject)
            .field("ids", &self.ids.get())
            .finish_non_exhaustive()
    }
}

impl<T: Topic> fmt::Debug for TypedProducer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedProducer")
            .field("topic", &T::NAME)
            .field("schemas", &self.schemas)
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}
