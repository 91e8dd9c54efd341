//! A librdkafka producer: records into its queue, delivery reports out.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord, Producer};
use tokio::time::Instant;

use super::context::Reporting;
use super::failure::failure;
use super::settings::KafkaSettings;
use crate::error::TransportError;
use crate::record::OutgoingRecord;
use crate::transport::{Delivery, PendingDelivery};

/// How often a full queue is tried again.
const QUEUE_PAUSE: Duration = Duration::from_millis(20);

pub(super) struct KafkaProducer {
    /// Present until the drop.
    client: Option<FutureProducer<Reporting>>,
    queue_timeout: Duration,
}

impl KafkaProducer {
    pub(super) fn new(settings: &KafkaSettings) -> Result<Self, TransportError> {
        let client = settings
            .for_producer()
            .create_with_context(Reporting)
            .map_err(|error| failure("make the producer", error))?;
        Ok(Self {
            client: Some(client),
            queue_timeout: settings.waits_for_queue(),
        })
    }

    pub(super) async fn enqueue(
        self: &Arc<Self>,
        record: OutgoingRecord<'_>,
    ) -> Result<PendingDelivery, TransportError> {
        let topic = record.topic.to_owned();
        let report = self
            .queue(record)
            .await
            .map_err(|error| failure(&format!("send to topic {topic}"), error))?;
        // The report keeps the producer: it could not come from a closed one.
        let producer = Arc::clone(self);
        Ok(PendingDelivery::new(async move {
            let delivered = delivered(report).await;
            drop(producer);
            delivered.map_err(|error| failure(&format!("deliver to topic {topic}"), error))
        }))
    }

    async fn queue(&self, record: OutgoingRecord<'_>) -> Result<DeliveryFuture, KafkaError> {
        let client = self.client.as_ref().ok_or(KafkaError::Canceled)?;
        let deadline = Instant::now() + self.queue_timeout;
        let mut record = future_record(record);
        loop {
            match client.send_result(record) {
                Ok(report) => return Ok(report),
                Err((error, back)) if is_queue_full(&error) && Instant::now() < deadline => {
                    record = back;
                }
                Err((error, _)) => return Err(error),
            }
            tokio::time::sleep(QUEUE_PAUSE).await;
        }
    }

    pub(super) fn flush(&self, timeout: Duration) -> Result<(), TransportError> {
        let Some(client) = &self.client else {
            return Ok(());
        };
        client
            .flush(timeout)
            .map_err(|error| failure("flush the producer", error))
    }
}

impl Drop for KafkaProducer {
    fn drop(&mut self) {
        super::drop_in_background(self.client.take());
    }
}

async fn delivered(report: DeliveryFuture) -> Result<Delivery, KafkaError> {
    match report.await {
        Ok(Ok(delivery)) => Ok(Delivery::new(delivery.partition, delivery.offset)),
        Ok(Err((error, _record))) => Err(error),
        Err(_gone) => Err(KafkaError::Canceled),
    }
}

fn future_record<'a>(record: OutgoingRecord<'a>) -> FutureRecord<'a, [u8], [u8]> {
    FutureRecord {
        topic: record.topic,
        partition: record.partition,
        payload: record.value,
        key: record.key,
        timestamp: record.timestamp,
        headers: (!record.headers.is_empty()).then(|| owned_headers(&record)),
    }
}

fn owned_headers(record: &OutgoingRecord<'_>) -> OwnedHeaders {
    let headers = OwnedHeaders::new_with_capacity(record.headers.len());
    record
        .headers
        .iter()
        .fold(headers, |headers, (key, value)| {
            headers.insert(Header { key, value: *value })
        })
}

fn is_queue_full(error: &KafkaError) -> bool {
    error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull)
}
