//! A Rust identifier.

use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// Words that no edition up to 2024 takes as a plain identifier.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// An identifier, raw where it is a keyword. A token of its own kind cannot cross threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ident(Box<str>);

/// The identifier of this name.
pub(crate) fn ident(name: &str) -> Ident {
    Ident(name.into())
}

impl Ident {
    /// The text, without `r#`.
    pub(crate) fn plain(&self) -> &str {
        &self.0
    }

    fn is_raw(&self) -> bool {
        KEYWORDS.contains(&self.plain())
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_raw() { "r#" } else { "" })?;
        f.write_str(self.plain())
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (name, span) = (self.plain(), Span::call_site());
        tokens.append(match self.is_raw() {
            true => proc_macro2::Ident::new_raw(name, span),
            false => proc_macro2::Ident::new(name, span),
        });
    }
}
