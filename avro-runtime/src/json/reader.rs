//! JSON text, token by token (RFC 8259).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Form;
use super::text::{first_special, unescape_one};
use crate::Limits;
use crate::error::{DecodeError, DecodeErrorKind, Limit};

/// A place in JSON text, with what is left of the [`Limits`].
#[derive(Debug)]
pub struct JsonReader<'t> {
    text: &'t str,
    pub(super) at: usize,
    form: Form,
    depth: u32,
    length: usize,
    items: usize,
    allocation: usize,
    /// Whether an unknown key is an error: in Avro's encoding, and inside a union of plain JSON,
    /// where it says that the branch does not fit.
    pub(super) strict: bool,
    /// The branch that the union of plain JSON read last was found to be.
    pub(super) branch: usize,
    /// Bytes that may yet be read in vain while the branch of a union is sought.
    pub(super) attempts: usize,
}

impl<'t> JsonReader<'t> {
    /// A reader at the start of this text.
    pub fn new(text: &'t str, form: Form, limits: Limits) -> Self {
        Self {
            text,
            at: 0,
            form,
            depth: limits.depth,
            length: limits.length,
            items: limits.items,
            allocation: limits.allocation.saturating_sub(text.len()),
            strict: form == Form::Avro,
            branch: 0,
            attempts: super::untagged::attempts(text.len()),
        }
    }

    /// The form to read.
    pub fn form(&self) -> Form {
        self.form
    }

