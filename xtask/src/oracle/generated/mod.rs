//! Data of random schemas, read with generated types: the types of many schemas are compiled once,
//! and each reads what several other versions of its schema wrote.
//!
//! Owned, as a view and over an older value; held against the plain form of schema resolution in
//! [`mod@reference`] and against Java, as `dynamic` is.

mod case;

use std::collections::BTreeMap;
use std::time::Instant;

use avro_codegen::{Config, TimeTypes, UuidTypes};

use super::codec::Java;
use super::codec::answer::{Answer, Coded, Ours};
use super::codec::case::Case;
use super::codec::judge::{self, Verdict};
use super::codec::other::Other;
use super::coverage::{Coverage, Labels};
use super::random::{Style, text};
use super::reference::{self, Types};
use crate::hex::{hex, unhex};
use crate::peer::Peer;
use crate::schema::source;
use crate::typed::{self, Module, Question};
use crate::workspace::Workspace;
use crate::{Error, Outcome};
use case::{ROOT, Subject};

/// How many data there are of a pair of schemas.
const DATA: usize = 80;

/// How many differences are shown.
const SHOWN: usize = 5;

/// Runs so many schemas.
///
/// # Errors
///
/// If a type is not generated or compiled, or Java does not run.
pub(super) fn run(workspace: &Workspace, seed: u64, schemas: u64) -> Outcome {
    let begin = Instant::now();
    let seeds = (0..).map(|index| seed.wrapping_add(index));
    let subjects = seeds.filter_map(Subject::of).take(schemas as usize);
    let subjects: Vec<Subject> = subjects.collect();
    let mut program = program(&subjects, workspace)?;
    let compiled = begin.elapsed();
    let mut java = Java::start(workspace)?;
    let mut run = Run {
        coverage: Coverage::new(reference::labels().filter(|label| is_required(label))),
        verdicts: BTreeMap::new(),
        differences: Vec::new(),
    };
    for (index, subject) in subjects.iter().enumerate() {
        run.subject(index, subject, &mut program, &mut java)?;
    }
    for difference in run.differences.iter().take(SHOWN) {
        println!("{difference}");
    }
    let data: usize = run.verdicts.values().sum();
    println!(
        "generated: {data} data of {} schemas with five writers each, from seed {seed}, against {}; \
         {} differences; {:.1} s, {:.1} of them to generate and compile",
        subjects.len(),
        Java::name(),
        run.differences.len(),
        begin.elapsed().as_secs_f64(),
        compiled.as_secs_f64()
    );
    for (verdict, count) in &run.verdicts {
        println!("  {verdict}: {count}");
    }
    println!("{}", run.coverage);
    Ok(run.differences.is_empty() && run.coverage.is_sufficient())
}

/// The types of all subjects, and what reads with them.
fn program(subjects: &[Subject], workspace: &Workspace) -> Result<Peer, Error> {
    let module = |subject: &Subject| {
        Ok::<_, Error>(Module {
            code: generated(subject)?,
            root: format!("{}::{}", ROOT.0, ROOT.1),
        })
    };
    let modules: Result<Vec<Module>, Error> = subjects.iter().map(module).collect();
    let folder = workspace.target.join("oracle/avro-oracle-generated");
    typed::start(&folder, &modules?, workspace)
}

fn generated(subject: &Subject) -> Result<String, Error> {
    let text = subject.text();
    let told = |error: String| format!("seed {} is not generated: {error}\n{text}", subject.seed);
    let timestamp = match subject.types {
        Types::Chrono => TimeTypes::Chrono,
        Types::Jiff => TimeTypes::Jiff,
        Types::Time => TimeTypes::Time,
        Types::Raw | Types::Dynamic => TimeTypes::Raw,
    };
    let uuid = match subject.types {
        Types::Raw | Types::Dynamic => UuidTypes::Raw,
        _ => UuidTypes::Uuid,
    };
    let config = Config::new().timestamp(timestamp).uuid(uuid);
    let output = config.generate(&source(&text).map_err(told)?);
    let output = output.map_err(|error| told(error.to_string()))?;
    Ok(output.files.into_iter().map(|file| file.text).collect())
}

/// A thousand pairs of schemas are too few for what is about pairs and not about data.
fn is_required(label: &str) -> bool {
    let is_of_pairs = ["branch: ", "union: ", "logical type: another"];
    !is_of_pairs.iter().any(|group| label.starts_with(group))
}

struct Run {
    coverage: Coverage,
    verdicts: BTreeMap<Verdict, usize>,
    differences: Vec<String>,
}

impl Run {
    fn subject(
        &mut self,
        index: usize,
        subject: &Subject,
        program: &mut Peer,
        java: &mut Peer,
    ) -> Result<(), Error> {
        let mut asked = Vec::new();
        for (number, writer) in (0..).zip(&subject.writers) {
            let pair = (writer.clone(), subject.reader.clone());
            let case = Case::with(pair, DATA, subject.seed.wrapping_add(number));
            let ours = Ours::of(&case)?;
            java.ask(&Java::question(&case, &ours))?;
            let bytes = ours.data.iter().map(|coded| coded.written.as_deref());
            program.ask(&Question {
                schema: index,
                writer: text(writer, Style::Plain),
                data: bytes.map(|bytes| hex(bytes.unwrap_or_default())).collect(),
            })?;
            asked.push((case, ours));
        }
        for (case, ours) in asked {
            let read: typed::Answer = program.answer()?;
            let theirs: Answer<String> = java.answer()?;
            self.case(subject, &case, &ours, read, &theirs);
        }
        Ok(())
    }

    fn case(
        &mut self,
        subject: &Subject,
        case: &Case,
        ours: &Ours,
        read: typed::Answer,
        theirs: &Answer<String>,
    ) {
        let is_refused = read.is_refused;
        let all = ours.data.iter().zip(read.data).zip(&theirs.data);
        for ((datum, json), ((ours, read), theirs)) in case.data.iter().zip(&ours.json).zip(all) {
            let trace = reference::resolve(&case.reader, &case.writer, datum, subject.types);
            let coded = Coded {
                written: ours.written.clone(),
                read: read.read.and_then(|digits| unhex(&digits)),
            };
            let verdict = match read.differs {
                Some(differs) => Err(differs),
                None => judge::right(&trace, &coded, is_refused),
            };
            let verdict = verdict.and_then(|()| {
                let writer = (&case.writer, datum);
                judge::agreed::<Java>(writer, &case.reader, &trace, &coded, theirs)
            });
            self.take(verdict, trace.labels, || {
                format!(
                    "seed {} ({:?})\n  writer: {}\n  reader: {}\n  datum: {json}",
                    subject.seed,
                    subject.types,
                    text(&case.writer, Style::Plain),
                    subject.text()
                )
            });
        }
    }

    fn take(
        &mut self,
        verdict: Result<Verdict, String>,
        labels: Labels,
        place: impl FnOnce() -> String,
    ) {
        self.coverage.add(labels);
        match verdict {
            Ok(verdict) => *self.verdicts.entry(verdict).or_default() += 1,
            Err(what) => self.differences.push(format!("{what}: {}", place())),
        }
    }
}
