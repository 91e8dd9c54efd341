//! Strings, and what stands in strings.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::text::{first_special, unescape_one};
use super::{Form, JsonReader};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::raw;

impl<'t> JsonReader<'t> {
    /// A string, borrowed unless it holds escapes.
    pub fn string(&mut self, what: &'static str) -> Result<Cow<'t, str>, DecodeError> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => {
                let mut text = String::new();
                self.any_string(&mut text, what)?;
                Ok(Cow::Owned(text))
            }
        }
    }

    /// A string, read over an older one.
    #[inline(always)]
    pub(super) fn string_into(&mut self, value: &mut String) -> Result<(), DecodeError> {
        let Some(text) = self.plain_string() else {
            value.clear();
            return self.any_string(value, "a string");
        };
        if text.len() > value.capacity() {
            // Exactly as large as needed, and quicker than growing.
            *value = raw::to_string(text);
        } else {
            value.clear();
            value.push_str(text);
        }
        Ok(())
    }

    /// A string of plain characters, not too long. `None` if what comes next is something else, of
    /// which nothing has been read.
    #[inline(always)]
    fn plain_string(&mut self) -> Option<&'t str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.at() + 1;
        let (_, characters) = self.rest().split_at(1);
        let length = first_special(characters)?;
        let (_, behind) = characters.split_at_checked(length)?;
        let (b'"', behind) = behind.split_first()? else {
            return None;
        };
        if length > self.length() {
            return None;
        }
        self.go_to(behind);
        Some(self.between(start, start + length))
    }

    /// Any string, appended to this one.
    #[inline(never)]
    fn any_string(&mut self, out: &mut String, what: &'static str) -> Result<(), DecodeError> {
        let start = self.value_start();
        self.expect(b'"', what)?;
        loop {
            let length = first_special(self.rest()).unwrap_or(self.rest().len());
            out.push_str(self.between(self.at(), self.at() + length));
            self.skip(length);
            match self.rest() {
                [b'"', ..] => break,
                [b'\\', escape @ ..] => match unescape_one(out, escape) {
                    Ok(length) => self.skip(1 + length),
                    Err(kind) => return Err(self.error(kind)),
                },
                _ => return Err(self.expected("a control character to be escaped")),
            }
        }
        self.skip(1);
        self.check_length(out.len(), start)
    }

    /// Bytes in a string, read over older ones: base64 in plain JSON, padded and of the standard
    /// alphabet; in Avro's encoding a character up to U+00FF for each.
    pub fn bytes(&mut self, bytes: &mut Vec<u8>) -> Result<(), DecodeError> {
        const BASE64: &str = "base64 in a string";
        const CHARACTERS: &str = "a string of characters up to U+00FF, one for each byte";
        let what = match self.form() {
            Form::Plain => BASE64,
            Form::Avro => CHARACTERS,
        };
        let start = self.value_start();
        let text = self.string(what)?;
        bytes.clear();
        let read = match self.form() {
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
            let what = match self.form() {
                Form::Plain => "base64 of as many bytes as the fixed has",
                Form::Avro => "as many characters as the fixed has bytes",
            };
            DecodeError::new(DecodeErrorKind::Expected(what), start)
        })
    }
}
