//! Which lints generated code does not answer for: what the schema decides, and no other way of
//! writing the code would please. Lints about correctness, and rustc's warnings, stay on.

use proc_macro2::TokenStream;
use quote::quote;

/// Stands on each outermost module.
pub(super) fn allowed() -> TokenStream {
    let taste = quote!(clippy::nursery, clippy::pedantic);
    // A crate need not use all that its schemas define, and the tree may stand in any module: a
    // private one, or one of the same name.
    let place = quote!(clippy::module_inception, dead_code, unreachable_pub);
    // A field of the schema without a doc.
    let docs = quote!(missing_docs);
    // A name that was taken (`Order_2`), of words of one letter (`A_B_C`), of digits (`_1`), with a
    // word in common, or chosen in the manifest; a builder's method for a field `is_new` or `sub`; a
    // record `New`.
    let names = quote!(
        clippy::enum_variant_names,
        clippy::just_underscores_and_digits,
        clippy::self_named_constructors,
        clippy::should_implement_trait,
        clippy::upper_case_acronyms,
        clippy::wrong_self_convention,
        non_camel_case_types,
        non_snake_case
    );
    // Types as large and as deep as the schema makes them, or as small as null is; a `HashMap` that
    // the manifest asks for in a crate that bans it.
    let types = quote!(
        clippy::disallowed_types,
        clippy::large_enum_variant,
        clippy::type_complexity,
        clippy::unit_arg
    );
    // A default near pi.
    let values = quote!(clippy::approx_constant);
    quote! {
        #[rustfmt::skip]
        #[allow(#taste, #place, #docs, #names, #types, #values)]
    }
}
