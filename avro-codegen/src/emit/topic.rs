//! Topics, and the enums of those with several types of value.
//!
//! ```text
//! pub enum OrdersRaw {}
//! impl ::avro_runtime::topic::Topic for OrdersRaw { const NAME: &'static str = "orders.raw"; … }
//! ```

mod several;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{Cx, doc, lints};
use crate::config::SubjectNames;
use crate::plan::model::{KeyField, KeyTy, Topic, TopicKey};

/// The module of all topics, if there are any.
pub(super) fn module(cx: &Cx<'_>, topics: &[Topic]) -> TokenStream {
    if topics.is_empty() {
        return TokenStream::new();
    }
    let allowed = lints::allowed();
    let topics = topics.iter().map(|topic| emit(cx, topic));
    quote! {
        /// Topics, and what each carries.
        #allowed
        pub mod topics { #(#topics)* }
    }
}

fn emit(cx: &Cx<'_>, topic: &Topic) -> TokenStream {
    let (rt, name, docs) = (&cx.rt, &topic.name, doc(&topic.docs));
    let (text, values) = (&topic.topic, several::emit(cx, topic));
    let value = value(cx, topic);
    let strategy = match topic.subject {
        SubjectNames::TopicName => format_ident!("TopicName"),
        SubjectNames::RecordName => format_ident!("RecordName"),
        SubjectNames::TopicRecordName => format_ident!("TopicRecordName"),
    };
    let (key_ty, key) = key(cx, topic);
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

        #values
    }
}

/// The type of the values.
fn value(cx: &Cx<'_>, topic: &Topic) -> TokenStream {
    match (&topic.several, &*topic.values) {
        (None, [only]) => cx.ty(&only.ty),
        (several, _) => several.as_ref().map(|it| &it.name).to_token_stream(),
    }
}

fn key(cx: &Cx<'_>, topic: &Topic) -> (TokenStream, TokenStream) {
    let rt = &cx.rt;
    let Some(TopicKey { fields, ty }) = &topic.key else {
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
    let mut keys =
        fields.iter().map(
            |KeyField { name, optional, .. }| match (optional, by_deref) {
                (true, true) => quote!(value.#name.as_deref()),
                (true, false) => quote!(value.#name.as_ref()),
                (false, _) => quote!(::core::option::Option::Some(&value.#name)),
            },
        );
    let variants: Vec<_> = fields.iter().filter_map(|it| it.variant.as_ref()).collect();
    let key = match variants.is_empty() {
        true => keys.next().to_token_stream(),
        false => {
            let value = value(cx, topic);
            quote!(match value { #(#value::#variants(value) => #keys,)* })
        }
    };
    let key = quote! {
        fn key(value: &Self::Value) -> ::core::option::Option<&Self::Key> { #key }
    };
    (ty, key)
}
