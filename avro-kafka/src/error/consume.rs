//! Why there is no message, or why a record is not one.

use std::error::Error;
use std::fmt;

use avro_registry::{RegistryError, SchemaIdentifier};
use avro_runtime::DecodeError;
use avro_runtime::ResolveError;
use avro_runtime::confluent::FrameError;

use super::{CommitError, Reaction, TransportError};
use crate::record::{IncomingRecord, Position, Positioned};

/// The next message could not be had.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConsumeError {
    /// This record is no message, and never will be. It is handed over as it is: set it aside, commit it, and go on
    /// with the next.
    Undecodable(Box<Undecodable>),
    /// The registry did not give the writer's schema, through no fault of the record. The consumer keeps the record:
    /// the next call tries the same one again, and [`TypedConsumer::skip_pending`](crate::TypedConsumer::skip_pending)
    /// hands it over.
    Registry(Box<WriterSchemaError>),
    /// The client had nothing to give, or could not leave the group.
    Transport(TransportError),
    /// What is [`done`](crate::TypedConsumer::done) could not be committed. Only what waiting does not mend is returned by
    /// `recv`; all else is logged and tried again.
    Commit(Box<CommitError>),
}

/// A record that does not decode: its original bytes, headers and position, and the reason.
///
/// To keep it in a topic of its own, turn the record into the Avro record made for that:
/// `RawRecord::from(undecodable.record)`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Undecodable {
    /// The record as it was read.
    pub record: IncomingRecord,
    /// What is wrong with it.
    pub reason: UndecodableReason,
}

/// What is wrong with a record.
#[derive(Debug)]
#[non_exhaustive]
pub enum UndecodableReason {
    /// There is no value where one is needed: a tombstone.
    Tombstone,
    /// Neither a header nor the beginning of the value says which schema wrote it.
    Framing(FrameError),
    /// The registry has no Avro schema of that id or GUID, or gives it to nobody.
    UnknownSchema {
        /// The id or GUID in the framing.
        id: SchemaIdentifier,
        /// What the registry said.
        source: RegistryError,
    },
    /// It was written with a schema that the reader's cannot read.
    OtherSchema {
        /// The id or GUID in the framing.
        id: SchemaIdentifier,
        /// Every reason.
        source: ResolveError,
    },
    /// The bytes after the framing are no datum of the schema, or there are bytes left over.
    Datum {
        /// The id or GUID in the framing.
        id: SchemaIdentifier,
        /// What is wrong and where.
        source: DecodeError,
    },
}

/// The registry did not give the schema that a record was written with.
#[derive(Debug)]
#[non_exhaustive]
pub struct WriterSchemaError {
    /// The position of the record, which the consumer keeps.
    pub position: Position,
    /// The id or GUID in the record's framing.
    pub id: SchemaIdentifier,
    /// What the registry said.
    pub source: RegistryError,
}

impl ConsumeError {
    /// What the loop does after this error.
    ///
    /// | error | reaction |
    /// |---|---|
    /// | [`Undecodable`](Self::Undecodable) | [`GoOn`](Reaction::GoOn), after the record was set aside and is [`done`](crate::TypedConsumer::done): the next call gives the *next* record |
    /// | [`Registry`](Self::Registry) | [`Wait`](Reaction::Wait) if the registry is away or overloaded: the next call tries the same record. [`Stop`](Reaction::Stop) if it refuses this client, or is no registry |
    /// | [`Transport`](Self::Transport), [`Commit`](Self::Commit) | as [`TransportErrorKind::reaction`](crate::TransportErrorKind::reaction) says |
    pub fn reaction(&self) -> Reaction {
        match self {
            Self::Undecodable(_) => Reaction::GoOn,
            Self::Registry(error) if error.source.is_retriable() => Reaction::Wait,
            Self::Registry(_) => Reaction::Stop,
            Self::Transport(error) => error.reaction(),
            Self::Commit(error) => error.reaction(),
        }
    }
}

impl Positioned for Undecodable {
    fn position(&self) -> Position {
        self.record.position()
    }
}

impl fmt::Display for ConsumeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecodable(record) => record.fmt(f),
            Self::Registry(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Commit(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the record at {} does not decode: {}",
            self.record.position(),
            self.reason
        )
    }
}

impl fmt::Display for UndecodableReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tombstone => f.write_str("it is a tombstone, and a value is needed"),
            Self::Framing(error) => error.fmt(f),
            Self::UnknownSchema { id, source } => {
                write!(f, "no schema has the {id} in its framing: {source}")
            }
            Self::OtherSchema { id, source } => write!(f, "schema {id}: {source}"),
            Self::Datum { id, source } => write!(f, "schema {id}: {source}"),
        }
    }
}

impl fmt::Display for WriterSchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot read the record at {} yet: the schema with {} is not to be had: {}",
            self.position, self.id, self.source
        )
    }
}

impl Error for ConsumeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Undecodable(record) => record.reason.source(),
            Self::Registry(error) => Some(&error.source),
            Self::Transport(error) => Some(error),
            Self::Commit(error) => Some(error),
        }
    }
}

impl Error for Undecodable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.reason.source()
    }
}

impl Error for UndecodableReason {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Tombstone => None,
            Self::Framing(error) => Some(error),
            Self::UnknownSchema { source, .. } => Some(source),
            Self::OtherSchema { source, .. } => Some(source),
            Self::Datum { source, .. } => Some(source),
        }
    }
}

impl Error for WriterSchemaError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl From<TransportError> for ConsumeError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<CommitError> for ConsumeError {
    fn from(error: CommitError) -> Self {
        Self::Commit(Box::new(error))
    }
}
