//! [`Plan`] → tokens. Decides nothing: whatever there is to choose was chosen by plan.
//!
//! One file per construct; each opens with a sample of what it writes.
//!
//! ```text
//! const _: () = ::avro_runtime::check_contract(2);
//! #[allow(dead_code, …)]
//! pub mod com { pub mod acme { pub struct Order { … } } }
//! pub mod topics { pub enum OrdersRaw {} }
//! ```

mod builder;
mod enums;
mod head;
mod json;
mod lints;
mod newtype;
mod record;
mod topic;
mod types;
mod union;
mod validate;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::plan::model::{ExternalAssert, Item, Module, Plan};

/// What generated code and runtime have agreed on. Changed with what generated code calls.
const CONTRACT: u32 = 2;

/// Writes the whole file.
pub(crate) fn file(plan: &Plan) -> TokenStream {
    let cx = Cx {
        rt: plan.runtime.to_token_stream(),
    };
    let rt = &cx.rt;
    let contract = proc_macro2::Literal::u32_unsuffixed(CONTRACT);
    let asserts = plan.asserts.iter().map(|assert| external(&cx, assert));
    let modules = plan.modules.iter().map(|module| top_level(&cx, module));
    let topics = topic::module(&cx, &plan.topics);
    quote! {
        const _: () = #rt::check_contract(#contract);
        #(#asserts)*
        #(#modules)*
        #topics
    }
}

/// What every emitter needs: the path of the runtime.
struct Cx {
    rt: TokenStream,
}

impl Cx {
    /// `Result<T, EncodeError>`
    fn encoded(&self, ty: TokenStream) -> TokenStream {
        let rt = &self.rt;
        quote!(::core::result::Result<#ty, #rt::EncodeError>)
    }

    /// `Result<(), DecodeError>`
    fn decoded(&self) -> TokenStream {
        let rt = &self.rt;
        quote!(::core::result::Result<(), #rt::DecodeError>)
    }

    /// `fn resolve_into(&mut self, r, p) -> Result<(), DecodeError> { … }`
    fn resolve_into(&self, uses_codec: bool, body: &TokenStream) -> TokenStream {
        let (rt, decoded) = (&self.rt, self.decoded());
        let c = uses_codec.then(|| self.use_codec());
        quote! {
            fn resolve_into(
                &mut self,
                r: &mut #rt::Reader<'de>,
                p: #rt::resolve::Plan<'_>,
            ) -> #decoded {
                #c #body
            }
        }
    }

    /// `use ::avro_runtime::codec as c;`
    fn use_codec(&self) -> TokenStream {
        let rt = &self.rt;
        quote!(use #rt::codec as c;)
    }

    /// `use ::avro_runtime::json as j;`
    fn use_json(&self) -> TokenStream {
        let rt = &self.rt;
        quote!(use #rt::json as j;)
    }
}

/// `const _: () = assert!(same_identity(&<::other::Money as AvroSchema>::IDENTITY, b"…"), "…");`
fn external(cx: &Cx, assert: &ExternalAssert) -> TokenStream {
    let (rt, path) = (&cx.rt, &assert.path);
    let identity = head::byte_string(&assert.identity);
    let message = format!(
        "{} has another schema than the reference schema of {}",
        path, assert.fullname
    );
    quote! {
        const _: () = ::core::assert!(
            #rt::same_identity(&<#path as #rt::AvroSchema>::IDENTITY, #identity),
            #message
        );
    }
}

fn top_level(cx: &Cx, module: &Module) -> TokenStream {
    let (allowed, name) = (lints::allowed(), &module.name);
    let (docs, content) = (&module.docs, content(cx, module));
    if module.flattened {
        return quote! {
            #allowed
            mod #name { #content }
            #[allow(unreachable_pub, unused_imports)]
            pub use self::#name::*;
        };
    }
    let docs = format!(" {docs}");
    quote! {
        #[doc = #docs]
        #allowed
        pub mod #name { #content }
    }
}

fn content(cx: &Cx, module: &Module) -> TokenStream {
    let items = module.items.iter().map(|item| match item {
        Item::Record(record) => record::emit(cx, record),
        Item::Enum(enum_) => enums::emit(cx, enum_),
        Item::Newtype(newtype) => newtype::emit(cx, newtype),
        Item::Union(union) => union::emit(cx, union),
    });
    let modules = module.modules.iter().map(|inner| {
        let (name, content) = (&inner.name, content(cx, inner));
        let docs = format!(" {}", inner.docs);
        quote! {
            #[doc = #docs]
            pub mod #name { #content }
        }
    });
    quote!(#(#items)* #(#modules)*)
}

/// Lines as a doc comment.
fn doc(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}
