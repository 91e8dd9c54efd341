//! Appending JSON text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Form;
use super::text::escape_into;
use crate::{EncodeError, Limits};

/// Appends JSON to a string.
#[derive(Debug)]
pub struct JsonWriter<'a> {
    out: &'a mut String,
    form: Form,
    depth: u32,
}

impl<'a> JsonWriter<'a> {
    /// A writer that appends to this string in this form, within the depth of these limits.
    pub fn new(out: &'a mut String, form: Form, limits: Limits) -> Self {
        Self {
            out,
            form,
            depth: limits.depth,
        }
    }

    /// Enters a value of a recursive type.
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
    pub(super) fn leave(&mut self) {
        self.depth += 1;
    }

    /// The form to write.
    pub fn form(&self) -> Form {
        self.form
    }

    /// This text as it is: punctuation, and keys with their punctuation.
    #[inline(always)]
    pub fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A string that needs no escaping, such as a symbol of an enum.
    #[inline]
    pub fn symbol(&mut self, symbol: &str) {
        self.out.push('"');
        self.out.push_str(symbol);
        self.out.push('"');
    }

    /// A string.
    #[inline]
    pub fn string(&mut self, text: &str) {
        self.out.push('"');
        escape_into(self.out, text);
        self.out.push('"');
    }

    /// A whole number.
    #[inline]
    pub fn integer(&mut self, value: impl itoa::Integer) {
        self.out.push_str(itoa::Buffer::new().format(value));
    }

    /// A float: the shortest digits that give it back, or one of three strings.
    #[inline]
    pub fn float(&mut self, value: f32) {
        if value.is_finite() {
            self.out.push_str(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(f64::from(value));
        }
    }

    /// A double: the shortest digits that give it back, or one of three strings.
    #[inline]
    pub fn double(&mut self, value: f64) {
        if value.is_finite() {
            self.out.push_str(zmij::Buffer::new().format_finite(value));
        } else {
            self.not_finite(value);
        }
    }

    #[cold]
    fn not_finite(&mut self, value: f64) {
        self.out.push_str(if value.is_nan() {
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
        self.out.push('"');
        match self.form {
            Form::Plain => STANDARD.encode_string(bytes, self.out),
            Form::Avro => {
                let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
                escape_into(self.out, &text);
            }
        }
        self.out.push('"');
    }

    /// The text so far, for a union that looks at what it wrote.
    pub(super) fn text(&self) -> &str {
        self.out
    }

    /// Puts this text where it says, for a union that turns out to need a tag.
    pub(super) fn insert(&mut self, at: usize, text: &str) {
        self.out.insert_str(at, text);
    }
}
