//! What comparisons find → diagnostics in the schemas that are being edited.
//!
//! The first label of a diagnostic is the place in the new version, whoever reads whom: that is
//! the file that can still be changed. The second is the place in the version before it.
//!
//! A missing branch is the fault of what is inside it, where there is something, so that is what
//! is reported. And a finding that several versions, schemas or references lead to is one
//! diagnostic, which names all that it breaks.

use std::collections::BTreeMap;

use super::finding::{Incompatibility, Kind, Semantic, SemanticKind};
use super::json::{self, JsonBreak};
use super::mode::{Direction, Mode, check, pairs};
use super::place::Side;
use crate::codes::{Class, Code};
use crate::diagnostic::{Diagnostic, Diagnostics, Label, listed};
use crate::source::Span;

/// A schema, what is deployed under its name, and what it owes to that.
///
/// All spans of its schemas must point into one [`SourceMap`](crate::SourceMap); see
/// [`compile_files`](crate::compile_files).
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    /// What findings call it: the fullname, or the stem of the file of a schema without a name.
    pub name: String,
    /// The topics that it is the value of.
    pub topics: Vec<String>,
    /// What it owes to the versions before it. None where a reader and a writer are compared, and
    /// no more is asked than whether the one reads what the other writes.
    pub mode: Option<Mode>,
    /// The new version.
    pub schema: Side<'a>,
    /// The versions before it, oldest first.
    pub versions: Vec<Version<'a>>,
}

/// A version before the new one.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    /// What findings call it: `version 2`.
    pub name: String,
    /// The schema.
    pub schema: Side<'a>,
}

impl Subject<'_> {
    /// The mode that it is checked in.
    fn checked(&self) -> Mode {
        self.mode.unwrap_or(Mode::Backward)
    }
}

/// Checks every subject in its mode: incompatibilities and semantic findings, each with the
/// severity that it has by default.
#[must_use]
pub fn diagnose(subjects: &[Subject<'_>]) -> Diagnostics {
    let mut found = Findings::default();
    for subject in subjects {
        let versions: Vec<Side<'_>> = subject.versions.iter().map(|it| it.schema).collect();
        for check in check(subject.schema, &versions, subject.checked()).checks {
            let seen = Seen {
                subject,
                version: &subject.versions[check.previous].name,
                direction: check.direction,
            };
            for finding in &check.comparison.incompatibilities {
                found.incompatibility(finding, seen);
            }
            for finding in &check.comparison.semantic {
                found.semantic(finding, seen);
            }
        }
    }
    found.into_diagnostics()
}

/// Checks every subject in its mode for what breaks JSON; see [`json`].
#[must_use]
pub fn diagnose_json(subjects: &[Subject<'_>]) -> Diagnostics {
    let mut found = Findings::default();
    for subject in subjects {
        for (index, direction) in pairs(subject.versions.len(), subject.checked()) {
            let version = &subject.versions[index];
            let seen = Seen {
                subject,
                version: &version.name,
                direction,
            };
            let (reader, writer) = direction.sides(subject.schema, version.schema);
            for finding in json::compare(reader, writer) {
                found.json(&finding, seen);
            }
        }
    }
    found.into_diagnostics()
}

/// The comparison that a finding comes from.
#[derive(Clone, Copy)]
struct Seen<'a> {
    subject: &'a Subject<'a>,
    version: &'a str,
    direction: Direction,
}

/// Findings, those that are the same put together.
#[derive(Default)]
struct Findings<'a> {
    found: Vec<Found<'a>>,
    known: BTreeMap<(Span, Diagnosis), usize>,
}

/// What makes two findings at one place the same.
type Diagnosis = (Code, String);

struct Found<'a> {
    diagnostic: Diagnostic,
    effects: Vec<Effect<'a>>,
}

/// What a finding does to one subject, in one direction.
struct Effect<'a> {
    subject: &'a Subject<'a>,
    direction: Direction,
    versions: Vec<&'a str>,
}

impl<'a> Findings<'a> {
    fn incompatibility(&mut self, finding: &Incompatibility, seen: Seen<'a>) {
        if finding.causes.is_empty() {
            self.add(wire(finding, seen), seen);
        }
        for cause in &finding.causes {
            let (span, _) = seen.sides(finding.reader.span, finding.writer.span);
            let label = Label {
                span,
                text: seen.without_branch().to_owned(),
            };
            let mut diagnostic = wire(cause, seen);
            diagnostic.labels.push(label);
            self.add(diagnostic, seen);
        }
    }

