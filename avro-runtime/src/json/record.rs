//! Objects as records. Most texts have the fields in the schema's order and no white space, so that
//! the punctuation before a key, the key and its colon are one comparison; then any order is read.

use super::JsonReader;
use super::field::name_of;
use crate::error::{DecodeError, DecodeErrorKind};

/// Which of a record's fields have been read.
#[derive(Debug)]
pub struct Fields {
    /// The fields as they are written: `{"id":`, then `,"count":`.
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

    /// Adds a field; false if it was there.
    #[inline]
    fn insert(&mut self, field: usize) -> bool {
        let Some(word) = self.word(field) else {
            return true;
        };
        let (before, bit) = (*word, 1 << (field % 64));
        *word |= bit;
        before & bit == 0
    }

    fn contains(&mut self, field: usize) -> bool {
        self.word(field)
            .is_some_and(|word| *word >> (field % 64) & 1 == 1)
    }
}

impl Fields {
    /// None of the fields with these keys, each with the punctuation around it, as
    /// [`write`](super::write) takes it.
    #[inline]
    pub fn new(keys: &'static [&'static str]) -> Self {
        Self {
            keys,
            expected: 0,
            opened: false,
            seen: Seen::new(keys.len()),
            next_missing: 0,
        }
    }

    /// Goes on behind this field; false if it was there before.
    #[inline(always)]
    fn found(&mut self, field: usize) -> bool {
        self.expected = field + 1;
        self.opened = true;
        self.seen.insert(field)
    }

    /// The field with this name, sought from the expected one on.
    fn position(&self, name: &str) -> Option<usize> {
        let (before, behind) = self.keys.split_at_checked(self.expected)?;
        let is_name = |key: &&str| name_of(key) == name;
        match behind.iter().position(is_name) {
            Some(field) => Some(before.len() + field),
            None => before.iter().position(is_name),
        }
    }

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
    /// Reads this key, which is that of the field with this index, if it is what comes next. A
    /// generated body asks so for each field once, before it looks for any, so that none was there
    /// before.
    #[inline(always)]
    pub(super) fn is_next(&mut self, fields: &mut Fields, field: usize, key: &'static str) -> bool {
        let Some(behind) = self.rest().strip_prefix(key.as_bytes()) else {
            return false;
        };
        self.go_to(behind);
        fields.found(field);
        true
    }

    /// Reads the next key that is a field's, and gives the field's index; `None` at the end of the
    /// object. Unknown keys are skipped with their values; in Avro's encoding, and inside a union of
    /// plain JSON, they are refused.
    ///
    /// # Errors
    /// Anything but an object with such keys, each of them once.
    #[inline]
    pub fn next_field(&mut self, fields: &mut Fields) -> Result<Option<usize>, DecodeError> {
        let field = fields.expected;
        if let Some(key) = fields.keys.get(field)
            && starts_with(self.rest(), key.as_bytes())
        {
            if !fields.found(field) {
                // Behind the comma.
                return Err(repeated(name_of(key), self.at() + 1));
            }
            self.skip(key.len());
            return Ok(Some(field));
        }
        if fields.opened && self.rest().first() == Some(&b'}') {
            self.skip(1);
            return Ok(None);
        }
        self.next_field_of_any(fields)
    }

    /// The same with white space, keys in another order, and unknown ones.
    #[inline(never)]
    fn next_field_of_any(&mut self, fields: &mut Fields) -> Result<Option<usize>, DecodeError> {
        loop {
            let first = !fields.opened;
            if first {
                self.expect(b'{', "a JSON object")?;
                fields.opened = true;
            }
            if self.eat(b'}') {
                return Ok(None);
            }
            if !first {
                self.expect(b',', "`,` or `}`")?;
            }
            let start = self.value_start();
            let Some(field) = self.key(fields)? else {
                self.skip_value()?;
                continue;
            };
            if !fields.found(field) {
                let name = fields.keys.get(field).map_or("", |key| name_of(key));
                return Err(repeated(name, start));
            }
            return Ok(Some(field));
        }
    }

    /// The error for a field that is missing and has no default.
    #[cold]
    pub fn missing(&self, fields: &Fields, field: usize) -> DecodeError {
        let name = fields.keys.get(field).map_or("", |key| name_of(key));
        self.error(DecodeErrorKind::MissingField(name))
    }

    /// A key and its colon; which field it is, if it is one.
    #[inline]
    fn key(&mut self, fields: &Fields) -> Result<Option<usize>, DecodeError> {
        let start = self.value_start();
        if let Some(key) = fields.keys.get(fields.expected)
            && let Some(quoted) = key.as_bytes().get(1..key.len().saturating_sub(1))
            && starts_with(self.rest(), quoted)
        {
            self.skip(quoted.len());
            self.expect(b':', "`:`")?;
            return Ok(Some(fields.expected));
        }
        let key = self.string("a key")?;
        self.expect(b':', "`:`")?;
        let field = fields.position(&key);
        if field.is_none() && self.strict {
            let kind = DecodeErrorKind::UnknownKey(key.as_ref().into());
            return Err(DecodeError::new(kind, start));
        }
        Ok(field)
    }
}

/// The error for a key that an object has twice, of which the second stands here.
#[cold]
pub(crate) fn repeated(key: &str, start: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::RepeatedKey(key.into()), start)
}

/// Whether two names are the same.
#[inline(always)]
pub(super) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && starts_with(a.as_bytes(), b.as_bytes())
}

/// Whether the text begins with this key: to call `memcmp` takes longer than to compare two
/// overlapping words, which cover any short length.
#[inline(always)]
fn starts_with(text: &[u8], key: &[u8]) -> bool {
    let Some(text) = text.get(..key.len()) else {
        return false;
    };
    if key.len() > 16 {
        return text == key;
    }
    same_ends::<8>(text, key)
        .or_else(|| same_ends::<4>(text, key))
        .unwrap_or_else(|| text == key)
}

/// Whether the first and the last `N` bytes are the same, if there are as many.
#[inline(always)]
fn same_ends<const N: usize>(a: &[u8], b: &[u8]) -> Option<bool> {
    let first = a.first_chunk::<N>()? == b.first_chunk::<N>()?;
    let last = a.last_chunk::<N>()? == b.last_chunk::<N>()?;
    Some(first & last)
}
