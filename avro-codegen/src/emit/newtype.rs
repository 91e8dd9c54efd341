//! A fixed, or a top-level schema without a name.
//!
//! ```text
//! pub struct Digest(pub [u8; 4]);
//! impl ::core::convert::From<[u8; 4]> for Digest { … }
//! impl ::avro_runtime::Encode for Digest { … c::encode::<c::FixedBytes<4>, _>(&self.0, w) }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::record::decode_consts;
use super::types::codec;
use super::{Cx, head, json};
use crate::plan::model::{Newtype, Ty};

pub(super) fn emit(cx: &Cx<'_>, newtype: &Newtype) -> TokenStream {
    let (rt, head) = (&cx.rt, &newtype.head);
    let name = &head.name;
    let attributes = head::attributes(cx, head, &[]);
    let (ty, codec) = (cx.ty(&newtype.coded.ty), codec(&newtype.coded.codec));
    let (written, measured) = (cx.encoded(quote!(())), cx.encoded(quote!(usize)));
    let c = cx.use_codec();
    let decode = decode(cx, newtype, &quote!(#name));
    let detour = is_wide(newtype)
        .map(|_| quote!(#[serde(into = "::std::vec::Vec<u8>", try_from = "::std::vec::Vec<u8>")]));
    let view = head.view.as_ref().map(|view| {
        let attributes = head::view_attributes(head);
        let ty = cx.ty(&newtype.coded.view);
        let decode = decode_view(cx, newtype, view);
        quote! {
            #attributes
            pub struct #view<'a>(pub #ty);
            #decode
        }
    });
    let impls = head::impls(cx, head);
    let serde = serde(newtype);
    let json = head.json.then(|| json::newtype(cx, newtype));
    quote! {
        #attributes
        #detour
        pub struct #name(pub #ty);

        impl ::core::convert::From<#ty> for #name {
            fn from(value: #ty) -> Self { Self(value) }
        }

        impl #rt::Encode for #name {
            fn encode(&self, w: &mut #rt::Writer<'_>) -> #written {
                #c c::encode::<#codec, _>(&self.0, w)
            }

            fn encoded_len(&self) -> #measured { #c c::encoded_len::<#codec, _>(&self.0) }

            fn bound(&self) -> usize { #c c::bound::<#codec, _>(&self.0) }
        }

        #decode
        #view
        #impls
        #serde
        #json
    }
}

/// The longest array that serde reads and writes itself.
const SERDE_ARRAY: usize = 32;

/// Whether serde needs a detour through a vector.
fn is_wide(newtype: &Newtype) -> Option<usize> {
    match newtype.coded.ty {
        Ty::Array(size) if size > SERDE_ARRAY && newtype.head.serde.is_some() => Some(size),
        _ => None,
    }
}

/// The conversions behind `#[serde(into = "…", try_from = "…")]`.
fn serde(newtype: &Newtype) -> Option<TokenStream> {
    let size = is_wide(newtype)?;
    let name = &newtype.head.name;
    let expected = format!("expected {size} bytes");
    Some(quote! {
        impl ::core::convert::From<#name> for ::std::vec::Vec<u8> {
            fn from(value: #name) -> Self { value.0.to_vec() }
        }

        impl ::core::convert::TryFrom<::std::vec::Vec<u8>> for #name {
            type Error = &'static str;

            fn try_from(bytes: ::std::vec::Vec<u8>) -> ::core::result::Result<Self, &'static str> {
                match ::core::convert::TryFrom::try_from(bytes) {
                    ::core::result::Result::Ok(bytes) => ::core::result::Result::Ok(Self(bytes)),
                    ::core::result::Result::Err(_) => ::core::result::Result::Err(#expected),
                }
            }
        }
    })
}

fn decode(cx: &Cx<'_>, newtype: &Newtype, ty: &TokenStream) -> TokenStream {
    let (rt, decoded, c) = (&cx.rt, cx.decoded(), cx.use_codec());
    let codec = codec(&newtype.coded.codec);
    let consts = decode_consts(newtype.head.min_len, newtype.head.recursive);
    let resolve = cx.resolve_into(true, &quote!(c::resolve::<#codec, _>(&mut self.0, r, p)));
    quote! {
        impl<'de> #rt::Decode<'de> for #ty {
            #consts

            fn blank() -> Self { #c Self(c::blank::<#codec, _>()) }

            fn decode_into(&mut self, r: &mut #rt::Reader<'de>) -> #decoded {
                #c c::decode::<#codec, _>(&mut self.0, r)
            }

            #resolve
        }
    }
}

fn decode_view(cx: &Cx<'_>, newtype: &Newtype, view: &crate::plan::names::Ident) -> TokenStream {
    let name = &newtype.head.name;
    let decode = decode(cx, newtype, &quote!(#view<'de>));
    let codec = codec(&newtype.coded.codec);
    let own = head::view_impl(
        cx,
        view,
        name,
        &quote!(#name(c::own::<#codec, _, _>(&self.0))),
    );
    quote!(#decode #own)
}
