//! A transport that calls one topic by another name, so that every run has topics and groups of its own.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use avro_kafka::{
    OutgoingRecord, PendingDelivery, Subscriber, Subscription, Transport, TransportError,
};

#[derive(Debug)]
pub(crate) struct Renamed {
    pub(crate) kafka: Arc<dyn Transport>,
    pub(crate) topic: String,
}

#[async_trait]
impl Transport for Renamed {
    async fn enqueue(&self, record: OutgoingRecord<'_>) -> Result<PendingDelivery, TransportError> {
        let record = OutgoingRecord {
            topic: &self.topic,
            ..record
        };
        self.kafka.enqueue(record).await
    }

    async fn subscribe(
        &self,
        subscription: Subscription,
    ) -> Result<Box<dyn Subscriber>, TransportError> {
        let topics = vec![self.topic.clone()];
        let group = format!("{}-{}", self.topic, subscription.group);
        self.kafka
            .subscribe(Subscription {
                group,
                topics,
                ..subscription
            })
            .await
    }

    async fn flush(&self, timeout: Duration) -> Result<(), TransportError> {
        self.kafka.flush(timeout).await
    }
}
