//! Text → [`Value`], by RFC 8259, with the comments that Java's parser accepts (`//` and `/* */`).
//!
//! A trailing comma and a repeated key are reported and read over; after any other mistake the
//! rest of the text means nothing, so there is one finding and no value.

use std::collections::BTreeMap;

use super::{Kind, Member, Value, quote};
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// How many arrays and objects may stand inside each other.
///
/// The passes after this one recurse, and at this depth all of them fit a stack of 1 MiB.
pub const MAX_DEPTH: usize = 512;

/// Reads one JSON text. Nothing comes back if the text is malformed; then `found` says where.
#[must_use]
pub fn parse(file: FileId, text: &str, found: &mut Diagnostics) -> Option<Value> {
    parse_with(file, text, 0, false, found)
}

/// The same; spans count the first byte as `start`, and `last` has the last of equal keys count, as
/// most parsers do, in the place of the first.
pub(crate) fn parse_with(
    file: FileId,
    text: &str,
    start: u32,
    last: bool,
    found: &mut Diagnostics,
) -> Option<Value> {
    let mut parser = Parser {
        file,
        text,
        start,
        at: 0,
        last,
        found,
    };
    match parser.document() {
        Ok(value) => Some(value),
        Err(malformed) => {
            found.push(*malformed);
            None
        }
    }
}

pub(super) struct Parser<'a> {
    file: FileId,
    pub(super) text: &'a str,
    /// What spans count the first byte as.
    start: u32,
    /// Offset of the next character.
    pub(super) at: usize,
    /// Whether the last of equal keys counts.
    last: bool,
    found: &'a mut Diagnostics,
}

/// An object or array whose end has not been read.
struct Container {
    open: Span,
    /// The comma behind the last item.
    comma: Option<Span>,
    contents: Contents,
}

enum Contents {
    Array(Vec<Value>),
    /// The members, their positions by key, and the key whose value comes next.
    Object(Vec<Member>, BTreeMap<String, usize>, Option<(String, Span)>),
}

impl Container {
    fn bracket(&self) -> u8 {
        match self.contents {
            Contents::Array(_) => b']',
            Contents::Object(..) => b'}',
        }
    }
}

/// Boxed: every step returns it and almost none has it.
pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

