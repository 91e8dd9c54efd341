//! Codec types as JSON needs them: in Avro's encoding a union tells its branch by name, which the
//! codec of a logical type on a fixed does not know.
//!
//! ```text
//! const FIXED: &'static [&'static str] = &["com.acme.Price"];
//! c::Nullable<j::NamedFixed<c::DecimalFixed<8, 18, 2>, Order, 0>, true>
//! ```

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::types;
use crate::plan::model::Codec;
use crate::plan::names::Ident;

/// The codec types of one generated type.
pub(super) struct Codecs<'a> {
    owner: &'a Ident,
    /// The fullnames of fixed types beside null.
    fixed: Vec<&'a str>,
}

impl<'a> Codecs<'a> {
    pub(super) fn new(owner: &'a Ident, codecs: impl IntoIterator<Item = &'a Codec>) -> Self {
        let mut fixed = Vec::new();
        for name in codecs.into_iter().filter_map(nullable_fixed) {
            if !fixed.contains(&name) {
                fixed.push(name);
            }
        }
        Self { owner, fixed }
    }

    /// The constant that has the names.
    pub(super) fn fixed(&self) -> Option<TokenStream> {
        let names = &self.fixed;
        (!names.is_empty()).then(|| quote!(const FIXED: &'static [&'static str] = &[#(#names),*];))
    }

    /// A codec type, inside a body that has `c` and `j`.
    pub(super) fn codec(&self, found: &Codec) -> TokenStream {
        match found {
            Codec::Nullable(inner, null_first) => {
                let codec = match &**inner {
                    Codec::NamedFixed(inner, fullname) => self.named(inner, fullname),
                    inner => self.codec(inner),
                };
                quote!(c::Nullable<#codec, #null_first>)
            }
            Codec::Array(inner, _) => {
                let inner = self.codec(inner);
                quote!(c::Array<#inner>)
            }
            Codec::Map(inner, _) => {
                let inner = self.codec(inner);
                quote!(c::Map<#inner>)
            }
            other => types::codec(other),
        }
    }

    fn named(&self, inner: &Codec, fullname: &str) -> TokenStream {
        let (codec, owner) = (types::codec(inner), self.owner);
        let index = self.fixed.iter().position(|name| *name == fullname);
        let index = Token::usize_unsuffixed(index.unwrap_or_default());
        quote!(j::NamedFixed<#codec, #owner, #index>)
    }
}

/// The fullname of the fixed that stands beside null, however deep. A codec leads to one type only.
fn nullable_fixed(codec: &Codec) -> Option<&str> {
    match codec {
        Codec::Nullable(inner, _) => match &**inner {
            Codec::NamedFixed(_, fullname) => Some(fullname),
            inner => nullable_fixed(inner),
        },
        Codec::Array(inner, _) | Codec::Map(inner, _) => nullable_fixed(inner),
        _ => None,
    }
}
