//! Everything that can go wrong in a run, with what to do about it.

use std::path::PathBuf;

use avro_kafka::{ConsumeError, ProduceError, TransportError};
use avro_registry::RegistryError;
use avro_runtime::{DecodeError, EncodeError};

/// Why a run did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Only one of two variables is set.
    #[error(
        "{set} is set and {missing} is not: set both for a real Kafka and registry, or neither"
    )]
    HalfAnEnvironment {
        /// The variable that is set.
        set: &'static str,
        /// The one that is not.
        missing: &'static str,
    },
    /// A variable's value is not Unicode.
    #[error("the value of {variable} is not Unicode")]
    NotUnicode {
        /// The variable.
        variable: &'static str,
    },
    /// The embedded registry cannot listen.
    #[error("the embedded registry did not start: {0}")]
    EmbeddedRegistry(std::io::Error),
    /// A file of events cannot be read.
    #[error("cannot read {path}: {source}", path = path.display())]
    Events {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line is no event.
    #[error("{path}:{line}: {source}", path = path.display())]
    Event {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        source: DecodeError,
    },
    /// An event cannot be encoded.
    #[error("event {index} of {topic} cannot be encoded: {source}")]
    Encode {
        /// The topic.
        topic: &'static str,
        /// The event's position in its file, from 0.
        index: usize,
        /// Why.
        source: EncodeError,
    },
    /// What was encoded does not decode.
    #[error("event {index} of {topic} does not decode: {source}")]
    Decode {
        /// The topic.
        topic: &'static str,
        /// The event's position in its file, from 0.
        index: usize,
        /// Why.
        source: DecodeError,
    },
    /// An event was not sent.
    #[error("event {index} of {topic} was not sent: {source}")]
    Produce {
        /// The topic.
        topic: &'static str,
        /// The event's position in its file, from 0.
        index: usize,
        /// Why.
        source: ProduceError,
    },
    /// An event cannot be read back.
    #[error("event {index} of {topic} cannot be read back: {source}")]
    Consume {
        /// The topic.
        topic: &'static str,
        /// The event's position in its file, from 0.
        index: usize,
        /// Why.
        source: ConsumeError,
    },
    /// The consumer had to stop before all events were back.
    #[error("the consumer of {topic} stopped: {source}")]
    Stopped {
        /// The topic.
        topic: &'static str,
        /// Why.
        source: ConsumeError,
    },
    /// An event came back as another.
    #[error("event {index} of {topic} came back as another: {difference}")]
    Differs {
        /// The topic.
        topic: &'static str,
        /// The event's position in its file, from 0.
        index: usize,
        /// What differs.
        difference: String,
    },
    /// Events are missing after a long silence.
    #[error("{missing} events of {topic} did not come back")]
    Missing {
        /// The topic.
        topic: &'static str,
        /// How many.
        missing: usize,
    },
    /// The Kafka client failed.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The registry failed.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The schema's id could not be had.
    #[error("the schema of {topic} was not registered: {source}")]
    Schema {
        /// The topic.
        topic: &'static str,
        /// Why.
        source: ProduceError,
    },
}
