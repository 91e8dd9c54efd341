//! Records.
//!
//! ```text
//! pub struct Item { pub sku: ::std::string::String }
//! pub struct ItemRef<'a> { pub sku: &'a str }
//! impl ::avro_runtime::Encode for Item { … c::write::<c::Str, _>(&self.sku, w, "sku") }
//! impl<'de> ::avro_runtime::Decode<'de> for Item { … c::read::<c::Str, _>(&mut self.sku, r, "sku") }
//! ```

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::types::codec;
use super::{Cx, builder, doc, head, json, validate};
use crate::plan::model::{DefaultImpl, Field, Record};
use crate::plan::names::Ident;

pub(super) fn emit(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let structs = structs(cx, record);
    let constructors = builder::emit(cx, record);
    let default = default(cx, record);
    let encode = encode(cx, record);
    let decode = decode(cx, record);
    let impls = head::impls(cx, &record.head);
    let json = record.head.json.then(|| json::record(cx, record));
    quote!(#structs #constructors #default #encode #decode #impls #json)
}

fn structs(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let head = &record.head;
    let derived = (record.default == DefaultImpl::Derived).then_some("Default");
    let attributes = head::attributes(cx, head, derived.as_slice());
    let name = &head.name;
    let fields = record.fields.iter().map(|field| {
        let (docs, name, ty) = (doc(&field.docs), &field.name, cx.ty(&field.coded.ty));
        let rules = validate::field(field);
        let serde = head
            .serde
            .as_ref()
            .and_then(|_| rename(&field.name, &field.schema_name));
        let attributes = &field.attributes;
        quote!(#docs #rules #serde #(#attributes)* pub #name: #ty)
    });
    let view = head.view.as_ref().map(|view| {
        let attributes = head::view_attributes(head);
        let fields = record.fields.iter().map(|field| {
            let (docs, name, ty) = (doc(&field.docs), &field.name, cx.ty(&field.coded.view));
            quote!(#docs pub #name: #ty)
        });
        quote!(#attributes pub struct #view<'a> { #(#fields),* })
    });
    quote! {
        #attributes
        pub struct #name { #(#fields),* }
        #view
    }
}

/// `#[serde(rename = "orderId")]` where serde would not find the schema's name by itself.
pub(super) fn rename(name: &Ident, schema_name: &str) -> Option<TokenStream> {
    (name.plain() != schema_name).then(|| quote!(#[serde(rename = #schema_name)]))
}

fn default(cx: &Cx<'_>, record: &Record) -> TokenStream {
    if record.default != DefaultImpl::Written {
        return TokenStream::new();
    }
    let name = &record.head.name;
    let fields = record.fields.iter().filter_map(|field| {
        let (name, value) = (&field.name, cx.literal(field.default.as_ref()?));
        Some(quote!(#name: #value))
    });
    quote! {
        impl ::core::default::Default for #name {
            fn default() -> Self { Self { #(#fields),* } }
        }
    }
}

fn encode(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let (rt, name) = (&cx.rt, &record.head.name);
    let (written, measured) = (cx.encoded(quote!(())), cx.encoded(quote!(usize)));
    if record.fields.is_empty() {
        return quote! {
            impl #rt::Encode for #name {
                fn encode(&self, _: &mut #rt::Writer<'_>) -> #written {
                    ::core::result::Result::Ok(())
                }

                fn encoded_len(&self) -> #measured { ::core::result::Result::Ok(0) }

                fn bound(&self) -> usize { 0 }
            }
        };
    }
    let c = cx.use_codec();
    let write = match record.encoders_inline {
        true => quote!(write),
        false => quote!(write_far),
    };
    let mut write = each(&record.fields, |field, codec| {
        let (name, key) = (&field.name, &field.schema_name);
        quote!(c::#write::<#codec, _>(&self.#name, w, #key))
    });
    let last_write = write.pop();
    let len = each(&record.fields, |field, codec| {
        let (name, key) = (&field.name, &field.schema_name);
        quote!(c::len::<#codec, _>(&self.#name, #key))
    });
    let len = match len.as_slice() {
        [only] => quote!(#only),
        several => quote!(::core::result::Result::Ok(#(#several?)+*)),
    };
    let bound = each(&record.fields, |field, codec| {
        let name = &field.name;
        quote!(c::bound::<#codec, _>(&self.#name))
    });
    quote! {
        impl #rt::Encode for #name {
            fn encode(&self, w: &mut #rt::Writer<'_>) -> #written { #c #(#write?;)* #last_write }

            fn encoded_len(&self) -> #measured { #c #len }

            fn bound(&self) -> usize { #c #(#bound)+* }
        }
    }
}

/// The owned type and its view are read alike.
fn decode(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let head = &record.head;
    let name = &head.name;
    let owned = decode_impl(cx, record, &quote!(#name));
    let view = head.view.as_ref().map(|view| {
        let decode = decode_impl(cx, record, &quote!(#view<'de>));
        let fields = each(&record.fields, |field, codec| {
            let name = &field.name;
            quote!(#name: c::own::<#codec, _, _>(&self.#name))
        });
        let own = head::view_impl(cx, view, name, &quote!(#name { #(#fields),* }));
        quote!(#decode #own)
    });
    quote!(#owned #view)
}

fn decode_impl(cx: &Cx<'_>, record: &Record, ty: &TokenStream) -> TokenStream {
    let (rt, decoded) = (&cx.rt, cx.decoded());
    let consts = decode_consts(record.head.min_len, record.head.recursive);
    let resolve = resolve(cx, record);
    if record.fields.is_empty() {
        return quote! {
            impl<'de> #rt::Decode<'de> for #ty {
                #consts

                fn blank() -> Self { Self {} }

                fn decode_into(&mut self, _: &mut #rt::Reader<'de>) -> #decoded {
                    ::core::result::Result::Ok(())
                }

                #resolve
            }
        };
    }
    let c = cx.use_codec();
    let blank = each(&record.fields, |field, codec| {
        let name = &field.name;
        quote!(#name: c::blank::<#codec, _>())
    });
    let read = match record.decoders_inline {
        true => quote!(read),
        false => quote!(read_far),
    };
    let mut read = each(&record.fields, |field, codec| {
        let (name, key) = (&field.name, &field.schema_name);
        quote!(c::#read::<#codec, _>(&mut self.#name, r, #key))
    });
    let last_read = read.pop();
    quote! {
        impl<'de> #rt::Decode<'de> for #ty {
            #consts

            fn blank() -> Self { #c Self { #(#blank),* } }

            fn decode_into(&mut self, r: &mut #rt::Reader<'de>) -> #decoded { #c #(#read?;)* #last_read }

            #resolve
        }
    }
}

/// One step after the other, in the writer's order: a field of this record, or one to skip.
fn resolve(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let names = record.fields.iter().map(|field| &field.schema_name);
    let (resolve, resolve_or) = match record.decoders_inline {
        true => (quote!(resolve), quote!(resolve_or)),
        false => (quote!(resolve_far), quote!(resolve_or_far)),
    };
    let arms = record.fields.iter().enumerate().map(|(index, field)| {
        let (index, codec) = (Token::usize_unsuffixed(index), codec(&field.coded.codec));
        let name = &field.name;
        match &field.default_datum {
            Some(datum) => {
                let datum = Token::byte_string(datum);
                quote!(#index => c::#resolve_or::<#codec, _>(&mut self.#name, r, p, #datum),)
            }
            None => quote!(#index => c::#resolve::<#codec, _>(&mut self.#name, r, p),),
        }
    });
    let body = if record.fields.is_empty() {
        quote! {
            for (_, p) in p.record(r)? { p.skip(r)?; }
            ::core::result::Result::Ok(())
        }
    } else {
        quote! {
            for (field, p) in p.record(r)? {
                let read = match field {
                    #(#arms)*
                    _ => p.skip(r),
                };
                c::in_field(read, field, &[#(#names),*])?;
            }
            ::core::result::Result::Ok(())
        }
    };
    cx.resolve_into(!record.fields.is_empty(), &body)
}

/// `MIN_LEN` and `RECURSIVE`.
pub(super) fn decode_consts(min_len: u32, recursive: bool) -> TokenStream {
    let min_len = Token::u32_unsuffixed(min_len);
    quote! {
        const MIN_LEN: usize = #min_len;
        const RECURSIVE: bool = #recursive;
    }
}

fn each(fields: &[Field], emit: impl Fn(&Field, TokenStream) -> TokenStream) -> Vec<TokenStream> {
    fields
        .iter()
        .map(|field| emit(field, codec(&field.coded.codec)))
        .collect()
}
