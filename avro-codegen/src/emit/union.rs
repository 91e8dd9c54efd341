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
use crate::plan::doc_name;
use crate::plan::model::{Ty, Union, Variant};

pub(super) fn emit(cx: &Cx<'_>, union: &Union) -> TokenStream {
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

fn enums(cx: &Cx<'_>, union: &Union) -> TokenStream {
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
    let docs = format!(" {}", doc_name(&variant.tag));
    let payload = ty.map(|ty| quote!((#ty)));
    quote!(#[doc = #docs] #serde #name #payload)
}

/// A boxed payload is taken unboxed: the box is the enum's affair.
fn from(cx: &Cx<'_>, union: &Union, variant: &Variant) -> TokenStream {
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

fn encode(cx: &Cx<'_>, union: &Union) -> TokenStream {
    let (rt, name, c) = (&cx.rt, &union.head.name, cx.use_codec());
    let (written, measured) = (cx.encoded(quote!(())), cx.encoded(quote!(usize)));
    let (write, len, bound) = match union.variants.as_slice() {
        [only] => encode_one(only),
        several => encode_several(several),
    };
    // A branch of null alone has nothing to measure.
    let measures = union.variants.iter().any(|it| it.coded.is_some());
    let used = measures.then_some(&c);
    quote! {
        impl #rt::Encode for #name {
            fn encode(&self, w: &mut #rt::Writer<'_>) -> #written { #c #write }

            fn encoded_len(&self) -> #measured { #used #len }

            fn bound(&self) -> usize { #used #bound }
        }
    }
}

type Bodies = (TokenStream, TokenStream, TokenStream);

fn encode_one(variant: &Variant) -> Bodies {
    let name = &variant.name;
    let value = variant
        .coded
        .as_ref()
        .map(|_| quote!(let Self::#name(value) = self;));
    let (write, len, bound) = (write(variant), len(variant), bound(variant));
    (
        quote!(#value #write),
        quote!(#value ::core::result::Result::Ok(#len)),
        quote!(#value #bound),
    )
}

fn encode_several(variants: &[Variant]) -> Bodies {
    let each = |body: fn(&Variant) -> TokenStream| {
        let arms = variants.iter().map(|variant| {
            let (name, body) = (&variant.name, body(variant));
            let value = variant.coded.as_ref().map(|_| quote!((value)));
            quote!(Self::#name #value => { #body })
        });
        quote!(match self { #(#arms)* })
    };
    let (write, len, bound) = (each(write), each(len), each(bound));
    (
        write,
        quote! {
            let len = #len;
            ::core::result::Result::Ok(len)
        },
        bound,
    )
}

fn write(variant: &Variant) -> TokenStream {
    let index = Token::usize_unsuffixed(variant.branch);
    match &variant.coded {
        Some(coded) => {
            let codec = codec(&coded.codec);
            quote! {
                c::write_index(#index, w)?;
                c::encode::<#codec, _>(value, w)
            }
        }
        None => quote!(c::write_index(#index, w)),
    }
}

fn len(variant: &Variant) -> TokenStream {
    let index = Token::usize_unsuffixed(if variant.branch < 64 { 1 } else { 2 });
    match &variant.coded {
        Some(coded) => {
            let codec = codec(&coded.codec);
            quote!(#index + c::encoded_len::<#codec, _>(value)?)
        }
        None => quote!(#index),
    }
}

fn bound(variant: &Variant) -> TokenStream {
    match &variant.coded {
        Some(coded) => {
            let codec = codec(&coded.codec);
            quote!(5 + c::bound::<#codec, _>(value))
        }
        None => quote!(5),
    }
}

fn decode(cx: &Cx<'_>, union: &Union) -> TokenStream {
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
        let own = match union.variants.as_slice() {
            [Variant { name: only, coded: Some(coded), .. }] => {
                let codec = codec(&coded.codec);
                quote! {
                    let Self::#only(value) = self;
                    #name::#only(c::own::<#codec, _, _>(value))
                }
            }
            _ => quote!(match self { #(#arms)* }),
        };
        let own = head::view_impl(cx, view, name, &own);
        quote!(#decode #own)
    });
    quote!(#owned #view)
}

fn decode_impl(cx: &Cx<'_>, union: &Union, ty: &TokenStream) -> TokenStream {
    let (rt, decoded, c) = (&cx.rt, cx.decoded(), cx.use_codec());
    let consts = decode_consts(union.head.min_len, union.head.recursive);
    let blank = union.variants.get(union.blank).map(|variant| {
        let name = &variant.name;
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(#c Self::#name(c::blank::<#codec, _>()))
            }
            None => quote!(Self::#name),
        }
    });
    let read = match union.variants.as_slice() {
        [only] => decode_one(only, union.branches),
        several => decode_several(several, union.branches),
    };
    let resolve = resolve(cx, union);
    quote! {
        impl<'de> #rt::Decode<'de> for #ty {
            #consts

            fn blank() -> Self { #blank }

            fn decode_into(&mut self, r: &mut #rt::Reader<'de>) -> #decoded { #c #read }

            #resolve
        }
    }
}

fn decode_one(variant: &Variant, branches: usize) -> TokenStream {
    let (name, branches) = (&variant.name, Token::usize_unsuffixed(branches));
    match &variant.coded {
        Some(coded) => {
            let codec = codec(&coded.codec);
            quote! {
                c::read_branch(r, #branches)?;
                let Self::#name(value) = self;
                c::decode::<#codec, _>(value, r)
            }
        }
        None => quote! {
            c::read_branch(r, #branches)?;
            *self = Self::#name;
            ::core::result::Result::Ok(())
        },
    }
}

fn decode_several(variants: &[Variant], branches: usize) -> TokenStream {
    // The index is below `branches`: without null the last arm takes what is left.
    let whole = variants.len() == branches;
    let last = variants.len().saturating_sub(1);
    let arms = variants.iter().enumerate().map(|(position, variant)| {
        let index = Token::usize_unsuffixed(variant.branch);
        if whole && position == last {
            arm(variant, &quote!(_))
        } else {
            arm(variant, &quote!(#index))
        }
    });
    let branches = Token::usize_unsuffixed(branches);
    let null =
        (!whole).then(|| quote!(branch => return c::unexpected_branch(branch, #branches, r),));
    quote! {
        match c::read_branch(r, #branches)? { #(#arms)* #null }
        ::core::result::Result::Ok(())
    }
}

/// A branch that stays keeps its allocations; another is read anew.
fn arm(variant: &Variant, pattern: &TokenStream) -> TokenStream {
    let name = &variant.name;
    let Some(coded) = &variant.coded else {
        return quote!(#pattern => *self = Self::#name,);
    };
    let codec = codec(&coded.codec);
    quote! {
        #pattern => {
            if let Self::#name(value) = self {
                return c::decode::<#codec, _>(value, r);
            }
            *self = Self::#name(c::decode_new::<#codec, _>(r)?);
        }
    }
}

/// The same, where the plan says which branch it is and how its value is read.
fn resolve(cx: &Cx<'_>, union: &Union) -> TokenStream {
    match union.variants.as_slice() {
        [only] => cx.resolve_into(only.coded.is_some(), &resolve_one(only)),
        several => cx.resolve_into(true, &resolve_several(several, union.branches)),
    }
}

fn resolve_one(variant: &Variant) -> TokenStream {
    let name = &variant.name;
    match &variant.coded {
        Some(coded) => {
            let codec = codec(&coded.codec);
            quote! {
                let (_, p) = p.branch(r)?;
                let Self::#name(value) = self;
                c::resolve::<#codec, _>(value, r, p)
            }
        }
        None => quote! {
            p.branch(r)?;
            *self = Self::#name;
            ::core::result::Result::Ok(())
        },
    }
}

fn resolve_several(variants: &[Variant], branches: usize) -> TokenStream {
    let branches = Token::usize_unsuffixed(branches);
    let arms = variants.iter().map(|variant| {
        let (name, index) = (&variant.name, Token::usize_unsuffixed(variant.branch));
        let Some(coded) = &variant.coded else {
            return quote!(#index => *self = Self::#name,);
        };
        let codec = codec(&coded.codec);
        quote! {
            #index => {
                if let Self::#name(value) = self {
                    return c::resolve::<#codec, _>(value, r, p);
                }
                *self = Self::#name(c::resolve_new::<#codec, _>(r, p)?);
            }
        }
    });
    quote! {
        let (branch, p) = p.branch(r)?;
        match branch {
            #(#arms)*
            _ => return c::unexpected_branch(branch, #branches, r),
        }
        ::core::result::Result::Ok(())
    }
}
