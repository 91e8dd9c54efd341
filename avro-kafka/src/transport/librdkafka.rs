//! [`RdKafka`]: the transport over librdkafka.
//!
//! Whatever can wait inside librdkafka — making a client, flushing, committing, leaving a group, closing — runs on a thread
//! of its own. Reading polls librdkafka's queue without waiting, and handing a record over copies it into
//! a queue in memory.

mod context;
mod failure;
mod headers;
mod incoming;
mod member;
mod membership;
mod producer;
mod report;
mod settings;
mod subscriber;

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{OnceCell, oneshot};

use crate::error::{TransportError, TransportErrorKind};
use crate::record::OutgoingRecord;
use crate::transport::{PendingDelivery, Subscriber, Subscription, Transport};
use producer::{KafkaProducer, is_queue_full};
use subscriber::KafkaSubscriber;

pub(crate) use report::Report;
pub use settings::KafkaSettings;

/// A transport to a Kafka cluster, over librdkafka. It needs a Tokio runtime.
///
/// The producer is made at the first record, so that a service which only consumes has none. Await
/// [`flush`](Transport::flush) before the last clone goes: records still in the queue then are given up.
pub struct RdKafka {
    settings: KafkaSettings,
    producer: OnceCell<Arc<KafkaProducer>>,
}

impl RdKafka {
    /// A transport with these settings. It opens no connection yet.
    ///
    /// # Errors
    /// If librdkafka does not know a property, does not accept its value, or was built without what it asks for.
    pub fn new(settings: KafkaSettings) -> Result<Self, TransportError> {
        settings.check()?;
        Ok(Self {
            settings,
            producer: OnceCell::new(),
        })
    }

    async fn producer(&self) -> Result<&Arc<KafkaProducer>, TransportError> {
        self.producer
            .get_or_try_init(|| async {
                let settings = self.settings.clone();
                blocking(move || KafkaProducer::new(&settings))
                    .await
                    .map(Arc::new)
            })
            .await
    }
}

#[async_trait]
impl Transport for RdKafka {
    async fn enqueue(&self, record: OutgoingRecord<'_>) -> Result<PendingDelivery, TransportError> {
        let report = self.producer().await?.enqueue(&record).await?;
        Ok(report.into())
    }

    fn try_enqueue(
        &self,
        record: &OutgoingRecord<'_>,
    ) -> Result<Option<PendingDelivery>, TransportError> {
        let Some(producer) = self.producer.get() else {
            return Ok(None);
        };
        match producer.try_enqueue(record) {
            Ok(report) => Ok(Some(report.into())),
            Err(error) if is_queue_full(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn subscribe(
        &self,
        subscription: Subscription,
    ) -> Result<Box<dyn Subscriber>, TransportError> {
        let settings = self.settings.clone();
        let subscriber = blocking(move || KafkaSubscriber::join(&settings, &subscription)).await?;
        Ok(Box::new(subscriber))
    }

    async fn flush(&self, timeout: Duration) -> Result<(), TransportError> {
        let Some(producer) = self.producer.get().map(Arc::clone) else {
            return Ok(());
        };
        blocking(move || producer.flush(timeout)).await
    }
}

impl fmt::Debug for RdKafka {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RdKafka")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Runs a call that can wait on a thread of its own. It begins at once; the returned future waits for its end.
///
/// Not on the runtime's threads for blocking work: a runtime that ends waits for those, and without a broker a commit takes a
/// whole session timeout to fail. Beside the round trip that each of these calls makes, a new thread costs nothing.
fn blocking<R: Send + 'static>(
    call: impl FnOnce() -> Result<R, TransportError> + Send + 'static,
) -> impl Future<Output = Result<R, TransportError>> + Send + 'static {
    // Librdkafka's consumer spawns a task when it is made.
    let runtime = tokio::runtime::Handle::try_current().ok();
    let (answer, answered) = oneshot::channel();
    let run = move || {
        let _entered = runtime.as_ref().map(tokio::runtime::Handle::enter);
        // Whoever asked may have stopped waiting.
        let _ = answer.send(call());
    };
    let thread = std::thread::Builder::new()
        .name("kafka-call".to_owned())
        .spawn(run);
    async move {
        thread.map_err(no_thread)?;
        answered.await.unwrap_or_else(|_| {
            Err(TransportError::new(
                TransportErrorKind::Closed,
                "a call of the kafka client broke off",
            ))
        })
    }
}

fn no_thread(error: std::io::Error) -> TransportError {
    TransportError::new(
        TransportErrorKind::Unavailable,
        "no thread for a call of the kafka client",
    )
    .caused_by(error)
}

/// Drops a librdkafka client in the background: closing it waits for its threads and for the broker.
fn drop_in_background<C: Send + 'static>(client: C) {
    let closing = std::thread::Builder::new().name("kafka-close".to_owned());
    // Without a thread the closure, and the client in it, is dropped right here: late is better than never.
    if let Err(error) = closing.spawn(move || drop(client)) {
        tracing::warn!(%error, "no thread to close the kafka client on, closing it in place");
    }
}
