//! The verdict: Java's `SchemaCompatibility`, step by step.
//!
//! What is compared once is not compared again, and a pair that is met again while it is being
//! compared counts as compatible, so recursion ends. The order of the steps is therefore part of
//! the verdict, and so is the place at which a pair is met first. Java's recursion runs here on a
//! stack of its own: references may lead as deep as there are types.

use std::collections::{BTreeMap, BTreeSet};

use super::explain::explain;
use super::finding::Incompatibility;
use super::place::{At, Key, Node, Side, Trail, Trails};
use crate::matching::fit;
use crate::schema::{Field, SchemaSet};
use crate::shape::Shape;

/// Every incompatibility between the two, in the order in which Java finds them.
pub(super) fn check(reader: Side<'_>, writer: Side<'_>) -> Vec<Incompatibility> {
    let mut checker = Checker {
        reader: reader.set,
        writer: writer.set,
        pairs: Vec::new(),
        known: BTreeMap::new(),
        trails: Trails::default(),
        open: Vec::new(),
        ambiguous: Vec::new(),
    };
    let root = Meeting {
        reader: reader.at,
        writer: writer.at,
        trail: Pointers::default(),
    };
    checker.run(root);
    let mut findings = checker.findings(0);
    findings.extend(&checker.ambiguous);
    let explained = findings
        .into_iter()
        .map(|finding| explain(&checker, finding));
    explained.collect()
}

/// The state of a comparison.
pub(super) struct Checker<'a> {
    pub(super) reader: &'a SchemaSet,
    pub(super) writer: &'a SchemaSet,
    pub(super) trails: Trails,
    pairs: Vec<Pair<'a>>,
    known: BTreeMap<(Key, Key), usize>,
    /// The pairs being compared, the innermost last.
    open: Vec<Open<'a>>,
    /// Fields that make Java give up with an exception, which a registry takes for a refusal.
    pub(super) ambiguous: Vec<Finding<'a>>,
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
                ) => match self.known.get(&meeting.key()) {
                    Some(&found) => self.answer(step, found),
                    None => {
                        // Asked again when the pair is known.
                        open.steps.push(step);
                        let steps = match step {
                            Step::Absent(_, field) => vec![meeting.report(Reason::Absent(field))],
                            _ => self.steps(meeting),
                        };
                        self.open(meeting, steps);
                    }
                },
            }
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
    fn answer(&mut self, step: Step<'a>, found: usize) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        // What is still being compared is compatible until the contrary is shown.
        let compatible = self.pairs[found].compatible || !self.pairs[found].done;
        match step {
            Step::Try(_) if compatible => open.steps.clear(),
            Step::Merge(_) | Step::Absent(..) if !compatible => self.pairs[open.pair].merge(found),
            Step::Instead(_, finding) if !compatible => self.pairs[open.pair].report(finding),
            _ => {}
        }
    }

    /// What a pair comes to: each finding once, where it was made first.
    fn findings(&self, pair: usize) -> Vec<Finding<'a>> {
        let mut findings = Vec::new();
        self.gather(pair, &mut BTreeSet::new(), &mut findings);
        findings
    }

    /// Adds what a pair comes to, but for the pairs that are taken.
    fn gather(&self, pair: usize, taken: &mut BTreeSet<usize>, findings: &mut Vec<Finding<'a>>) {
        let mut rest = Vec::new();
        if taken.insert(pair) {
            rest.push(self.pairs[pair].parts.iter());
        }
        while let Some(parts) = rest.last_mut() {
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
    /// name or type: what was found inside it, and so on through the unions in there.
    pub(super) fn causes(&self, union: Meeting<'a>) -> Vec<Finding<'a>> {
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
                    _ => causes.push(finding),
                }
            }
        }
        causes
    }

    /// The pairs of the reader's branches that should have read what the writer writes.
    fn close(&self, union: Meeting<'a>) -> Vec<usize> {
        let (Shape::Union(branches), writer) = self.shapes(union) else {
            return Vec::new();
        };
        let nodes = branches.iter().map(Node::of);
        let close = nodes.filter(|node| fit(node.shape(self.reader), writer).is_some());
        let written = union.writer.node.key();
        let pairs = close.filter_map(|node| self.known.get(&(node.key(), written)));
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
    fn key(self) -> (Key, Key) {
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
