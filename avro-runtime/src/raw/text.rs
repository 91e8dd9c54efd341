//! The free room behind a string, which takes text alone.
//!
//! Appending to the `String` itself asks for room at every piece: JSON takes 1.1 times as long for
//! the Superhero record, 1.3 times for a tree of short fields.

use super::room::Room;

/// Appends to a string whose length stays as it is until [`keep`](Self::keep).
///
/// Invariant: what has been written are whole `str`s, so that the bytes are UTF-8 whenever they
/// become the string's.
#[derive(Debug)]
pub(crate) struct TextRoom<'a>(Room<'a>);

impl<'a> TextRoom<'a> {
    /// The room behind this text, of so many bytes at least.
    #[inline]
    pub(crate) fn new(text: &'a mut String, least: usize) -> Self {
        // SAFETY: nothing but whole `str`s is appended.
        Self(Room::new(unsafe { text.as_mut_vec() }, least))
    }

    /// Writes this text.
    #[inline(always)]
    pub(crate) fn str(&mut self, text: &str) {
        self.0.slice(text.as_bytes());
    }

    /// Makes what was written part of the string.
    #[inline]
    pub(crate) fn keep(self) {
        self.0.keep();
    }
}

#[cfg(test)]
mod tests {
    use super::TextRoom;

    #[test]
    fn writes_what_a_string_would_hold_whatever_the_room() {
        for room in 0..40 {
            for len in 0..100 {
                let piece = "aé€😀".chars().cycle().take(len).collect::<String>();
                let mut out = "before ".to_owned();
                let mut text = TextRoom::new(&mut out, room);
                text.str(&piece);
                text.str("é");
                text.str(&piece);
                text.keep();
                assert_eq!(out, format!("before {piece}é{piece}"));
            }
        }
    }

    #[test]
    fn what_is_not_kept_was_never_there() {
        let mut out = "before".to_owned();
        TextRoom::new(&mut out, 0).str(&"é".repeat(1000));
        assert_eq!(out, "before");
    }
}
