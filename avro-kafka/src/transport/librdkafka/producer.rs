//! A librdkafka producer: records into its queue, delivery reports out.
//!
//! rdkafka's `FutureProducer` boxes each report and copies each record whose delivery fails. Here a context of our own
//! settles the report in librdkafka's callback.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::error::KafkaError;
use rdkafka::producer::{BaseRecord, Producer, ThreadedProducer};
use tokio::time::Instant;

use super::context::Reporting;
use super::failure::failure;
use super::headers;
use super::report::{Outlook, Report};
use super::settings::{KafkaSettings, addresses};
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
        let config = settings.for_producer();
        let addresses = addresses(&config);
        let what = format!("make the producer for {addresses}");
        let client = config
            .create_with_context(Reporting { addresses })
            .map_err(|error| failure(&what, error))?;
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
        let what = || format!("send to topic {}", record.topic);
        let Some(client) = &self.client else {
            return Err(failure(&what(), KafkaError::Canceled));
        };
        let outlook = Outlook::new();
        let sent = client.send(base_record(record, Arc::clone(&outlook)));
        sent.map_err(|(error, _)| {
            let addresses = &client.context().addresses;
            failure(&format!("{} at {addresses}", what()), error)
        })?;
        Ok(Report::new(outlook, Arc::clone(self)))
    }

    pub(super) fn flush(&self, timeout: Duration) -> Result<(), TransportError> {
        let Some(client) = &self.client else {
            return Ok(());
        };
        client.flush(timeout).map_err(|error| {
            let addresses = &client.context().addresses;
            failure(&format!("flush the producer for {addresses}"), error)
        })
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
        headers: (!record.headers.is_empty()).then(|| headers::owned(&record.headers)),
        delivery_opaque: outlook,
    }
}
