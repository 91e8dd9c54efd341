//! `#[derive(Validate)]`: the rules on a type's fields → an implementation of
//! `avro_runtime::Validate`.
//!
//! Four passes, each in its own file: `syntax` reads attributes, `model` says what is to be
//! checked where, `check` finds what cannot be meant, `emit` writes the implementation. All
//! mistakes are reported at once, each at its attribute; a type with a mistake still gets an empty
//! implementation, so that its uses raise no errors that only follow from the first.

mod check;
mod emit;
mod model;
mod syntax;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives `avro_runtime::Validate` from the rules on a type's fields.
///
/// ```
/// use avro_runtime::Validate;
///
/// #[derive(Validate)]
/// struct Ticket {
///     #[validate(non_empty, length(max = 36))]
///     id: String,
///     #[validate(range(min = 0, max = 10))]
///     retries: Option<i32>,
///     #[validate(pattern = "^[A-Z]{3}$")]
///     currency: String,
/// }
///
/// let ticket = Ticket { id: String::new(), retries: None, currency: String::from("eur") };
/// let violations = ticket.validate().unwrap_err();
/// assert_eq!(
///     violations.to_string(),
///     "id must not be empty (non_empty); currency must match the pattern ^[A-Z]{3}$ (pattern)",
/// );
/// ```
///
/// On a field, `#[validate(…)]` takes:
///
/// - `range(min = …, max = …)`: a number or a time between bounds, one or both, included; NaN lies
///   in no range. A bound is a literal or any expression of the field's own type.
/// - `length(min = …, max = …)`: how many characters a string, or elements a collection has.
/// - `non_empty`: at least one character or element.
/// - `pattern = "…"`: a regular expression, in the syntax of the crate `regex-lite`, that matches
///   somewhere in the text; checked when the macro is expanded.
/// - `nested`: the rules of the field's own type, through `Option`, `Box`, `Vec` and maps.
/// - `custom = path::to::function`: `fn(&T) -> Result<(), avro_runtime::validate::Broken>`, where
///   `T` is the field's type or what its `Option` or `Box` holds, or `str`, or a slice.
///
/// - `rename = "…"`: the field's name in paths, where it is not the one in Rust.
///
/// A field of type `Option` keeps every rule while it is `None`. Rules are checked in the order in
/// which they are written.
///
/// The one field of a tuple struct adds nothing to the path. In an enum the same holds, and the
/// payload of every tuple variant is checked as if it were `nested`, unless it says `skip`.
///
/// On the type itself, `custom = …` checks the whole value, and `crate = …` names the runtime's
/// path where it is not `::avro_runtime`.
#[proc_macro_derive(Validate, attributes(validate))]
pub fn derive_validate(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).into()
}

/// The passes, from a type to its implementation or its mistakes.
fn expand(input: &DeriveInput) -> TokenStream {
    let mut mistakes = syntax::Mistakes::default();
    let model = model::build(input, &mut mistakes);
    check::check(&model, &mut mistakes);
    match mistakes.into_error() {
        None => emit::implementation(&model),
        Some(error) => {
            let fallback = emit::without_rules(&model);
            let errors = error.into_compile_error();
            quote::quote!(#errors #fallback)
        }
    }
}
