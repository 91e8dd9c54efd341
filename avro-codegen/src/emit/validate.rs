//! Rules as the derive reads them.
//!
//! ```text
//! #[validate(rename = "unitPrice", range(min = 0.01), nested)]
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::code::Code;
use crate::plan::model::{Field, Rule};

/// The attribute of a field, if it has rules.
pub(super) fn field(field: &Field) -> Option<TokenStream> {
    if field.rules.is_empty() {
        return None;
    }
    let name = &field.schema_name;
    let rename = (field.name.plain() != *name).then(|| quote!(rename = #name,));
    let rules = field.rules.iter().map(rule);
    Some(quote!(#[validate(#rename #(#rules),*)]))
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Range(min, max) => {
            let bounds = bounds(min.as_ref(), max.as_ref());
            quote!(range(#bounds))
        }
        Rule::Length(min, max) => {
            let bounds = bounds(min.as_ref(), max.as_ref());
            quote!(length(#bounds))
        }
        Rule::Pattern(pattern) => {
            let pattern = super::literal::text(pattern);
            quote!(pattern = #pattern)
        }
        Rule::NonEmpty => quote!(non_empty),
        Rule::Custom(path) => quote!(custom = #path),
        Rule::Nested => quote!(nested),
    }
}

fn bounds(min: Option<&Code>, max: Option<&Code>) -> TokenStream {
    let bounds = min
        .map(|min| quote!(min = #min))
        .into_iter()
        .chain(max.map(|max| quote!(max = #max)));
    quote!(#(#bounds),*)
}
