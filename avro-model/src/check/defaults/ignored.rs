//! Members of a default that no field takes.

use std::collections::BTreeSet;

use crate::codes::Code;
use crate::datum::Datum;
use crate::default::{Typed, datum_within};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{Kind, Member, Value};
use crate::schema::{Schema, SchemaKind, SchemaSet, TypeId};
use crate::suggest::nearest;

/// Warns of each such member, wherever its object stands in the default.
///
/// Where a later branch of a union around it has fields for all members, the finding names that
/// branch. `hints` is how many values may be tried for that.
pub(super) fn check(
    set: &SchemaSet,
    value: Typed<'_>,
    owner: &str,
    hints: &mut u32,
    found: &mut Diagnostics,
) {
    let mut ignored = Vec::new();
    collect(set, value, hints, &mut ignored);
    found.extend(ignored.iter().map(|ignored| ignored.finding(set, owner)));
}

/// A member that the record does not have.
struct Ignored<'a> {
    member: &'a Member,
    /// The object that it stands in.
    object: &'a Value,
    record: TypeId,
    /// The branch that the union around it took, and a later one that has fields for all members.
    better: Option<(&'a Schema, &'a Schema)>,
}

/// What nothing takes in a value and inside it.
fn collect<'a>(
    set: &'a SchemaSet,
    value: Typed<'a>,
    hints: &mut u32,
    ignored: &mut Vec<Ignored<'a>>,
) {
    let before = ignored.len();
    if let Some(record) = record(value) {
        ignored.extend(unknown(set, record, value.json).map(|member| Ignored {
            member,
            object: value.json,
            record,
            better: None,
        }));
    }
    for inner in value.inside(set) {
        collect(set, inner, hints, ignored);
    }
    let mut open = ignored[before..]
        .iter_mut()
        .filter(|ignored| ignored.better.is_none())
        .peekable();
    if open.peek().is_some() {
        let better = better_branch(set, value, hints);
        open.for_each(|ignored| ignored.better = better);
    }
}

/// The branch that a union took, and the first after it that takes the value with all members.
fn better_branch<'a>(
    set: &SchemaSet,
    value: Typed<'a>,
    hints: &mut u32,
) -> Option<(&'a Schema, &'a Schema)> {
    let SchemaKind::Union(branches) = &value.schema.kind else {
        return None;
    };
    let Datum::Union(taken, _) = value.datum else {
        return None;
    };
    let later = branches.get(taken + 1..)?.iter().find(|branch| {
        let datum = datum_within(set, branch, value.json, hints);
        datum.is_ok_and(|datum| {
            let value = Typed {
                schema: branch,
                json: value.json,
                datum: &datum,
            };
            takes_all(set, value)
        })
    })?;
    Some((branches.get(*taken)?, later))
}

/// Whether every member in a value and inside it is taken.
fn takes_all(set: &SchemaSet, value: Typed<'_>) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        let known = |record| unknown(set, record, value.json).next().is_none();
        if !record(value).is_none_or(known) {
            return false;
        }
        open.extend(value.inside(set));
    }
    true
}

/// The record that an object is a value of.
fn record(value: Typed<'_>) -> Option<TypeId> {
    match (&value.schema.kind, value.datum, &value.json.kind) {
        (SchemaKind::Named(id), Datum::Record(_), Kind::Object(_)) => Some(*id),
        _ => None,
    }
}

/// The members of an object that a record has no fields for.
fn unknown<'a>(
    set: &SchemaSet,
    record: TypeId,
    object: &'a Value,
) -> impl Iterator<Item = &'a Member> {
    let fields: BTreeSet<&str> = set[record]
        .fields()
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let members = object.members().iter();
    members.filter(move |member| !fields.contains(member.key.as_str()))
}

impl Ignored<'_> {
    fn finding(&self, set: &SchemaSet, owner: &str) -> Diagnostic {
        let key = &self.member.key;
        let name = &set[self.record].fullname;
        let message =
            format!("the default of {owner} has a member `{key}` that `{name}` does not have");
        Diagnostic::new(Code::UnknownDefaultField, self.member.key_span, message)
            .note(self.advice(set))
    }

    fn advice(&self, set: &SchemaSet) -> String {
        if let Some((taken, better)) = self.better {
            let (taken, better) = (taken.describe(set), better.describe(set));
            return format!(
                "a union takes the first branch that fits, and `{taken}` fits without it; \
                 `{better}` has every member: put it before `{taken}`"
            );
        }
        let written: BTreeSet<&str> = self
            .object
            .members()
            .iter()
            .map(|member| member.key.as_str())
            .collect();
        let fields = set[self.record].fields().iter();
        let missing = fields
            .map(|field| field.name.as_str())
            .filter(|name| !written.contains(name));
        match nearest(&self.member.key, missing) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "remove it: it is ignored".to_owned(),
        }
    }
}
