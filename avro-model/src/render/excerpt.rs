//! What is shown of a very long line: the surroundings of the places in it.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, Origin, Snippet};

use super::finding::Label;
use super::text::{annotation, here};
use crate::escape;
use crate::source::{Position, Source};
use crate::steps::steps;

/// A line with more bytes is shown in parts.
const LONG_LINE: usize = 1000;

/// How many bytes are shown before and behind a place, and of the place itself.
const AROUND: usize = 40;

/// Stands for what is left out.
const OMITTED: char = '…';

/// Parts of a source around the labels in it, each label with its place in those parts.
///
/// Machines write schemas on one line. To show that whole line for every finding takes a time that
/// grows with the square of its length.
pub(super) struct Excerpt<'a> {
    text: String,
    first_line: usize,
    position: Position,
    annotations: Vec<Annotation<'a>>,
}

impl<'a> Excerpt<'a> {
    /// The excerpt, if a label of this source stands in a very long line.
    pub(super) fn of(source: &'a Source, labels: &[Label<'a>]) -> Option<Self> {
        let first = here(source, labels).next()?.1;
        let is_long = here(source, labels)
            .any(|(_, label)| source.line_around(label.start).len() > LONG_LINE);
        if !is_long {
            return None;
        }
        let windows = merged(here(source, labels).map(|(_, label)| window(source, label)));
        let first_line = source.line(windows.first()?.start as u32);
        let mut text = String::new();
        // Of each window, where it begins in the source and in the excerpt.
        let mut placed: Vec<(Range<usize>, usize)> = Vec::new();
        for window in windows {
            let line = source.line_around(window.start as u32);
            if let Some((before, _)) = placed.last() {
                let from = source.line(before.end as u32);
                let breaks = source.line(window.start as u32) - from;
                text.extend(std::iter::repeat_n('\n', breaks));
            }
            if window.start > line.start && !text.ends_with(OMITTED) {
                text.push(OMITTED);
            }
            placed.push((window.clone(), text.len()));
            text.push_str(&source.text()[window.clone()]);
            if window.end < source.line_around(window.end as u32).end {
                text.push(OMITTED);
            }
        }
        steps(text.len());
        let annotations = here(source, labels).filter_map(|(index, label)| {
            let start = label.start as usize;
            let (window, at) = placed.iter().rfind(|(window, _)| window.start <= start)?;
            let end = (label.end as usize).clamp(start, window.end.max(start));
            let span = at + (start - window.start)..at + (end - window.start);
            Some(annotation(index, label, span))
        });
        let annotations = annotations.collect();
        Some(Self {
            text,
            first_line,
            position: first.position(),
            annotations,
        })
    }

    /// The path, with the line and column in the whole source.
    pub(super) fn origin(&self, source: &'a Source) -> Origin<'a> {
        Origin::path(escape::path(source.path()))
            .line(self.position.line as usize)
            .char_column(self.position.column as usize)
    }

    pub(super) fn into_snippet(self) -> Snippet<'a, Annotation<'a>> {
        Snippet::source(self.text)
            .line_start(self.first_line)
            .annotations(self.annotations)
    }
}

/// The text without the marks of sources that have no name. The renderer puts one before each part of
/// an excerpt, whose name and place stand above it already.
pub(super) fn without_stray_origins(text: &str) -> Cow<'_, str> {
    const MARK: &str = ":::";
    let is_stray = |line: &&str| line.contains(MARK) && without_styles(line).trim() == MARK;
    if !text.lines().any(|line| is_stray(&line)) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.lines().filter(|line| !is_stray(line)).collect();
    Cow::Owned(lines.join("\n"))
}

/// A line without the sequences that colour it: `ESC [ … m`.
fn without_styles(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once('m').map_or("", |(_, text)| text));
    std::iter::once(first).chain(rest).collect()
}

/// What is shown for a label: the beginning of its place, and what stands around that in its line.
fn window(source: &Source, label: &Label<'_>) -> Range<usize> {
    let line = source.line_around(label.start);
    let place = label.start as usize..(label.end as usize).min(label.start as usize + AROUND);
    let start = place.start.saturating_sub(AROUND).max(line.start);
    let end = (place.end + AROUND).min(line.end).max(place.start);
    let text = source.text();
    text.floor_char_boundary(start)..text.ceil_char_boundary(end)
}

/// The windows in order, those that meet as one.
fn merged(windows: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut windows: Vec<_> = windows.collect();
    windows.sort_by_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => merged.push(window),
        }
    }
    merged
}