    fn semantic(&mut self, finding: &Semantic, seen: Seen<'a>) {
        let code = code(finding.kind, seen.direction);
        let mut diagnostic = Diagnostic::new(
            code,
            seen.sides(finding.reader.span, finding.writer.span).0,
            &finding.message,
        );
        diagnostic.severity = finding.severity;
        seen.label(&mut diagnostic, finding.reader.span, finding.writer.span);
        match seen.direction {
            Direction::Backward => diagnostic.notes.clone_from(&finding.notes),
            Direction::Forward => {
                let advice = meaning_once_deployed(finding.kind);
                diagnostic.notes.push(seen.deployed(advice));
            }
        }
        let exception = format!("\"lint\": {{\"allow\": {{\"{code}\": \"…\"}}}}");
        let note = format!("or say beside the schema why it is right here: {exception}");
        diagnostic.notes.push(note);
        self.add(diagnostic, seen);
    }

    fn json(&mut self, finding: &JsonBreak, seen: Seen<'a>) {
        let (reader, writer) = (finding.reader, finding.writer);
        let place = seen.sides(reader, writer).0;
        let mut diagnostic = Diagnostic::new(finding.kind.code(), place, &finding.message);
        seen.label(&mut diagnostic, reader, writer);
        diagnostic.notes.push(match seen.direction {
            Direction::Backward => finding.note.to_owned(),
            Direction::Forward => seen.deployed("keep what its JSON looks like"),
        });
        self.add(diagnostic, seen);
    }

    fn add(&mut self, diagnostic: Diagnostic, seen: Seen<'a>) {
        let diagnosis = (diagnostic.code, diagnostic.message.clone());
        let key = (diagnostic.span(), diagnosis);
        let index = *self.known.entry(key).or_insert(self.found.len());
        match self.found.get_mut(index) {
            Some(found) => found.again(diagnostic, seen),
            None => self.found.push(Found {
                diagnostic,
                effects: vec![Effect::new(seen)],
            }),
        }
    }

    fn into_diagnostics(self) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        diagnostics.extend(self.found.into_iter().map(Found::into_diagnostic));
        diagnostics
    }
}

impl<'a> Found<'a> {
    /// The same once more: what it does besides, and the unions that it leaves without a branch.
    fn again(&mut self, diagnostic: Diagnostic, seen: Seen<'a>) {
        let effect = self.effects.iter_mut().find(|effect| {
            effect.subject.name == seen.subject.name && effect.direction == seen.direction
        });
        match effect {
            Some(effect) if effect.versions.contains(&seen.version) => {}
            Some(effect) => effect.versions.push(seen.version),
            None => self.effects.push(Effect::new(seen)),
        }
        let unions = diagnostic.labels.into_iter().skip(2);
        for union in unions {
            let labels = &mut self.diagnostic.labels;
            if !labels.iter().any(|label| label.span == union.span) {
                labels.push(union);
            }
        }
    }

    fn into_diagnostic(self) -> Diagnostic {
        let mut diagnostic = self.diagnostic;
        let data = match diagnostic.code.class() {
            Some(Class::Json) => "the JSON that",
            _ => "what",
        };
        let effects = self.effects.iter();
        let effects = effects.filter_map(|effect| effect.describe(data));
        diagnostic.notes.extend(effects);
        diagnostic
    }
}

impl<'a> Effect<'a> {
    fn new(seen: Seen<'a>) -> Self {
        Self {
            subject: seen.subject,
            direction: seen.direction,
            versions: vec![seen.version],
        }
    }

    /// Who cannot read whom, in which mode, and where that is; nothing where a reader and a writer
    /// are compared, which the labels say.
    fn describe(&self, data: &str) -> Option<String> {
        let Subject {
            name, mode, topics, ..
        } = self.subject;
        let mode = (*mode)?;
        let versions = listed(&self.versions);
        let (reader, wrote) = match self.direction {
            Direction::Backward => (
                format!("this version of `{name}`"),
                format!("{versions} wrote"),
            ),
            Direction::Forward => (
                format!("{versions} of `{name}`"),
                "this version writes".to_owned(),
            ),
        };
        let topics = match &topics[..] {
            [] => String::new(),
            [topic] => format!(", topic `{topic}`"),
            topics => {
                let topics: Vec<_> = topics.iter().map(|topic| format!("`{topic}`")).collect();
                format!(", topics {}", listed(&topics))
            }
        };
        Some(format!(
            "mode {mode}{topics}: {reader} must read {data} {wrote}"
        ))
    }
}

