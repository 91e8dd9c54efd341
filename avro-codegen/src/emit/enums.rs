//! Enums.
//!
//! ```text
//! pub enum Status { New, Shipped }
//! impl Status { pub const ALL: &'static [Self] = …;  pub const fn as_str(self) -> &'static str { … } }
//! impl Display, FromStr for Status { … }
//! impl ::avro_runtime::Encode for Status { … c::write_index(*self as usize, w) }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::record::{decode_consts, rename};
use super::{Cx, head, json};
use crate::plan::doc_name;
use crate::plan::model::Enum;

pub(super) fn emit(cx: &Cx<'_>, enum_: &Enum) -> TokenStream {
    let definition = definition(cx, enum_);
    let text = text(cx, enum_);
    let codec = codec(cx, enum_);
    let impls = head::impls(cx, &enum_.head);
    let json = enum_.head.json.then(|| json::enum_(cx, enum_));
    quote!(#definition #text #codec #impls #json)
}

fn definition(cx: &Cx<'_>, enum_: &Enum) -> TokenStream {
    let head = &enum_.head;
    let attributes = head::attributes(cx, head, enum_.default.map(|_| "Default").as_slice());
    let name = &head.name;
    let variants = enum_.symbols.iter().enumerate().map(|(index, symbol)| {
        let (name, attributes) = (&symbol.name, &symbol.attributes);
        let docs = format!(" {}", doc_name(&symbol.symbol));
        let default = (enum_.default == Some(index)).then(|| quote!(#[default]));
        let serde = head
            .serde
            .as_ref()
            .and_then(|_| rename(name, &symbol.symbol));
        quote!(#[doc = #docs] #default #serde #(#attributes)* #name)
    });
    quote!(#attributes pub enum #name { #(#variants),* })
}

fn text(cx: &Cx<'_>, enum_: &Enum) -> TokenStream {
    let (rt, name, fullname) = (&cx.rt, &enum_.head.name, &enum_.fullname);
    let names: Vec<_> = enum_.symbols.iter().map(|symbol| &symbol.name).collect();
    let symbols: Vec<_> = enum_.symbols.iter().map(|symbol| &symbol.symbol).collect();
    quote! {
        impl #name {
            /// All symbols, in the order of the schema.
            pub const ALL: &'static [Self] = &[#(Self::#names),*];
            const SYMBOLS: &'static [&'static str] = &[#(#symbols),*];

            /// The symbol as the schema has it.
            pub const fn as_str(self) -> &'static str { Self::SYMBOLS[self as usize] }
        }

        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::str::FromStr for #name {
            type Err = #rt::UnknownSymbol;

            fn from_str(symbol: &str) -> ::core::result::Result<Self, #rt::UnknownSymbol> {
                match symbol {
                    #(#symbols => ::core::result::Result::Ok(Self::#names),)*
                    _ => ::core::result::Result::Err(#rt::UnknownSymbol::new(#fullname, symbol)),
                }
            }
        }
    }
}

fn codec(cx: &Cx<'_>, enum_: &Enum) -> TokenStream {
    let (rt, name) = (&cx.rt, &enum_.head.name);
    let (written, measured) = (cx.encoded(quote!(())), cx.encoded(quote!(usize)));
    let decoded = cx.decoded();
    let consts = decode_consts(enum_.head.min_len, enum_.head.recursive);
    let len = if enum_.symbols.len() <= 64 {
        quote!(1)
    } else {
        quote!(#rt::codec::index_len(*self as usize))
    };
    let first = enum_.symbols.first().map(|symbol| &symbol.name);
    let resolve = cx.resolve_into(
        false,
        &quote!(#rt::codec::resolve_symbol(self, Self::ALL, r, p)),
    );
    quote! {
        impl #rt::Encode for #name {
            fn encode(&self, w: &mut #rt::Writer<'_>) -> #written {
                #rt::codec::write_index(*self as usize, w)
            }

            fn encoded_len(&self) -> #measured { ::core::result::Result::Ok(#len) }

            fn bound(&self) -> usize { 5 }
        }

        impl<'de> #rt::Decode<'de> for #name {
            #consts

            fn blank() -> Self { Self::#first }

            fn decode_into(&mut self, r: &mut #rt::Reader<'de>) -> #decoded {
                #rt::codec::read_symbol(self, Self::ALL, r)
            }

            #resolve
        }
    }
}
