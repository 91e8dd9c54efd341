//! A librdkafka consumer: records out of its queue, commits in.

use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Message};

use super::member::Member;
use super::membership::Membership;
use super::settings::{KafkaSettings, addresses};
use super::{blocking, drop_in_background, headers};
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
        })
    }

    /// What comes after an error of an outage. Librdkafka makes one whenever a connection fails, and keeps all of them
    /// for whoever calls next, also when the outage is over: a record that stands behind them ends it, and of the
    /// errors the last is enough. Each has been logged when librdkafka handed it over.
    async fn past_outage(
        &self,
        client: &StreamConsumer<Member>,
        first: TransportError,
    ) -> Result<IncomingRecord, TransportError> {
        let mut outage = first;
        let mut errors = 1_u64;
        let group = &self.membership.group;
        while let Ok(next) = tokio::time::timeout(MOMENT, client.recv()).await {
            match next {
                Ok(message) => {
                    tracing::info!(group, errors, %outage, "an outage is over");
                    return Ok(incoming(&message));
                }
                Err(KafkaError::PartitionEOF(_)) => {}
                Err(error) => {
                    errors += 1;
                    outage = self.membership.failure("read", error);
                    if outage.reaction() != Reaction::Wait {
                        break;
                    }
                }
            }
        }
        tracing::debug!(group, errors, "errors of an outage are returned as one");
        Err(outage)
    }
}

#[async_trait]
impl Subscriber for KafkaSubscriber {
    async fn recv(&self) -> Result<IncomingRecord, TransportError> {
        let Some(client) = &self.client else {
            return Err(self.membership.closed("read"));
        };
        loop {
            match tokio::time::timeout(WAKE_UP, client.recv()).await {
                Ok(Ok(message)) => return Ok(incoming(&message)),
                // Only said when asked for, and not the end: more may come.
                Ok(Err(KafkaError::PartitionEOF(_))) | Err(_) => {}
                Ok(Err(error)) => {
                    let error = self.membership.failure("read", error);
                    return match error.reaction() {
                        Reaction::Wait => self.past_outage(client, error).await,
                        Reaction::GoOn | Reaction::Stop => Err(error),
                    };
                }
            }
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

fn incoming(message: &BorrowedMessage<'_>) -> IncomingRecord {
    IncomingRecord {
        topic: message.topic().to_owned(),
        partition: message.partition(),
        offset: message.offset(),
        timestamp: message.timestamp().to_millis(),
        key: message.key().map(Bytes::copy_from_slice),
        value: message.payload().map(Bytes::copy_from_slice),
        headers: headers::read(message),
    }
}
