//! Verdicts about compatibility, canonical forms and fingerprints, against Java's.

mod answer;
mod case;

use std::time::{Duration, Instant};

use super::coverage::{self, Coverage, Labels};
use super::java;
use super::random::MISTAKES;
use super::shrink;
use crate::peer::Peer;
use crate::workspace::Workspace;
use crate::{Error, Outcome};
use answer::Answer;
use case::{Case, Question};

/// How many cases are on their way to Java at a time.
const BATCH: u64 = 200;

/// How many differences are shown; past that the run ends.
const SHOWN: usize = 5;

/// Runs so many cases, whose seeds follow each other.
///
/// # Errors
///
/// If Java does not run or does not answer.
pub(super) fn run(workspace: &Workspace, seed: u64, cases: u64) -> Outcome {
    let mut peer = java::start(workspace)?;
    let begin = Instant::now();
    let kinds = answer::kinds().map(|kind| format!("verdict: {kind}"));
    let mistakes = MISTAKES.map(|family| format!("mistake: {family}"));
    let mut coverage = Coverage::new(coverage::of_pairs().chain(kinds).chain(mistakes));
    let mut differences = 0;
    let mut done = 0;
    while done < cases && differences < SHOWN {
        let batch = BATCH.min(cases - done);
        let seeds = (0..batch).map(|index| seed.wrapping_add(done + index));
        for (seed, case, difference) in compare(seeds, &mut peer, &mut coverage)? {
            differences += 1;
            show(seed, &case, &difference, &mut peer)?;
            if differences == SHOWN {
                break;
            }
        }
        done += batch;
    }
    report(seed, done, differences, begin.elapsed());
    println!("{coverage}");
    Ok(differences == 0 && coverage.is_sufficient())
}

fn report(seed: u64, done: u64, differences: usize, time: Duration) {
    println!(
        "compat: {done} cases from seed {seed} against Java's Avro {}, each both ways; \
         {differences} differences; {:.1} s",
        java::AVRO,
        time.as_secs_f64()
    );
}

type Difference = (u64, Case, String);

/// Puts the cases of these seeds to Java, and compares its answers with ours.
fn compare(
    seeds: impl Iterator<Item = u64>,
    peer: &mut Peer,
    coverage: &mut Coverage,
) -> Result<Vec<Difference>, Error> {
    let mut asked = Vec::new();
    for seed in seeds {
        let case = Case::of(seed);
        let question = case.question();
        peer.ask(&question)?;
        asked.push((seed, case, question));
    }
    let mut differences = Vec::new();
    for (seed, case, question) in asked {
        let ours = ours(&question);
        coverage.add(labels(&case, &question, &ours));
        if let Some(difference) = difference(&question, &ours, &peer.answer()?) {
            differences.push((seed, case, difference));
        }
    }
    Ok(differences)
}

fn ours(question: &Question) -> Answer {
    Answer::of(&question.old, &question.new)
}

/// What is different, or wrong in both.
fn difference(question: &Question, ours: &Answer, java: &Answer) -> Option<String> {
    let of_mistake = question.mistake.filter(|_| ours.accepts_new());
    ours.difference(java)
        .or_else(|| of_mistake.map(|mistake| format!("both accept a mistake: {mistake:?}")))
}

fn labels(case: &Case, question: &Question, answer: &Answer) -> Labels {
    let mut labels = Labels::default();
    if let Some((family, _)) = question.mistake {
        labels.add(format!("mistake: {family}"));
        return labels;
    }
    labels.pair(&case.new, &case.old);
    labels.pair(&case.old, &case.new);
    for kind in answer.kinds() {
        labels.add(format!("verdict: {kind}"));
    }
    labels
}

/// Prints a difference, and the smallest case found that has one.
fn show(seed: u64, case: &Case, words: &str, peer: &mut Peer) -> Result<(), Error> {
    let question = case.question();
    println!("seed {seed}: {words}");
    println!("  old: {}\n  new: {}", question.old, question.new);
    let mut last = words.to_owned();
    let mut shows = |case: &Case| -> Result<bool, Error> {
        let question = case.question();
        peer.ask(&question)?;
        let found = difference(&question, &ours(&question), &peer.answer()?);
        let is_one = found.is_some();
        last = found.unwrap_or(std::mem::take(&mut last));
        Ok(is_one)
    };
    let mut small = case.plain();
    if !shows(&small)? {
        small = case.clone();
    }
    let pair = shrink::smallest(&(small.old.clone(), small.new.clone()), |(old, new)| {
        shows(&small.with(old.clone(), new.clone()))
    })?;
    small = small.with(pair.0, pair.1);
    // The words are those of the last one asked for.
    shows(&small)?;
    let question = small.question();
    println!("  smaller: {last}");
    println!("    old: {}\n    new: {}", question.old, question.new);
    println!("  again: cargo xtask oracle --only compat --seed {seed} --cases 1");
    Ok(())
}
