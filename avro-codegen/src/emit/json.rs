//! JSON, both ways; the writer and the reader know which form.
//!
//! ```text
//! impl ::avro_runtime::json::Json for Item {
//!     fn write_json(&self, w) { j::write::<c::Str, _>(&self.sku, w, "{\"sku\":")?; … }
//!     fn read_json(&mut self, r) { … 0 => j::read::<c::Str, _>(&mut self.sku, r, "sku")?, … }
//! }
//! ```

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::types::codec;
use super::{Cx, head};
use crate::plan::model::{Enum, Head, Newtype, Record, Union};

/// The implementation with these bodies.
fn json(cx: &Cx, head: &Head, write: &TokenStream, read: &TokenStream) -> TokenStream {
    let (rt, name) = (&cx.rt, &head.name);
    let fullname = head
        .schema
        .as_ref()
        .map_or("", |texts| texts.fullname.as_str());
    let (encoded, decoded) = (cx.encoded(quote!(())), cx.decoded());
    quote! {
        impl #rt::json::Json for #name {
            const NAME: &'static str = #fullname;

            fn write_json(&self, w: &mut #rt::json::JsonWriter<'_>) -> #encoded { #write }

            fn read_json(&mut self, r: &mut #rt::json::JsonReader<'_>) -> #decoded { #read }
        }
    }
}

pub(super) fn record(cx: &Cx, record: &Record) -> TokenStream {
    let (write, read) = (write_record(cx, record), read_record(cx, record));
    json(cx, &record.head, &write, &read)
}

fn write_record(cx: &Cx, record: &Record) -> TokenStream {
    if record.fields.is_empty() {
        return quote!(w.raw("{}"); ::core::result::Result::Ok(()));
    }
    let (c, j) = (cx.use_codec(), cx.use_json());
    let fields = record.fields.iter().enumerate().map(|(index, field)| {
        let (name, codec) = (&field.name, codec(&field.coded.codec));
        let open = if index == 0 { '{' } else { ',' };
        let key = head::text(&format!("{open}\"{}\":", field.schema_name));
        quote!(j::write::<#codec, _>(&self.#name, w, #key)?;)
    });
    quote!(#c #j #(#fields)* w.raw("}"); ::core::result::Result::Ok(()))
}

fn read_record(cx: &Cx, record: &Record) -> TokenStream {
    let keys = record.fields.iter().map(|field| &field.schema_name);
    let begin = quote! {
        const KEYS: &[&str] = &[#(#keys),*];
        let mut fields = r.begin_record(KEYS)?;
    };
    if record.fields.is_empty() {
        return quote! {
            #begin
            while r.next_field(&mut fields)?.is_some() {}
            ::core::result::Result::Ok(())
        };
    }
    let (c, j) = (cx.use_codec(), cx.use_json());
    let last = record.fields.len() - 1;
    let present = record.fields.iter().enumerate().map(|(index, field)| {
        let (name, codec, key) = (&field.name, codec(&field.coded.codec), &field.schema_name);
        let pattern = pattern(index, last);
        quote!(#pattern => j::read::<#codec, _>(&mut self.#name, r, #key)?,)
    });
    let missing = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| {
            let (name, value) = (&field.name, cx.literal(field.default.as_ref()?));
            let index = Token::usize_unsuffixed(index);
            Some(quote!(#index => self.#name = #value,))
        });
    let refused = record.fields.iter().any(|field| field.default.is_none());
    let other = if refused {
        quote!(_ => return ::core::result::Result::Err(r.missing(&fields, field)),)
    } else {
        quote!(_ => {})
    };
    quote! {
        #c #j
        #begin
        while let ::core::option::Option::Some(field) = r.next_field(&mut fields)? {
            match field { #(#present)* }
        }
        while let ::core::option::Option::Some(field) = fields.next_missing() {
            match field { #(#missing)* #other }
        }
        ::core::result::Result::Ok(())
    }
}

pub(super) fn enum_(cx: &Cx, enum_: &Enum) -> TokenStream {
    let rt = &cx.rt;
    let write = quote!(w.symbol(self.as_str()); ::core::result::Result::Ok(()));
    let read = quote!(#rt::json::read_symbol(self, Self::ALL, Self::SYMBOLS, r));
    json(cx, &enum_.head, &write, &read)
}

pub(super) fn newtype(cx: &Cx, newtype: &Newtype) -> TokenStream {
    let (c, j) = (cx.use_codec(), cx.use_json());
    let codec = codec(&newtype.coded.codec);
    let write = quote!(#c #j j::write_value::<#codec, _>(&self.0, w));
    let read = quote!(#c #j j::read_value::<#codec, _>(&mut self.0, r));
    json(cx, &newtype.head, &write, &read)
}

pub(super) fn union(cx: &Cx, union: &Union) -> TokenStream {
    let (c, j) = (cx.use_codec(), cx.use_json());
    let write = union.variants.iter().enumerate().map(|(index, variant)| {
        let (name, ambiguous) = (&variant.name, variant.ambiguous);
        let index = Token::usize_unsuffixed(index);
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(Self::#name(value) => {
                    j::write_branch::<#codec, _, Self>(value, w, #index, #ambiguous)
                })
            }
            None => {
                quote!(Self::#name => j::write_branch::<c::Null, _, Self>(&(), w, #index, false),)
            }
        }
    });
    let tags = union.variants.iter().map(|variant| &variant.tag);
    let last = union.variants.len().saturating_sub(1);
    let read = union.variants.iter().enumerate().map(|(index, variant)| {
        let (name, pattern) = (&variant.name, pattern(index, last));
        match &variant.coded {
            Some(coded) => {
                let codec = codec(&coded.codec);
                quote!(#pattern => Self::#name(j::read_branch::<#codec, _>(r)?),)
            }
            None => quote!(#pattern => { j::read_branch::<c::Null, ()>(r)?; Self::#name }),
        }
    });
    let write = quote!(#c #j match self { #(#write)* });
    let read = quote! {
        #c #j
        const BRANCHES: &[&str] = &[#(#tags),*];
        j::read_union(r, BRANCHES, |branch, r| {
            *self = match branch { #(#read)* };
            ::core::result::Result::Ok(())
        })
    };
    json(cx, &union.head, &write, &read)
}

/// The last of several arms takes whatever is left.
fn pattern(index: usize, last: usize) -> TokenStream {
    let index_token = Token::usize_unsuffixed(index);
    if index == last {
        quote!(_)
    } else {
        quote!(#index_token)
    }
}
