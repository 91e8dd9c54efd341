//! Records of a topic → typed messages, or errors that lose nothing.

mod commits;
mod compiled;
mod message;
mod settings;
mod unknown;
mod writers;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::Poll;

use avro_registry::{Guid, SchemaId, SchemaIdentifier, SchemaRegistry};
use avro_runtime::confluent::{Framed, Identifier, VALUE_SCHEMA_ID};
use avro_runtime::topic::{Topic, Value};
use avro_runtime::{AvroSchema, DecodeError, Limits, OwnedView, Resolver};
use bytes::Bytes;

use crate::error::{
    ConsumeError, TransportError, Undecodable, UndecodableReason, WriterSchemaError,
};
use crate::record::{IncomingRecord, Position, Positioned};
use crate::transport::{PendingCommit, Subscriber, Subscription, Transport};
use commits::Commits;
use compiled::Compiled;
use writers::{Refusal, Writers};

pub use message::Message;
pub use settings::ConsumerSettings;

/// Receives the messages of one topic as a member of a consumer group.
///
/// Nothing is committed but what the application says is [`done`](Self::done), or [commits](Self::commit) itself. A message that is
/// not committed is received again, by this member or another: after a restart, and after a rebalance, in which the group deals
/// out its partitions anew. So a handler can meet a message twice, and never misses one. A record that does not decode is an
/// error with the record in it, and the next call goes on with the next record.
///
/// The loop below is the one for a service. [`ConsumeError::reaction`] says of every error whether it goes on. It ends by
/// [`close`](Self::close), which commits what is done and leaves the group: without that the group waits for this member for
/// a whole session timeout, 45 seconds unless set, and nobody reads its partitions meanwhile.
///
/// A handler must be done within `max.poll.interval.ms`, five minutes unless set. After that the group takes the member for
/// dead and gives its partitions to others, who receive the message again; the next `recv` joins the group anew.
///
/// ```no_run
/// # use avro_kafka::{ConsumeError, Reaction, TypedConsumer};
/// # use avro_runtime::topic::Topic;
/// # async fn handle<V>(_: &V) {}
/// # async fn set_aside(_: &avro_kafka::Undecodable) {}
/// async fn serve<T: Topic>(
///     mut consumer: TypedConsumer<T>,
///     shutdown: impl Future<Output = ()>,
/// ) -> Result<(), ConsumeError> {
///     let mut shutdown = std::pin::pin!(shutdown);
///     let outcome = loop {
///         let received = tokio::select! {
///             received = consumer.recv() => received,
///             () = &mut shutdown => break Ok(()),
///         };
///         match received {
///             Ok(message) => {
///                 handle(&message.value).await;
///                 consumer.done(&message);
///             }
///             Err(ConsumeError::Undecodable(record)) => {
///                 set_aside(&record).await;
///                 consumer.done(&*record);
///             }
///             Err(error) => {
///                 eprintln!("{error}");
///                 match error.reaction() {
///                     Reaction::GoOn => {}
///                     Reaction::Wait => tokio::time::sleep(std::time::Duration::from_secs(1)).await,
///                     // Somebody has to do something first, such as renew a password.
///                     Reaction::Stop => break Err(error),
///                 }
///             }
///         }
///     };
///     consumer.close().await.and(outcome)
/// }
/// ```
pub struct TypedConsumer<T: Topic> {
    subscriber: Box<dyn Subscriber>,
    registry: Arc<dyn SchemaRegistry>,
    limits: Limits,
    writers: Writers<T::Value>,
    commits: Commits,
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
            commits: Commits::new(settings.commit_interval),
            pending: None,
            topic: PhantomData,
        })
    }

    /// Waits for the next message, and commits what is [`done`](Self::done) meanwhile. Dropping the future loses no message.
    ///
    /// # Errors
    /// [`ConsumeError::reaction`] says of each what the loop does next.
    /// [`ConsumeError::Undecodable`] hands over a record that is no message; the next call goes on after it.
    /// [`ConsumeError::Registry`] keeps the record, and the next call tries it again: wait a little before that. It
    /// is tried again even if the group has given its partition to another member meanwhile; its commit then fails.
    /// Only what is about the registry or this client of it keeps a record: an outage, which passes, and missing rights,
    /// wrong settings or an answer that is none of a registry, which do not. [`skip_pending`](Self::skip_pending) leads past any of them.
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
        let record = self.next_record().await?;
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

    /// The record that is kept, or the next one. Commits go on while it waits.
    async fn next_record(&mut self) -> Result<IncomingRecord, ConsumeError> {
        // A backlog would never let the runtime go, and so neither other tasks nor the timer of the commits.
        tokio::task::consume_budget().await;
        let subscriber = &*self.subscriber;
        let mut waiting = None;
        poll_fn(|cx| {
            if let Poll::Ready(error) = self.commits.poll(cx, subscriber) {
                return Poll::Ready(Err(error.into()));
            }
            if let Some(record) = self.pending.take() {
                return Poll::Ready(Ok(record));
            }
            if waiting.is_none()
                && let Some(record) = subscriber.try_recv()?
            {
                return Poll::Ready(Ok(record));
            }
            let received = waiting.get_or_insert_with(|| subscriber.recv());
            received.as_mut().poll(cx).map_err(ConsumeError::from)
        })
        .await
    }

    /// Takes down that this message, or this record that does not decode, is done, and with it all that lies before it in its
    /// partition. It is committed in the background of the following calls of `recv`, by one commit at a time and
    /// after the [interval](ConsumerSettings::commit_interval) at the latest as long as they are made, or by
    /// [`close`](Self::close).
    ///
    /// A commit that fails is logged. It is tried again unless the group gave the partition to another member, which
    /// receives the message again then; what waiting does not mend is returned by the next `recv`.
    pub fn done(&mut self, done: &impl Positioned) {
        self.commits.add(done.position());
    }

    /// Stores in the group at once that this message, or this record that does not decode, is done: a member that starts later
    /// goes on with the one after it. What lies before it in the partition counts as done too, and committing that later changes
    /// nothing: a commit never moves the group back.
    ///
    /// The commit begins with this call; await the outcome to be sure of it. That takes a round trip to the broker, so a
    /// loop that awaits one for each message does some hundred messages a second: [`done`](Self::done) is for that.
    ///
    /// # Errors
    /// [`Revoked`](crate::TransportErrorKind::Revoked) if the group no longer assigns the partition to this member, and others:
    /// [`CommitError::reaction`](crate::CommitError::reaction) says what to do about each.
    pub fn commit(&self, done: &impl Positioned) -> PendingCommit {
        self.subscriber.commit(&[done.position()])
    }

    /// Commits several at once, in whatever order: of each partition the highest counts.
    ///
    /// # Errors
    /// As [`TypedConsumer::commit`]. Each partition stands for itself: the error names those that were not committed, and the
    /// others are.
    pub fn commit_all(&self, done: impl IntoIterator<Item: Positioned>) -> PendingCommit {
        let positions: Vec<Position> = done.into_iter().map(|done| done.position()).collect();
        self.subscriber.commit(&positions)
    }

    /// Commits what is [`done`](Self::done), and leaves the group, so that its partitions go to other members at once. It leaves
    /// even if the commit fails. Dropping the consumer leaves too, in the background and without a commit.
    ///
    /// Without a broker this takes as long as a commit takes to fail; a time-out around it is safe.
    ///
    /// # Errors
    /// If what is done could not be committed, in partitions that are still this member's. If leaving was interrupted; the
    /// broker notices after the session timeout.
    pub async fn close(mut self) -> Result<(), ConsumeError> {
        let committed = self.commits.finish(&*self.subscriber).await;
        let left = self.subscriber.close().await;
        committed?;
        Ok(left?)
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
