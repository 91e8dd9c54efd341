//! A fault on the way: one byte of one message is flipped between the producer and the broker.
//!
//! A run that does not notice that would be worth nothing, and a test makes sure that it does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use avro_kafka::{
    OutgoingRecord, PendingDelivery, Subscriber, Subscription, Transport, TransportError,
};

/// A transport that flips the last byte of the first value that it sends, and no other.
#[derive(Debug)]
pub struct FlipOneByte {
    inner: Arc<dyn Transport>,
    done: AtomicBool,
}

impl FlipOneByte {
    /// Puts the fault between a producer and `inner`.
    #[must_use]
    pub fn new(inner: Arc<dyn Transport>) -> Self {
        Self {
            inner,
            done: AtomicBool::new(false),
        }
    }
}

#[async_trait]
impl Transport for FlipOneByte {
    async fn enqueue(
        &self,
        mut record: OutgoingRecord<'_>,
    ) -> Result<PendingDelivery, TransportError> {
        let mut flipped = record.value.map(<[u8]>::to_vec).unwrap_or_default();
        if let Some(last) = flipped.last_mut()
            && !self.done.swap(true, Ordering::Relaxed)
        {
            *last ^= 0xff;
            record.value = Some(&flipped);
        }
        self.inner.enqueue(record).await
    }

    async fn subscribe(
        &self,
        subscription: Subscription,
    ) -> Result<Box<dyn Subscriber>, TransportError> {
        self.inner.subscribe(subscription).await
    }

    async fn flush(&self, timeout: Duration) -> Result<(), TransportError> {
        self.inner.flush(timeout).await
    }
}
