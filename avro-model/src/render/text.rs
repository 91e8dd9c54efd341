//! Findings with the source line and a mark under it.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::{self, Excerpt};
use super::finding::{Finding, Label};
use crate::count::Count;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::escape;
use crate::source::{Source, SourceMap};
use crate::steps::steps;

/// How many findings are shown. Nobody reads more of them, and thousands take seconds to show.
const MOST_SHOWN: usize = 200;

/// How many places of one finding are shown.
const MOST_LABELS: usize = 20;

/// All findings, as by [`text_of_findings`].
#[must_use]
pub fn text(sources: &SourceMap, diagnostics: &Diagnostics, color: bool) -> String {
    let findings = diagnostics.iter();
    let findings: Vec<_> = findings.map(|it| Finding::new(sources, it)).collect();
    text_of_findings(&findings, color)
}

/// Findings with an empty line between two.
///
/// Of more than 200 findings, only 200 are shown, errors first, and the last line says how many
/// there are besides.
#[must_use]
pub fn text_of_findings(findings: &[Finding<'_>], color: bool) -> String {
    if findings.len() <= MOST_SHOWN {
        return joined(findings, color);
    }
    let mut by_weight: Vec<Finding<'_>> = findings.to_vec();
    by_weight.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let (shown, left) = by_weight.split_at(MOST_SHOWN);
    let counts = [Severity::Error, Severity::Warning, Severity::Lint].map(|severity| {
        let count = left.iter().filter(|it| it.severity == severity).count();
        (count > 0).then(|| Count(count, severity.as_str()).to_string())
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let rest = format!("\n… and {} more that are not shown\n", counts.join(", "));
    joined(shown, color) + &rest
}

fn joined(findings: &[Finding<'_>], color: bool) -> String {
    let texts = findings.iter().map(|it| text_of_finding(it, color));
    texts.collect::<Vec<_>>().join("\n")
}

/// One finding. Ends with a line break.
#[must_use]
pub fn text_of(sources: &SourceMap, diagnostic: &Diagnostic, color: bool) -> String {
    text_of_finding(&Finding::new(sources, diagnostic), color)
}

/// One finding, whatever it is about. Ends with a line break.
#[must_use]
pub fn text_of_finding(finding: &Finding<'_>, color: bool) -> String {
    let level = match finding.severity {
        Severity::Lint => Level::INFO.with_name(Severity::Lint.as_str()),
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(escape::line(&finding.message));
    let mut group = Group::with_title(match finding.code {
        Some(code) => title.id(code),
        None => title,
    });
    let labels = &finding.labels[..finding.labels.len().min(MOST_LABELS)];
    for source in sources(labels) {
        group = match Excerpt::of(source, labels) {
            Some(excerpt) => {
                let place = excerpt.origin(source);
                group.element(place).element(excerpt.into_snippet())
            }
            None => group.element(snippet(source, labels)),
        };
    }
    if let more @ 1.. = finding.labels.len() - labels.len() {
        let more = Count(more, "more place");
        group = group.element(Level::HELP.message(format!("and {more} like these")));
    }
    for note in finding.notes {
        group = group.element(Level::HELP.message(escape::lines(note)));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let text = renderer.render(&[group]);
    seen(&excerpt::without_stray_origins(&text)) + "\n"
}

/// The renderer leaves nothing of a source that acts on a terminal, except a few characters that
/// some terminals know. Each becomes one that is as wide as the mark under it.
fn seen(rendered: &str) -> String {
    let is_own = |c: char| matches!(c, '\n' | '\u{1b}');
    let hides = |c: char| escape::is_invisible(c) && !is_own(c);
    rendered.replace(hides, "\u{fffd}")
}

/// The texts that a finding shows, that of the first label first.
fn sources<'a>(labels: &[Label<'a>]) -> Vec<&'a Source> {
    let mut sources: Vec<&Source> = Vec::new();
    for label in labels {
        if !sources
            .iter()
            .any(|source| std::ptr::eq(*source, label.source))
        {
            sources.push(label.source);
        }
    }
    sources
}

fn snippet<'a>(source: &'a Source, labels: &[Label<'a>]) -> Snippet<'a, Annotation<'a>> {
    let here = || here(source, labels);
    // The lines concerned alone: a long file is not to be read anew for each finding.
    let start = here().map(|(_, label)| label.start).min();
    let end = here().map(|(_, label)| label.end).max();
    let (first_line, offset, text) = source.lines(start.unwrap_or(0), end.unwrap_or(0));
    steps(text.len());
    let annotations = here().map(|(index, label)| {
        let span = (label.start - offset) as usize..(label.end - offset) as usize;
        annotation(index, label, span)
    });
    Snippet::source(text)
        .line_start(first_line as usize)
        .path(escape::path(source.path()))
        .annotations(annotations)
}

/// The labels in a source, each with its number among all.
pub(super) fn here<'l, 'a>(
    source: &'a Source,
    labels: &'l [Label<'a>],
) -> impl Iterator<Item = (usize, &'l Label<'a>)> {
    let labels = labels.iter().enumerate();
    labels.filter(move |(_, label)| std::ptr::eq(label.source, source))
}

/// A mark under a place; the first label's is the place itself.
pub(super) fn annotation<'a>(
    index: usize,
    label: &Label<'a>,
    span: std::ops::Range<usize>,
) -> Annotation<'a> {
    let kind = match index {
        0 => AnnotationKind::Primary,
        _ => AnnotationKind::Context,
    };
    match label.text.is_empty() {
        true => kind.span(span),
        false => kind.span(span).label(escape::line(label.text)),
    }
}
