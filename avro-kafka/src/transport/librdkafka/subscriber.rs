//! A librdkafka consumer: records out of its queue, commits in.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, Message};

use super::failure::failure;
use super::member::Member;
use super::settings::KafkaSettings;
use super::{blocking, drop_in_background, headers};
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
        })
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
            match tokio::time::timeout(WAKE_UP, client.recv()).await {
                Ok(Ok(message)) => return Ok(incoming(&message)),
                // Only said when asked for, and not the end: more may come.
                Ok(Err(KafkaError::PartitionEOF(_))) | Err(_) => {}
                Ok(Err(error)) => {
                    return Err(failure(&format!("read as group {}", self.group), error));
                }
            }
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
