//! The enum of a topic's several types of value, and the enum of what reads their data.
//!
//! ```text
//! pub enum PaymentsValue { Paid(super::pay::Paid), Refunded(super::pay::Refunded) }
//! pub enum PaymentsReader { Paid(::avro_runtime::Resolver<super::pay::Paid>), … }
//! impl ::avro_runtime::topic::Value for PaymentsValue { type Reader = PaymentsReader; … }
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::Cx;
use crate::plan::doc_name;
use crate::plan::model::{Several, Topic};

/// Nothing for a topic with one type of value.
pub(super) fn emit(cx: &Cx<'_>, topic: &Topic) -> TokenStream {
    let Some(several) = &topic.several else {
        return TokenStream::new();
    };
    let enums = enums(cx, topic, several);
    let validate = validate(cx, topic, several);
    let value = value(cx, topic, several);
    quote!(#enums #validate #value)
}

fn enums(cx: &Cx<'_>, topic: &Topic, Several { name, reader }: &Several) -> TokenStream {
    let rt = &cx.rt;
    let variants: Vec<_> = topic.values.iter().map(|value| &value.variant).collect();
    let types: Vec<_> = topic.values.iter().map(|value| cx.ty(&value.ty)).collect();
    let docs: Vec<_> = topic
        .values
        .iter()
        .map(|it| format!(" {}", doc_name(&it.fullname)))
        .collect();
    let of_values = format!(" A value of topic {}: one of its types.", topic.topic);
    let of_readers = format!(" What reads a value of topic {}.", topic.topic);
    quote! {
        #[doc = #of_values]
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#[doc = #docs] #variants(#types),)*
        }

        #(impl ::core::convert::From<#types> for #name {
            fn from(value: #types) -> Self {
                Self::#variants(value)
            }
        })*

        #[doc = #of_readers]
        #[derive(Clone, Debug)]
        pub enum #reader {
            #(#[doc = #docs] #variants(#rt::Resolver<#types>),)*
        }
    }
}

fn validate(cx: &Cx<'_>, topic: &Topic, Several { name, .. }: &Several) -> TokenStream {
    let rt = &cx.rt;
    let variants = topic.values.iter().map(|value| &value.variant);
    let types = topic.values.iter().map(|value| cx.ty(&value.ty));
    quote! {
        impl #rt::Validate for #name {
            const HAS_RULES: bool = #(<#types as #rt::Validate>::HAS_RULES)||*;

            fn validate_into(&self, report: &mut #rt::validate::Report<'_>) {
                match self {
                    #(Self::#variants(value) => #rt::Validate::validate_into(value, report),)*
                }
            }
        }
    }
}

fn value(cx: &Cx<'_>, topic: &Topic, Several { name, reader }: &Several) -> TokenStream {
    let rt = &cx.rt;
    let variants: Vec<_> = topic.values.iter().map(|value| &value.variant).collect();
    let types = topic.values.iter().map(|value| cx.ty(&value.ty));
    let fullnames = topic.values.iter().map(|value| &value.fullname);
    let indexes = (0..topic.values.len()).map(Literal::usize_unsuffixed);
    quote! {
        impl #rt::topic::Value for #name {
            type Reader = #reader;

            const SCHEMAS: &'static [#rt::topic::ValueSchema] =
                &[#(#rt::topic::ValueSchema::of::<#types>()),*];

            fn schema(&self) -> usize {
                match self {
                    #(Self::#variants(_) => #indexes,)*
                }
            }

            fn encode_into(
                &self,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), #rt::EncodeError> {
                match self {
                    #(Self::#variants(value) => #rt::encode_into(value, out),)*
                }
            }

            fn reader(
                writer: &str,
            ) -> ::core::result::Result<Self::Reader, #rt::ResolveError> {
                let name = #rt::topic::writer_name(writer)?;
                match &*name {
                    #(#fullnames => #rt::Resolver::new(writer).map(#reader::#variants),)*
                    _ => ::core::result::Result::Err(
                        #rt::ResolveError::none_of(name, Self::SCHEMAS),
                    ),
                }
            }

            fn read(
                reader: &Self::Reader,
                datum: &[u8],
                limits: #rt::Limits,
            ) -> ::core::result::Result<Self, #rt::DecodeError> {
                match reader {
                    #(#reader::#variants(reader) => {
                        reader.decode_with(datum, limits).map(Self::#variants)
                    })*
                }
            }
        }
    }
}
