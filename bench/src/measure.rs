//! Variants interleaved round by round, so that what disturbs one disturbs all.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds of which the median counts.
const ROUNDS: usize = 61;

/// How long one variant runs within a round.
const SLICE: Duration = Duration::from_millis(2);

/// One row's contestant.
pub struct Variant<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u32) + 'a>,
    iterations: u32,
    nanos: Vec<f64>,
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
        let start = Instant::now();
        (self.run)(iterations);
        start.elapsed()
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

/// Measures the variants against the first and returns the table's lines.
pub fn table(title: &str, mut variants: Vec<Variant<'_>>) -> Vec<String> {
    variants.iter_mut().for_each(Variant::calibrate);
    for _ in 0..ROUNDS {
        variants.iter_mut().for_each(Variant::round);
    }
    let mut lines = vec![format!(
        "{title:<26} {:>8} {:>8} {:>8}",
        "min ns", "median", "ratio"
    )];
    let Some(first) = variants.first() else {
        return lines;
    };
    for variant in &variants {
        let ratios = variant
            .nanos
            .iter()
            .zip(&first.nanos)
            .map(|(a, b)| a / b)
            .collect();
        let least = variant.nanos.iter().copied().fold(f64::INFINITY, f64::min);
        lines.push(format!(
            "  {:<24} {:>8.1} {:>8.1} {:>8.2}",
            variant.name,
            least,
            median(variant.nanos.clone()),
            median(ratios),
        ));
    }
    lines
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
