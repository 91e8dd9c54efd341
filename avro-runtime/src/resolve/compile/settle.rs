//! All pairs known → where the direct decoder can serve, and what cannot be read.

use super::{Compiler, Place};
use crate::resolve::plan::{Packed, Read, Table};

/// What is known of a pair of records, or of one value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The direct decoder reads it, until the contrary is shown.
    Same,
    /// It takes a plan.
    Planned,
    /// It cannot be read, for this reason.
    Refused(u32),
}

/// So many reasons why a schema cannot be read are told, and the number of the others.
const MOST_REASONS: usize = 100;

/// So many names of a path are told, of the innermost fields: recursion has no end.
const LONGEST_PATH: usize = 32;

impl State {
    fn at_least_planned(self) -> Self {
        match self {
            Self::Same => Self::Planned,
            other => other,
        }
    }
}

impl Compiler<'_> {
    /// The finished plan.
    pub(super) fn settle(mut self, root: Read) -> Result<(Table, Read), Vec<Box<str>>> {
        let states = self.states();
        if let State::Refused(reason) = self.state(&states, root) {
            return Err(self.all_reasons(&states, reason));
        }
        for index in 0..self.table.steps.len() {
            let read = self.table.steps[index].read.read();
            self.table.steps[index].read = Packed::of(self.settled(&states, read));
        }
        let root = self.settled(&states, root);
        Ok((self.table, root))
    }

    /// The states of all pairs. One that holds something planned is planned, and one that holds
    /// something refused is refused, but for the branches of unions. Pairs are met before what
    /// they hold, so that going backwards mostly takes one round.
    fn states(&self) -> Vec<State> {
        let first = self.pairs.iter().map(|pair| match pair.refused {
            Some(reason) => State::Refused(reason),
            None => State::Same,
        });
        let mut states: Vec<State> = first.collect();
        loop {
            let mut changed = false;
            for number in (0..states.len()).rev() {
                let state = self.record_state(&states, number);
                changed |= state != states[number];
                states[number] = state;
            }
            if !changed {
                return states;
            }
        }
    }

    fn record_state(&self, states: &[State], number: usize) -> State {
        let mut state = states[number];
        if state == State::Same && !self.pairs[number].in_order {
            state = State::Planned;
        }
        for step in self.table.records[number].of(&self.table.steps) {
            match self.state(states, step.read.read()) {
                _ if matches!(state, State::Refused(_)) => break,
                State::Same => {}
                other => state = other,
            }
        }
        state
    }

    fn state(&self, states: &[State], read: Read) -> State {
        match read {
            Read::Same => State::Same,
            Read::Refused(reason) => State::Refused(reason),
            Read::Record(record) => states[record as usize],
            Read::Block(block) => {
                self.state(states, self.table.blocks[block as usize].inner.read())
            }
            Read::Wrap(branch) => {
                let inner = self.table.branches[branch as usize].read.read();
                self.state(states, inner).at_least_planned()
            }
            Read::Union(union) => self.union_state(states, union, self.in_order[union as usize]),
            Read::Unwrap(union) => self.union_state(states, union, false),
            _ => State::Planned,
        }
    }

    /// A union is refused only if all of its branches are.
    fn union_state(&self, states: &[State], union: u32, in_order: bool) -> State {
        let branches = self.table.unions[union as usize].of(&self.table.branches);
        let (mut same, mut refused, mut reason) = (in_order, true, None);
        for branch in branches {
            match self.state(states, branch.read.read()) {
                State::Same => refused = false,
                State::Planned => (same, refused) = (false, false),
                State::Refused(why) => (same, reason) = (false, reason.or(Some(why))),
            }
        }
        match reason {
            Some(reason) if refused => State::Refused(reason),
            _ if same => State::Same,
            _ => State::Planned,
        }
    }

    /// What is read, with the direct decoder wherever it serves.
    fn settled(&mut self, states: &[State], read: Read) -> Read {
        match (self.state(states, read), read) {
            (State::Same, _) => return Read::Same,
            (State::Refused(reason), _) => return Read::Refused(self.placed(reason)),
            (State::Planned, Read::Block(block)) => {
                let inner = self.table.blocks[block as usize].inner.read();
                let inner = Packed::of(self.settled(states, inner));
                self.table.blocks[block as usize].inner = inner;
            }
            (State::Planned, Read::Wrap(branch)) => self.settle_branch(states, branch),
            (State::Planned, Read::Union(union) | Read::Unwrap(union)) => {
                let range = self.table.unions[union as usize];
                (range.start..range.end).for_each(|branch| self.settle_branch(states, branch));
            }
            (State::Planned, _) => {}
        }
        read
    }

    fn settle_branch(&mut self, states: &[State], branch: u32) {
        let read = self.table.branches[branch as usize].read.read();
        self.table.branches[branch as usize].read = Packed::of(self.settled(states, read));
    }

    /// Why the whole cannot be read: what was found in records that cannot be read.
    fn all_reasons(&self, states: &[State], last: u32) -> Vec<Box<str>> {
        let counts = |place: &Place| match states.get(place.pair as usize) {
            Some(state) => matches!(state, State::Refused(_)),
            None => true,
        };
        let found = self.reasons.iter().filter(|(place, _)| counts(place));
        let count = found.clone().count();
        let mut reasons: Vec<Box<str>> = found
            .take(MOST_REASONS)
            .map(|&(place, reason)| self.in_words(place, reason))
            .collect();
        if count > MOST_REASONS {
            reasons.push(format!("and {} reasons more", count - MOST_REASONS).into());
        }
        if reasons.is_empty() {
            reasons.push(self.table.refusals[last as usize].clone());
        }
        reasons
    }

    /// The number of a reason's text with its place.
    fn placed(&mut self, reason: u32) -> u32 {
        // They are in the order in which they were found.
        let found = self.reasons.binary_search_by_key(&reason, |it| it.1);
        match found.ok().and_then(|index| self.reasons.get(index)) {
            Some(&(place, _)) => {
                let text = self.in_words(place, reason);
                self.text(text.into())
            }
            None => reason,
        }
    }

    fn in_words(&self, place: Place, reason: u32) -> Box<str> {
        let (path, reason) = (self.path(place), &self.table.refusals[reason as usize]);
        match path.is_empty() {
            true => reason.clone(),
            false => format!("`{path}`: {reason}").into(),
        }
    }

    /// `Order.items.price`: the fields of the reader's that lead to a place.
    fn path(&self, place: Place) -> String {
        let mut names = Vec::new();
        let mut at = place;
        while let Some(pair) = self.pairs.get(at.pair as usize) {
            let (ty, record) = pair.reader;
            let field = record.fields.get(at.field as usize);
            names.extend(field.map(|field| field.name.as_str()));
            if names.len() >= LONGEST_PATH {
                names.push("…");
                break;
            }
            if pair.place == Place::ROOT {
                names.push(ty.fullname.short());
            }
            at = pair.place;
        }
        names.reverse();
        names.join(".")
    }
}
