//! Ways to make a record.
//!
//! ```text
//! impl Item { pub fn new(sku: impl Into<String>) -> Self { … }  pub fn builder() -> ItemBuilder { … } }
//! pub struct ItemBuilder { sku: Option<String>, quantity: Option<i32> }
//! impl ItemBuilder { pub fn sku(mut self, value: impl Into<String>) -> Self { … } }
//! impl ItemBuilder { pub fn build(self) -> Result<Item, MissingField> { … } }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::head::link;
use super::{Cx, doc};
use crate::plan::doc_name;
use crate::plan::model::{Field, Literal, Record, Ty};

pub(super) fn emit(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let name = &record.head.name;
    let new = record.has_new.then(|| new(cx, record));
    let Some(builder) = &record.builder else {
        return new.map_or_else(TokenStream::new, |new| quote!(impl #name { #new }));
    };
    let empty = record.fields.iter().map(|field| {
        let name = &field.name;
        quote!(#name: ::core::option::Option::None)
    });
    let kept = record.fields.iter().map(|field| {
        let (name, ty) = (&field.name, cx.ty(&field.coded.ty));
        quote!(#name: ::core::option::Option<#ty>)
    });
    let docs = format!(" Collects the fields of {}.", link(name));
    let setters = record.fields.iter().map(|field| setter(cx, field));
    let build = build(cx, record);
    quote! {
        impl #name {
            #new

            /// A builder with no field set.
            pub fn builder() -> #builder { #builder { #(#empty),* } }
        }

        #[doc = #docs]
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct #builder { #(#kept),* }

        impl #builder {
            #(#setters)*

            #build
        }
    }
}

fn new(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let parameters = record
        .fields
        .iter()
        .filter(|field| field.default.is_none())
        .map(|field| {
            let (variable, ty) = (&field.variable, parameter(cx, &field.coded.ty));
            quote!(#variable: #ty)
        });
    let fields = record.fields.iter().map(|field| {
        let (name, variable) = (&field.name, &field.variable);
        match &field.default {
            Some(default) => {
                let value = cx.literal(default);
                quote!(#name: #value)
            }
            None if is_string(&field.coded.ty) => quote!(#name: #variable.into()),
            None => named(field),
        }
    });
    let docs = if record.fields.iter().any(|field| field.default.is_some()) {
        " The record with these fields, and the schema's defaults for the others."
    } else {
        " The record with these fields."
    };
    quote! {
        #[doc = #docs]
        pub fn new(#(#parameters),*) -> Self { Self { #(#fields),* } }
    }
}

fn setter(cx: &Cx<'_>, field: &Field) -> TokenStream {
    let (name, setter) = (&field.name, &field.setter);
    let parameter = parameter(cx, &field.coded.ty);
    let value = if is_string(&field.coded.ty) {
        quote!(value.into())
    } else {
        quote!(value)
    };
    let docs = if field.docs.is_empty() {
        vec![format!("Sets {}.", doc_name(&field.schema_name))]
    } else {
        field.docs.clone()
    };
    let docs = doc(&docs);
    quote! {
        #docs
        pub fn #setter(mut self, value: #parameter) -> Self {
            self.#name = ::core::option::Option::Some(#value);
            self
        }
    }
}

fn build(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let (rt, name) = (&cx.rt, &record.head.name);
    let required = record.fields.iter().any(|field| field.default.is_none());
    let (errors, body) = if required {
        let errors = " The first field that has no default and was not set.";
        (errors, build_of_required(cx, record))
    } else {
        let fields = record.fields.iter().filter_map(|field| {
            let name = &field.name;
            let value = or_default(cx, &quote!(self.#name), field.default.as_ref()?);
            Some(quote!(#name: #value))
        });
        let body = quote!(::core::result::Result::Ok(#name { #(#fields),* }));
        (" None: every field has a default.", body)
    };
    quote! {
        /// The record; fields that were not set have the schema's defaults.
        ///
        /// # Errors
        ///
        #[doc = #errors]
        pub fn build(self) -> ::core::result::Result<#name, #rt::MissingField> { #body }
    }
}

/// All fields that have to be set are taken at once: where each leaves early by itself, in the midst
/// of the record, rustc takes ten seconds for 200 of them.
fn build_of_required(cx: &Cx<'_>, record: &Record) -> TokenStream {
    let (rt, name, fullname) = (&cx.rt, &record.head.name, &record.fullname);
    let taken = record.fields.iter().map(|field| {
        let (name, variable) = (&field.name, &field.variable);
        match &field.default {
            Some(_) => named(field),
            None => quote!(#name: ::core::option::Option::Some(#variable)),
        }
    });
    let required = record.fields.iter().filter(|field| field.default.is_none());
    let there = required.map(|field| {
        let (name, key) = (&field.name, &field.schema_name);
        quote!((#key, self.#name.is_some()))
    });
    let fields = record.fields.iter().map(|field| {
        let (name, variable) = (&field.name, &field.variable);
        match &field.default {
            Some(default) => {
                let value = or_default(cx, &quote!(#variable), default);
                quote!(#name: #value)
            }
            None => named(field),
        }
    });
    quote! {
        let Self { #(#taken),* } = self else {
            let there = [#(#there),*];
            return ::core::result::Result::Err(#rt::MissingField::first(#fullname, &there));
        };
        ::core::result::Result::Ok(#name { #(#fields),* })
    }
}

/// The field and its variable in a literal or a pattern.
fn named(field: &Field) -> TokenStream {
    let (name, variable) = (&field.name, &field.variable);
    if name.plain() == variable.plain() {
        quote!(#name)
    } else {
        quote!(#name: #variable)
    }
}

fn or_default(cx: &Cx<'_>, given: &TokenStream, default: &Literal) -> TokenStream {
    if default.is_rust_default() {
        return quote!(#given.unwrap_or_default());
    }
    let value = cx.literal(default);
    if is_constant(default) {
        quote!(#given.unwrap_or(#value))
    } else {
        quote!(#given.unwrap_or_else(|| #value))
    }
}

/// Whether a value costs nothing to make.
fn is_constant(literal: &Literal) -> bool {
    match literal {
        Literal::Some(value) | Literal::Newtype(_, value) => is_constant(value),
        Literal::Variant(_, _, payload) => payload.as_ref().is_none_or(|value| is_constant(value)),
        Literal::Record(_, fields) => fields.iter().all(|(_, value)| is_constant(value)),
        Literal::Unit
        | Literal::Bool(_)
        | Literal::I32(_)
        | Literal::I64(_)
        | Literal::F32(_)
        | Literal::F64(_)
        | Literal::Array(_)
        | Literal::None => true,
        _ => false,
    }
}

fn parameter(cx: &Cx<'_>, ty: &Ty) -> TokenStream {
    let ty_tokens = cx.ty(ty);
    if is_string(ty) {
        quote!(impl ::core::convert::Into<#ty_tokens>)
    } else {
        ty_tokens
    }
}

fn is_string(ty: &Ty) -> bool {
    matches!(ty, Ty::String)
}
