//! A librdkafka consumer: records out of its queue, commits in.

use std::fmt;
use std::future::{Future, ready};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::error::KafkaError;
use rdkafka::message::BorrowedMessage;

use super::incoming::{Topics, incoming};
use super::member::Member;
use super::membership::Membership;
use super::settings::{KafkaSettings, addresses};
use super::{blocking, drop_in_background};
use crate::error::{CommitError, Reaction, TransportError};
use crate::record::{IncomingRecord, Position};
use crate::transport::{PendingCommit, Subscriber, Subscription, all_uncommitted, highest};

/// How long to rely on librdkafka to wake the reader before looking for oneself: a wake-up that is lost on the way between C
/// and Rust then costs a second and not the consumer.
const WAKE_UP: Duration = Duration::from_secs(1);

/// How long librdkafka may take to hand over what else is in its queue.
const MOMENT: Duration = Duration::from_millis(20);

pub(super) struct KafkaSubscriber {
    membership: Arc<Membership>,
    /// Present until the drop.
    client: Option<Arc<StreamConsumer<Member>>>,
    topics: Topics,
    /// An error of an outage that `try_recv` met; `recv` looks for what comes after it.
    outage: Mutex<Option<TransportError>>,
}

impl KafkaSubscriber {
    pub(super) fn join(
        settings: &KafkaSettings,
        subscription: &Subscription,
    ) -> Result<Self, TransportError> {
        let config = settings.for_consumer(subscription)?;
        let membership = Arc::new(Membership::new(subscription, addresses(&config)));
        let failed = |error| membership.failure("join", error);
        let client: StreamConsumer<Member> = config
            .create_with_context(Member::new(Arc::clone(&membership)))
            .map_err(failed)?;
        let topics: Vec<&str> = subscription.topics.iter().map(String::as_str).collect();
        client.subscribe(&topics).map_err(failed)?;
        Ok(Self {
            membership,
            client: Some(Arc::new(client)),
            topics: Topics::default(),
            outage: Mutex::default(),
        })
    }

    /// What an event of librdkafka's queue is.
    fn read(&self, fetched: Result<BorrowedMessage<'_>, KafkaError>) -> Read {
        match fetched {
            Ok(message) => Read::Record(incoming(message, &self.topics)),
            // Only said when asked for, and not the end: more may come.
            Err(KafkaError::PartitionEOF(_)) => Read::Nothing,
            Err(error) => {
                let error = self.membership.failure("read", error);
                match error.reaction() {
                    Reaction::Wait => Read::Outage(error),
                    Reaction::GoOn | Reaction::Stop => Read::Failure(error),
                }
            }
        }
    }

    /// What comes after an error of an outage. Librdkafka makes one whenever a connection fails, and keeps all of them
    /// for whoever calls next, also when the outage is over: a record that stands behind them ends it, and of the
    /// errors the last is enough. Each is logged when librdkafka hands it over.
    async fn past_outage(
        &self,
        client: &StreamConsumer<Member>,
        first: TransportError,
    ) -> Result<IncomingRecord, TransportError> {
        let mut outage = first;
        let mut errors = 1_u64;
        let group = &self.membership.group;
        while let Ok(fetched) = tokio::time::timeout(MOMENT, client.recv()).await {
            match self.read(fetched) {
                Read::Record(record) => {
                    tracing::info!(group, errors, %outage, "an outage is over");
                    return Ok(record);
                }
                Read::Nothing => {}
                Read::Outage(error) => {
                    errors += 1;
                    outage = error;
                }
                Read::Failure(error) => return Err(error),
            }
        }
        tracing::debug!(group, errors, "errors of an outage are returned as one");
        Err(outage)
    }

    fn outage(&self) -> MutexGuard<'_, Option<TransportError>> {
        self.outage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An event of librdkafka's queue.
enum Read {
    Record(IncomingRecord),
    Nothing,
    /// It passes, and more like it may follow.
    Outage(TransportError),
    Failure(TransportError),
}

#[async_trait]
impl Subscriber for KafkaSubscriber {
    async fn recv(&self) -> Result<IncomingRecord, TransportError> {
        let Some(client) = &self.client else {
            return Err(self.membership.closed("read"));
        };
        let kept = self.outage().take();
        if let Some(outage) = kept {
            return self.past_outage(client, outage).await;
        }
        loop {
            let Ok(fetched) = tokio::time::timeout(WAKE_UP, client.recv()).await else {
                continue;
            };
            match self.read(fetched) {
                Read::Record(record) => return Ok(record),
                Read::Nothing => {}
                Read::Outage(error) => return self.past_outage(client, error).await,
                Read::Failure(error) => return Err(error),
            }
        }
    }

    fn try_recv(&self) -> Result<Option<IncomingRecord>, TransportError> {
        let Some(client) = &self.client else {
            return Err(self.membership.closed("read"));
        };
        let fetched = pin!(client.recv()).poll(&mut Context::from_waker(Waker::noop()));
        let Poll::Ready(fetched) = fetched else {
            return Ok(None);
        };
        match self.read(fetched) {
            Read::Record(record) => Ok(Some(record)),
            Read::Nothing => Ok(None),
            Read::Outage(error) => {
                *self.outage() = Some(error);
                Ok(None)
            }
            Read::Failure(error) => Err(error),
        }
    }

    fn commit(&self, positions: &[Position]) -> PendingCommit {
        let positions = positions.to_vec();
        let none = {
            let positions = positions.clone();
            move |reason| CommitError::unless_empty(all_uncommitted(highest(&positions), &reason))
        };
        let Some(client) = self.client.clone() else {
            let closed = self.membership.closed("commit");
            return PendingCommit::new(ready(none(closed)));
        };
        let outcome = blocking(move || Ok(Member::commit(&client, &positions)));
        PendingCommit::new(async move { outcome.await.unwrap_or_else(none) })
    }

    async fn close(mut self: Box<Self>) -> Result<(), TransportError> {
        let client = self.client.take();
        blocking(move || {
            drop(client);
            Ok(())
        })
        .await
    }
}

impl Drop for KafkaSubscriber {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop_in_background(client);
        }
    }
}

impl fmt::Debug for KafkaSubscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KafkaSubscriber")
            .field("membership", &self.membership)
            .finish_non_exhaustive()
    }
}