    /// An error of this kind at this place.
    #[cold]
    pub fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.at)
    }

    /// An error that says what should be at this place.
    #[cold]
    pub fn expected(&self, what: &'static str) -> DecodeError {
        let kind = if self.at < self.text.len() {
            DecodeErrorKind::Expected(what)
        } else {
            DecodeErrorKind::UnexpectedEnd
        };
        DecodeError::new(kind, self.at)
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space, not yet read.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                byte => return byte.copied(),
            }
        }
    }

    /// The offset at which the next value begins.
    pub fn value_start(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// Reads this byte if it is next.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    /// Reads this byte.
    #[inline]
    pub(crate) fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), DecodeError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.expected(what))
        }
    }

    /// Reads `null`, `true` or `false` if it is next.
    #[inline]
    pub fn eat_literal(&mut self, literal: &'static str) -> bool {
        self.peek();
        let there = self.rest().starts_with(literal.as_bytes());
        if there {
            self.at += literal.len();
        }
        there
    }

    /// Enters a value of a recursive type.
    #[inline]
    pub(crate) fn enter(&mut self) -> Result<(), DecodeError> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth))),
        }
    }

    #[inline]
    pub(crate) fn leave(&mut self) {
        self.depth += 1;
    }

    /// The depth that is left, to be restored after a branch that did not fit.
    pub(super) fn depth(&self) -> u32 {
        self.depth
    }

    pub(super) fn set_depth(&mut self, depth: u32) {
        self.depth = depth;
    }

    /// Takes this much from the allocation budget before the memory is asked for.
    #[inline]
    pub(crate) fn charge(&mut self, bytes: usize) -> Result<(), DecodeError> {
        match self.allocation.checked_sub(bytes) {
            Some(left) => {
                self.allocation = left;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Allocation))),
        }
    }

    /// Counts one more element of an array or a map that has so many; `memory` is what a number of
    /// them takes.
    #[inline]
    pub(crate) fn count_item(
        &mut self,
        memory: fn(usize) -> usize,
        before: usize,
    ) -> Result<(), DecodeError> {
        match self.items.checked_sub(1) {
            Some(left) => self.items = left,
            None => return Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Items))),
        }
        self.charge(memory(before + 1).saturating_sub(memory(before)))
    }

    /// A string, borrowed unless it holds escapes.
    pub fn string(&mut self, what: &'static str) -> Result<Cow<'t, str>, DecodeError> {
        let start = self.value_start();
        self.expect(b'"', what)?;
        let plain = self.plain_run()?;
        if self.rest().first() == Some(&b'"') {
            self.at += 1;
            self.check_length(plain.len(), start)?;
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        self.escaped(&mut text)?;
        self.check_length(text.len(), start)?;
        Ok(Cow::Owned(text))
    }

    /// Bytes in a string, read over older ones: base64 in plain JSON, padded and of the standard
    /// alphabet; in Avro's encoding a character up to U+00FF for each.
    pub fn bytes(&mut self, bytes: &mut Vec<u8>) -> Result<(), DecodeError> {
        const BASE64: &str = "base64 in a string";
        const CHARACTERS: &str = "a string of characters up to U+00FF, one for each byte";
        let what = match self.form {
            Form::Plain => BASE64,
            Form::Avro => CHARACTERS,
        };
        let start = self.value_start();
        let text = self.string(what)?;
        bytes.clear();
        let read = match self.form {
            Form::Plain => STANDARD.decode_vec(text.as_bytes(), bytes).is_ok(),
            Form::Avro => text.chars().all(|char| {
                let byte = u8::try_from(char);
                bytes.extend(byte.ok());
                byte.is_ok()
            }),
        };
        if read {
            return Ok(());
        }
        Err(DecodeError::new(DecodeErrorKind::Expected(what), start))
    }

    /// As many bytes as a fixed has.
    pub(super) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let start = self.value_start();
        let mut bytes = Vec::new();
        self.bytes(&mut bytes)?;
        bytes.try_into().map_err(|_| {
            let what = match self.form {
                Form::Plain => "base64 of as many bytes as the fixed has",
                Form::Avro => "as many characters as the fixed has bytes",
            };
            DecodeError::new(DecodeErrorKind::Expected(what), start)
        })
    }

    /// The characters up to the next quote or backslash.
    #[inline]
    fn plain_run(&mut self) -> Result<&'t str, DecodeError> {
        let rest = self.rest();
        let Some(length) = first_special(rest) else {
            self.at = self.text.len();
            return Err(self.error(DecodeErrorKind::UnexpectedEnd));
        };
        let run = self.text.get(self.at..self.at + length).unwrap_or_default();
        self.at += length;
        if rest.get(length).is_some_and(|byte| *byte < 0x20) {
            return Err(self.expected("a control character to be escaped"));
        }
        Ok(run)
    }

    /// The rest of a string that holds escapes, from the first backslash on.
    #[cold]
    fn escaped(&mut self, out: &mut String) -> Result<(), DecodeError> {
        loop {
            let quote = self.rest().first() == Some(&b'"');
            self.at += 1;
            if quote {
                return Ok(());
            }
            match unescape_one(out, self.rest()) {
                Ok(taken) => self.at += taken,
                Err(kind) => return Err(DecodeError::new(kind, self.at - 1)),
            }
            out.push_str(self.plain_run()?);
        }
    }

    fn check_length(&self, length: usize, start: usize) -> Result<(), DecodeError> {
        if length <= self.length {
            return Ok(());
        }
        let kind = DecodeErrorKind::LimitExceeded(Limit::Length);
        Err(DecodeError::new(kind, start))
    }

    /// The text of a number, checked against JSON's grammar.
    pub fn number(&mut self, what: &'static str) -> Result<&'t str, DecodeError> {
        let start = self.value_start();
        let length = number_length(self.rest()).ok_or_else(|| self.expected(what))?;
        self.at += length;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Reads over a value of any shape, without recursion.
    pub fn skip_value(&mut self) -> Result<(), DecodeError> {
        // Whether each that is open is an object or an array, to match their ends; no more than
        // the text has bytes.
        let mut open: Vec<bool> = Vec::new();
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    if !self.eat(b'}') {
                        open.push(true);
                        self.skip_key()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    if !self.eat(b']') {
                        open.push(false);
                        continue;
                    }
                }
                Some(b'"') => self.skip_string()?,
                Some(b't') if self.eat_literal("true") => {}
                Some(b'f') if self.eat_literal("false") => {}
                Some(b'n') if self.eat_literal("null") => {}
                _ => drop(self.number("a JSON value")?),
            }
            if !self.close(&mut open)? {
                return Ok(());
            }
        }
    }

    /// Goes on behind a value: closes what ends here. False if nothing is open any more.
    fn close(&mut self, open: &mut Vec<bool>) -> Result<bool, DecodeError> {
        while let Some(&object) = open.last() {
            if self.eat(b',') {
                if object {
                    self.skip_key()?;
                }
                return Ok(true);
            }
            let (end, what) = if object {
                (b'}', "`,` or `}`")
            } else {
                (b']', "`,` or `]`")
            };
            self.expect(end, what)?;
            open.pop();
        }
        Ok(false)
    }

    fn skip_key(&mut self) -> Result<(), DecodeError> {
        self.skip_string()?;
        self.expect(b':', "`:`")
    }

    fn skip_string(&mut self) -> Result<(), DecodeError> {
        self.string("a string").map(drop)
    }

    /// Succeeds if nothing but white space is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => {
                let left = self.text.len() - self.at;
                Err(self.error(DecodeErrorKind::LeftOver(left)))
            }
        }
    }
}

/// How long the number at the start of these bytes is, if there is one.
fn number_length(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && bytes.get(at) == Some(&b'0')) {
        return None;
    }
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return None;
        }
        at += 1 + sign + exponent;
    }
    Some(at)
}
