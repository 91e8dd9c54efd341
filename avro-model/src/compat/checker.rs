//! The verdict: Java's `SchemaCompatibility`, step by step.
//!
//! What is compared once is not compared again, and a pair that is met again while it is being
//! compared counts as compatible, so recursion ends. The order of the steps is therefore part of
//! the verdict, and so is the place at which a pair is met first. Java's recursion runs here on a
//! stack of its own: references may lead as deep as there are types.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{At, Key, Node, Side, Trail, Trails};
use super::rules::reads;
use crate::matching::Branches;
use crate::schema::{Field, SchemaSet};
use crate::shape::Shape;
use crate::steps::{limit, step as step_taken};

/// How many pairs of schemas are compared. Types that refer to each other in circles can pair up
/// in as many ways as the product of their numbers.
pub(super) const MOST_PAIRS: usize = limit(1 << 18);

/// How many branches are compared that neither name nor type lets fit: those of a union of 128
/// records with another one, all in vain.
const MOST_HOPELESS: usize = limit(1 << 14);

/// Compares the two schemas.
pub(super) fn check<'a>(reader: Side<'a>, writer: Side<'a>) -> Checker<'a> {
    let mut checker = Checker {
        reader: reader.set,
        writer: writer.set,
        pairs: Vec::new(),
        known: BTreeMap::new(),
        trails: Trails::default(),
        open: Vec::new(),
        beside: Vec::new(),
        unions: BTreeMap::new(),
        hopeless: Allowance(MOST_HOPELESS),
    };
    let root = Meeting {
        reader: reader.at,
        writer: writer.at,
        trail: Pointers::default(),
    };
    checker.run(root);
    checker
}

/// The state of a comparison, and what came of it.
pub(super) struct Checker<'a> {
    pub(super) reader: &'a SchemaSet,
    pub(super) writer: &'a SchemaSet,
    pub(super) trails: Trails,
    pairs: Vec<Pair<'a>>,
    known: BTreeMap<(Key, Key), usize>,
    /// The pairs being compared, the innermost last.
    open: Vec<Open<'a>>,
    /// Findings of no pair. Fields that make Java give up with an exception, which a registry
    /// takes for a refusal; and the place where a comparison that is too large stopped.
    pub(super) beside: Vec<Finding<'a>>,
    /// The branches of the reader's unions that were met.
    pub(super) unions: BTreeMap<Key, Branches<'a>>,
    /// The branches that may still be compared in vain.
    pub(super) hopeless: Allowance,
}

/// A number of steps that may still be taken.
#[derive(Debug)]
pub(super) struct Allowance(usize);

impl Allowance {
    /// Takes so many steps, if that many are left.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// A reader's schema, the writer's that it is to read, and the ways that led to them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting<'a> {
    pub(super) reader: At<'a>,
    pub(super) writer: At<'a>,
    pub(super) trail: Pointers,
}

/// Java's way, and the way into the writer's schema.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pointers {
    pub(super) java: Trail,
    pub(super) writer: Trail,
}

/// An incompatibility, still without words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finding<'a> {
    pub(super) reason: Reason<'a>,
    pub(super) meeting: Meeting<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Reason<'a> {
    Name,
    Size,
    Symbols,
    /// The reader's record has this field, the writer's has not.
    NoDefault(&'a Field),
    /// The same, and the field's type is an enum with a default.
    Absent(&'a Field),
    /// This field answers to several of the writer's.
    Ambiguous(&'a Field),
    Type,
    Branch,
    /// The comparison stopped here: there are too many pairs.
    TooLarge,
}

/// Two schemas that have been, or are being, compared.
struct Pair<'a> {
    parts: Vec<Part<'a>>,
    compatible: bool,
    done: bool,
}

/// What a pair's incompatibilities are made of, in order.
enum Part<'a> {
    Own(Finding<'a>),
    Of(usize),
}

struct Open<'a> {
    pair: usize,
    /// What is still to be done, the next step last.
    steps: Vec<Step<'a>>,
}

