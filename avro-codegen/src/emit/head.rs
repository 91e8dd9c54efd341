//! What every generated type has: derives, attributes, its schema and its view.
//!
//! ```text
//! #[derive(Clone, Debug, PartialEq)]
//! impl ::avro_runtime::AvroSchema for Order { const FULLNAME: &'static str = "com.acme.Order"; … }
//! impl ::avro_runtime::View for Order { type Owned = Self; … }
//! impl ::avro_runtime::Validate for Order {}
//! ```

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Cx, doc, schema};
use crate::plan::model::Head;
use crate::plan::names::Ident;

/// Docs, derives and attributes of a type. `more` are derives that the construct adds.
pub(super) fn attributes(cx: &Cx<'_>, head: &Head, more: &[&str]) -> TokenStream {
    let rt = &cx.rt;
    let docs = doc(&head.docs);
    let standard = head
        .derives
        .iter()
        .chain(more)
        .map(|name| format_ident!("{name}"));
    let user = &head.user_derives;
    let validate = head.has_rules.then(|| quote!(#rt::Validate,));
    let serde_derives = head
        .serde
        .as_ref()
        .map(|_| quote!(#rt::serde::Serialize, #rt::serde::Deserialize,));
    let rules = head.has_rules.then(|| quote!(#[validate(crate = #rt)]));
    let serde = head.serde.as_ref().map(|name| {
        let path = quote!(#rt::serde).to_string().replace(' ', "");
        let rename = (head.name.plain() != *name).then(|| quote!(, rename = #name));
        quote!(#[serde(crate = #path #rename)])
    });
    let non_exhaustive = head.non_exhaustive.then(|| quote!(#[non_exhaustive]));
    let attributes = &head.attributes;
    quote! {
        #docs
        #[derive(#(#standard,)* #(#user,)* #validate #serde_derives)]
        #rules
        #serde
        #non_exhaustive
        #(#attributes)*
    }
}

/// A link to a type in documentation; the standard library has derives of some names.
pub(super) fn link(name: &Ident) -> String {
    const DERIVES: [&str; 9] = [
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
    ];
    match DERIVES.iter().any(|derive| name.plain() == *derive) {
        true => format!("[`{name}`](type@{name})"),
        false => format!("[`{name}`]"),
    }
}

/// The docs and derives of a view.
pub(super) fn view_attributes(head: &Head) -> TokenStream {
    let docs = format!(
        " A view of {} that borrows from the datum.",
        link(&head.name)
    );
    let derives = head.derives.iter().map(|name| format_ident!("{name}"));
    quote! {
        #[doc = #docs]
        #[derive(#(#derives),*)]
    }
}

/// The implementations that say what a type is: its schema, its view and its rules.
pub(super) fn impls(cx: &Cx<'_>, head: &Head) -> TokenStream {
    let (rt, name) = (&cx.rt, &head.name);
    let schema = schema::emit(cx, head);
    let own_view = head.view.is_none().then(|| {
        let copy = head.derives.contains(&"Copy");
        let own = if copy {
            quote!(*self)
        } else {
            quote!(self.clone())
        };
        quote! {
            impl #rt::View for #name {
                type Owned = Self;

                fn own(&self) -> Self { #own }
            }
        }
    });
    let validate = (!head.has_rules).then(|| quote!(impl #rt::Validate for #name {}));
    quote!(#schema #own_view #validate)
}

/// `impl View for OrderRef<'_>` with the body that makes an owned value of it.
pub(super) fn view_impl(
    cx: &Cx<'_>,
    view: &Ident,
    owned: &Ident,
    body: &TokenStream,
) -> TokenStream {
    let (rt, codec) = (&cx.rt, cx.use_codec());
    quote! {
        impl #view<'_> {
            /// A copy that owns all its parts.
            pub fn to_owned(&self) -> #owned { #rt::View::own(self) }
        }

        impl #rt::View for #view<'_> {
            type Owned = #owned;

            fn own(&self) -> #owned { #codec #body }
        }
    }
}
