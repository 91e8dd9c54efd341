//! Data of random schemas: their bytes, and what other versions of the schemas make of them.
//!
//! `dynamic` is held against the plain form of schema resolution in
//! [`mod@reference`], always, and against other implementations. Where the
//! specification or a decision of ARCHITECTURE.md parts from one of them, the plain form says which
//! it is; any other difference fails.

pub(super) mod answer;
pub(super) mod case;
mod fastavro;
mod java;
pub(super) mod judge;
pub(super) mod other;

use std::collections::BTreeMap;
use std::time::Instant;

use super::coverage::{Coverage, Labels};
use super::random::{Style, text};
use super::reference::{self, Types};
use super::shrink;
use crate::peer::Peer;
use crate::workspace::Workspace;
use crate::{Error, Outcome};
use answer::{Answer, Ours};
use case::Case;
pub(super) use fastavro::Fastavro;
pub(super) use java::Java;
use judge::Verdict;
use other::Other;

/// How many seeds' cases are on their way to a peer at a time.
const BATCH: u64 = 100;

/// How many differences are shown; past that the run ends.
const SHOWN: usize = 5;

/// Runs the cases of so many seeds, which follow each other, against another implementation.
///
/// # Errors
///
/// If it does not run or does not answer.
pub(super) fn run<O: Other>(
    workspace: &Workspace,
    seed: u64,
    seeds: u64,
    needs_coverage: bool,
) -> Outcome {
    let mut peer = O::start(workspace)?;
    let begin = Instant::now();
    let mut run = Run {
        coverage: Coverage::new(reference::labels()),
        verdicts: BTreeMap::new(),
        differences: Vec::new(),
    };
    let mut done = 0;
    while done < seeds && run.differences.len() < SHOWN {
        let batch = BATCH.min(seeds - done);
        run.batch::<O>(seed.wrapping_add(done), batch, &mut peer)?;
        done += batch;
    }
    for difference in run.differences.iter().take(SHOWN) {
        difference.show::<O>(&mut peer)?;
    }
    let data: usize = run.verdicts.values().sum();
    println!(
        "codec: {data} data of {done} seeds from {seed} against {}; {} differences; {:.1} s",
        O::name(),
        run.differences.len(),
        begin.elapsed().as_secs_f64()
    );
    for (verdict, count) in &run.verdicts {
        println!("  {verdict}: {count}");
    }
    if needs_coverage {
        println!("{}", run.coverage);
    }
    Ok(run.differences.is_empty() && (!needs_coverage || run.coverage.is_sufficient()))
}

struct Run {
    coverage: Coverage,
    verdicts: BTreeMap<Verdict, usize>,
    differences: Vec<Difference>,
}

/// A case with a datum that is not read as it should be.
struct Difference {
    seed: u64,
    case: Case,
}

impl Run {
    fn batch<O: Other>(&mut self, seed: u64, seeds: u64, peer: &mut Peer) -> Result<(), Error> {
        let mut asked = Vec::new();
        for seed in (0..seeds).map(|index| seed.wrapping_add(index)) {
            for case in Case::of(seed) {
                let ours = Ours::of(&case)?;
                peer.ask(&O::question(&case, &ours))?;
                asked.push((seed, case, ours));
            }
        }
        for (seed, case, ours) in asked {
            let judged = judged::<O>(&case, &ours, &peer.answer()?);
            let is_one = judged.iter().any(|(_, verdict)| verdict.is_err());
            for (labels, verdict) in judged {
                self.coverage.add(labels);
                if let Ok(verdict) = verdict {
                    *self.verdicts.entry(verdict).or_default() += 1;
                }
            }
            if is_one {
                self.differences.push(Difference { seed, case });
            }
        }
        Ok(())
    }
}

/// What each datum of a case comes to.
fn judged<O: Other>(
    case: &Case,
    ours: &Ours,
    theirs: &Answer<O::Form>,
) -> Vec<(Labels, Result<Verdict, String>)> {
    let both = ours.data.iter().zip(&theirs.data);
    let judged = case.data.iter().zip(both).map(|(datum, (one, two))| {
        let trace = reference::resolve(&case.reader, &case.writer, datum, Types::Dynamic);
        let writer = (&case.writer, datum);
        let verdict = judge::right(&trace, one, ours.is_refused)
            .and_then(|()| judge::agreed::<O>(writer, &case.reader, &trace, one, two));
        (trace.labels, verdict)
    });
    judged.collect()
}

impl Difference {
    /// Prints the smallest case found that has one.
    fn show<O: Other>(&self, peer: &mut Peer) -> Result<(), Error> {
        /// More than a case has, so that a smaller one still has one that shows it.
        const MORE: usize = 20;
        let mut first = |case: &Case| -> Result<Option<(String, String)>, Error> {
            let ours = Ours::of(case)?;
            peer.ask(&O::question(case, &ours))?;
            let judged = judged::<O>(case, &ours, &peer.answer()?);
            let mut wrong = judged.into_iter().zip(ours.json);
            Ok(wrong.find_map(|((_, verdict), json)| Some((verdict.err()?, json))))
        };
        let pair = (self.case.writer.clone(), self.case.reader.clone());
        let small = shrink::smallest(&pair, |pair| {
            Ok(first(&Case::with(pair.clone(), MORE, self.seed))?.is_some())
        })?;
        let small = Case::with(small, MORE, self.seed);
        let small = match first(&small)? {
            Some(_) => small,
            None => self.case.clone(),
        };
        let (what, json) = first(&small)?.unwrap_or_default();
        println!("seed {}: {what}", self.seed);
        println!("  writer: {}", text(&small.writer, Style::Plain));
        println!("  reader: {}", text(&small.reader, Style::Plain));
        println!("  datum: {json}");
        Ok(())
    }
}