impl Parser<'_> {
    fn document(&mut self) -> Read<Value> {
        self.skip_blanks()?;
        let value = self.value()?;
        self.skip_blanks()?;
        if self.at < self.text.len() {
            let note = "put several schemas in brackets, with commas between, or into files of \
                        their own";
            let finding = self.unexpected("the end of the file, for one file holds one schema");
            return Err(Box::new(finding.note(note)));
        }
        Ok(value)
    }

    /// A value and all that it holds, without recursion: what is open stands in a list.
    fn value(&mut self) -> Read<Value> {
        let mut open: Vec<Container> = Vec::new();
        loop {
            let mut value = match self.peek() {
                Some(b'{' | b'[') => {
                    let mut container = self.enter(open.len())?;
                    if self.next_item(&mut container)? {
                        open.push(container);
                        continue;
                    }
                    self.finish(container)
                }
                _ => self.scalar()?,
            };
            loop {
                let Some(mut container) = open.pop() else {
                    return Ok(value);
                };
                self.put(&mut container, value);
                container.comma = self.comma(&container)?;
                if self.next_item(&mut container)? {
                    open.push(container);
                    break;
                }
                value = self.finish(container);
            }
        }
    }

    /// Steps into an object or array that stands inside `depth` others.
    fn enter(&mut self, depth: usize) -> Read<Container> {
        let open = self.span(self.at, self.at + 1);
        if depth == MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            let note = "define inner types by themselves and refer to them by name";
            return Err(Box::new(
                Diagnostic::new(Code::TooDeep, open, message).note(note),
            ));
        }
        let contents = if self.eat(b'[') {
            Contents::Array(Vec::new())
        } else {
            self.at += 1;
            Contents::Object(Vec::new(), BTreeMap::new(), None)
        };
        Ok(Container {
            open,
            comma: None,
            contents,
        })
    }

    /// Steps to the next value inside, past its key; or past the closing bracket, and then says no.
    fn next_item(&mut self, container: &mut Container) -> Read<bool> {
        self.skip_blanks()?;
        if self.close(container) {
            return Ok(false);
        }
        let open = container.open;
        match &mut container.contents {
            Contents::Array(_) if self.at == self.text.len() => {
                return Err(self.unclosed(open, "a value or `]`"));
            }
            Contents::Array(_) => {}
            Contents::Object(_, _, next) => *next = Some(self.key(open)?),
        }
        Ok(true)
    }

    fn key(&mut self, open: Span) -> Read<(String, Span)> {
        if self.peek() != Some(b'"') {
            let finding = self.unclosed(open, "a key in double quotes or `}`");
            return Err(match (self.word(), self.peek()) {
                ("", Some(b'\'')) => Box::new(finding.note("JSON has double quotes")),
                ("", _) => finding,
                (word, _) => Box::new(finding.note(format!("write {}", quote(word)))),
            });
        }
        let start = self.at;
        let key = self.string()?;
        let key_span = self.span(start, self.at);
        self.skip_blanks()?;
        if !self.eat(b':') {
            return Err(self.unclosed(open, "`:` and the value of this key"));
        }
        self.skip_blanks()?;
        Ok((key, key_span))
    }

    /// Puts a value among the items, or under its key; a repeated key is reported and dropped.
    fn put(&mut self, container: &mut Container, value: Value) {
        match &mut container.contents {
            Contents::Array(items) => items.push(value),
            Contents::Object(members, keys, next) => {
                let Some((key, key_span)) = next.take() else {
                    return;
                };
                let member = Member {
                    key,
                    key_span,
                    value,
                };
                let there = keys.get(&member.key);
                let Some(first) = there.and_then(|&index| members.get_mut(index)) else {
                    keys.insert(member.key.clone(), members.len());
                    members.push(member);
                    return;
                };
                self.duplicate_key(&member.key, key_span, first.key_span);
                if self.last {
                    *first = member;
                }
            }
        }
    }

    fn finish(&self, container: Container) -> Value {
        Value {
            span: Span {
                end: self.span(self.at, self.at).end,
                ..container.open
            },
            kind: match container.contents {
                Contents::Array(items) => Kind::Array(items),
                Contents::Object(members, ..) => Kind::Object(members),
            },
        }
    }

    /// Steps out if the bracket closes here; a comma before it is one too many.
    fn close(&mut self, container: &Container) -> bool {
        let bracket = container.bracket();
        if !self.eat(bracket) {
            return false;
        }
        if let Some(comma) = container.comma {
            let message = format!("trailing comma before `{}`", char::from(bracket));
            let note = "remove the comma: JSON allows none behind the last item";
            self.found
                .push(Diagnostic::new(Code::TrailingComma, comma, message).note(note));
        }
        true
    }

    /// What stands behind an item: a comma, whose place comes back, or the closing bracket.
    fn comma(&mut self, container: &Container) -> Read<Option<Span>> {
        self.skip_blanks()?;
        let start = self.at;
        if self.eat(b',') {
            return Ok(Some(self.span(start, self.at)));
        }
        let bracket = container.bracket();
        match self.peek() {
            Some(next) if next == bracket => Ok(None),
            Some(b'"' | b'{' | b'[') => {
                let finding = self.unexpected("`,`");
                let note = "put a comma between this and what stands before it";
                Err(Box::new(finding.note(note)))
            }
            _ => {
                let expected = format!("`,` or `{}`", char::from(bracket));
                Err(self.unclosed(container.open, &expected))
            }
        }
    }

    fn skip_blanks(&mut self) -> Read<()> {
        loop {
            let rest = &self.text[self.at..];
            let blanks = rest
                .bytes()
                .take_while(|byte| b" \t\r\n".contains(byte))
                .count();
            let rest = &rest[blanks..];
            self.at += blanks;
            if rest.starts_with("//") {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += end + 4,
                    None => {
                        let open = self.span(self.at, self.at + 2);
                        return Err(mistake(
                            open,
                            "this comment is not closed",
                            "close it with `*/`",
                        ));
                    }
                }
            } else {
                return Ok(());
            }
        }
    }

    fn duplicate_key(&mut self, key: &str, span: Span, first: Span) {
        let message = format!("key `{key}` occurs twice in this object");
        self.found.push(
            Diagnostic::new(Code::DuplicateKey, span, message)
                .label("again here")
                .also(first, "first here")
                .note("keep one of the two: which one counts differs from parser to parser"),
        );
    }

    /// A finding at the token that stands here instead of what was expected.
    pub(super) fn unexpected(&self, expected: &str) -> Box<Diagnostic> {
        let word = self.word();
        let len = match self.text[self.at..].chars().next() {
            Some(first) => word.len().max(first.len_utf8()),
            None => 0,
        };
        let place = self.span(self.at, self.at + len);
        let found = match &self.text[self.at..self.at + len] {
            "" => "the end of the file".to_owned(),
            token if token.chars().all(char::is_control) => format!("`{}`", token.escape_debug()),
            token => format!("`{token}`"),
        };
        malformed(place, &format!("expected {expected}, found {found}"))
    }

    /// The same inside an object or array, whose beginning explains an end of file.
    fn unclosed(&self, open: Span, expected: &str) -> Box<Diagnostic> {
        let finding = *self.unexpected(expected);
        Box::new(if self.at == self.text.len() {
            finding.also(open, "opened here and never closed")
        } else {
            finding
        })
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// Offsets fit: the source map refuses longer texts.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: self.start + start as u32,
            end: self.start + end as u32,
        }
    }
}

fn malformed(place: Span, what: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::JsonSyntax, place, what))
}

/// The same with what to do about it.
pub(super) fn mistake(place: Span, what: &str, note: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::JsonSyntax, place, what).note(note))
}
