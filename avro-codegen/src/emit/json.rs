//! JSON, both ways; the writer and the reader know which form.
//!
//! ```text
//! impl ::avro_runtime::json::Json for Item {
//!     fn write_json(&self, w) { j::write::<c::Str, _>(&self.sku, w, "{\"sku\":")?; … }
//!     fn read_json(&mut self, r) { … 0 => j::read::<c::Str, _>(&mut self.sku, r, "sku")?, … }
//! }
//! ```

use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens, quote};

use super::types::codec;
use super::{Cx, literal};
use crate::plan::model::{Enum, Field, Head, Newtype, Record, Union, Variant};

/// The implementation with these bodies.
fn json(cx: &Cx<'_>, head: &Head, write: &TokenStream, read: &TokenStream) -> TokenStream {
    let (rt, name) = (&cx.rt, &head.name);
    let (encoded, decoded) = (cx.encoded(quote!(())), cx.decoded());
    quote! {
        impl #rt::json::Json for #name {
            fn write_json(&self, w: &mut #rt::json::JsonWriter<'_>) -> #encoded { #write }

            fn read_json(&mut self, r: &mut #rt::json::JsonReader<'_>) -> #decoded { #read }
        }
    }
}

pub(super) fn record(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let (write, read) = (write_record(cx, record), read_record(cx, record));
    json(cx, &record.head, &write, &read)
}

fn write_record(cx: &Cx<'_>, record: &Record) -> TokenStream {
    if record.fields.is_empty() {
        return quote!(w.raw("{}"); ::core::result::Result::Ok(()));
    }
    let (c, j) = (cx.use_codec(), cx.use_json());
    let fields = record.fields.iter().enumerate().map(|(index, field)| {
        let (name, codec) = (&field.name, codec(&field.coded.codec));
        let open = if index == 0 { '{' } else { ',' };
        let key = literal::text(&format!("{open}\"{}\":", field.schema_name));
        quote!(j::write::<#codec, _>(&self.#name, w, #key)?;)
    });
    quote!(#c #j #(#fields)* w.raw("}"); ::core::result::Result::Ok(()))
}

fn read_record(cx: &Cx<'_>, record: &Record) -> TokenStream {
    if record.fields.is_empty() {
        return quote! {
            let mut fields = r.begin_record(&[])?;
            while r.next_field(&mut fields)?.is_some() {}
            ::core::result::Result::Ok(())
        };
    }
    let (c, j) = (cx.use_codec(), cx.use_json());
    let keys = record.fields.iter().map(|field| &field.schema_name);
    let (present, missing) = (read_present(record), read_missing(cx, record));
    quote! {
        #c #j
        const KEYS: &[&str] = &[#(#keys),*];
        let mut fields = r.begin_record(KEYS)?;
        #present
        #missing
        ::core::result::Result::Ok(())
    }
}

/// The loop over the fields that are there.
fn read_present(record: &Record) -> TokenStream {
    let read = |field: &Field| {
        let (name, codec, key) = (&field.name, codec(&field.coded.codec), &field.schema_name);
        quote!(j::read::<#codec, _>(&mut self.#name, r, #key)?)
    };
    if let [only] = record.fields.as_slice() {
        let read = read(only);
        return quote!(while r.next_field(&mut fields)?.is_some() { #read; });
    }
    let last = record.fields.len().saturating_sub(1);
    let arms = record.fields.iter().enumerate().map(|(index, field)| {
        let (pattern, read) = (pattern(index, last), read(field));
        quote!(#pattern => #read,)
    });
    quote! {
        while let ::core::option::Option::Some(field) = r.next_field(&mut fields)? {
            match field { #(#arms)* }
        }
    }
}

/// The loop over the fields that are not: each takes its default, or is missed.
fn read_missing(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let defaults: Vec<(usize, TokenStream)> = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| {
            let (name, value) = (&field.name, cx.literal(field.default.as_ref()?));
            Some((index, quote!(self.#name = #value)))
        })
        .collect();
    let all = defaults.len() == record.fields.len();
    let refuse = quote!(return ::core::result::Result::Err(r.missing(&fields, field)));
    let body = match defaults.as_slice() {
        [] => {
            return quote! {
                if let ::core::option::Option::Some(field) = fields.next_missing() { #refuse; }
            };
        }
        [(_, only)] if all => {
            return quote!(if fields.next_missing().is_some() { #only; });
        }
        [(index, only)] => {
            let index = Token::usize_unsuffixed(*index);
            quote! {
                if field != #index { #refuse; }
                #only;
            }
        }
        several => {
            let last = record.fields.len().saturating_sub(1);
            let arms = several.iter().map(|(index, set)| {
                let pattern = if all {
                    pattern(*index, last)
                } else {
                    Token::usize_unsuffixed(*index).into_token_stream()
                };
                quote!(#pattern => #set,)
            });
            let other = (!all).then(|| quote!(_ => #refuse,));
            quote!(match field { #(#arms)* #other })
        }
    };
    quote! {
        while let ::core::option::Option::Some(field) = fields.next_missing() { #body }
    }
}

pub(super) fn enum_(cx: &Cx<'_>, enum_: &Enum) -> TokenStream {
    let rt = &cx.rt;
    let write = quote!(w.symbol(self.as_str()); ::core::result::Result::Ok(()));
    let read = quote!(#rt::json::read_symbol(self, Self::ALL, Self::SYMBOLS, r));
    json(cx, &enum_.head, &write, &read)
}

pub(super) fn newtype(cx: &Cx<'_>, newtype: &Newtype) -> TokenStream {
    let (c, j) = (cx.use_codec(), cx.use_json());
    let codec = codec(&newtype.coded.codec);
    let write = quote!(#c #j j::write_value::<#codec, _>(&self.0, w));
    let read = quote!(#c #j j::read_value::<#codec, _>(&mut self.0, r));
    json(cx, &newtype.head, &write, &read)
}

pub(super) fn union(cx: &Cx<'_>, union: &Union) -> TokenStream {
    let (c, j) = (cx.use_codec(), cx.use_json());
    let tags = union.variants.iter().map(|variant| &variant.tag);
    let (write, read) = match union.variants.as_slice() {
        [only] => one_branch(only),
        several => branches(several),
    };
    let write = quote!(#c #j #write);
    let read = quote! {
        #c #j
        const BRANCHES: &[&str] = &[#(#tags),*];
        j::read_union(r, BRANCHES, #read)
    };
    json(cx, &union.head, &write, &read)
}

fn one_branch(variant: &Variant) -> (TokenStream, TokenStream) {
    let (name, write, read) = (
        &variant.name,
        write_branch(variant, 0),
        read_branch(variant),
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

fn branches(variants: &[Variant]) -> (TokenStream, TokenStream) {
    let write = variants.iter().enumerate().map(|(index, variant)| {
        let (name, write) = (&variant.name, write_branch(variant, index));
        let payload = variant.coded.as_ref().map(|_| quote!((value)));
        quote!(Self::#name #payload => #write,)
    });
    let last = variants.len().saturating_sub(1);
    let read = variants.iter().enumerate().map(|(index, variant)| {
        let (pattern, read) = (pattern(index, last), read_branch(variant));
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

/// A value that might be read as another branch is tagged with the name that the reader knows.
fn write_branch(variant: &Variant, index: usize) -> TokenStream {
    let (codec, value) = match &variant.coded {
        Some(coded) => (codec(&coded.codec), quote!(value)),
        None => (quote!(c::Null), quote!(&())),
    };
    if !variant.ambiguous {
        return quote!(j::write_value::<#codec, _>(#value, w));
    }
    let (index, tag) = (Token::usize_unsuffixed(index), &variant.tag);
    quote!(j::write_branch::<#codec, _, Self>(#value, w, #index, #tag))
}

fn read_branch(variant: &Variant) -> TokenStream {
    let name = &variant.name;
    match &variant.coded {
        Some(coded) => {
            let codec = codec(&coded.codec);
            quote!(Self::#name(j::read_branch::<#codec, _>(r)?))
        }
        None => quote!({ j::read_branch::<c::Null, ()>(r)?; Self::#name }),
    }
}

/// The last of several arms takes whatever is left.
fn pattern(index: usize, last: usize) -> TokenStream {
    if index == last {
        quote!(_)
    } else {
        Token::usize_unsuffixed(index).into_token_stream()
    }
}
