//! What every generated type has: derives, attributes, and the constants of its schema.
//!
//! ```text
//! #[derive(Clone, Debug, PartialEq)]
//! impl ::avro_runtime::AvroSchema for Order { const FULLNAME: &'static str = "com.acme.Order"; … }
//! impl ::avro_runtime::View for Order { type Owned = Self; … }
//! impl ::avro_runtime::Validate for Order {}
//! ```

use proc_macro2::{Literal as Token, TokenStream};
use quote::{format_ident, quote};

use super::{Cx, doc};
use crate::plan::model::{Head, SchemaTexts};
use crate::plan::names::Ident;

/// Docs, derives and attributes of a type. `more` are derives that the construct adds.
pub(super) fn attributes(cx: &Cx, head: &Head, more: &[&str]) -> TokenStream {
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
pub(super) fn impls(cx: &Cx, head: &Head) -> TokenStream {
    let (rt, name) = (&cx.rt, &head.name);
    let schema = head.schema.as_ref().map(|texts| schema(cx, head, texts));
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

fn schema(cx: &Cx, head: &Head, texts: &SchemaTexts) -> TokenStream {
    let (rt, name) = (&cx.rt, &head.name);
    let SchemaTexts { fullname, .. } = texts;
    let (schema, form) = (text(&texts.schema), text(&texts.canonical_form));
    let rabin = hex(texts.rabin);
    let (sha256, identity) = (bytes32(&texts.sha256), bytes32(&texts.identity));
    let (view, short, long) = match &head.view {
        Some(view) => (quote!(#view<'a>), quote!(#view<'s>), quote!(#view<'l>)),
        None => (quote!(Self), quote!(Self), quote!(Self)),
    };
    quote! {
        impl #rt::AvroSchema for #name {
            const FULLNAME: &'static str = #fullname;
            const SCHEMA: &'static str = #schema;
            const CANONICAL_FORM: &'static str = #form;
            const RABIN: u64 = #rabin;
            const SHA256: [u8; 32] = #sha256;
            const IDENTITY: [u8; 32] = #identity;

            type View<'a> = #view;

            fn shorten<'s, 'l: 's>(view: &'s #long) -> &'s #short { view }
        }
    }
}

/// `impl View for OrderRef<'_>` with the body that makes an owned value of it.
pub(super) fn view_impl(cx: &Cx, view: &Ident, owned: &Ident, body: &TokenStream) -> TokenStream {
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

/// `*b"\x01…"`: 32 bytes on one line.
fn bytes32(bytes: &[u8; 32]) -> TokenStream {
    let bytes = byte_string(bytes);
    quote!(*#bytes)
}

/// `b"\x01…"`, every byte in hexadecimal.
pub(super) fn byte_string(bytes: &[u8; 32]) -> TokenStream {
    let escaped: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    parsed(&format!("b\"{escaped}\""))
}

fn hex(value: u64) -> TokenStream {
    parsed(&format!("{value:#018x}"))
}

/// A string literal, raw where that reads better and is sure to show what is there.
pub(super) fn text(text: &str) -> TokenStream {
    let plain = text.chars().all(|c| !crate::plan::is_invisible(c));
    let quotes = text.contains(['"', '\\']);
    if !plain || !quotes {
        let literal = Token::string(text);
        return quote!(#literal);
    }
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| rest.chars().take_while(|&c| c == '#').count())
        .max()
        .unwrap_or_default();
    let fence = "#".repeat(longest + 1);
    parsed(&format!("r{fence}\"{text}\"{fence}"))
}

/// A literal that `quote!` has no form for.
pub(super) fn parsed(literal: &str) -> TokenStream {
    literal
        .parse()
        .unwrap_or_else(|_| quote!(::core::compile_error!("bug in avro-codegen: literal")))
}
