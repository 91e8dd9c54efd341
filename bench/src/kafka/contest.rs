//! Two clients that take turns, and what each took for an event.

use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::measure::Row;

/// What a turn cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// On the clock.
    pub clock: Duration,
    /// On processors, by all threads of this process.
    pub processor: Duration,
}

/// A client.
pub struct Contestant<'a> {
    /// Its name.
    pub name: &'static str,
    /// Its turn of this number.
    pub turn: Box<dyn FnMut(usize) -> Cost + 'a>,
}

/// A turn that begins now.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    clock: Instant,
    processor: Duration,
}

impl Start {
    /// Now.
    pub fn now() -> Self {
        Self {
            processor: processor_time(),
            clock: Instant::now(),
        }
    }

    /// The same, but with the clock beginning at `clock`.
    pub fn at(self, clock: Instant) -> Self {
        Self { clock, ..self }
    }

    /// What has been used until now.
    pub fn cost(self) -> Cost {
        Cost {
            clock: self.clock.elapsed(),
            processor: processor_time() - self.processor,
        }
    }
}

/// A row for the time on the clock and one for that on processors, in nanoseconds for each of the events of a turn.
pub fn rows(
    record: &str,
    what: &str,
    rounds: usize,
    events: usize,
    mut contestants: Vec<Contestant<'_>>,
) -> [Row; 2] {
    let mut clock: Vec<_> = contestants.iter().map(|it| (it.name, Vec::new())).collect();
    let mut processor = clock.clone();
    // The first round warms up: connections, topics, caches.
    for round in 0..=rounds {
        let mut order: Vec<usize> = (0..contestants.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for index in order {
            let cost = (contestants[index].turn)(round);
            if round > 0 {
                let each = |time: Duration| time.as_nanos() as f64 / events as f64;
                clock[index].1.push(each(cost.clock));
                processor[index].1.push(each(cost.processor));
            }
        }
    }
    [
        Row::of_rounds(record, &format!("{what}, on the clock"), clock),
        Row::of_rounds(record, &format!("{what}, on processors"), processor),
    ]
}

fn processor_time() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the system counts");
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    Duration::from_micros(micros.unsigned_abs())
}
