//! Literals that `quote!` has no form for, or one that reads worse.

use avro_model::escape::is_invisible;
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

/// `b"\x01…"`, every byte in hexadecimal.
pub(super) fn byte_string(bytes: &[u8; 32]) -> TokenStream {
    let escaped: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    parsed(&format!("b\"{escaped}\""))
}

/// A string literal, raw where that reads better and is sure to show what is there.
pub(super) fn text(text: &str) -> TokenStream {
    let plain = text.chars().all(|c| !is_invisible(c));
    let quotes = text.contains(['"', '\\']);
    if !plain || !quotes {
        let literal = Token::string(text);
        return quote!(#literal);
    }
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| rest.chars().take_while(|&c| c == '#').count())
        .max()
        .unwrap_or_default();
    let fence = "#".repeat(longest + 1);
    parsed(&format!("r{fence}\"{text}\"{fence}"))
}

/// A literal that `quote!` has no form for.
pub(super) fn parsed(literal: &str) -> TokenStream {
    literal
        .parse()
        .unwrap_or_else(|_| quote!(::core::compile_error!("bug in avro-codegen: literal")))
}
