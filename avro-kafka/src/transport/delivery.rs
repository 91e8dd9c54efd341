//! What became of a record that was handed over: [`Delivery`], and [`PendingDelivery`] until it is known.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

#[cfg(feature = "rdkafka")]
use super::librdkafka::Report;
use crate::error::{TransportError, TransportErrorKind};

/// Where a record was written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delivery {
    /// The partition.
    pub partition: i32,
    /// The offset within the partition.
    pub offset: i64,
}

impl Delivery {
    /// A record was written to that place.
    pub fn new(partition: i32, offset: i64) -> Self {
        Self { partition, offset }
    }
}

/// How the delivery of a record ended.
pub(crate) type Outcome = Result<Delivery, TransportError>;

/// The delivery report of a record that was handed over; await it to know the outcome.
///
/// An outcome is told once. Awaiting the report again after that gives an error of the kind
/// [`Closed`](TransportErrorKind::Closed).
#[must_use = "without its delivery report nobody knows whether the record was written"]
pub struct PendingDelivery(Source);

/// Who tells the outcome. Only a transport from outside needs a box for that.
enum Source {
    /// It was known when the record was handed over; `None` when it has been told.
    Known(Option<Outcome>),
    #[cfg(feature = "rdkafka")]
    Client(Report),
    Other(Pin<Box<dyn Future<Output = Outcome> + Send>>),
}

impl PendingDelivery {
    /// Wraps what a transport waits for.
    pub fn new(
        report: impl Future<Output = Result<Delivery, TransportError>> + Send + 'static,
    ) -> Self {
        Self(Source::Other(Box::pin(report)))
    }

    /// The report of a record whose outcome is known already.
    pub fn known(outcome: Result<Delivery, TransportError>) -> Self {
        Self(Source::Known(Some(outcome)))
    }
}

#[cfg(feature = "rdkafka")]
impl From<Report> for PendingDelivery {
    fn from(report: Report) -> Self {
        Self(Source::Client(report))
    }
}

/// Why a report that has told its outcome says nothing more.
pub(crate) fn told_already() -> TransportError {
    TransportError::new(
        TransportErrorKind::Closed,
        "the outcome of this delivery has been told already: await a delivery report once",
    )
}

impl Future for PendingDelivery {
    type Output = Result<Delivery, TransportError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Source::Known(outcome) => {
                Poll::Ready(outcome.take().unwrap_or_else(|| Err(told_already())))
            }
            #[cfg(feature = "rdkafka")]
            Source::Client(report) => report.poll(cx),
            Source::Other(report) => report.as_mut().poll(cx),
        }
    }
}

impl fmt::Debug for PendingDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingDelivery").finish_non_exhaustive()
    }
}
