//! Types, codec types and values.
//!
//! ```text
//! ::core::option::Option<::std::vec::Vec<super::Item>>
//! c::Nullable<c::Array<c::Named>, true>
//! ::core::option::Option::Some(::std::string::String::from("x"))
//! ```

use std::fmt::Debug;

use proc_macro2::{Ident, Literal as Token, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{Cx, literal};
use crate::config::MapType;
use crate::plan::model::{Codec, Literal, Local, Ty};

impl Cx<'_> {
    pub(super) fn ty(&self, ty: &Ty) -> TokenStream {
        let rt = &self.rt;
        match ty {
            Ty::Unit => quote!(()),
            Ty::Bool => quote!(bool),
            Ty::I32 => quote!(i32),
            Ty::I64 => quote!(i64),
            Ty::F32 => quote!(f32),
            Ty::F64 => quote!(f64),
            Ty::String => quote!(::std::string::String),
            Ty::Bytes => quote!(::std::vec::Vec<u8>),
            Ty::Array(size) => {
                let size = Token::usize_unsuffixed(*size);
                quote!([u8; #size])
            }
            Ty::Str => quote!(&'a str),
            Ty::Slice => quote!(&'a [u8]),
            Ty::Vec(items) => {
                let items = self.ty(items);
                quote!(::std::vec::Vec<#items>)
            }
            Ty::Pairs(values) => {
                let values = self.ty(values);
                quote!(::std::vec::Vec<(&'a str, #values)>)
            }
            Ty::Option(inner) => {
                let inner = self.ty(inner);
                quote!(::core::option::Option<#inner>)
            }
            Ty::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(::std::boxed::Box<#inner>)
            }
            Ty::Map(map, values) => {
                let (map, values) = (map_type(*map), self.ty(values));
                quote!(#map<::std::string::String, #values>)
            }
            Ty::Local(local) => {
                let lifetime = local.borrows.then(|| quote!(<'a>));
                let path = path(local);
                quote!(#path #lifetime)
            }
            Ty::Runtime(path) => {
                let parts = path.split("::").map(crate::plan::names::ident);
                quote!(#rt #(::#parts)*)
            }
            Ty::UtcTime => quote!(#rt::chrono::DateTime<#rt::chrono::Utc>),
            Ty::Foreign(ty) => ty.to_token_stream(),
            Ty::ForeignView(path) => quote!(#path<'a>),
        }
    }

    pub(super) fn literal(&self, literal: &Literal) -> TokenStream {
        match literal {
            Literal::Unit => quote!(()),
            Literal::Bool(value) => quote!(#value),
            Literal::I32(value) => integer(i64::from(*value)),
            Literal::I64(value) => integer(*value),
            Literal::F32(value) => match unwritable((*value).into()) {
                Some(name) => quote!(f32::#name),
                None => signed(value.is_sign_negative(), float(value.abs())),
            },
            Literal::F64(value) => match unwritable(*value) {
                Some(name) => quote!(f64::#name),
                None => signed(value.is_sign_negative(), float(value.abs())),
            },
            Literal::String(text) if text.is_empty() => quote!(::std::string::String::new()),
            Literal::String(text) => quote!(::std::string::String::from(#text)),
            Literal::Bytes(bytes) if bytes.is_empty() => quote!(::std::vec::Vec::new()),
            Literal::Bytes(bytes) => {
                let bytes = Token::byte_string(bytes);
                quote!(#bytes.to_vec())
            }
            Literal::Array(bytes) => {
                let bytes = Token::byte_string(bytes);
                quote!(*#bytes)
            }
            Literal::None => quote!(::core::option::Option::None),
            Literal::Some(value) => {
                let value = self.literal(value);
                quote!(::core::option::Option::Some(#value))
            }
            Literal::Boxed(value) => {
                let value = self.literal(value);
                quote!(::std::boxed::Box::new(#value))
            }
            Literal::List(items) if items.is_empty() => quote!(::std::vec::Vec::new()),
            Literal::List(items) => {
                let items = items.iter().map(|item| self.literal(item));
                quote!(::std::vec![#(#items),*])
            }
            Literal::Map(map, entries) => {
                let map = map_type(*map);
                if entries.is_empty() {
                    return quote!(#map::new());
                }
                let entries = entries.iter().map(|(key, value)| {
                    let value = self.literal(value);
                    quote!((::std::string::String::from(#key), #value))
                });
                quote!(#map::from([#(#entries),*]))
            }
            Literal::Record(local, fields) => {
                let path = path(local);
                let fields = fields.iter().map(|(name, value)| {
                    let value = self.literal(value);
                    quote!(#name: #value)
                });
                quote!(#path { #(#fields),* })
            }
            Literal::Variant(local, variant, payload) => {
                let path = path(local);
                let payload = payload.as_ref().map(|payload| {
                    let payload = self.literal(payload);
                    quote!((#payload))
                });
                quote!(#path::#variant #payload)
            }
            Literal::Newtype(local, value) => {
                let (path, value) = (path(local), self.literal(value));
                quote!(#path(#value))
            }
            Literal::Datum(found, datum) => {
                let rt = &self.rt;
                let (datum, codec) = (Token::byte_string(datum), codec(found));
                quote!({ use #rt::codec as c; c::default::<#codec, _>(#datum) })
            }
        }
    }
}

/// A codec type, inside a body that has `use ::avro_runtime::codec as c`.
pub(super) fn codec(found: &Codec) -> TokenStream {
    let number = |value: &u32| Token::u32_unsuffixed(*value);
    let size = |value: &usize| Token::usize_unsuffixed(*value);
    let named = |name: &str| crate::plan::names::ident(name);
    match found {
        Codec::Plain(name) => {
            let name = named(name);
            quote!(c::#name)
        }
        Codec::Library(name, library) => {
            let (name, library) = (named(name), named(library));
            quote!(c::#name<c::#library>)
        }
        Codec::FixedBytes(bytes) => {
            let bytes = size(bytes);
            quote!(c::FixedBytes<#bytes>)
        }
        Codec::DecimalBytes { precision, scale } => {
            let (precision, scale) = (number(precision), number(scale));
            quote!(c::DecimalBytes<#precision, #scale>)
        }
        Codec::DecimalFixed {
            size: bytes,
            precision,
            scale,
        } => {
            let (bytes, precision, scale) = (size(bytes), number(precision), number(scale));
            quote!(c::DecimalFixed<#bytes, #precision, #scale>)
        }
        Codec::Boxed(inner) => {
            let inner = codec(inner);
            quote!(c::Boxed<#inner>)
        }
        Codec::Nullable(inner, null_first) => {
            let inner = codec(inner);
            quote!(c::Nullable<#inner, #null_first>)
        }
        Codec::NullableUnion { null } => {
            let null = size(null);
            quote!(c::NullableUnion<#null>)
        }
        Codec::Array(inner, sized) => {
            let (inner, sized) = (codec(inner), sized.then(|| quote!(, true)));
            quote!(c::Array<#inner #sized>)
        }
        Codec::Map(inner, sized) => {
            let (inner, sized) = (codec(inner), sized.then(|| quote!(, true)));
            quote!(c::Map<#inner #sized>)
        }
        Codec::NamedFixed(inner, _) => codec(inner),
        Codec::Custom(path) => path.to_token_stream(),
    }
}

/// `super::super::acme::Order`
pub(super) fn path(local: &Local) -> TokenStream {
    let (down, name) = (&local.down, &local.name);
    let up = (0..local.up).map(|_| quote!(super::));
    quote!(#(#up)* #(#down::)* #name)
}

fn map_type(map: MapType) -> TokenStream {
    match map {
        MapType::BTree => quote!(::std::collections::BTreeMap),
        MapType::Hash => quote!(::std::collections::HashMap),
    }
}

/// `2_147_483_647`
fn integer(value: i64) -> TokenStream {
    let digits = value.unsigned_abs().to_string();
    let from = if digits.len() < LONG { digits.len() } else { 0 };
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > from && (digits.len() - index).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    signed(value < 0, literal::parsed(&grouped))
}

/// The digits from which a number is written in groups of three.
const LONG: usize = 6;

/// `0.5` or `1e300`: Rust's shorter form, which reads back as the same number.
/// The constant for a number that has no literal.
fn unwritable(value: f64) -> Option<Ident> {
    let name = match value {
        f64::INFINITY => "INFINITY",
        f64::NEG_INFINITY => "NEG_INFINITY",
        value if value.is_nan() => "NAN",
        _ => return None,
    };
    Some(Ident::new(name, Span::call_site()))
}

fn float(magnitude: impl Debug) -> TokenStream {
    literal::parsed(&format!("{magnitude:?}"))
}

fn signed(negative: bool, magnitude: TokenStream) -> TokenStream {
    if negative {
        quote!(-#magnitude)
    } else {
        quote!(#magnitude)
    }
}
