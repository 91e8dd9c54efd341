//! The committed corpus and a hundred thousand made-up inputs, through the functions that `fuzz/`
//! runs for longer.
//!
//! `FUZZ_SEED` chooses other inputs than those that are run always.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::{env, fs};

use fastrand::Rng;

use super::seeds::{TARGETS, Target};

#[test]
fn decode() {
    replay("decode", 40_000);
}

#[test]
fn resolve() {
    replay("resolve", 25_000);
}

#[test]
fn json() {
    replay("json", 20_000);
}

#[test]
fn container() {
    replay("container", 10_000);
}

#[test]
fn schema() {
    replay("schema", 5_000);
}

/// `fuzz/` is no part of the workspace: nobody else sees that a program is missing there.
#[test]
fn every_target_has_its_program() {
    let manifest = fs::read_to_string("../fuzz/Cargo.toml").unwrap();
    for target in TARGETS {
        let name = target.name;
        let file = format!("targets/{name}.rs");
        assert!(manifest.contains(&format!("path = \"{file}\"")), "{name}");
        let program = fs::read_to_string(Path::new("../fuzz").join(&file)).unwrap();
        assert!(
            program.contains(&format!("avro_tests::fuzz::{name}(data)")),
            "{name}"
        );
    }
}

fn replay(name: &str, inputs: u32) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let mut corpus = committed(name);
    assert!(!corpus.is_empty(), "{name} has no corpus");
    for (file, input) in &corpus {
        run(target, input, file);
    }
    let seeds = (target.seeds)().into_iter();
    corpus.extend(seeds.map(|input| (String::new(), input)));

    let seed = env::var("FUZZ_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut random = Rng::with_seed(seed);
    for number in 0..inputs {
        let input = input(&mut random, &corpus);
        run(target, &input, &format!("seed {seed}, input {number}"));
    }
}

/// The files of `fuzz/seeds`, by name.
fn committed(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new("../fuzz/seeds").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let named = |path: &Path| (path.display().to_string(), fs::read(path).unwrap());
    paths.iter().map(|path| named(path)).collect()
}

fn run(target: &Target, input: &[u8], which: &str) {
    let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    let digits = || {
        input
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    assert!(ended.is_ok(), "{}, {which}: {}", target.name, digits());
}

/// Random bytes now and then, else an input of the corpus with some damage.
fn input(random: &mut Rng, corpus: &[(String, Vec<u8>)]) -> Vec<u8> {
    if random.usize(..16) == 0 {
        let length = random.usize(..64);
        return (0..length).map(|_| random.u8(..)).collect();
    }
    let mut input = corpus[random.usize(..corpus.len())].1.clone();
    for _ in 0..=random.usize(..4) {
        let other = &corpus[random.usize(..corpus.len())].1;
        damage(random, &mut input, other);
    }
    input
}

fn damage(random: &mut Rng, input: &mut Vec<u8>, other: &[u8]) {
    let (at, end) = (
        random.usize(..input.len() + 1),
        random.usize(..input.len() + 1),
    );
    let part = at.min(end)..at.max(end);
    match random.usize(..8) {
        0 => input.truncate(at),
        1 => drop(input.drain(part)),
        2 => input
            .splice(at..at, other.iter().copied().take(end))
            .for_each(drop),
        3 => input.extend_from_within(part),
        4 => input.insert(at, random.u8(..)),
        // Numbers at the ends of their ranges.
        5 => {
            let long = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
            let from = random.usize(..long.len());
            input
                .splice(at..at, long[from..].iter().copied())
                .for_each(drop);
        }
        _ => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.usize(..8);
            }
        }
    }
}