impl Seen<'_> {
    /// The place in the new version, and the one in the version before.
    fn sides(&self, reader: Span, writer: Span) -> (Span, Span) {
        match self.direction {
            Direction::Backward => (reader, writer),
            Direction::Forward => (writer, reader),
        }
    }

    /// Says at both places who reads and who writes.
    fn label(&self, diagnostic: &mut Diagnostic, reader: Span, writer: Span) {
        let (new, old) = match self.direction {
            Direction::Backward => ("reader", "writer"),
            Direction::Forward => ("writer", "reader"),
        };
        diagnostic.labels[0].text = format!("this version, the {new}");
        let text = format!("{} of `{}`, the {old}", self.version, self.subject.name);
        let (_, span) = self.sides(reader, writer);
        diagnostic.labels.push(Label { span, text });
    }

    /// What is to be done about a reader that cannot be changed.
    fn deployed(&self, advice: &str) -> String {
        format!("{} is deployed and stays as it is: {advice}", self.version)
    }

    fn without_branch(&self) -> &'static str {
        match self.direction {
            Direction::Backward => "so the union here has no branch for what is written",
            Direction::Forward => "so the reader's union has no branch for what is written here",
        }
    }
}

fn wire(finding: &Incompatibility, seen: Seen<'_>) -> Diagnostic {
    let (place, _) = seen.sides(finding.reader.span, finding.writer.span);
    let mut diagnostic = Diagnostic::new(finding.kind.code(), place, &finding.message);
    seen.label(&mut diagnostic, finding.reader.span, finding.writer.span);
    let (advice, alone) = once_deployed(finding.kind);
    if seen.direction == Direction::Backward || !alone {
        diagnostic.notes.clone_from(&finding.notes);
    }
    if seen.direction == Direction::Forward {
        diagnostic.notes.push(seen.deployed(advice));
    }
    diagnostic
}

/// What can be done in the writer's schema, where the reader's cannot be changed any more; and
/// whether what would be right in the reader's is not worth saying.
const fn once_deployed(kind: Kind) -> (&'static str, bool) {
    match kind {
        Kind::NameMismatch => ("keep the old name", false),
        Kind::FixedSizeMismatch => ("keep the size", false),
        Kind::MissingEnumSymbols => (
            "give the enum a default first, and add symbols when no reader is left without it",
            true,
        ),
        Kind::ReaderFieldMissingDefaultValue => (
            "keep the field; give it a default first, and remove it when no reader is left without \
             that",
            false,
        ),
        Kind::TypeMismatch => (
            "keep its type, and add a field of the new type under another name",
            true,
        ),
        Kind::MissingUnionBranch => (
            "add no branch until no reader is left whose union lacks it",
            true,
        ),
    }
}

/// The code says what was done to the schema that is being edited, whoever reads whom.
const fn code(kind: SemanticKind, direction: Direction) -> Code {
    match (direction, kind) {
        (Direction::Forward, SemanticKind::LogicalTypeAdded) => Code::LogicalTypeRemoved,
        (Direction::Forward, SemanticKind::LogicalTypeRemoved) => Code::LogicalTypeAdded,
        _ => kind.code(),
    }
}

/// The same of what is read as something else.
const fn meaning_once_deployed(kind: SemanticKind) -> &'static str {
    match kind {
        SemanticKind::DecimalScale => "keep its scale, and add a field for the other",
        SemanticKind::DecimalPrecision => "keep its precision, or add a field for the other",
        SemanticKind::TimeUnit | SemanticKind::LocalTimestamp | SemanticKind::LogicalType => {
            "keep its logical type, and add a field for the other"
        }
        SemanticKind::LogicalTypeAdded => {
            "keep its logical type unless what is written has that meaning still"
        }
        SemanticKind::LogicalTypeRemoved => {
            "its users must give the data this meaning themselves, or take none from them"
        }
        SemanticKind::EnumDefault => {
            "write the symbols when every reader knows them, unless its default is right for them"
        }
    }
}
