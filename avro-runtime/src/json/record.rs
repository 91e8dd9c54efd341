//! Objects as records: the expected key first, any order, missing fields.

use std::borrow::Cow;

use super::JsonReader;
use crate::error::{DecodeError, DecodeErrorKind};

/// Which of a record's fields have been read.
#[derive(Debug)]
pub struct Fields {
    keys: &'static [&'static str],
    expected: usize,
    opened: bool,
    seen: Seen,
    next_missing: usize,
}

/// A set of field indices: one word, or many for records that wide.
#[derive(Debug)]
enum Seen {
    Few(u64),
    Many(Vec<u64>),
}

impl Seen {
    fn new(fields: usize) -> Self {
        if fields <= 64 {
            Self::Few(0)
        } else {
            Self::Many(vec![0; fields.div_ceil(64)])
        }
    }

    fn word(&mut self, field: usize) -> Option<&mut u64> {
        match self {
            Self::Few(word) => Some(word),
            Self::Many(words) => words.get_mut(field / 64),
        }
    }

    fn insert(&mut self, field: usize) {
        if let Some(word) = self.word(field) {
            *word |= 1 << (field % 64);
        }
    }

    fn contains(&mut self, field: usize) -> bool {
        self.word(field)
            .is_some_and(|word| *word >> (field % 64) & 1 == 1)
    }
}

impl Fields {
    /// The next field that the object did not have, in the order of the schema.
    #[inline]
    pub fn next_missing(&mut self) -> Option<usize> {
        if let Seen::Few(word) = self.seen
            && self.keys.len() <= 64
            && word.count_ones() as usize == self.keys.len()
        {
            return None;
        }
        while self.next_missing < self.keys.len() {
            let field = self.next_missing;
            self.next_missing += 1;
            if !self.seen.contains(field) {
                return Some(field);
            }
        }
        None
    }
}

impl JsonReader<'_> {
    /// Begins an object whose keys should be these.
    #[inline]
    pub fn begin_record(&mut self, keys: &'static [&'static str]) -> Result<Fields, DecodeError> {
        self.expect(b'{', "a JSON object")?;
        Ok(Fields {
            keys,
            expected: 0,
            opened: false,
            seen: Seen::new(keys.len()),
            next_missing: 0,
        })
    }

    /// Reads the next key that is a field's, and gives the field's index; `None` at the end of the
    /// object. Unknown keys are skipped with their values; in Avro's encoding, and inside a union of
    /// plain JSON, they are refused.
    #[inline]
    pub fn next_field(&mut self, fields: &mut Fields) -> Result<Option<usize>, DecodeError> {
        loop {
            if self.eat(b'}') {
                return Ok(None);
            }
            if fields.opened {
                self.expect(b',', "`,` or `}`")?;
            }
            fields.opened = true;
            if let Some(field) = self.key(fields)? {
                fields.seen.insert(field);
                fields.expected = field + 1;
                return Ok(Some(field));
            }
            self.skip_value()?;
        }
    }

    /// The error for a field that is missing and has no default.
    #[cold]
    pub fn missing(&self, fields: &Fields, field: usize) -> DecodeError {
        let name = fields.keys.get(field).copied().unwrap_or_default();
        DecodeError::new(DecodeErrorKind::MissingField(name), self.at)
    }

    /// A key and its colon.
    #[inline]
    fn key(&mut self, fields: &Fields) -> Result<Option<usize>, DecodeError> {
        self.peek();
        let expected = fields.keys.get(fields.expected);
        if let Some(key) = expected
            && let Some(length) = key_length(self.rest(), key.as_bytes())
        {
            self.at += length;
            self.expect(b':', "`:`")?;
            return Ok(Some(fields.expected));
        }
        self.other_key(fields)
    }

    #[inline(never)]
    fn other_key(&mut self, fields: &Fields) -> Result<Option<usize>, DecodeError> {
        let start = self.at;
        let key: Cow<'_, str> = self.string("a key")?;
        self.expect(b':', "`:`")?;
        let field = fields.keys.iter().position(|known| *known == key);
        if field.is_none() && self.strict {
            let kind = DecodeErrorKind::UnknownKey(key.as_ref().into());
            return Err(DecodeError::new(kind, start));
        }
        Ok(field)
    }
}

/// The length of this key with its quotes, if it stands at the start of the text as it is.
#[inline]
fn key_length(text: &[u8], key: &[u8]) -> Option<usize> {
    let behind = text.strip_prefix(b"\"")?.strip_prefix(key)?;
    (behind.first() == Some(&b'"')).then_some(key.len() + 2)
}
