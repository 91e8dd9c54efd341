//! Records of a topic → typed messages, or errors that lose nothing.

mod compiled;
mod message;
mod unknown;
mod writers;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use avro_registry::{Guid, SchemaId, SchemaIdentifier, SchemaRegistry};
use avro_runtime::confluent::{Framed, Identifier, VALUE_SCHEMA_ID};
use avro_runtime::topic::{Topic, Value};
use avro_runtime::{AvroSchema, DecodeError, Limits, OwnedView, Resolver};
use bytes::Bytes;

use crate::error::{
    ConsumeError, TransportError, Undecodable, UndecodableReason, WriterSchemaError,
};
use crate::record::{IncomingRecord, Position, Positioned};
use crate::transport::{StartAt, Subscriber, Subscription, Transport};
use compiled::Compiled;
use writers::{Refusal, Writers};

pub use message::Message;

/// Settings of a [`TypedConsumer`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ConsumerSettings {
    group: String,
    start_at: StartAt,
    limits: Limits,
    remember_unknown_ids: Duration,
    known: BTreeMap<SchemaIdentifier, Arc<str>>,
}

impl ConsumerSettings {
    /// A member of this consumer group, which starts at the oldest record where the group has committed nothing.
    pub fn new(group: impl Into<String>) -> Self {
        Self {
            group: group.into(),
            start_at: StartAt::Earliest,
            limits: Limits::default(),
            remember_unknown_ids: Duration::from_secs(5),
            known: BTreeMap::new(),
        }
    }

    /// Where to start in a partition for which the group has committed nothing.
    pub fn start_at(mut self, start_at: StartAt) -> Self {
        self.start_at = start_at;
        self
    }

    /// What a datum may cost to decode.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// For how long the registry is not asked again about a schema id or GUID that it did not know; 5 seconds if not set.
    /// Until then every record with it is [`Undecodable`], even if the schema has been registered meanwhile.
    pub fn remember_unknown_ids(mut self, duration: Duration) -> Self {
        self.remember_unknown_ids = duration;
        self
    }

    /// The schema that has this id or GUID in the registry, which is never asked for it: so a service starts while the registry is
    /// away. An id is the registry's own choice, so it belongs into the configuration of each environment.
    ///
    /// ```
    /// # use avro_kafka::ConsumerSettings;
    /// # use avro_registry::SchemaId;
    /// # use avro_runtime::{AvroSchema, DeployedVersion};
    /// # fn f<Order: AvroSchema>(now: u32, before: u32) -> Option<ConsumerSettings> {
    /// let second = DeployedVersion::of::<Order>(2)?; // with `compiled-versions` in avro.toml
    /// let settings = ConsumerSettings::new("billing")
    ///     .known_schema(SchemaId::new(now), Order::SCHEMA)
    ///     .known_schema(SchemaId::new(before), second.schema);
    /// # Some(settings) }
    /// ```
    pub fn known_schema(
        mut self,
        id: impl Into<SchemaIdentifier>,
        schema: impl Into<Arc<str>>,
    ) -> Self {
        self.known.insert(id.into(), schema.into());
        self
    }
}

/// Receives the messages of one topic as a member of a consumer group.
///
/// Nothing is committed but by [`commit`](Self::commit), so a message that was received and not committed is received again
/// after a restart. A record that does not decode is an error with the record in it, and the next call goes on with
/// the next record.
///
/// A commit fails with [`Revoked`](crate::TransportErrorKind::Revoked) when the group has given the partition to another
/// member, which then receives the message again: go on with the next.
///
/// ```no_run
/// # use avro_kafka::{ConsumeError, TypedConsumer};
/// # use avro_runtime::topic::Topic;
/// # async fn handle<V>(_: &V) {}
/// # async fn set_aside(_: &avro_kafka::Undecodable) {}
/// # async fn run<T: Topic>(mut consumer: TypedConsumer<T>) -> Result<(), ConsumeError> {
/// loop {
///     match consumer.recv().await {
///         Ok(message) => {
///             handle(&message.value).await;
///             consumer.commit(&message).await?;
///         }
///         Err(ConsumeError::Undecodable(record)) => {
///             set_aside(&record).await;
///             consumer.commit(&*record).await?;
///         }
///         Err(error) if error.is_retriable() => {
///             eprintln!("{error}");
///             tokio::time::sleep(std::time::Duration::from_secs(1)).await;
///         }
///         // Somebody has to do something first, such as renew the registry's password.
///         Err(error) => return Err(error),
///     }
/// }
/// # }
/// ```
pub struct TypedConsumer<T: Topic> {
    subscriber: Box<dyn Subscriber>,
    registry: Arc<dyn SchemaRegistry>,
    limits: Limits,
    writers: Writers<T::Value>,
    /// The record that is being looked at. It stays here until its fate is known, so that neither an outage of the registry nor a
    /// caller who stops waiting can lose it.
    pending: Option<IncomingRecord>,
    topic: PhantomData<fn() -> T>,
}

