//! `pattern = "…"`: text that a regular expression finds a match in.

use crate::validate::Broken;
use regex_lite::Regex;
use std::sync::OnceLock;

/// What is text.
#[diagnostic::on_unimplemented(
    message = "the rule `pattern` does not apply to `{Self}`",
    label = "is not text",
    note = "it applies to strings, also within `Option` and `Box`"
)]
pub trait Text {
    /// The text; `None` if there is no value.
    fn text(&self) -> Option<&str>;
}

/// A regular expression that is compiled at its first use.
///
/// The derive puts each one into a `static`, and has checked it while compiling.
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Result<Regex, regex_lite::Error>>,
}

impl Pattern {
    /// A pattern in the syntax of the crate `regex-lite`, not compiled yet.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }
}

/// Checks that the pattern matches somewhere in the text; `^` and `$` bind it to the whole.
///
/// # Errors
///
/// The rule `pattern` if it does not, and for every text if the pattern itself is not valid,
/// because then no text is known to be.
pub fn pattern<T: Text + ?Sized>(value: &T, pattern: &Pattern) -> Result<(), Broken> {
    let Some(text) = value.text() else {
        return Ok(());
    };
    match pattern.compiled.get_or_init(|| Regex::new(pattern.source)) {
        Ok(regex) if regex.is_match(text) => Ok(()),
        Ok(_) => Err(Broken::new(
            "pattern",
            format!("must match the pattern {}", pattern.source),
        )),
        Err(error) => Err(Broken::new(
            "pattern",
            format!(
                "must match the pattern {}, which is not valid: {error}",
                pattern.source
            ),
        )),
    }
}

impl Text for str {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Text> Text for Option<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(Text::text)
    }
}

impl<T: Text + ?Sized> Text for Box<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}

impl<T: Text + ?Sized> Text for &T {
    #[inline]
    fn text(&self) -> Option<&str> {
        (**self).text()
    }
}
