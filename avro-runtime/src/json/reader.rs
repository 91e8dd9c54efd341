//! JSON text, token by token (RFC 8259).

use super::Form;
use super::number::Number;
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::{Limits, Reader};

/// A place in JSON text, with what is left of the [`Limits`].
#[derive(Debug)]
pub struct JsonReader<'t> {
    text: &'t str,
    /// What is still to be read: a slice that shrinks is one length to keep instead of two.
    rest: &'t [u8],
    form: Form,
    depth: u32,
    /// What is left for arrays, maps and unions of schemas that are known at run time alone.
    inner: u32,
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
            rest: text.as_bytes(),
            form,
            depth: limits.depth,
            inner: limits.depth.saturating_mul(Limits::INNER),
            length: limits.length,
            items: limits.items,
            allocation: limits.allocation.saturating_sub(text.len()),
            strict: form == Form::Avro,
            branch: 0,
            attempts: super::untagged::attempts(text.len()),
        }
    }

    /// The form to read.
    #[inline]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The offset of what is to be read next.
    #[inline]
    pub(super) fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// Goes to this offset, for another attempt at what begins there.
    pub(super) fn back_to(&mut self, at: usize) {
        self.rest = self.text.as_bytes().get(at..).unwrap_or_default();
    }

    /// What is still to be read.
    #[inline(always)]
    pub(super) fn rest(&self) -> &'t [u8] {
        self.rest
    }

    /// Goes on where only this is left.
    #[inline(always)]
    pub(super) fn go_to(&mut self, rest: &'t [u8]) {
        self.rest = rest;
    }

    /// Goes on behind so many bytes.
    #[inline(always)]
    pub(super) fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// An error of this kind at this place.
    #[cold]
    pub fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.at())
    }

    /// An error that says what should be at this place.
    #[cold]
    pub fn expected(&self, what: &'static str) -> DecodeError {
        self.error(if self.rest.is_empty() {
            DecodeErrorKind::UnexpectedEnd
        } else {
            DecodeErrorKind::Expected(what)
        })
    }

    /// The next byte that is no white space, not yet read.
    #[inline(always)]
    pub fn peek(&mut self) -> Option<u8> {
        match self.rest {
            [byte, ..] if *byte > b' ' => Some(*byte),
            _ => self.peek_behind_blanks(),
        }
    }

    /// Indented text has long runs of spaces.
    #[inline(never)]
    fn peek_behind_blanks(&mut self) -> Option<u8> {
        let mut rest = self.rest;
        while let [b' ' | b'\n' | b'\r' | b'\t', behind @ ..] = rest {
            rest = behind;
            while let Some((b"        ", behind)) = rest.split_first_chunk::<8>() {
                rest = behind;
            }
        }
        self.rest = rest;
        rest.first().copied()
    }

    /// The offset at which the next value begins.
    #[inline]
    pub fn value_start(&mut self) -> usize {
        self.peek();
        self.at()
    }

    /// Reads this byte if it is next.
    #[inline(always)]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.skip(1);
        }
        there
    }

    /// Reads this byte.
    #[inline(always)]
    pub(crate) fn expect(&mut self, byte: u8, what: &'static str) -> Result<(), DecodeError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.expected(what))
        }
    }

    /// Reads `null`, `true` or `false` if it is next.
    #[inline(always)]
    pub fn eat_literal(&mut self, literal: &'static str) -> bool {
        self.peek();
        let behind = self.rest.strip_prefix(literal.as_bytes());
        if let Some(behind) = behind {
            self.rest = behind;
        }
        behind.is_some()
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

    /// Enters an array, a map or a union of a schema that is known at run time alone.
    pub(crate) fn enter_inner(&mut self) -> Result<(), DecodeError> {
        match self.inner.checked_sub(1) {
            Some(inner) => {
                self.inner = inner;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth))),
        }
    }

    /// Leaves what was entered.
    pub(crate) fn leave_inner(&mut self) {
        self.inner += 1;
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

    /// Reads from a datum in between, within what is left of the limits.
    pub(super) fn instead(
        &mut self,
        datum: &'static [u8],
        read: impl FnOnce(&mut Reader<'static>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.charge(datum.len())?;
        let limits = Limits {
            depth: self.depth,
            length: self.length,
            items: self.items,
            allocation: self.allocation.saturating_add(datum.len()),
        };
        let mut r = Reader::with_limits(datum, limits);
        let read = read(&mut r);
        (self.items, self.allocation) = r.left();
        read.map_err(|error| self.error(error.kind().clone()))
    }

    /// Counts one more element of an array or a map, for which the collection grows by so many bytes.
    #[inline]
    pub(crate) fn count_item(&mut self, growth: usize) -> Result<(), DecodeError> {
        match self.items.checked_sub(1) {
            Some(left) => self.items = left,
            None => return Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Items))),
        }
        self.charge(growth)
    }

    /// The text of a number, checked against JSON's grammar.
    ///
    /// # Errors
    /// Anything else; `what` says what should be there.
    pub fn number(&mut self, what: &'static str) -> Result<&'t str, DecodeError> {
        let start = self.value_start();
        match Number::scan(self.rest) {
            Some(number) => {
                self.skip(number.length);
                Ok(self.between(start, start + number.length))
            }
            None => Err(self.wrong_number(what)),
        }
    }

    /// The error for a number that is not what is wanted. What had to be looked at for that is
    /// passed, so that it counts where branches of a union are tried.
    #[cold]
    pub(super) fn wrong_number(&mut self, what: &'static str) -> DecodeError {
        let error = self.expected(what);
        let of_number = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E');
        self.skip(self.rest.iter().take_while(of_number).count());
        error
    }

    /// The text between two offsets.
    #[inline(always)]
    pub(super) fn between(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// How long a string or bytes may be.
    #[inline(always)]
    pub(super) fn length(&self) -> usize {
        self.length
    }

    #[inline]
    pub(super) fn check_length(&self, length: usize, start: usize) -> Result<(), DecodeError> {
        if length <= self.length {
            return Ok(());
        }
        let kind = DecodeErrorKind::LimitExceeded(Limit::Length);
        Err(DecodeError::new(kind, start))
    }

    /// Succeeds if nothing but white space is left.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => {
                let left = self.rest.len();
                Err(self.error(DecodeErrorKind::LeftOver(left)))
            }
        }
    }
}