impl<T: Topic> TypedConsumer<T> {
    /// Joins the group.
    ///
    /// If versions of the value's schema are compiled in (`compiled-versions` in avro.toml), the registry is asked for their
    /// ids first, for two seconds at most, and else as soon as it answers: from then on their data are read without it.
    ///
    /// # Errors
    /// If the client cannot be made. That the topic does not exist yet is no error here.
    pub async fn join(
        transport: &dyn Transport,
        registry: Arc<dyn SchemaRegistry>,
        settings: ConsumerSettings,
    ) -> Result<Self, TransportError> {
        let subscription = Subscription {
            group: settings.group,
            topics: vec![T::NAME.to_owned()],
            start_at: settings.start_at,
        };
        let mut compiled = Compiled::of::<T>(settings.known);
        compiled.learn(&*registry).await;
        Ok(Self {
            subscriber: transport.subscribe(subscription).await?,
            registry,
            limits: settings.limits,
            writers: Writers::new(settings.remember_unknown_ids, compiled),
            pending: None,
            topic: PhantomData,
        })
    }

    /// Waits for the next message. Dropping the future loses none.
    ///
    /// # Errors
    /// [`ConsumeError::Undecodable`] hands over a record that is no message; the next call goes on after it.
    /// [`ConsumeError::Registry`] keeps the record, and the next call tries it again: wait a little before that. It
    /// is tried again even if the group has given its partition to another member meanwhile; its commit then fails.
    /// Only what is about the registry or this client of it keeps a record: an outage, which passes
    /// ([`is_retriable`](ConsumeError::is_retriable)), and missing rights, wrong settings or an answer that is none of a
    /// registry, which do not. [`skip_pending`](Self::skip_pending) leads past any of them.
    pub async fn recv(&mut self) -> Result<Message<T::Value>, ConsumeError> {
        let limits = self.limits;
        self.receive(|reader, value, datum| Value::read(reader, &value[datum..], limits))
            .await
    }

    /// Waits for the next message and leaves its strings and bytes where they are, in the record: for those who keep messages,
    /// or read few of their fields. Only of topics with one type of value.
    ///
    /// # Errors
    /// Those of [`recv`](Self::recv).
    pub async fn recv_view(&mut self) -> Result<Message<OwnedView<T::Value>>, ConsumeError>
    where
        T::Value: AvroSchema + Value<Reader = Resolver<T::Value>>,
    {
        let limits = self.limits;
        self.receive(|resolver, value, datum| {
            OwnedView::with_limits(value.slice(datum..), resolver, limits)
        })
        .await
    }

    /// The next record, as what `read` makes of its value and of where the datum begins in it.
    async fn receive<V>(
        &mut self,
        read: impl FnOnce(&<T::Value as Value>::Reader, &Bytes, usize) -> Result<V, DecodeError>,
    ) -> Result<Message<V>, ConsumeError> {
        let reader = self.reader_of_next().await?;
        let Some(record) = self.pending.take() else {
            unreachable!("reader_of_next leaves the record that it looked at");
        };
        let value = reader.and_then(|(id, reader, datum)| {
            let value = record.value.as_ref().ok_or(UndecodableReason::Tombstone)?;
            let value = read(&reader, value, datum);
            let value = value.map_err(|source| UndecodableReason::Datum { id, source })?;
            Ok((id, value))
        });
        match value {
            Ok((schema_id, value)) => Ok(Message {
                value,
                schema_id,
                record,
            }),
            Err(reason) => {
                let record = Undecodable { record, reason };
                Err(ConsumeError::Undecodable(Box::new(record)))
            }
        }
    }

