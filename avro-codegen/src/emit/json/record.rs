//! Records as JSON objects.

use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens, quote};

use super::codec::Codecs;
use super::{json, pattern};
use crate::emit::{Cx, literal, types};
use crate::plan::model::{Field, Record};

pub(in crate::emit) fn record(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let fields = record.fields.iter().map(|field| &field.coded.codec);
    let codecs = Codecs::new(&record.head.name, fields);
    let write = write_record(cx, record, &codecs);
    let read = read_record(cx, record, &codecs);
    json(cx, &record.head, &codecs, &write, &read)
}

fn write_record(cx: &Cx<'_>, record: &Record, codecs: &Codecs<'_>) -> TokenStream {
    if record.fields.is_empty() {
        return quote!(w.raw("{}"); ::core::result::Result::Ok(()));
    }
    let (c, j) = (cx.use_codec(), cx.use_json());
    let fields = record.fields.iter().enumerate().map(|(index, field)| {
        let (name, codec) = (&field.name, codecs.codec(&field.coded.codec));
        let key = key(index, field);
        quote!(j::write::<#codec, _>(&self.#name, w, #key)?;)
    });
    quote!(#c #j #(#fields)* w.raw("}"); ::core::result::Result::Ok(()))
}

fn read_record(cx: &Cx<'_>, record: &Record, codecs: &Codecs<'_>) -> TokenStream {
    if record.fields.is_empty() {
        let j = cx.use_json();
        return quote! {
            #j
            let fields = &mut j::Fields::new(&[]);
            while r.next_field(fields)?.is_some() {}
            ::core::result::Result::Ok(())
        };
    }
    let (c, j) = (cx.use_codec(), cx.use_json());
    let fields = record.fields.iter().enumerate();
    let keys = fields.map(|(index, field)| key(index, field));
    let count = Token::usize_unsuffixed(record.fields.len());
    // What stands inline for every field would take rustc seconds where there are many.
    let in_order = record
        .decoders_inline
        .then(|| read_in_order(record, codecs));
    let (present, missing) = (read_present(record, codecs), read_missing(cx, record));
    quote! {
        #c #j
        const KEYS: [&str; #count] = [#(#keys),*];
        let fields = &mut j::Fields::new(&KEYS);
        #in_order
        #present
        #missing
        ::core::result::Result::Ok(())
    }
}

/// The fields as most texts have them, in the schema's order: what is compared are constants.
fn read_in_order(record: &Record, codecs: &Codecs<'_>) -> TokenStream {
    let fields = record.fields.iter().enumerate().map(|(index, field)| {
        let (name, codec) = (&field.name, codecs.codec(&field.coded.codec));
        let index = Token::usize_unsuffixed(index);
        quote! {
            j::read_next::<#codec, _>(&mut self.#name, r, fields, #index, KEYS[#index])?;
        }
    });
    quote!(#(#fields)*)
}

/// A field's key with the punctuation around it.
fn key(index: usize, field: &Field) -> TokenStream {
    let open = if index == 0 { '{' } else { ',' };
    literal::text(&format!("{open}\"{}\":", field.schema_name))
}

/// The loop over the fields that are there.
fn read_present(record: &Record, codecs: &Codecs<'_>) -> TokenStream {
    let read = |field: &Field| {
        let (name, codec) = (&field.name, codecs.codec(&field.coded.codec));
        let key = &field.schema_name;
        quote!(j::read::<#codec, _>(&mut self.#name, r, #key)?)
    };
    if let [only] = record.fields.as_slice() {
        let read = read(only);
        return quote!(while r.next_field(fields)?.is_some() { #read; });
    }
    let last = record.fields.len().saturating_sub(1);
    let arms = record.fields.iter().enumerate().map(|(index, field)| {
        let (pattern, read) = (pattern(index, last), read(field));
        quote!(#pattern => #read,)
    });
    quote! {
        while let ::core::option::Option::Some(field) = r.next_field(fields)? {
            match field { #(#arms)* }
        }
    }
}

/// A field takes its default: what owns memory is read, so that it is counted.
fn take_default(cx: &Cx<'_>, field: &Field) -> Option<TokenStream> {
    let (name, literal) = (&field.name, field.default.as_ref()?);
    Some(match &field.default_datum {
        Some(datum) if literal.owns_memory() => {
            let (datum, key) = (Token::byte_string(datum), &field.schema_name);
            let codec = types::codec(&field.coded.codec);
            quote!(j::default::<#codec, _>(&mut self.#name, r, #datum, #key)?)
        }
        _ => {
            let value = cx.literal(literal);
            quote!(self.#name = #value)
        }
    })
}

/// The loop over the fields that are not: each takes its default, or is missed.
fn read_missing(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let defaults: Vec<(usize, TokenStream)> = record
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((index, take_default(cx, field)?)))
        .collect();
    let all = defaults.len() == record.fields.len();
    let refuse = quote!(return ::core::result::Result::Err(r.missing(fields, field)));
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
