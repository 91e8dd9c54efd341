//! [`InMemory`]: topics, groups and offsets in the process, for tests. No thread, no socket, no broker.

mod log;
mod partitioner;
mod subscriber;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Notify;

use crate::error::TransportError;
use crate::record::{IncomingRecord, OutgoingRecord, Position, Positioned};
use crate::transport::{Delivery, PendingDelivery, Subscriber, Subscription, Transport};
use log::Log;
use subscriber::MemorySubscriber;

/// A transport that keeps its topics in memory.
///
/// It behaves as a cluster does where a producer or a consumer can tell: a key decides the partition, by the same hash as
/// Java's and librdkafka's `murmur2`; a group shares the partitions among its members and remembers what they
/// committed; a topic that was not created is an error. Clones share the same topics.
///
/// ```
/// use avro_kafka::{InMemory, OutgoingRecord, Transport};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), avro_kafka::TransportError> {
/// let kafka = InMemory::new();
/// kafka.create_topic("orders", 3);
/// let delivery = kafka.send(OutgoingRecord::to("orders").key(b"o-1").value(b"paid")).await?;
/// assert_eq!(delivery.offset, 0);
/// assert_eq!(kafka.records("orders")[0].value.as_deref(), Some(&b"paid"[..]));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct InMemory {
    shared: Arc<Shared>,
}

/// What happens in an [`InMemory`] transport, shown to its hook before it takes effect.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A record is about to be written. An error becomes the failure of its delivery. Its place cannot be changed.
    Append(&'a mut IncomingRecord),
    /// A record is about to be handed to a consumer. An error is what the consumer gets; the record is not passed over.
    Deliver(&'a mut IncomingRecord),
    /// A position is about to be committed by a group, which is not yet as far. An error becomes the reason why this position
    /// is not committed.
    Commit(&'a Position),
}

type Hook = Box<dyn FnMut(Event<'_>) -> Result<(), TransportError> + Send>;

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    log: Log,
    hook: Option<Hook>,
}

impl InMemory {
    /// A transport without topics.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a topic with at least one partition. A topic that is there already keeps its records and partitions.
    pub fn create_topic(&self, topic: &str, partitions: usize) {
        self.shared.lock().log.create_topic(topic, partitions);
        self.shared.changed.notify_waiters();
    }

    /// Everything that a topic holds, by partition and offset.
    pub fn records(&self, topic: &str) -> Vec<IncomingRecord> {
        self.shared.lock().log.records(topic)
    }

    /// The offset at which the group goes on in that partition; `None` if it never committed one.
    pub fn committed(&self, group: &str, topic: &str, partition: i32) -> Option<i64> {
        self.shared.lock().log.committed(group, topic, partition)
    }

    /// Calls `hook` before each event from now on: it can change the record, corrupt it, or fail.
    ///
    /// The hook runs while the transport is locked, so it must not call the transport.
    pub fn set_hook(
        &self,
        hook: impl FnMut(Event<'_>) -> Result<(), TransportError> + Send + 'static,
    ) {
        self.shared.lock().hook = Some(Box::new(hook));
    }

    fn write(&self, record: &OutgoingRecord<'_>) -> PendingDelivery {
        let written = self.shared.lock().append(record);
        self.shared.changed.notify_waiters();
        PendingDelivery::known(written)
    }
}

impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InMemory")
            .field("topics", &self.shared.lock().log.topics())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for InMemory {
    async fn enqueue(&self, record: OutgoingRecord<'_>) -> Result<PendingDelivery, TransportError> {
        Ok(self.write(&record))
    }

    fn try_enqueue(
        &self,
        record: &OutgoingRecord<'_>,
    ) -> Result<Option<PendingDelivery>, TransportError> {
        Ok(Some(self.write(record)))
    }

    async fn subscribe(
        &self,
        subscription: Subscription,
    ) -> Result<Box<dyn Subscriber>, TransportError> {
        Ok(Box::new(MemorySubscriber::join(
            Arc::clone(&self.shared),
            subscription,
        )))
    }

    async fn flush(&self, _timeout: Duration) -> Result<(), TransportError> {
        Ok(())
    }
}

impl Shared {
    /// The state, also after a panic of a hook: every change of it is complete in itself.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn append(&mut self, record: &OutgoingRecord<'_>) -> Result<Delivery, TransportError> {
        let mut record = self.log.place(record)?;
        let place = record.position();
        self.announce(Event::Append(&mut record))?;
        Ok(self.log.append(place, record))
    }

    fn announce(&mut self, event: Event<'_>) -> Result<(), TransportError> {
        match &mut self.hook {
            Some(hook) => hook(event),
            None => Ok(()),
        }
    }
}