    /// Hands over the record that [`ConsumeError::Registry`] keeps, as it was read, and goes on after it. Set it aside before
    /// it is committed. `None` if none is kept. A [`recv`](Self::recv) that was dropped while it asked the registry keeps one too.
    pub fn skip_pending(&mut self) -> Option<IncomingRecord> {
        self.pending.take()
    }

    /// The schema that the next record was written with, what reads its data, if anything does, and the datum. Only
    /// here anything is waited for.
    async fn reader_of_next(
        &mut self,
    ) -> Result<Result<Reading<T>, UndecodableReason>, ConsumeError> {
        let record = match self.pending.take() {
            Some(record) => record,
            None => match self.subscriber.try_recv()? {
                Some(record) => record,
                None => self.subscriber.recv().await?,
            },
        };
        let record = self.pending.insert(record);
        let (id, datum) = match framed(record) {
            Ok(framed) => framed,
            Err(reason) => return Ok(Err(reason)),
        };
        match self.writers.reader(id, &*self.registry).await {
            Ok(reader) => Ok(Ok((id, reader, datum))),
            Err(Refusal::Unknown(source)) => {
                Ok(Err(UndecodableReason::UnknownSchema { id, source }))
            }
            Err(Refusal::Other(source)) => Ok(Err(UndecodableReason::OtherSchema { id, source })),
            Err(Refusal::Unanswered(source)) => {
                let position = record.position();
                let error = WriterSchemaError {
                    position,
                    id,
                    source,
                };
                Err(ConsumeError::Registry(Box::new(error)))
            }
        }
    }

    /// Stores in the group that this message, or this record that does not decode, is done: a member that starts later goes on
    /// with the one after it. What lies before it in the partition counts as done too, and committing that later changes
    /// nothing: a commit never moves the group back.
    ///
    /// # Errors
    /// [`Revoked`](crate::TransportErrorKind::Revoked) if the group no longer assigns the partition to this member. And if the
    /// broker is away.
    pub async fn commit(&self, done: &impl Positioned) -> Result<(), TransportError> {
        self.subscriber.commit(&[done.position()]).await
    }

    /// Commits several at once, in whatever order: of each partition the highest counts.
    ///
    /// # Errors
    /// As [`TypedConsumer::commit`].
    pub async fn commit_all(
        &self,
        done: impl IntoIterator<Item: Positioned> + Send,
    ) -> Result<(), TransportError> {
        let positions: Vec<Position> = done.into_iter().map(|done| done.position()).collect();
        self.subscriber.commit(&positions).await
    }

    /// Leaves the group at once, without a commit. Dropping the consumer does the same in the background.
    ///
    /// # Errors
    /// If leaving was interrupted; the broker notices after the session timeout.
    pub async fn close(self) -> Result<(), TransportError> {
        self.subscriber.close().await
    }
}

/// A writer's schema, what reads its data, and where the datum begins in the record's value.
type Reading<T> = (
    SchemaIdentifier,
    <<T as Topic>::Value as Value>::Reader,
    usize,
);

/// What names the schema of a record's value, and where the datum begins in the value, which it ends.
fn framed(record: &IncomingRecord) -> Result<(SchemaIdentifier, usize), UndecodableReason> {
    let value = record.value.as_ref().ok_or(UndecodableReason::Tombstone)?;
    let header = record.header(VALUE_SCHEMA_ID);
    let framed = Framed::parse_with_header(header, value).map_err(UndecodableReason::Framing)?;
    let schema = match framed.schema {
        Identifier::Id(id) => SchemaId::new(id).into(),
        Identifier::Guid(guid) => Guid::from_bytes(guid).into(),
    };
    Ok((schema, value.len() - framed.datum.len()))
}

impl<T: Topic> fmt::Debug for TypedConsumer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TypedConsumer")
            .field("topic", &T::NAME)
            .field("subscriber", &self.subscriber)
            .field("pending", &self.pending.as_ref().map(Positioned::position))
            .finish_non_exhaustive()
    }
}
