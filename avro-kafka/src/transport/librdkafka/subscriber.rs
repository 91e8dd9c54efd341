//! A librdkafka consumer: records out of its queue, commits in.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use async_trait::async_trait;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::error::KafkaError;
use rdkafka::message::BorrowedMessage;

use super::failure::failure;
use super::incoming::{Topics, incoming};
use super::member::Member;
use super::settings::KafkaSettings;
use super::{blocking, drop_in_background};
use crate::error::{TransportError, TransportErrorKind};
use crate::record::{IncomingRecord, Position};
use crate::transport::{Subscriber, Subscription};

/// How long to rely on librdkafka to wake the reader before looking for oneself: a wake-up that is lost on the way between C
/// and Rust then costs a second and not the consumer.
const WAKE_UP: Duration = Duration::from_secs(1);

pub(super) struct KafkaSubscriber {
    group: String,
    /// Present until the drop.
    client: Option<Arc<StreamConsumer<Member>>>,
    topics: Topics,
}

impl KafkaSubscriber {
    pub(super) fn join(
        settings: &KafkaSettings,
        subscription: &Subscription,
    ) -> Result<Self, TransportError> {
        let what = || format!("join group {}", subscription.group);
        let client: StreamConsumer<Member> = settings
            .for_consumer(subscription)?
            .create_with_context(Member::default())
            .map_err(|error| failure(&what(), error))?;
        let topics: Vec<&str> = subscription.topics.iter().map(String::as_str).collect();
        client
            .subscribe(&topics)
            .map_err(|error| failure(&what(), error))?;
        Ok(Self {
            group: subscription.group.clone(),
            client: Some(Arc::new(client)),
            topics: Topics::default(),
        })
    }

    /// `None` for what is neither a record nor an error.
    fn read(
        &self,
        fetched: Result<BorrowedMessage<'_>, KafkaError>,
    ) -> Result<Option<IncomingRecord>, TransportError> {
        match fetched {
            Ok(message) => Ok(Some(incoming(message, &self.topics))),
            // Only said when asked for, and not the end: more may come.
            Err(KafkaError::PartitionEOF(_)) => Ok(None),
            Err(error) => Err(failure(&format!("read as group {}", self.group), error)),
        }
    }

    fn client(&self) -> Result<&Arc<StreamConsumer<Member>>, TransportError> {
        self.client.as_ref().ok_or_else(|| {
            TransportError::new(
                TransportErrorKind::Closed,
                format!("the member of group {} is closed", self.group),
            )
        })
    }
}

#[async_trait]
impl Subscriber for KafkaSubscriber {
    async fn recv(&self) -> Result<IncomingRecord, TransportError> {
        let client = self.client()?;
        loop {
            if let Ok(fetched) = tokio::time::timeout(WAKE_UP, client.recv()).await
                && let Some(record) = self.read(fetched)?
            {
                return Ok(record);
            }
        }
    }

    fn try_recv(&self) -> Result<Option<IncomingRecord>, TransportError> {
        let client = self.client()?;
        let fetched = pin!(client.recv()).poll(&mut Context::from_waker(Waker::noop()));
        match fetched {
            Poll::Ready(fetched) => self.read(fetched),
            Poll::Pending => Ok(None),
        }
    }

    async fn commit(&self, positions: &[Position]) -> Result<(), TransportError> {
        let group = self.group.clone();
        let positions = positions.to_vec();
        let client = Arc::clone(self.client()?);
        blocking(move || Member::commit(&client, &group, &positions)).await
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
            .field("group", &self.group)
            .finish_non_exhaustive()
    }
}
