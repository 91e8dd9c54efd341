//! Topics.
//!
//! ```text
//! pub enum OrdersRaw {}
//! impl ::avro_runtime::topic::Topic for OrdersRaw { const NAME: &'static str = "orders.raw"; … }
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Cx, allowed, doc};
use crate::config::SubjectNames;
use crate::plan::model::{KeyTy, Topic, TopicKey};

/// The module of all topics, if there are any.
pub(super) fn module(cx: &Cx, topics: &[Topic]) -> TokenStream {
    if topics.is_empty() {
        return TokenStream::new();
    }
    let allowed = allowed();
    let topics = topics.iter().map(|topic| emit(cx, topic));
    quote! {
        /// Topics, and what each carries.
        #allowed
        pub mod topics { #(#topics)* }
    }
}

fn emit(cx: &Cx, topic: &Topic) -> TokenStream {
    let (rt, name, docs) = (&cx.rt, &topic.name, doc(&topic.docs));
    let (text, value) = (&topic.topic, cx.ty(&topic.value));
    let strategy = match topic.subject {
        SubjectNames::TopicName => format_ident!("TopicName"),
        SubjectNames::RecordName => format_ident!("RecordName"),
        SubjectNames::TopicRecordName => format_ident!("TopicRecordName"),
    };
    let (key_ty, key) = key(cx, topic.key.as_ref());
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum #name {}

        impl #rt::topic::Topic for #name {
            const NAME: &'static str = #text;
            const SUBJECT: #rt::topic::SubjectNameStrategy =
                #rt::topic::SubjectNameStrategy::#strategy;

            type Key = #key_ty;
            type Value = #value;

            #key
        }
    }
}

fn key(cx: &Cx, key: Option<&TopicKey>) -> (TokenStream, TokenStream) {
    let rt = &cx.rt;
    let Some(TopicKey {
        field,
        ty,
        optional,
    }) = key
    else {
        let none = quote! {
            fn key(_: &Self::Value) -> ::core::option::Option<&Self::Key> {
                ::core::option::Option::None
            }
        };
        return (quote!(()), none);
    };
    let (ty, by_deref) = match ty {
        KeyTy::Str => (quote!(str), true),
        KeyTy::Bytes => (quote!([u8]), true),
        KeyTy::I32 => (quote!(i32), false),
        KeyTy::I64 => (quote!(i64), false),
        KeyTy::Uuid => (quote!(#rt::uuid::Uuid), false),
    };
    let key = match (optional, by_deref) {
        (true, true) => quote!(value.#field.as_deref()),
        (true, false) => quote!(value.#field.as_ref()),
        (false, _) => quote!(::core::option::Option::Some(&value.#field)),
    };
    let key = quote! {
        fn key(value: &Self::Value) -> ::core::option::Option<&Self::Key> { #key }
    };
    (ty, key)
}
