//! The constants of a schema.
//!
//! ```text
//! impl ::avro_runtime::AvroSchema for Order { const FULLNAME: &'static str = "com.acme.Order"; … }
//! ```

use avro_model::schema::SchemaSet;
use avro_model::{bundle, canonical, fingerprint, identity};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Cx;
use super::literal::{byte_string, parsed, text};
use crate::plan::model::{DeployedVersion, Head, SchemaOf};

/// What the constants say. Self-contained texts are many times as long as the schemas, so that they
/// are made where they are written, and nowhere else.
struct Texts {
    fullname: String,
    schema: String,
    canonical_form: String,
    identity: [u8; 32],
}

impl Texts {
    fn of(set: &SchemaSet, schema: SchemaOf) -> Option<Self> {
        match schema {
            SchemaOf::Type(id) => Some(Self {
                fullname: set[id].fullname.to_string(),
                schema: bundle::of_type(set, id),
                canonical_form: canonical::form_of_type(set, id),
                identity: identity::of_type(set, id),
            }),
            SchemaOf::Root(index) => set.roots().get(index).map(|root| Self {
                fullname: root.stem.clone(),
                schema: bundle::schema(set, root),
                canonical_form: canonical::form(set, &root.schema),
                identity: identity::of(set, &root.schema),
            }),
        }
    }
}

/// `AvroSchema`, of what has a schema of its own.
pub(super) fn emit(cx: &Cx<'_>, head: &Head) -> Option<TokenStream> {
    let texts = Texts::of(cx.set, head.schema?)?;
    let (rt, name, fullname) = (&cx.rt, &head.name, &texts.fullname);
    let (schema, form) = (text(&texts.schema), text(&texts.canonical_form));
    let rabin = hex(fingerprint::rabin(&texts.canonical_form));
    let sha256 = bytes32(&fingerprint::sha256(&texts.canonical_form));
    let identity = bytes32(&texts.identity);
    let (view, short, long) = match &head.view {
        Some(view) => (quote!(#view<'a>), quote!(#view<'s>), quote!(#view<'l>)),
        None => (quote!(Self), quote!(Self), quote!(Self)),
    };
    let deployed = deployed(cx, &head.deployed);
    Some(quote! {
        impl #rt::AvroSchema for #name {
            const FULLNAME: &'static str = #fullname;
            const SCHEMA: &'static str = #schema;
            const CANONICAL_FORM: &'static str = #form;
            const RABIN: u64 = #rabin;
            const SHA256: [u8; 32] = #sha256;
            const IDENTITY: [u8; 32] = #identity;
            #deployed

            type View<'a> = #view;

            fn shorten<'s, 'l: 's>(view: &'s #long) -> &'s #short { view }
        }
    })
}

/// `const DEPLOYED: &'static [DeployedVersion] = &[…];`, unless there are none.
fn deployed(cx: &Cx<'_>, versions: &[DeployedVersion]) -> Option<TokenStream> {
    let rt = &cx.rt;
    let each = versions.iter().map(|version| {
        let (fullname, schema) = (&version.fullname, text(&version.schema));
        let number = Literal::u32_unsuffixed(version.number);
        let (rabin, identity) = (hex(version.rabin), bytes32(&version.identity));
        quote!(#rt::DeployedVersion::new(#fullname, #number, #schema, #rabin, #identity))
    });
    (!versions.is_empty()).then(|| {
        quote! {
            const DEPLOYED: &'static [#rt::DeployedVersion] = &[#(#each),*];
        }
    })
}

/// `*b"\x01…"`: 32 bytes on one line.
fn bytes32(bytes: &[u8; 32]) -> TokenStream {
    let bytes = byte_string(bytes);
    quote!(*#bytes)
}

fn hex(value: u64) -> TokenStream {
    parsed(&format!("{value:#018x}"))
}
