//! [`Plan`] and schemas → tokens. Decides nothing: whatever there is to choose was chosen by plan.
//!
//! One file per construct; each opens with a sample of what it writes.
//!
//! ```text
//! const _: () = ::avro_runtime::check_contract(6);
//! #[allow(dead_code, …)]
//! pub mod com { pub mod acme { pub struct Order { … } } }
//! pub mod topics { pub enum OrdersRaw {} }
//! ```

mod builder;
mod enums;
mod head;
mod json;
mod lints;
mod literal;
mod newtype;
mod record;
mod schema;
mod topic;
mod types;
mod union;
mod validate;

use avro_model::schema::SchemaSet;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::plan::model::{ExternalAssert, Item, Module, Plan};

/// What generated code and runtime have agreed on. Changed with what generated code calls.
const CONTRACT: u32 = 6;

/// A part of the file that is written, parsed and formatted by itself: so parts can be worked on at
/// once, and the whole file never stands in memory as tokens.
#[derive(Debug)]
pub(crate) struct Part<'p> {
    /// How many modules it stands in.
    pub(crate) depth: usize,
    pub(crate) kind: Kind<'p>,
}

#[derive(Debug)]
pub(crate) enum Kind<'p> {
    /// What has to hold, before all modules.
    Checks,
    /// A module begins: what is written is the module without its items.
    Open(&'p Module),
    Item(&'p Item),
    /// The module that began last ends: nothing to write.
    Close,
    /// A module's items are shown one level higher.
    Flatten(&'p Module),
    Topics,
}

/// The parts of a file, in their order.
pub(crate) fn parts(plan: &Plan) -> Vec<Part<'_>> {
    let mut parts = vec![Part::at(0, Kind::Checks)];
    for module in &plan.modules {
        parts_of(module, 0, &mut parts);
    }
    parts.extend((!plan.topics.is_empty()).then_some(Part::at(0, Kind::Topics)));
    parts
}

fn parts_of<'p>(module: &'p Module, depth: usize, parts: &mut Vec<Part<'p>>) {
    parts.push(Part::at(depth, Kind::Open(module)));
    let items = module.items.iter();
    parts.extend(items.map(|item| Part::at(depth + 1, Kind::Item(item))));
    for inner in &module.modules {
        parts_of(inner, depth + 1, parts);
    }
    parts.push(Part::at(depth, Kind::Close));
    parts.extend(
        module
            .flattened
            .then_some(Part::at(depth, Kind::Flatten(module))),
    );
}

impl<'p> Part<'p> {
    fn at(depth: usize, kind: Kind<'p>) -> Self {
        Self { depth, kind }
    }
}

/// Writes parts of a plan.
pub(crate) struct Emitter<'p> {
    plan: &'p Plan,
    cx: Cx<'p>,
}

impl<'p> Emitter<'p> {
    pub(crate) fn new(plan: &'p Plan, set: &'p SchemaSet) -> Self {
        let rt = plan.runtime.to_token_stream();
        let cx = Cx { rt, set };
        Self { plan, cx }
    }

    /// Writes a part.
    pub(crate) fn tokens(&self, part: &Part<'_>) -> TokenStream {
        let cx = &self.cx;
        match part.kind {
            Kind::Checks => checks(cx, &self.plan.asserts),
            Kind::Open(module) => open(module, part.depth == 0),
            Kind::Item(Item::Record(record)) => record::emit(cx, record),
            Kind::Item(Item::Enum(enum_)) => enums::emit(cx, enum_),
            Kind::Item(Item::Newtype(newtype)) => newtype::emit(cx, newtype),
            Kind::Item(Item::Union(union)) => union::emit(cx, union),
            Kind::Close => TokenStream::new(),
            Kind::Flatten(Module { name, .. }) => quote! {
                #[allow(unreachable_pub, unused_imports)]
                pub use self::#name::*;
            },
            Kind::Topics => topic::module(cx, &self.plan.topics),
        }
    }
}

/// What every emitter needs: the path of the runtime, and the schemas for their texts.
struct Cx<'p> {
    rt: TokenStream,
    set: &'p SchemaSet,
}

impl Cx<'_> {
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

/// The handshake with the runtime, and with the crates of external types.
fn checks(cx: &Cx<'_>, asserts: &[ExternalAssert]) -> TokenStream {
    let rt = &cx.rt;
    let contract = proc_macro2::Literal::u32_unsuffixed(CONTRACT);
    let asserts = asserts.iter().map(|assert| external(cx, assert));
    quote! {
        const _: () = #rt::check_contract(#contract);
        #(#asserts)*
    }
}

/// `const _: () = assert!(same_identity(&<::other::Money as AvroSchema>::IDENTITY, b"…"), "…");`
fn external(cx: &Cx<'_>, assert: &ExternalAssert) -> TokenStream {
    let (rt, path) = (&cx.rt, &assert.path);
    let identity = literal::byte_string(&assert.identity);
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

/// `pub mod orders {}`, to be filled.
fn open(module: &Module, is_outermost: bool) -> TokenStream {
    let name = &module.name;
    let allowed = is_outermost.then(lints::allowed);
    if module.flattened {
        return quote!(#allowed mod #name {});
    }
    let docs = format!(" {}", module.docs);
    quote! {
        #[doc = #docs]
        #allowed
        pub mod #name {}
    }
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
