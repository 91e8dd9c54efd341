//! Rust that the user wrote: parsed once, carried as tokens, compared by its text.

use std::fmt;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// A path, type, attribute or expression.
#[derive(Clone)]
pub(crate) struct Code {
    tokens: TokenStream,
    text: String,
}

impl Code {
    pub(crate) fn new(parsed: &impl ToTokens) -> Self {
        let tokens = parsed.to_token_stream();
        Self {
            text: tokens.to_string().replace(' ', ""),
            tokens,
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.tokens.clone());
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
