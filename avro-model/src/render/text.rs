//! Findings with the source line and a mark under it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::word;
use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::{FileId, SourceMap};

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
    let level = match diagnostic.severity {
        Severity::Lint => Level::INFO.with_name(word(Severity::Lint)),
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    for file in files(diagnostic) {
        group = group.element(snippet(sources, file, &diagnostic.labels));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::HELP.message(note));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group]) + "\n"
}

/// The files that a finding shows, that of the first label first.
fn files(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut files = Vec::new();
    for label in &diagnostic.labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

fn snippet<'a>(
    sources: &'a SourceMap,
    file: FileId,
    labels: &'a [Label],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.source(file);
    let path = source.path().to_string_lossy();
    let annotations = labels
        .iter()
        .enumerate()
        .filter(|(_, label)| label.span.file == file);
    let annotations = annotations.map(|(index, label)| {
        let kind = if index == 0 {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(label.span.start as usize..label.span.end as usize);
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(label.text.as_str())
        }
    });
    Snippet::source(source.text())
        .path(path)
        .annotations(annotations)
}
