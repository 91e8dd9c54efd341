//! The delivery report of one record: librdkafka's thread tells it, whoever handed the record over awaits it.
//!
//! A record costs one allocation, the [`Outlook`] that both sides share. librdkafka carries one side through its queues and
//! gives it back with the outcome.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::producer::KafkaProducer;
use crate::transport::delivery::{Outcome, told_already};

/// What is known of the record: librdkafka's side of a report.
pub(super) struct Outlook(Mutex<State>);

enum State {
    /// Nothing yet. The task that awaits the report is to be woken.
    Open(Option<Waker>),
    /// How it ended, and nobody has asked since.
    Settled(Outcome),
    Told,
}

impl Outlook {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(State::Open(None))))
    }

    /// Takes down how the delivery ended, and wakes the task that awaits it.
    pub(super) fn settle(&self, outcome: Outcome) {
        let before = mem::replace(&mut *self.lock(), State::Settled(outcome));
        // Not under the lock: the task may run at once.
        if let State::Open(Some(waiting)) = before {
            waiting.wake();
        }
    }

    fn poll(&self, cx: &mut Context<'_>) -> Poll<Outcome> {
        let mut state = self.lock();
        match &mut *state {
            State::Open(Some(waker)) => waker.clone_from(cx.waker()),
            State::Open(none) => *none = Some(cx.waker().clone()),
            State::Settled(_) => {
                if let State::Settled(outcome) = mem::replace(&mut *state, State::Told) {
                    return Poll::Ready(outcome);
                }
            }
            State::Told => return Poll::Ready(Err(told_already())),
        }
        Poll::Pending
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The side of whoever handed the record over.
pub(crate) struct Report {
    outlook: Arc<Outlook>,
    /// A report could not come from a closed producer, so it keeps the producer open.
    _producer: Arc<KafkaProducer>,
}

impl Report {
    pub(super) fn new(outlook: Arc<Outlook>, producer: Arc<KafkaProducer>) -> Self {
        Self {
            outlook,
            _producer: producer,
        }
    }

    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Poll<Outcome> {
        self.outlook.poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    use super::*;
    use crate::error::TransportErrorKind;
    use crate::transport::Delivery;

    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    impl Woken {
        fn times(&self) -> usize {
            self.0.load(Ordering::SeqCst)
        }
    }

    #[test]
    fn the_task_that_asked_last_is_woken_once_and_told_once() {
        let outlook = Outlook::new();
        let (first, last) = (Arc::<Woken>::default(), Arc::<Woken>::default());
        for task in [&first, &last] {
            let waker = Waker::from(Arc::clone(task));
            assert!(outlook.poll(&mut Context::from_waker(&waker)).is_pending());
        }
        outlook.settle(Ok(Delivery::new(3, 70)));
        assert_eq!((first.times(), last.times()), (0, 1));

        let mut nobody = Context::from_waker(Waker::noop());
        let Poll::Ready(Ok(delivery)) = outlook.poll(&mut nobody) else {
            panic!("the outcome is known")
        };
        assert_eq!(delivery, Delivery::new(3, 70));
        let Poll::Ready(Err(error)) = outlook.poll(&mut nobody) else {
            panic!("the outcome was told")
        };
        assert_eq!(error.kind(), TransportErrorKind::Closed);
    }

    #[test]
    fn an_outcome_waits_for_whoever_asks_later() {
        let outlook = Outlook::new();
        outlook.settle(Ok(Delivery::new(0, 0)));
        let mut nobody = Context::from_waker(Waker::noop());
        assert!(matches!(outlook.poll(&mut nobody), Poll::Ready(Ok(_))));
    }
}
