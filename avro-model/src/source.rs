//! Source texts → positions: every file of a run, and the byte ranges that point into them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Severity};
use crate::steps::steps;

/// What some editors put before a text in UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in one file: `start..end`, both on character boundaries.
///
/// Offsets are 32-bit; a larger source is refused when it is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the range lies in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

/// A place as people name it: a line and a column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters (Unicode scalar values).
    pub column: u32,
}

/// What a source holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A schema in JSON: an `.avsc` file, or one with an extension of its own.
    Schema,
    /// A protocol in JSON: an `.avpr` file.
    Protocol,
    /// Avro IDL, and JSON that was made of it: an `.avdl` file.
    Idl,
}

/// What was made of a text in another language than JSON.
///
/// In a [`Span`] the JSON begins one byte behind the text itself, so that a span tells which of
/// the two it points into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Derived {
    /// The schemas.
    pub(crate) json: String,
    /// Parts of the JSON, and what they were made of in the text.
    pub(crate) places: Vec<(Range<u32>, Range<u32>)>,
    /// What was found on the way.
    pub(crate) mistakes: Vec<Mistake>,
}

/// A finding in a text that is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) severity: Severity,
    pub(crate) message: String,
    /// Where it is, in the text.
    pub(crate) place: Range<u32>,
    /// What to do.
    pub(crate) note: Option<String>,
}

/// One source text and the name under which diagnostics show it.
#[derive(Clone, Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    had_byte_order_mark: bool,
    line_starts: Vec<u32>,
    /// How many characters stand before each [`STRIDE`] bytes of the text.
    characters: Vec<u32>,
    derived: Option<Derived>,
}

/// How many bytes are counted through, at most, for the column of a place. Schemas are often written
/// on one line, and each finding asks for its column.
const STRIDE: usize = 1024;

/// All source texts of one run, addressed by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

/// A source that is too large to be addressed by a [`Span`] (4 GiB or more).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceTooLarge;

impl SourceMap {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the path that diagnostics show; a byte order mark is not part of the text.
    ///
    /// # Errors
    ///
    /// [`SourceTooLarge`] if the text's offsets do not fit 32 bits.
    pub fn add(
        &mut self,
        path: impl Into<PathBuf>,
        text: impl Into<String>,
    ) -> Result<FileId, SourceTooLarge> {
        let mut text = text.into();
        let had_byte_order_mark = text.starts_with(BYTE_ORDER_MARK);
        if had_byte_order_mark {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        let fits = u32::try_from(text.len()).is_ok_and(|len| len < u32::MAX);
        let id = u32::try_from(self.sources.len()).map_err(|_| SourceTooLarge)?;
        if !fits {
            return Err(SourceTooLarge);
        }
        let line_starts = line_starts(&text);
        let characters = counted(&text);
        self.sources.push(Source {
            path: path.into(),
            text,
            had_byte_order_mark,
            line_starts,
            characters,
            derived: None,
        });
        Ok(FileId(id))
    }

    /// Adds a text from which schemas in JSON were made.
    #[cfg(feature = "idl")]
    pub(crate) fn add_derived(
        &mut self,
        path: impl Into<PathBuf>,
        text: impl Into<String>,
        derived: Derived,
    ) -> Result<FileId, SourceTooLarge> {
        let text = text.into();
        let both = u32::try_from(text.len() + 1 + derived.json.len());
        if both.is_err() {
            return Err(SourceTooLarge);
        }
        let id = self.add(path, text)?;
        self.sources[id.0 as usize].derived = Some(derived);
        Ok(id)
    }

    /// The source with this id.
    #[must_use]
    pub fn source(&self, id: FileId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// Every source with its id, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.sources)
    }

    /// Every source, in the order of paths (of equal paths, of texts), however they were added.
    #[must_use]
    pub fn by_path(&self) -> Vec<FileId> {
        self.ordered(self.iter().map(|(id, _)| id))
    }

    /// Some sources in the same order, each once.
    #[must_use]
    pub fn ordered(&self, files: impl IntoIterator<Item = FileId>) -> Vec<FileId> {
        let mut files: Vec<FileId> = files.into_iter().collect();
        files.sort_by_key(|&id| {
            let source = self.source(id);
            (&source.path, &source.text, id)
        });
        files.dedup();
        files
    }

    /// The text that a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        let source = self.source(span.file);
        let place = source.place(span);
        &source.text[place.start as usize..place.end as usize]
    }

    /// Line and column of a span's first character.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let source = self.source(span.file);
        source.position(source.place(span).start)
    }
}

