//! Rust that the user wrote: parsed once, and carried as its text, which can cross threads.

use std::fmt;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// A path, type, attribute or expression.
#[derive(Clone, PartialEq)]
pub(crate) struct Code {
    /// As tokens are written, with a blank between any two.
    text: String,
}

impl Code {
    pub(crate) fn new(parsed: &impl ToTokens) -> Self {
        let text = parsed.to_token_stream().to_string();
        Self { text }
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // Tokens were made into this text, so that it can be made into tokens.
        let parsed: Result<TokenStream, _> = self.text.parse();
        tokens.extend(parsed.unwrap_or_default());
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text.replace(' ', ""))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
