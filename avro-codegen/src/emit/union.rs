//! Unions.
//!
//! ```text
//! pub enum OrderPay { Item(Item), Long(i64) }
//! impl ::core::convert::From<i64> for OrderPay { … }
//! impl ::avro_runtime::Encode for OrderPay { … Self::Long(value) => { c::write_index(1, w)?; … } }
//! impl<'de> ::avro_runtime::Decode<'de> for OrderPay { … match c::read_branch(r, 2)? { … } }
//! ```

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::record::decode_consts;
use super::types::codec;
use super::{Cx, head, json};
use crate::plan::model::{Ty, Union, Variant};

pub(super) fn emit(cx: &Cx, union: &Union) -> TokenStream {
    let enums = enums(cx, union);
    let from = union
        .variants
        .iter()
        .filter(|variant| variant.has_from)
        .map(|it| from(cx, union, it));
    let encode = encode(cx, union);
    let decode = decode(cx, union);
    let impls = head::impls(cx, &union.head);
    let json = union.head.json.then(|| json::union(cx, union));
    quote!(#enums #(#from)* #encode #decode #impls #json)
}

fn enums(cx: &Cx, union: &Union) -> TokenStream {
    let head = &union.head;
    let name = &head.name;
    let attributes = head::attributes(cx, head, &[]);
    let variants = union.variants.iter().map(|variant| {
        let serde = head.serde.as_ref().map(|_| {
            let tag = &variant.tag;
            quote!(#[serde(rename = #tag)])
        });
        let ty = variant.coded.as_ref().map(|coded| cx.ty(&coded.ty));
        definition(variant, serde, ty)
    });
    let view = head.view.as_ref().map(|view| {
        let attributes = head::view_attributes(head);
        let variants = union.variants.iter().map(|variant| {
            definition(
                variant,
                None,
                variant.coded.as_ref().map(|coded| cx.ty(&coded.view)),
            )
        });
        quote!(#attributes pub enum #view<'a> { #(#variants),* })
    });
    quote! {
        #attributes
        pub enum #name { #(#variants),* }
        #view
    }
}

fn definition(
    variant: &Variant,
    serde: Option<TokenStream>,
    ty: Option<TokenStream>,
) -> TokenStream {
    let name = &variant.name;
    let docs = format!(" `{}`", variant.tag);
    let payload = ty.map(|ty| quote!((#ty)));
    quote!(#[doc = #docs] #serde #name #payload)
}

/// A boxed payload is taken unboxed: the box is the enum's affair.
fn from(cx: &Cx, union: &Union, variant: &Variant) -> TokenStream {
    let (name, variant_name) = (&union.head.name, &variant.name);
    let (ty, value) = match variant.coded.as_ref().map(|coded| &coded.ty) {
        Some(Ty::Boxed(inner)) => (cx.ty(inner), quote!(::std::boxed::Box::new(value))),
        Some(ty) => (cx.ty(ty), quote!(value)),
        None => return TokenStream::new(),
    };
    quote! {
        impl ::core::convert::From<#ty> for #name {
            fn from(value: #ty) -> Self { Self::#variant_name(#value) }
        }
    }
}

fn encode(cx: &Cx, union: &Union) -> TokenStream {
    let (rt, name, c) = (&cx.rt, &union.head.name, cx.use_codec());
    let (written, measured) = (cx.encoded(quote!(())), cx.encoded(quote!(usize)));
    let write = union.variants.iter().map(|variant| {
        let (name, index) = (&variant.name, Token::usize_unsuffixed(variant.branch));
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(Self::#name(value) => {
                    c::write_index(#index, w)?;
                    c::encode::<#codec, _>(value, w)
                })
            }
            None => quote!(Self::#name => c::write_index(#index, w),),
        }
    });
    let len = union.variants.iter().map(|variant| {
        let (name, index) = (
            &variant.name,
            if variant.branch < 64 {
                quote!(1)
            } else {
                quote!(2)
            },
        );
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(Self::#name(value) => #index + c::encoded_len::<#codec, _>(value)?,)
            }
            None => quote!(Self::#name => #index,),
        }
    });
    let bound = union.variants.iter().map(|variant| {
        let name = &variant.name;
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(Self::#name(value) => c::bound::<#codec, _>(value),)
            }
            None => quote!(Self::#name => 0,),
        }
    });
    quote! {
        impl #rt::Encode for #name {
            fn encode(&self, w: &mut #rt::Writer<'_>) -> #written { #c match self { #(#write)* } }

            fn encoded_len(&self) -> #measured {
                #c
                ::core::result::Result::Ok(match self { #(#len)* })
            }

            fn bound(&self) -> usize { #c 5 + match self { #(#bound)* } }
        }
    }
}

fn decode(cx: &Cx, union: &Union) -> TokenStream {
    let name = &union.head.name;
    let owned = decode_impl(cx, union, &quote!(#name));
    let view = union.head.view.as_ref().map(|view| {
        let decode = decode_impl(cx, union, &quote!(#view<'de>));
        let arms = union.variants.iter().map(|variant| {
            let variant_name = &variant.name;
            match &variant.coded {
                Some(coded) => {
                    let codec = codec(&coded.codec);
                    quote!(Self::#variant_name(value) => #name::#variant_name(c::own::<#codec, _, _>(value)),)
                }
                None => quote!(Self::#variant_name => #name::#variant_name,),
            }
        });
        let own = head::view_impl(cx, view, name, &quote!(match self { #(#arms)* }));
        quote!(#decode #own)
    });
    quote!(#owned #view)
}

fn decode_impl(cx: &Cx, union: &Union, ty: &TokenStream) -> TokenStream {
    let (rt, decoded, c) = (&cx.rt, cx.decoded(), cx.use_codec());
    let consts = decode_consts(union.head.min_len, union.head.recursive);
    let blank = union.variants.get(union.blank).map(|variant| {
        let name = &variant.name;
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(Self::#name(c::blank::<#codec, _>()))
            }
            None => quote!(Self::#name),
        }
    });
    let branches = Token::usize_unsuffixed(union.branches);
    let whole = union.variants.len() == union.branches;
    let last = union.variants.len().saturating_sub(1);
    let arms = union
        .variants
        .iter()
        .enumerate()
        .map(|(position, variant)| {
            let index = Token::usize_unsuffixed(variant.branch);
            let pattern = if whole && position == last {
                quote!(_)
            } else {
                quote!(#index)
            };
            arm(variant, &pattern, union.variants.len() == 1)
        });
    let null = (!whole).then(|| quote!(branch => c::unexpected_branch(branch, #branches, r),));
    quote! {
        impl<'de> #rt::Decode<'de> for #ty {
            #consts

            fn blank() -> Self { #c #blank }

            fn decode_into(&mut self, r: &mut #rt::Reader<'de>) -> #decoded {
                #c
                match c::read_branch(r, #branches)? { #(#arms)* #null }
            }
        }
    }
}

/// A branch that stays keeps its allocations; another is read anew.
fn arm(variant: &Variant, pattern: &TokenStream, only: bool) -> TokenStream {
    let name = &variant.name;
    let Some(coded) = &variant.coded else {
        return quote!(#pattern => { *self = Self::#name; ::core::result::Result::Ok(()) });
    };
    let codec = codec(&coded.codec);
    let other = (!only).then(|| {
        quote!(_ => {
            *self = Self::#name(c::decode_new::<#codec, _>(r)?);
            ::core::result::Result::Ok(())
        })
    });
    quote! {
        #pattern => match self {
            Self::#name(value) => c::decode::<#codec, _>(value, r),
            #other
        },
    }
}
