//! Which lints generated code does not answer for: what the schema decides, and no other way of
//! writing the code would please. Lints about correctness, and rustc's warnings, stay on.
//!
//! Whatever the schema says, the code is clean under clippy's default and pedantic sets. Which lint a
//! name, a number or a doc of a schema meets is more than a list can hold, and every version of
//! clippy has new ones; so whole groups are allowed. That the code pleases most of them anyway is
//! tested without them, on schemas that ask for nothing unusual.

use proc_macro2::TokenStream;
use quote::quote;

/// Stands on each outermost module.
pub(super) fn allowed() -> TokenStream {
    // All groups but that about correctness, and what of that a schema decides: a default near pi.
    let clippy = quote!(
        clippy::approx_constant,
        clippy::complexity,
        clippy::nursery,
        clippy::pedantic,
        clippy::perf,
        clippy::style,
        clippy::suspicious
    );
    // A crate need not use all that its schemas define, and the tree may stand in a private module.
    let place = quote!(dead_code, unreachable_pub);
    // A field of the schema without a doc.
    let docs = quote!(missing_docs);
    // A name that was taken (`Order_2`), of words of one letter (`A_B_C`), or chosen in the manifest.
    let names = quote!(non_camel_case_types, non_snake_case);
    quote! {
        #[rustfmt::skip]
        #[allow(#clippy, #place, #docs, #names)]
    }
}
