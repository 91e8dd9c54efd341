//! Variants interleaved round by round, so that what disturbs one disturbs all.
//!
//! A harness that measures one variant after the other gives ratios that differ by a third from
//! run to run on a busy machine; the median of the rounds' ratios differs by a few percent. Time is
//! the thread's own on a processor, so that what runs besides is not counted.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Rounds of which the median counts.
const ROUNDS: usize = 61;

/// How long one variant runs within a round.
const SLICE: Duration = Duration::from_millis(2);

/// One contestant of a row.
pub struct Variant<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u32) + 'a>,
    iterations: u32,
    nanos: Vec<f64>,
}

/// What came of a row: who took how long.
#[derive(Clone, Debug)]
pub struct Row {
    /// The record that is measured.
    pub record: String,
    /// What is done with it.
    pub what: String,
    /// How much one iteration does, where it is more than one record.
    pub work: Option<Work>,
    /// What is counted.
    pub unit: Unit,
    /// The contestants, ours first.
    pub entries: Vec<Entry>,
}

/// How much one iteration does.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Records.
    pub records: usize,
    /// Bytes of their data in Avro's binary encoding, not compressed.
    pub bytes: usize,
}

/// What a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Time.
    Nanoseconds,
    /// Memory.
    Bytes,
    /// Calls of the allocator.
    Allocations,
}

/// What came of a contestant.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: &'static str,
    /// Nanoseconds of its fastest round, or bytes of its smallest.
    pub least: f64,
    /// The same of its median round.
    pub median: f64,
    /// The median over the rounds of its time by the first contestant's; of single runs, the least
    /// by the least.
    pub ratio: f64,
    /// Whether it was ended before it was done, so that it would have taken more.
    pub ended: bool,
}

impl<'a> Variant<'a> {
    /// What `once` does, measured under this name.
    pub fn new<R>(name: &'static str, mut once: impl FnMut() -> R + 'a) -> Self {
        let run = Box::new(move |iterations| {
            for _ in 0..iterations {
                black_box(once());
            }
        });
        Self {
            name,
            run,
            iterations: 1,
            nanos: Vec::new(),
        }
    }

    fn time(&mut self, iterations: u32) -> Duration {
        let start = processor_time();
        (self.run)(iterations);
        processor_time() - start
    }

    /// Finds how many iterations fill a slice.
    fn calibrate(&mut self) {
        while self.time(self.iterations) < SLICE {
            self.iterations *= 2;
        }
    }

    fn round(&mut self) {
        let elapsed = self.time(self.iterations);
        self.nanos
            .push(elapsed.as_nanos() as f64 / f64::from(self.iterations));
    }
}

/// How long this thread has been running on a processor.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

/// Measures the variants against the first.
pub fn row(record: &str, what: &str, work: Option<Work>, mut variants: Vec<Variant<'_>>) -> Row {
    variants.iter_mut().for_each(Variant::calibrate);
    for _ in 0..ROUNDS {
        variants.iter_mut().for_each(Variant::round);
    }
    let samples = variants.into_iter().map(|it| (it.name, it.nanos));
    Row {
        work,
        ..Row::of_rounds(record, what, samples.collect())
    }
}

impl Row {
    /// Nanoseconds that were measured round by round, with all contestants in every round.
    pub fn of_rounds(record: &str, what: &str, samples: Vec<(&'static str, Vec<f64>)>) -> Self {
        let first = samples.first().map(|(_, nanos)| nanos.clone());
        let first = first.unwrap_or_default();
        let entries = samples.into_iter().map(|(name, nanos)| {
            let ratios = nanos.iter().zip(&first).map(|(a, b)| a / b);
            Entry {
                name,
                ratio: median(ratios.collect()),
                least: nanos.iter().copied().fold(f64::INFINITY, f64::min),
                median: median(nanos),
                ended: false,
            }
        });
        Self {
            record: record.to_owned(),
            what: what.to_owned(),
            work: None,
            unit: Unit::Nanoseconds,
            entries: entries.collect(),
        }
    }

    /// What was measured one run at a time, so that no round has all contestants.
    pub fn of(
        record: &str,
        what: &str,
        unit: Unit,
        samples: Vec<(&'static str, Vec<f64>)>,
    ) -> Self {
        let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
        let first = samples
            .first()
            .map_or(f64::NAN, |(_, values)| least(values));
        let entries = samples.into_iter().map(|(name, values)| Entry {
            name,
            least: least(&values),
            ratio: least(&values) / first,
            median: median(values),
            ended: false,
        });
        Self {
            record: record.to_owned(),
            what: what.to_owned(),
            work: None,
            unit,
            entries: entries.collect(),
        }
    }
}

/// The median of these.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
