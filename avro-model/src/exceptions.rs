//! Exceptions beside the schema: the custom property `lint`.
//!
//! ```json
//! {"type": "enum", "name": "Suit", "symbols": ["HEARTS"],
//!  "lint": {"allow": {"AVR043": "there are four suits for ever"}}}
//! ```
//!
//! It stands on a definition, a field or any other schema object, and counts for findings whose
//! place lies inside that object. Errors have no exceptions, but for those that say that a change
//! gives data another meaning ([`Code::has_exceptions`]).

use std::collections::BTreeMap;

use crate::ast::File;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::json::{Kind, Member, Value};
use crate::options::Options;
use crate::parse::brief;
use crate::schema::SchemaSet;
use crate::source::{FileId, Span};

/// The custom property that holds exceptions.
pub(crate) const PROPERTY: &str = "lint";

/// The exceptions that stand in some schemas.
#[derive(Clone, Debug, Default)]
pub struct Exceptions {
    valid: BTreeMap<(FileId, Code), Vec<Exception>>,
    /// What is wrong with the others.
    idle: Vec<Diagnostic>,
}

#[derive(Clone, Debug)]
struct Exception {
    code: Code,
    /// The object that it counts for.
    scope: Span,
    /// Where the code is written.
    place: Span,
}

impl Exceptions {
    /// The exceptions in the files of a set, for passes that have findings of their own.
    /// [`compile_with`](crate::compile_with) has applied them to its findings.
    #[must_use]
    pub fn of(set: &SchemaSet) -> Self {
        Self::collect(set.roots().iter().map(|root| &root.json))
    }

    /// Whether an exception covers the finding.
    #[must_use]
    pub fn allow(&self, finding: &Diagnostic) -> bool {
        let key = (finding.span().file, finding.code);
        let here = self.valid.get(&key).map(Vec::as_slice).unwrap_or_default();
        here.iter().any(|exception| exception.covers(finding))
    }

    fn collect<'a>(files: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut exceptions = Self::default();
        for json in files {
            exceptions.schema(json);
        }
        exceptions
    }

    /// Looks into a schema or a field, and into the schemas inside it.
    fn schema(&mut self, json: &Value) {
        match &json.kind {
            Kind::Array(branches) => branches.iter().for_each(|branch| self.schema(branch)),
            Kind::Object(members) => {
                for member in members {
                    match member.key.as_str() {
                        "type" | "items" | "values" | "fields" => self.schema(&member.value),
                        PROPERTY => self.property(&member.value, json.span),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Reads the property. Without `allow` it is somebody else's.
    fn property(&mut self, json: &Value, scope: Span) {
        let Some(allow) = json.get("allow") else {
            return;
        };
        if !matches!(allow.kind, Kind::Object(_)) {
            let message = format!("`allow` is an object, found {}", allow.describe());
            self.idle.push(
                Diagnostic::new(Code::IdleException, allow.span, message)
                    .note("write each code with its reason: {\"AVR043\": \"…\"}"),
            );
        }
        for member in allow.members() {
            match exception(member, scope) {
                Ok(exception) => self
                    .valid
                    .entry((scope.file, exception.code))
                    .or_default()
                    .push(exception),
                Err(idle) => self.idle.push(*idle),
            }
        }
    }
}

impl Exception {
    fn covers(&self, finding: &Diagnostic) -> bool {
        let span = finding.span();
        (finding.severity < Severity::Error || finding.code.has_exceptions())
            && self.code == finding.code
            && self.scope.file == span.file
            && (self.scope.start..self.scope.end).contains(&span.start)
    }
}

fn exception(member: &Member, scope: Span) -> Result<Exception, Box<Diagnostic>> {
    let place = member.key_span;
    let idle = |message: String, note: &str| {
        Err(Box::new(
            Diagnostic::new(Code::IdleException, place, message).note(note),
        ))
    };
    let text = &member.key;
    let Some(code) = Code::parse(text) else {
        let message = format!("`{text}` is no code of a finding");
        return idle(message, "write the code as findings show it: \"AVR043\"");
    };
    if !code.has_exceptions() {
        let message = format!(
            "{code} ({}) is an error and has no exceptions",
            code.title()
        );
        return idle(message, "remove the exception");
    }
    match member.value.as_str() {
        Some(reason) if !reason.trim().is_empty() => Ok(Exception { code, scope, place }),
        _ => {
            let message = format!(
                "the exception of {code} has no reason, found {}",
                brief(&member.value)
            );
            idle(message, "say in a string why it is right here")
        }
    }
}

/// Takes away the findings that exceptions cover, and adds what is wrong with exceptions.
///
/// Nothing is found inside the `copied` definitions, so an exception there is not idle: it
/// belongs to what was copied.
pub(crate) fn apply(
    files: &[File<'_>],
    copied: &[Span],
    options: &Options,
    found: &mut Diagnostics,
) {
    let roots = files.iter().flat_map(|file| &file.roots);
    let exceptions = Exceptions::collect(roots.map(|root| root.json));
    if !found.has_errors() {
        let unused = exceptions.unused(copied, options, found);
        found.extend(unused);
    }
    found.retain(|finding| !exceptions.allow(finding));
    found.extend(
        exceptions
            .idle
            .into_iter()
            .filter(|_| options.reports(Code::IdleException)),
    );
}

impl Exceptions {
    /// The exceptions from what nobody found, though this run looked for it.
    fn unused(&self, copied: &[Span], options: &Options, found: &Diagnostics) -> Vec<Diagnostic> {
        let copied = Ranges::of(copied);
        let mut places: BTreeMap<(FileId, Code), Vec<&Diagnostic>> = BTreeMap::new();
        for finding in found {
            let key = (finding.span().file, finding.code);
            places.entry(key).or_default().push(finding);
        }
        let looked_for = self
            .valid
            .iter()
            .filter(|((_, code), _)| code.is_found_by_compile() && options.reports(*code));
        let unused = looked_for.flat_map(|(key, exceptions)| {
            let there = places.get(key).map(Vec::as_slice).unwrap_or_default();
            exceptions
                .iter()
                .filter(|exception| !copied.hold(exception.place))
                .filter(|exception| !there.iter().any(|finding| exception.covers(finding)))
        });
        unused
            .map(|exception| {
                let code = exception.code;
                let message = format!("nothing here needs the exception of {code}");
                Diagnostic::new(Code::IdleException, exception.place, message)
                    .note(format!("remove it: {} is not found here", code.title()))
            })
            .collect()
    }
}

/// Ranges of files, none inside another.
struct Ranges(BTreeMap<(FileId, u32), u32>);

impl Ranges {
    /// The outermost of some definitions, which lie apart or inside one another.
    fn of(spans: &[Span]) -> Self {
        let mut sorted = spans.to_vec();
        sorted.sort_by_key(|span| (span.file, span.start, std::cmp::Reverse(span.end)));
        let mut ranges = Self(BTreeMap::new());
        for span in sorted {
            if !ranges.hold(span) {
                ranges.0.insert((span.file, span.start), span.end);
            }
        }
        ranges
    }

    fn hold(&self, place: Span) -> bool {
        let before = self.0.range(..=(place.file, place.start)).next_back();
        before.is_some_and(|(&(file, _), &end)| file == place.file && place.start < end)
    }
}
