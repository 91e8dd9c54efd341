//! A librdkafka producer: records into its queue, delivery reports out.
//!
//! rdkafka's `FutureProducer` boxes each report and copies each record whose delivery fails. Here a context of our own
//! settles the report in librdkafka's callback.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::error::KafkaError;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseRecord, Producer, ThreadedProducer};
use tokio::time::Instant;

use super::context::Reporting;
use super::failure::failure;
use super::report::{Outlook, Report};
use super::settings::KafkaSettings;
use crate::error::{TransportError, TransportErrorKind};
use crate::record::OutgoingRecord;

/// How often a full queue is tried again.
const QUEUE_PAUSE: Duration = Duration::from_millis(20);

pub(super) struct KafkaProducer {
    /// Present until the drop.
    client: Option<ThreadedProducer<Reporting>>,
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

    /// Copies the record into librdkafka's queue, and waits while that is full.
    pub(super) async fn enqueue(
        self: &Arc<Self>,
        record: &OutgoingRecord<'_>,
    ) -> Result<Report, TransportError> {
        let deadline = Instant::now() + self.queue_timeout;
        loop {
            match self.try_enqueue(record) {
                Err(error) if is_queue_full(&error) && Instant::now() < deadline => {
                    tokio::time::sleep(QUEUE_PAUSE).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Copies the record into librdkafka's queue.
    ///
    /// # Errors
    /// [`TransportErrorKind::QueueFull`] at once if there is no room, and whatever librdkafka has against the record.
    pub(super) fn try_enqueue(
        self: &Arc<Self>,
        record: &OutgoingRecord<'_>,
    ) -> Result<Report, TransportError> {
        let failed = |error| failure(&format!("send to topic {}", record.topic), error);
        let client = self.client.as_ref();
        let client = client.ok_or_else(|| failed(KafkaError::Canceled))?;
        let outlook = Outlook::new();
        let sent = client.send(base_record(record, Arc::clone(&outlook)));
        sent.map_err(|(error, _)| failed(error))?;
        Ok(Report::new(outlook, Arc::clone(self)))
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

/// Whether the same record may be taken when librdkafka has sent some of those before it.
pub(super) fn is_queue_full(error: &TransportError) -> bool {
    error.kind() == TransportErrorKind::QueueFull
}

fn base_record<'a>(
    record: &OutgoingRecord<'a>,
    outlook: Arc<Outlook>,
) -> BaseRecord<'a, [u8], [u8], Arc<Outlook>> {
    BaseRecord {
        topic: record.topic,
        partition: record.partition,
        payload: record.value,
        key: record.key,
        timestamp: record.timestamp,
        headers: (!record.headers.is_empty()).then(|| owned_headers(record)),
        delivery_opaque: outlook,
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
