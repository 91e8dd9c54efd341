//! What is done → one commit after the other, in the background of `recv`.
//!
//! A commit takes a round trip to the broker, so a commit for each message would be most of a consumer's time. What becomes
//! done while one is on its way goes along with the next, of each partition the highest.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::{Sleep, sleep};

use crate::error::{CommitError, Reaction, TransportErrorKind};
use crate::record::Position;
use crate::transport::{PendingCommit, Subscriber};

/// The least pause after a commit that failed.
const AFTER_FAILURE: Duration = Duration::from_millis(200);

/// What is done and not committed yet.
pub(super) struct Commits {
    interval: Duration,
    /// The highest position of each partition.
    done: BTreeMap<(Arc<str>, i32), i64>,
    in_flight: Option<PendingCommit>,
    /// Between the end of a commit and the beginning of the next.
    pause: Option<Pin<Box<Sleep>>>,
}

impl Commits {
    /// Nothing is done. From the end of a commit to the next at least that time passes.
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            done: BTreeMap::new(),
            in_flight: None,
            pause: None,
        }
    }

    pub(super) fn add(&mut self, done: Position) {
        let partition = (done.topic, done.partition);
        let highest = self.done.entry(partition).or_insert(done.offset);
        *highest = done.offset.max(*highest);
    }

    /// Begins the commit that is due and attends to the one on its way. Ready with a failure that waiting does not mend.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        subscriber: &dyn Subscriber,
    ) -> Poll<CommitError> {
        loop {
            if let Some(in_flight) = &mut self.in_flight {
                let outcome = ready!(Pin::new(in_flight).poll(cx));
                self.in_flight = None;
                if let Err(error) = self.settle(outcome) {
                    return Poll::Ready(error);
                }
            }
            if self.done.is_empty() {
                return Poll::Pending;
            }
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(cx));
                self.pause = None;
            }
            self.in_flight = Some(self.begin(subscriber));
        }
    }

    /// Commits all that is done, at once.
    ///
    /// # Errors
    /// If positions are not committed that no other member will receive again by now.
    pub(super) async fn finish(&mut self, subscriber: &dyn Subscriber) -> Result<(), CommitError> {
        let mut finished = Ok(());
        if let Some(in_flight) = self.in_flight.take() {
            finished = self.settle(in_flight.await);
        }
        if !self.done.is_empty() {
            finished = match self.begin(subscriber).await {
                Err(error) if error.reaction() == Reaction::GoOn => self.settle(Err(error)),
                outcome => outcome,
            };
        }
        finished
    }

    fn begin(&mut self, subscriber: &dyn Subscriber) -> PendingCommit {
        let done = std::mem::take(&mut self.done);
        let position = |((topic, partition), offset)| Position {
            topic,
            partition,
            offset,
        };
        let positions: Vec<Position> = done.into_iter().map(position).collect();
        subscriber.commit(&positions)
    }

    /// Keeps for the next commit what can still be committed, and hands back an error that waiting does not mend.
    fn settle(&mut self, outcome: Result<(), CommitError>) -> Result<(), CommitError> {
        let Err(error) = outcome else {
            self.pause = Some(Box::pin(sleep(self.interval)));
            return Ok(());
        };
        self.pause = Some(Box::pin(sleep(self.interval.max(AFTER_FAILURE))));
        for it in error.uncommitted() {
            match it.reason.kind() {
                // Another member has the partition, or there is no such position: no commit will store it.
                TransportErrorKind::Revoked | TransportErrorKind::Rejected => {}
                _ => self.add(it.position.clone()),
            }
        }
        match error.reaction() {
            Reaction::GoOn => tracing::info!(%error, "what is not committed may be received again"),
            Reaction::Wait => tracing::warn!(%error, "a commit failed and is tried again"),
            Reaction::Stop => return Err(error),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::sync::Mutex;

    use async_trait::async_trait;
    use tokio::sync::oneshot;

    use super::*;
    use crate::error::{TransportError, Uncommitted};
    use crate::record::IncomingRecord;

    const SECOND: Duration = Duration::from_secs(1);

    type Answer = oneshot::Sender<Result<(), CommitError>>;

    /// A subscriber whose commits last until the test ends them.
    #[derive(Debug, Default)]
    struct Slow {
        begun: Mutex<Vec<Begun>>,
    }

    /// Partitions with offsets, and who waits for the outcome.
    type Begun = (Vec<(i32, i64)>, Option<Answer>);

    impl Slow {
        fn begun(&self) -> Vec<Vec<(i32, i64)>> {
            let begun = self.begun.lock().unwrap();
            begun
                .iter()
                .map(|(positions, _)| positions.clone())
                .collect()
        }

        fn end_last(&self, outcome: Result<(), CommitError>) {
            let mut begun = self.begun.lock().unwrap();
            let answer = begun.last_mut().unwrap().1.take().unwrap();
            answer.send(outcome).unwrap();
        }
    }

    #[async_trait]
    impl Subscriber for Slow {
        async fn recv(&self) -> Result<IncomingRecord, TransportError> {
            std::future::pending().await
        }

        fn commit(&self, positions: &[Position]) -> PendingCommit {
            let (answer, answered) = oneshot::channel();
            let positions = positions.iter().map(|it| (it.partition, it.offset));
            let begun = (positions.collect(), Some(answer));
            self.begun.lock().unwrap().push(begun);
            PendingCommit::new(async { answered.await.unwrap() })
        }

        async fn close(self: Box<Self>) -> Result<(), TransportError> {
            Ok(())
        }
    }

    fn at(partition: i32, offset: i64) -> Position {
        Position {
            topic: "t".into(),
            partition,
            offset,
        }
    }

    fn failed(kinds: &[(Position, TransportErrorKind)]) -> Result<(), CommitError> {
        let uncommitted = kinds.iter().map(|(position, kind)| Uncommitted {
            position: position.clone(),
            reason: TransportError::new(*kind, "the test says so"),
        });
        CommitError::unless_empty(uncommitted.collect())
    }

    /// What a `recv` without a message does for so long.
    async fn run(commits: &mut Commits, subscriber: &Slow, time: Duration) -> Option<CommitError> {
        let failure = poll_fn(|cx| commits.poll(cx, subscriber));
        tokio::time::timeout(time, failure).await.ok()
    }

    #[tokio::test(start_paused = true)]
    async fn one_commit_at_a_time_and_the_newest_positions_win() {
        let slow = Slow::default();
        let mut commits = Commits::new(SECOND);
        assert!(run(&mut commits, &slow, SECOND).await.is_none());
        assert!(slow.begun().is_empty(), "nothing is done");
        commits.add(at(0, 1));
        assert!(run(&mut commits, &slow, Duration::ZERO).await.is_none());
        assert_eq!(slow.begun(), [vec![(0, 1)]], "the first waits for nothing");
        for offset in [2, 4, 3] {
            commits.add(at(0, offset));
            commits.add(at(1, offset));
        }
        assert!(run(&mut commits, &slow, 10 * SECOND).await.is_none());
        assert_eq!(slow.begun().len(), 1, "one is on its way");
        slow.end_last(Ok(()));
        assert!(run(&mut commits, &slow, SECOND / 2).await.is_none());
        assert_eq!(slow.begun().len(), 1, "the interval is not over");
        assert!(run(&mut commits, &slow, SECOND).await.is_none());
        assert_eq!(slow.begun()[1..], [vec![(0, 4), (1, 4)]]);
        slow.end_last(Ok(()));
        assert!(run(&mut commits, &slow, 10 * SECOND).await.is_none());
        assert_eq!(slow.begun().len(), 2, "all is committed");
    }

    #[tokio::test(start_paused = true)]
    async fn what_fails_is_tried_again_while_that_can_help() {
        use TransportErrorKind::{Rebalancing, Revoked, TimedOut};
        let slow = Slow::default();
        let mut commits = Commits::new(SECOND);
        for partition in 0..4 {
            commits.add(at(partition, 1));
        }
        assert!(run(&mut commits, &slow, Duration::ZERO).await.is_none());
        commits.add(at(1, 5));
        let kinds = [(0, Revoked), (1, Rebalancing), (2, TimedOut)];
        slow.end_last(failed(
            &kinds.map(|(partition, kind)| (at(partition, 1), kind)),
        ));
        assert!(run(&mut commits, &slow, 2 * SECOND).await.is_none());
        assert_eq!(slow.begun()[1..], [vec![(1, 5), (2, 1)]]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_waiting_does_not_mend_is_said() {
        let slow = Slow::default();
        let mut commits = Commits::new(SECOND);
        commits.add(at(0, 1));
        assert!(run(&mut commits, &slow, Duration::ZERO).await.is_none());
        slow.end_last(failed(&[(at(0, 1), TransportErrorKind::Unauthorized)]));
        let error = run(&mut commits, &slow, SECOND / 2).await.unwrap();
        assert_eq!(error.reaction(), Reaction::Stop);
        // Whoever goes on nevertheless has lost nothing.
        assert!(run(&mut commits, &slow, 2 * SECOND).await.is_none());
        assert_eq!(slow.begun()[1..], [vec![(0, 1)]]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_commits_what_is_left() {
        let slow = Slow::default();
        let mut commits = Commits::new(SECOND);
        commits.add(at(0, 1));
        assert!(run(&mut commits, &slow, Duration::ZERO).await.is_none());
        commits.add(at(0, 2));
        let end = async {
            slow.end_last(Ok(()));
            while slow.begun().len() < 2 {
                tokio::task::yield_now().await;
            }
            slow.end_last(failed(&[(at(0, 2), TransportErrorKind::TimedOut)]));
        };
        let (finished, ()) = tokio::join!(commits.finish(&slow), end);
        let error = finished.unwrap_err();
        assert_eq!(error.uncommitted()[0].position, at(0, 2));
        assert_eq!(slow.begun(), [vec![(0, 1)], vec![(0, 2)]]);

        // A rebalance at the end is no failure: another member goes on from the last commit.
        commits.add(at(0, 3));
        let end = async {
            while slow.begun().len() < 3 {
                tokio::task::yield_now().await;
            }
            slow.end_last(failed(&[(at(0, 3), TransportErrorKind::Revoked)]));
        };
        let (finished, ()) = tokio::join!(commits.finish(&slow), end);
        assert!(finished.is_ok());
    }
}
