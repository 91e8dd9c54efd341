//! Unions as JSON values.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::codec::Codecs;
use super::{json, pattern};
use crate::emit::Cx;
use crate::plan::model::{Union, Variant};
use crate::plan::names::Ident;

pub(in crate::emit) fn union(cx: &Cx<'_>, union: &Union) -> TokenStream {
    let (c, j) = (cx.use_codec(), cx.use_json());
    let tags = union.variants.iter().map(|variant| &variant.tag);
    let coded = union.variants.iter().filter_map(|it| it.coded.as_ref());
    let codecs = Codecs::new(&union.head.name, coded.map(|coded| &coded.codec));
    let name = &union.head.name;
    let (write, read) = match union.variants.as_slice() {
        [only] => one_branch(only, name, &codecs),
        several => branches(several, name, &codecs),
    };
    let write = quote!(#c #j #write);
    let read = quote! {
        #c #j
        const BRANCHES: &[&str] = &[#(#tags),*];
        j::read_union(r, BRANCHES, #read)
    };
    json(cx, &union.head, &codecs, &write, &read)
}

fn one_branch(variant: &Variant, union: &Ident, codecs: &Codecs<'_>) -> (TokenStream, TokenStream) {
    let name = &variant.name;
    let (write, read) = (
        write_branch(variant, 0, union, codecs),
        read_branch(variant, codecs),
    );
    let bound = variant
        .coded
        .as_ref()
        .map(|_| quote!(let Self::#name(value) = self;));
    let read = quote! {
        |_, r| {
            *self = #read;
            ::core::result::Result::Ok(())
        }
    };
    (quote!(#bound #write), read)
}

fn branches(
    variants: &[Variant],
    union: &Ident,
    codecs: &Codecs<'_>,
) -> (TokenStream, TokenStream) {
    let write = variants.iter().enumerate().map(|(index, variant)| {
        let (name, write) = (&variant.name, write_branch(variant, index, union, codecs));
        let payload = variant.coded.as_ref().map(|_| quote!((value)));
        quote!(Self::#name #payload => #write,)
    });
    let last = variants.len().saturating_sub(1);
    let read = variants.iter().enumerate().map(|(index, variant)| {
        let (pattern, read) = (pattern(index, last), read_branch(variant, codecs));
        quote!(#pattern => #read,)
    });
    let read = quote! {
        |branch, r| {
            *self = match branch { #(#read)* };
            ::core::result::Result::Ok(())
        }
    };
    (quote!(match self { #(#write)* }), read)
}

/// A value that might be read as another branch is read back, as a value of the owned enum.
fn write_branch(
    variant: &Variant,
    index: usize,
    union: &Ident,
    codecs: &Codecs<'_>,
) -> TokenStream {
    let Some(coded) = &variant.coded else {
        return quote!(j::write_value::<c::Null, _>(&(), w));
    };
    let (codec, tag) = (codecs.codec(&coded.codec), &variant.tag);
    if !variant.ambiguous {
        return quote!(j::write_branch::<#codec, _>(value, w, #tag));
    }
    let index = Token::usize_unsuffixed(index);
    quote!(j::write_ambiguous::<#codec, _, #union>(value, w, #index, #tag))
}

fn read_branch(variant: &Variant, codecs: &Codecs<'_>) -> TokenStream {
    let name = &variant.name;
    match &variant.coded {
        Some(coded) => {
            let codec = codecs.codec(&coded.codec);
            quote!(Self::#name(j::read_branch::<#codec, _>(r)?))
        }
        None => quote!({ j::read_branch::<c::Null, ()>(r)?; Self::#name }),
    }
}
