//! Appending JSON text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Form;
use super::text::escape;
use crate::raw::TextRoom;
use crate::{EncodeError, Limits};

/// How much room a text gets at first.
const ROOM: usize = 128;

/// Appends JSON to a string.
///
/// A writer that is dropped without [`finish`](Self::finish) leaves the string as it was.
#[derive(Debug)]
pub struct JsonWriter<'a> {
    room: TextRoom<'a>,
    form: Form,
    depth: u32,
}

impl<'a> JsonWriter<'a> {
    /// A writer that appends to this string in this form, within the depth of these limits.
    pub fn new(out: &'a mut String, form: Form, limits: Limits) -> Self {
        Self::with_depth(out, form, limits.depth)
    }

    fn with_depth(out: &'a mut String, form: Form, depth: u32) -> Self {
        let room = TextRoom::new(out, ROOM);
        Self { room, form, depth }
    }

    /// Keeps what was written.
    pub fn finish(self) {
        self.room.keep();
    }

    /// A writer of the same form and depth that appends to this string, for a union that has to
    /// look at its value's text.
    pub(super) fn aside<'b>(&self, out: &'b mut String) -> JsonWriter<'b> {
        JsonWriter::with_depth(out, self.form, self.depth)
    }

    /// Enters a value of a recursive type.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), EncodeError> {
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => Err(EncodeError::too_deep()),
        }
    }

    /// Leaves a value that was entered.
    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth += 1;
    }

    /// The form to write.
    #[inline]
    pub fn form(&self) -> Form {
        self.form
    }

    /// This text as it is: punctuation, and keys with their punctuation.
    #[inline(always)]
    pub fn raw(&mut self, text: &str) {
        self.room.str(text);
    }

    /// A string that needs no escaping, such as a symbol of an enum.
    #[inline]
    pub fn symbol(&mut self, symbol: &str) {
        self.raw("\"");
        self.raw(symbol);
        self.raw("\"");
    }

    /// A string.
    #[inline]
    pub fn string(&mut self, text: &str) {
        self.raw("\"");
        escape(text, &mut self.room);
        self.raw("\"");
    }

    /// A whole number.
    #[inline]
    pub fn integer(&mut self, value: i64) {
        self.raw(itoa::Buffer::new().format(value));
    }

    /// A float: the shortest digits that give it back, or one of three strings.
    #[inline]
    pub fn float(&mut self, value: f32) {
        if value.is_finite() {
            self.raw(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(f64::from(value));
        }
    }

    /// A double: the shortest digits that give it back, or one of three strings.
    #[inline]
    pub fn double(&mut self, value: f64) {
        if value.is_finite() {
            self.raw(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value);
        }
    }

    #[cold]
    fn not_finite(&mut self, value: f64) {
        self.raw(if value.is_nan() {
            "\"NaN\""
        } else if value > 0.0 {
            "\"Infinity\""
        } else {
            "\"-Infinity\""
        });
    }

    /// Bytes as a string: base64 in plain JSON, padded and of the standard alphabet; in Avro's
    /// encoding a character up to U+00FF for each.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.raw("\"");
        match self.form {
            Form::Plain => self.raw(&STANDARD.encode(bytes)),
            Form::Avro => {
                let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
                escape(&text, &mut self.room);
            }
        }
        self.raw("\"");
    }
}
