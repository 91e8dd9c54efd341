//! JSON values as findings show them.

use std::fmt::{self, Write};

use crate::json::Value;

/// A value as a finding shows it: on one line, and not all of a long one, which is not even
/// looked at to its end.
pub(crate) fn brief(value: &Value) -> String {
    const LONGEST: usize = 120;
    let mut line = Line {
        text: String::new(),
        left: LONGEST,
    };
    if write!(line, "{value:#}").is_err() {
        line.text.push('…');
    }
    line.text
}

/// A text that takes so many characters and refuses the next.
struct Line {
    text: String,
    left: usize,
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|char| self.write_char(char))
    }

    fn write_char(&mut self, char: char) -> fmt::Result {
        self.left = self.left.checked_sub(1).ok_or(fmt::Error)?;
        self.text.push(char);
        Ok(())
    }
}
