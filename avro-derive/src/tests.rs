//! What comes out of the passes, as text.

use quote::quote;
use syn::{DeriveInput, parse_quote};

/// Asserts that a type expands to exactly these tokens.
fn expands(input: DeriveInput, expected: proc_macro2::TokenStream) {
    assert_eq!(crate::expand(&input).to_string(), expected.to_string());
}

/// Asserts that a type has exactly these mistakes and still gets an empty implementation.
fn mistakes(input: DeriveInput, expected: &[&str]) {
    let tokens = crate::expand(&input).to_string();
    assert_eq!(
        tokens.matches("compile_error !").count(),
        expected.len(),
        "{tokens}"
    );
    for text in expected {
        assert!(tokens.contains(text), "{text} not in {tokens}");
    }
    assert!(
        tokens.contains(":: avro_runtime :: Validate for"),
        "{tokens}"
    );
    assert!(!tokens.contains("HAS_RULES"), "{tokens}");
}

#[test]
fn a_rule_becomes_one_call_with_its_place() {
    expands(
        parse_quote! {
            struct Item {
                #[validate(range(min = 1))]
                quantity: i32,
                note: String,
            }
        },
        quote! {
            #[automatically_derived]
            impl ::avro_runtime::Validate for Item {
                const HAS_RULES: bool = true;

                fn validate_into(&self, __report: &mut ::avro_runtime::validate::Report<'_>) {
                    __report.field("quantity").note(::avro_runtime::validate::rule::range::<_, i128>(
                        &self.quantity,
                        ::core::option::Option::Some(1),
                        ::core::option::Option::None
                    ));
                }
            }
        },
    );
}

#[test]
fn an_enum_becomes_a_match_over_the_variants_with_rules() {
    expands(
        parse_quote! {
            #[validate(crate = ::acme::avro)]
            enum Payload {
                Item(Item),
                Raw(#[validate(skip)] Raw),
                Null,
            }
        },
        quote! {
            #[automatically_derived]
            impl ::acme::avro::Validate for Payload {
                const HAS_RULES: bool = true;

                fn validate_into(&self, __report: &mut ::acme::avro::validate::Report<'_>) {
                    match self {
                        Self::Item { 0: __value_0, .. } => {
                            ::acme::avro::Validate::validate_into(__value_0, __report);
                        }
                        _ => {}
                    }
                }
            }
        },
    );
}

#[test]
fn a_type_without_rules_gets_an_empty_implementation() {
    expands(
        parse_quote!(
            struct Plain<'a, T: Clone>(&'a T);
        ),
        quote! {
            #[automatically_derived]
            impl<'a, T: Clone> ::avro_runtime::Validate for Plain<'a, T> {}
        },
    );
}

#[test]
fn type_parameters_are_bound_as_their_rules_ask() {
    let input = parse_quote! {
        struct Page<T, U> where U: Copy {
            #[validate(nested)]
            rows: Vec<T>,
            #[validate(range(max = 0.5))]
            share: Option<U>,
        }
    };
    let tokens = crate::expand(&input).to_string();
    let bounds = quote! {
        where
            U: Copy,
            T: ::avro_runtime::Validate,
            Option<U>: ::avro_runtime::validate::rule::Range<f64>
    };
    assert!(tokens.contains(&bounds.to_string()), "{tokens}");
}

#[test]
fn all_mistakes_are_collected() {
    mistakes(
        parse_quote! {
            #[validate(pattern = "x")]
            struct Order {
                #[validate(length(min = 3, max = 2))]
                id: String,
                #[validate(pattern = "(")]
                currency: String,
                #[validate(size(max = 1))]
                items: Vec<Item>,
            }
        },
        &[
            "a type takes",
            "no value lies",
            "no regular expression",
            "no such rule",
        ],
    );
}

#[test]
fn bounds_that_are_equal_or_not_literal_are_fine() {
    let input = parse_quote! {
        struct Order {
            #[validate(range(min = -1, max = -1), length(min = LEAST, max = 0))]
            id: String,
        }
    };
    assert!(!crate::expand(&input).to_string().contains("compile_error"));
}
