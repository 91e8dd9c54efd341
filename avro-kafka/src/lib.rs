//! Typed Kafka producer and consumer for generated Avro types.
//!
//! A topic is a type that implements [`Topic`](avro_runtime::topic::Topic), as generated code has it. [`TypedProducer`] checks, encodes and sends its
//! values; [`TypedConsumer`] receives them. Both speak through an `Arc<dyn` [`Transport`]`>`: [`RdKafka`] to a real cluster,
//! [`InMemory`] in tests. The schema's id comes from an
//! [`avro_registry::SchemaRegistry`], and stands before each datum as Confluent's serializers put it, or in a header
//! ([`Framing`]).
//!
//! What holds, whatever goes wrong:
//! - An invalid value is never sent.
//! - Nothing is committed but what the application says is done; a message that was not committed comes again.
//! - A record that does not decode is handed over with its original bytes, headers and position; it stops nobody.
//! - An outage of the registry or the brokers is an error that says that it passes, and loses no message.
//! - A rebalance of the group ends no consumer: each error says whether the loop goes on, waits or stops ([`Reaction`]).
//!
//! [`TypedConsumer`] shows the loop of a service.
//!
//! # Where things are
//!
//! | module | from → to |
//! |---|---|
//! | `record` | the bytes that travel, and their positions |
//! | `raw` | a record ↔ [`RawRecord`], in which it is archived or set aside |
//! | `transport` | the seam to a Kafka client, and the two clients behind it |
//! | `producer` | value → record → delivery report |
//! | `consumer` | record → message, or [`Undecodable`] |
//! | `mock` (feature `mock`) | a broker in the process |
//!
//! What is done *with* a message — retries with back-off, a dead letter topic, replay, JSON as the fallback, metrics — stands on these
//! and changes none of them: it belongs in a module `process` of its own, which takes what [`TypedConsumer::recv`]
//! returns, decides by [`ConsumeError`] and [`UndecodableReason`], sends what it sets aside through the same
//! [`Transport`] as raw bytes, and commits. A fallback of the serialization belongs into `producer` and `consumer` where the framing is
//! written and read; borrowed reading beside [`TypedConsumer::recv`], over the bytes that [`Message`] shares.

mod consumer;
mod error;
mod generated;
#[cfg(feature = "mock")]
pub mod mock;
mod producer;
mod raw;
mod record;
mod transport;

pub use consumer::{ConsumerSettings, Message, TypedConsumer};
pub use error::{
    CommitError, ConsumeError, ProduceError, Reaction, SubjectError, TransportError,
    TransportErrorKind, Uncommitted, Undecodable, UndecodableReason, WriterSchemaError,
};
pub use generated::avro::kafka::{
    RawHeader, RawHeaderBuilder, RawHeaderRef, RawRecord, RawRecordBuilder, RawRecordRef,
};
pub use producer::{Framing, ProducerSettings, TypedProducer};
pub use record::{Header, HeaderName, IncomingRecord, OutgoingRecord, Position, Positioned};
pub use transport::{
    Delivery, Event, InMemory, PendingCommit, PendingDelivery, StartAt, Subscriber, Subscription,
    Transport,
};
#[cfg(feature = "rdkafka")]
pub use transport::{KafkaSettings, RdKafka};
