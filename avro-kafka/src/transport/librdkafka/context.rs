//! What librdkafka tells by callbacks: log lines and background errors → `tracing` events, outcomes → delivery reports.

use std::sync::Arc;

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;
use rdkafka::message::Message;
use rdkafka::producer::{DeliveryResult, ProducerContext};

use super::failure::failure;
use super::report::Outlook;
use crate::transport::Delivery;

/// The context of a producer: it reports, and decides nothing.
#[derive(Debug)]
pub(super) struct Reporting {
    /// The brokers that the client was told, for the text of errors.
    pub(super) addresses: String,
}

impl ClientContext for Reporting {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        log_error(&error, reason);
    }
}

/// A log line of librdkafka's.
pub(super) fn log(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Emerg
        | RDKafkaLogLevel::Alert
        | RDKafkaLogLevel::Critical
        | RDKafkaLogLevel::Error => {
            tracing::error!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Warning => {
            tracing::warn!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Notice | RDKafkaLogLevel::Info => {
            tracing::info!(target: "librdkafka", facility, "{message}");
        }
        RDKafkaLogLevel::Debug => {
            tracing::debug!(target: "librdkafka", facility, "{message}");
        }
    }
}

/// An error in the background, which librdkafka deals with by itself.
pub(super) fn log_error(error: &KafkaError, reason: &str) {
    tracing::warn!(target: "librdkafka", %error, "{reason}");
}

impl ProducerContext for Reporting {
    type DeliveryOpaque = Arc<Outlook>;

    fn delivery(&self, result: &DeliveryResult<'_>, outlook: Arc<Outlook>) {
        outlook.settle(match result {
            Ok(record) => Ok(Delivery::new(record.partition(), record.offset())),
            Err((error, record)) => {
                let what = format!("deliver to topic {} at {}", record.topic(), self.addresses);
                Err(failure(&what, error.clone()))
            }
        });
    }
}