/// What is left to do about a pair.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Report(Finding<'a>),
    /// What is incompatible in it is incompatible here.
    Merge(Meeting<'a>),
    /// A reader's enum against the record that lacks the field: never compatible.
    Absent(Meeting<'a>, &'a Field),
    /// Whatever is incompatible in it, the finding says it.
    Instead(Meeting<'a>, Finding<'a>),
    /// If it is compatible, so is the pair, and nothing else is tried.
    Try(Meeting<'a>),
}

impl<'a> Checker<'a> {
    fn run(&mut self, root: Meeting<'a>) {
        let steps = self.steps(root);
        self.open(root, steps);
        while let Some(open) = self.open.last_mut() {
            let pair = open.pair;
            match open.steps.pop() {
                None => {
                    self.pairs[pair].done = true;
                    self.open.pop();
                }
                Some(Step::Report(finding)) => self.pairs[pair].report(finding),
                Some(
                    step @ (Step::Merge(meeting)
                    | Step::Instead(meeting, _)
                    | Step::Absent(meeting, _)
                    | Step::Try(meeting)),
                ) => self.step_into(step, meeting),
            }
        }
    }

    /// Takes what is known about a pair, or compares it first.
    fn step_into(&mut self, step: Step<'a>, meeting: Meeting<'a>) {
        step_taken();
        if self.reads_plainly(meeting) {
            return self.answer(step, true, None);
        }
        if let Some(&found) = self.known.get(&meeting.key()) {
            // What is still being compared is compatible until the contrary is shown.
            let compatible = self.pairs[found].compatible || !self.pairs[found].done;
            return self.answer(step, compatible, Some(found));
        }
        if self.pairs.len() >= MOST_PAIRS {
            self.beside.push(meeting.finding(Reason::TooLarge));
            self.open.clear();
            return;
        }
        let steps = match step {
            Step::Absent(_, field) => vec![meeting.report(Reason::Absent(field))],
            _ => self.steps(meeting),
        };
        // Asked again when the pair is known.
        if let Some(open) = self.open.last_mut() {
            open.steps.push(step);
        }
        self.open(meeting, steps);
    }

    /// Whether these are two primitive types that go together. Most pairs are such, and there is
    /// nothing to remember of them.
    fn reads_plainly(&self, meeting: Meeting<'a>) -> bool {
        match self.shapes(meeting) {
            (Shape::Primitive(reader), Shape::Primitive(writer)) => reads(reader, writer),
            _ => false,
        }
    }

    fn open(&mut self, meeting: Meeting<'a>, mut steps: Vec<Step<'a>>) {
        let pair = self.pairs.len();
        self.pairs.push(Pair {
            parts: Vec::new(),
            compatible: true,
            done: false,
        });
        self.known.insert(meeting.key(), pair);
        steps.reverse();
        self.open.push(Open { pair, steps });
    }

    /// Takes what was found about a pair into the innermost open one.
    fn answer(&mut self, step: Step<'a>, compatible: bool, found: Option<usize>) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        match (step, found) {
            (Step::Try(_), _) if compatible => open.steps.clear(),
            (Step::Merge(_) | Step::Absent(..), Some(found)) if !compatible => {
                self.pairs[open.pair].merge(found);
            }
            (Step::Instead(_, finding), _) if !compatible => self.pairs[open.pair].report(finding),
            _ => {}
        }
    }

    /// Every incompatibility, in the order in which Java finds them.
    pub(super) fn findings(&self) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        self.gather(0, &mut BTreeSet::new(), &mut findings);
        findings.extend(&self.beside);
        findings
    }

    /// Adds what a pair comes to: each finding once, where it was made first. Pairs that are taken
    /// already add nothing.
    fn gather(&self, pair: usize, taken: &mut BTreeSet<usize>, findings: &mut Vec<Finding<'a>>) {
        let mut rest = Vec::new();
        if taken.insert(pair) {
            rest.push(self.pairs[pair].parts.iter());
        }
        while let Some(parts) = rest.last_mut() {
            step_taken();
            match parts.next() {
                None => drop(rest.pop()),
                Some(Part::Own(finding)) => findings.push(*finding),
                Some(&Part::Of(other)) => {
                    if taken.insert(other) {
                        rest.push(self.pairs[other].parts.iter());
                    }
                }
            }
        }
    }

    /// Why no branch of a reader's union reads what the writer writes, though one is of the same
    /// name or type: what was found inside it, and so on through the unions in there. The second
    /// value says whether these are all; of more than `most`, only so many come back.
    pub(super) fn causes(&self, union: Meeting<'a>, most: usize) -> (Vec<Finding<'a>>, bool) {
        if most == 0 {
            return (Vec::new(), self.close(union).is_empty());
        }
        let (mut causes, mut taken) = (Vec::new(), BTreeSet::new());
        let mut rest = vec![union];
        while let Some(union) = rest.pop() {
            let mut findings = Vec::new();
            for pair in self.close(union) {
                self.gather(pair, &mut taken, &mut findings);
            }
            for finding in findings {
                match finding.reason {
                    Reason::Branch if !self.close(finding.meeting).is_empty() => {
                        rest.push(finding.meeting);
                    }
                    _ if causes.len() == most => return (causes, false),
                    _ => causes.push(finding),
                }
            }
        }
        (causes, true)
    }

    /// The pairs of the reader's branches that should have read what the writer writes.
    fn close(&self, union: Meeting<'a>) -> Vec<usize> {
        let reader = union.reader.node;
        let (Some(union), Shape::Union(branches), (_, writer), written) = (
            self.unions.get(&reader.key()),
            reader.shape(self.reader),
            self.shapes(union),
            union.writer.node.key(),
        ) else {
            return Vec::new();
        };
        let close = union.fitting(writer).into_iter();
        let pairs = close.filter_map(|(index, _)| {
            let branch = Node::of(&branches[index]).key();
            self.known.get(&(branch, written))
        });
        pairs.copied().collect()
    }
}

impl<'a> Pair<'a> {
    fn report(&mut self, finding: Finding<'a>) {
        self.parts.push(Part::Own(finding));
        self.compatible = false;
    }

    fn merge(&mut self, other: usize) {
        self.parts.push(Part::Of(other));
        self.compatible = false;
    }
}

impl<'a> Meeting<'a> {
    pub(super) fn key(self) -> (Key, Key) {
        (self.reader.node.key(), self.writer.node.key())
    }

    /// The same, with the ways beginning here.
    pub(super) fn afresh(self) -> Self {
        let trail = Pointers::default();
        Self { trail, ..self }
    }

    pub(super) fn finding(self, reason: Reason<'a>) -> Finding<'a> {
        let meeting = self;
        Finding { reason, meeting }
    }

    pub(super) fn report(self, reason: Reason<'a>) -> Step<'a> {
        Step::Report(self.finding(reason))
    }
}
