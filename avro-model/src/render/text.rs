//! Findings with the source line and a mark under it.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::finding::{Finding, Label};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::escape;
use crate::source::{Source, SourceMap};

/// All findings, an empty line between two.
#[must_use]
pub fn text(sources: &SourceMap, diagnostics: &Diagnostics, color: bool) -> String {
    let rendered: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| text_of(sources, diagnostic, color))
        .collect();
    rendered.join("\n")
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
    for source in sources(finding) {
        group = group.element(snippet(source, &finding.labels));
    }
    for note in finding.notes {
        group = group.element(Level::HELP.message(escape::lines(note)));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    seen(&renderer.render(&[group])) + "\n"
}

/// The renderer leaves nothing of a source that acts on a terminal, but for a few characters that
/// some terminals know. Each becomes one that is as wide as the mark under it.
fn seen(rendered: &str) -> String {
    let is_own = |c: char| matches!(c, '\n' | '\u{1b}');
    let hides = |c: char| escape::is_invisible(c) && !is_own(c);
    rendered.replace(hides, "\u{fffd}")
}

/// The texts that a finding shows, that of the first label first.
fn sources<'a>(finding: &Finding<'a>) -> Vec<&'a Source> {
    let mut sources: Vec<&Source> = Vec::new();
    for label in &finding.labels {
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
    let here = || {
        labels
            .iter()
            .enumerate()
            .filter(|(_, label)| std::ptr::eq(label.source, source))
    };
    // The lines concerned alone: a long file is not to be read anew for each finding.
    let start = here().map(|(_, label)| label.start).min();
    let end = here().map(|(_, label)| label.end).max();
    let (first_line, offset, text) = source.lines(start.unwrap_or(0), end.unwrap_or(0));
    let annotations = here().map(|(index, label)| {
        let kind = if index == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let span = (label.start - offset) as usize..(label.end - offset) as usize;
        let annotation = kind.span(span);
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(escape::line(label.text))
        }
    });
    Snippet::source(text)
        .line_start(first_line as usize)
        .path(escape::path(source.path()))
        .annotations(annotations)
}