impl Source {
    /// The path under which diagnostics show this source.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the text holds, by the extension of its path.
    #[must_use]
    pub fn format(&self) -> Format {
        match self.path.extension() {
            _ if self.derived.is_some() => Format::Idl,
            Some(extension) if extension == "avpr" => Format::Protocol,
            _ => Format::Schema,
        }
    }

    /// The range of the text that a span covers; of one in JSON that was made of the text, what
    /// that part was made of.
    #[must_use]
    pub fn place(&self, span: Span) -> Range<u32> {
        let Some(derived) = self
            .derived
            .as_ref()
            .filter(|_| span.start >= self.json_start())
        else {
            return span.start..span.end;
        };
        let at = span.start - self.json_start();
        let around = derived.places.iter().filter(|(json, _)| json.contains(&at));
        let innermost = around.min_by_key(|(json, _)| json.len());
        innermost.map_or(0..0, |(_, place)| place.clone())
    }

    /// The schemas in JSON: the text, or what was made of it.
    pub(crate) fn json(&self) -> &str {
        self.derived
            .as_ref()
            .map_or(&self.text, |derived| &derived.json)
    }

    /// Where the JSON begins, for spans.
    pub(crate) fn json_start(&self) -> u32 {
        match self.derived {
            Some(_) => self.text.len() as u32 + 1,
            None => 0,
        }
    }

    /// What was found when JSON was made of the text, which is this file's.
    pub(crate) fn mistakes_in(&self, file: FileId) -> impl Iterator<Item = Diagnostic> {
        let mistakes = self.derived.iter().flat_map(|derived| &derived.mistakes);
        mistakes.map(move |mistake| {
            let span = Span {
                file,
                start: mistake.place.start,
                end: mistake.place.end,
            };
            let mut finding = Diagnostic::new(Code::IdlSyntax, span, mistake.message.as_str());
            finding.severity = mistake.severity;
            finding.notes.extend(mistake.note.clone());
            finding
        })
    }

    /// Whether the text began with a byte order mark.
    #[must_use]
    pub fn had_byte_order_mark(&self) -> bool {
        self.had_byte_order_mark
    }

    /// The lines that a range of byte offsets touches: the number of the first, where it begins,
    /// and the text of all.
    #[cfg(feature = "render")]
    pub(crate) fn lines(&self, start: u32, end: u32) -> (u32, u32, &str) {
        let first = self.position(start).line;
        let last = self.position(end.max(start)).line as usize;
        let from = self.line_starts[first as usize - 1];
        let to = self.line_starts.get(last).copied();
        let to = to.map_or(self.text.len(), |next| next as usize);
        (first, from, &self.text[from as usize..to])
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let column = self.characters_before(offset) - self.characters_before(start);
        Position {
            line: line as u32,
            column: column + 1,
        }
    }

    /// How many characters begin before a byte offset.
    fn characters_before(&self, offset: u32) -> u32 {
        let offset = offset as usize;
        let stride = offset / STRIDE;
        self.characters[stride] + characters(&self.text.as_bytes()[stride * STRIDE..offset])
    }

    /// The number of the line that a byte offset lies in, from 1.
    #[cfg(feature = "render")]
    pub(crate) fn line(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|&start| start <= offset)
    }

    /// Where the line that a byte offset lies in begins, and where it ends: before its line break.
    #[cfg(feature = "render")]
    pub(crate) fn line_around(&self, offset: u32) -> Range<usize> {
        let line = self.line(offset);
        let start = self.line_starts[line - 1] as usize;
        let end = self.line_starts.get(line).map(|&next| next as usize - 1);
        start..end.unwrap_or(self.text.len())
    }
}

impl Span {
    /// The empty range at the start of a file, for what concerns the file as a whole.
    #[must_use]
    pub fn start_of(file: FileId) -> Self {
        Self {
            file,
            start: 0,
            end: 0,
        }
    }
}

/// How many characters begin in these bytes of a text.
fn characters(bytes: &[u8]) -> u32 {
    steps(bytes.len());
    let begins = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    bytes.iter().filter(begins).count() as u32
}

/// How many characters begin before each stride of the text, and before its end.
fn counted(text: &str) -> Vec<u32> {
    let mut before = 0;
    let mut counts = vec![0];
    for stride in text.as_bytes().chunks_exact(STRIDE) {
        before += characters(stride);
        counts.push(before);
    }
    counts
}

fn line_starts(text: &str) -> Vec<u32> {
    let breaks = text.bytes().zip(1u32..).filter(|&(byte, _)| byte == b'\n');
    std::iter::once(0)
        .chain(breaks.map(|(_, next)| next))
        .collect()
}
