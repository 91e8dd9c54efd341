//! The seam between typed messages and a Kafka client: records go out, records come in, offsets are committed.
//!
//! Producers and consumers hold an `Arc<dyn Transport>`, so that no second type parameter appears in their names and a
//! test can put [`InMemory`] where production has [`RdKafka`].

mod commit;
pub(crate) mod delivery;
#[cfg(feature = "rdkafka")]
mod librdkafka;
mod memory;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

use crate::error::TransportError;
use crate::record::{IncomingRecord, OutgoingRecord, Position};

pub use commit::PendingCommit;
pub(crate) use commit::{all_uncommitted, highest, offset_after, revoked};
pub use delivery::{Delivery, PendingDelivery};
#[cfg(feature = "rdkafka")]
pub use librdkafka::{KafkaSettings, RdKafka};
pub use memory::{Event, InMemory};

/// A client of one Kafka cluster, or what stands in for it.
#[async_trait]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Hands a record over for sending, and returns as soon as the client has copied it into its queue.
    ///
    /// Records for one partition are written in the order in which these calls returned. The outcome is known only when
    /// the returned delivery report has been awaited; dropping that does not take the record back.
    ///
    /// # Errors
    /// If the client does not take the record: its queue stays full, the record is too large, the client is closed.
    async fn enqueue(&self, record: OutgoingRecord<'_>) -> Result<PendingDelivery, TransportError>;

    /// Hands a record over if the client can take it at once. It never waits, and it allocates no future.
    ///
    /// `None` means that the record was not taken and [`enqueue`](Self::enqueue) has to be called for it, as when the
    /// client's queue is full. A transport that does not implement this method always answers so.
    ///
    /// # Errors
    /// If the client does not take the record and waiting would not help.
    fn try_enqueue(
        &self,
        record: &OutgoingRecord<'_>,
    ) -> Result<Option<PendingDelivery>, TransportError> {
        let _ = record;
        Ok(None)
    }

    /// Joins a consumer group. No offset is ever committed but by [`Subscriber::commit`].
    ///
    /// # Errors
    /// If the client cannot be made. That a topic does not exist yet is no error here.
    async fn subscribe(
        &self,
        subscription: Subscription,
    ) -> Result<Box<dyn Subscriber>, TransportError>;

    /// Waits until every record that was handed over has been delivered or has failed.
    ///
    /// # Errors
    /// If records are still on their way when the time is over; they go on being sent.
    async fn flush(&self, timeout: Duration) -> Result<(), TransportError>;

    /// Sends one record and awaits its delivery report.
    ///
    /// # Errors
    /// As [`Transport::enqueue`], and if the delivery fails.
    async fn send(&self, record: OutgoingRecord<'_>) -> Result<Delivery, TransportError> {
        self.enqueue(record).await?.await
    }
}

/// A member of a consumer group.
#[async_trait]
pub trait Subscriber: fmt::Debug + Send + Sync {
    /// Waits for the next record of the partitions assigned to this member.
    ///
    /// Dropping the future loses no record. It must be called again within the group's poll interval (five minutes
    /// by default), else the group takes this member for dead.
    ///
    /// # Errors
    /// [`TransportErrorKind::reaction`](crate::TransportErrorKind::reaction) says what to do about each. The client goes on
    /// reconnecting by itself, and several errors of one outage are returned as one.
    async fn recv(&self) -> Result<IncomingRecord, TransportError>;

    /// The next record if it has been fetched already. It never waits, and it allocates no future.
    ///
    /// `None` means that [`recv`](Self::recv) has to be called. A subscriber that does not implement this method always
    /// answers so.
    ///
    /// # Errors
    /// Those of [`recv`](Self::recv).
    fn try_recv(&self) -> Result<Option<IncomingRecord>, TransportError> {
        Ok(None)
    }

    /// Begins to store in the group that the records at these positions are done: per partition it goes on at the offset
    /// after the highest of them. The returned future ends when the broker has confirmed it.
    ///
    /// It never moves the group back: a partition in which the group has already committed as much is left as it is, and
    /// that is no error.
    ///
    /// # Errors
    /// The outcome names each partition that was not committed, and why; the others are. The reason is of the kind
    /// [`Revoked`](crate::TransportErrorKind::Revoked) where the group does not, or no longer, assign the partition to this
    /// member, and [`Rejected`](crate::TransportErrorKind::Rejected) where no offset can follow the position.
    fn commit(&self, positions: &[Position]) -> PendingCommit;

    /// Leaves the group, so that its partitions go to other members at once. Dropping does the same in the background.
    ///
    /// # Errors
    /// If leaving was interrupted; the broker notices after the session timeout.
    async fn close(self: Box<Self>) -> Result<(), TransportError>;
}

/// Where a group starts in a partition for which it has no committed offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StartAt {
    /// At the oldest record that is kept: none is missed.
    #[default]
    Earliest,
    /// After the newest record: what was sent before is never read.
    Latest,
}

/// What a consumer asks of a transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The consumer group.
    pub group: String,
    /// The topics.
    pub topics: Vec<String>,
    /// Where to start without a committed offset.
    pub start_at: StartAt,
}
