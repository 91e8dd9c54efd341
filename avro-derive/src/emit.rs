//! The model → the implementation. Decides nothing.
//!
//! For a struct:
//!
//! ```text
//! impl ::avro_runtime::Validate for Item {
//!     const HAS_RULES: bool = true;
//!     fn validate_into(&self, __report: &mut ::avro_runtime::validate::Report<'_>) {
//!         __report.field("quantity").note(::avro_runtime::validate::rule::range::<_, i128>(
//!             &self.quantity, ::core::option::Option::Some(1), ::core::option::Option::None));
//!     }
//! }
//! ```
//!
//! For an enum the body is a `match` with one arm per variant.

use crate::model::{Body, Field, Model, Variant};
use crate::syntax::{Bounds, Number, Rule, RuleKind};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, Generics, Member, Path, WherePredicate, parse_quote};

/// The implementation with all rules.
pub(crate) fn implementation(model: &Model<'_>) -> TokenStream {
    let cx = Context::new(model);
    let body = body(&cx, model);
    if body.is_empty() {
        return without_rules(model);
    }
    let runtime = cx.runtime(Span::call_site());
    let report = &cx.report;
    let members = quote! {
        const HAS_RULES: bool = true;

        fn validate_into(&self, #report: &mut #runtime::validate::Report<'_>) {
            #body
        }
    };
    in_impl(&cx, model, &generics(&cx, model), &members)
}

/// The implementation for a type without rules, and for one whose rules contain mistakes.
pub(crate) fn without_rules(model: &Model<'_>) -> TokenStream {
    in_impl(
        &Context::new(model),
        model,
        model.generics,
        &TokenStream::new(),
    )
}

/// What every emitter needs.
struct Context<'a> {
    runtime: Option<&'a Path>,
    /// The parameter, under a name that no constant of the user has.
    report: Ident,
}

impl<'a> Context<'a> {
    fn new(model: &'a Model<'_>) -> Self {
        let report = Ident::new("__report", Span::mixed_site());
        Self {
            runtime: model.container.runtime.as_ref(),
            report,
        }
    }

    /// The runtime's path, for messages about what stands at a span.
    fn runtime(&self, span: Span) -> TokenStream {
        match self.runtime {
            Some(path) => path.to_token_stream(),
            None => quote_spanned!(span=> ::avro_runtime),
        }
    }
}

fn in_impl(
    cx: &Context<'_>,
    model: &Model<'_>,
    generics: &Generics,
    members: &TokenStream,
) -> TokenStream {
    let runtime = cx.runtime(Span::call_site());
    let ident = model.ident;
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #runtime::Validate for #ident #arguments #bounds {
            #members
        }
    }
}

fn body(cx: &Context<'_>, model: &Model<'_>) -> TokenStream {
    let content = match &model.body {
        Body::Struct(fields) => in_struct(cx, fields),
        Body::Enum(variants) => in_enum(cx, variants),
        Body::Unsupported => TokenStream::new(),
    };
    let whole = model.container.custom.iter().map(|rule| on_whole(cx, rule));
    quote!(#content #(#whole)*)
}

/// `__report.note(rule::custom(self, path::to::function));`
fn on_whole(cx: &Context<'_>, rule: &Rule) -> TokenStream {
    let RuleKind::Custom(function) = &rule.kind else {
        return TokenStream::new();
    };
    let (report, runtime) = (&cx.report, cx.runtime(here(rule.span)));
    quote_spanned! {here(rule.span)=>
        #report.note(#runtime::validate::rule::custom(self, #function));
    }
}

fn in_struct(cx: &Context<'_>, fields: &[Field<'_>]) -> TokenStream {
    fields
        .iter()
        .flat_map(|field| {
            field.rules.iter().map(move |rule| {
                let member = member_at(&field.member, rule.span);
                let value = quote_spanned!(here(rule.span)=> &self.#member);
                on_field(cx, field, rule, &value)
            })
        })
        .collect()
}

/// A field's name, with its own resolution and the place of a rule, for messages about that rule.
fn member_at(member: &Member, place: Span) -> Member {
    let mut member = member.clone();
    match &mut member {
        Member::Named(ident) => ident.set_span(ident.span().located_at(place)),
        Member::Unnamed(index) => index.span = index.span.located_at(place),
    }
    member
}

/// `match self { Self::Item { 0: __value_0, .. } => { … } _ => {} }`, or nothing without rules.
fn in_enum(cx: &Context<'_>, variants: &[Variant<'_>]) -> TokenStream {
    let arms: Vec<TokenStream> = variants
        .iter()
        .filter_map(|variant| arm(cx, variant))
        .collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    let others = (arms.len() < variants.len()).then(|| quote!(_ => {}));
    quote!(match self { #(#arms)* #others })
}

fn arm(cx: &Context<'_>, variant: &Variant<'_>) -> Option<TokenStream> {
    let mut bindings = Vec::new();
    let mut checks = TokenStream::new();
    for (position, field) in variant.fields.iter().enumerate() {
        let value = format_ident!("__value_{position}", span = Span::mixed_site());
        let emitted: TokenStream = field
            .rules
            .iter()
            .map(|rule| {
                let mut value = value.clone();
                value.set_span(value.span().located_at(rule.span));
                on_field(cx, field, rule, &value.to_token_stream())
            })
            .collect();
        if !emitted.is_empty() {
            let member = &field.member;
            bindings.push(quote!(#member: #value));
            checks.extend(emitted);
        }
    }
    let ident = variant.ident;
    (!bindings.is_empty()).then(|| quote!(Self::#ident { #(#bindings,)* .. } => { #checks }))
}

/// One rule on one field, whose value is an expression of reference type.
fn on_field(cx: &Context<'_>, field: &Field<'_>, rule: &Rule, value: &TokenStream) -> TokenStream {
    let span = here(rule.span);
    let (report, runtime) = (&cx.report, cx.runtime(span));
    let place = match &field.step {
        Some(step) => quote_spanned!(span=> #report.field(#step)),
        None => quote_spanned!(span=> #report),
    };
    let rules = quote_spanned!(span=> #runtime::validate::rule);
    let answer = match &rule.kind {
        RuleKind::Range(bounds) => {
            let ty = literal_type(bounds);
            let [min, max] = [&bounds.min, &bounds.max]
                .map(|bound| optional(span, &bound.as_ref().map(|bound| typed(bound, ty))));
            let ty = ty.map(|ty| quote_spanned!(span=> ::<_, #ty>));
            quote_spanned!(span=> #rules::range #ty (#value, #min, #max))
        }
        RuleKind::Length(bounds) => {
            let (min, max) = (optional(span, &bounds.min), optional(span, &bounds.max));
            quote_spanned!(span=> #rules::length(#value, #min, #max))
        }
        RuleKind::NonEmpty => quote_spanned!(span=> #rules::non_empty(#value)),
        RuleKind::Pattern(pattern) => quote_spanned! {span=> {
            static PATTERN: #rules::Pattern = #rules::Pattern::new(#pattern);
            #rules::pattern(#value, &PATTERN)
        }},
        RuleKind::Custom(function) => quote_spanned!(span=> #rules::custom(#value, #function)),
        RuleKind::Nested => {
            let inner = match &field.step {
                Some(_) => quote_spanned!(span=> &mut #place),
                None => place,
            };
            return quote_spanned!(span=> #runtime::Validate::validate_into(#value, #inner););
        }
        RuleKind::Skip => return TokenStream::new(),
    };
    quote_spanned!(span=> #place.note(#answer);)
}

/// The type that literals take on as the bounds of a range.
#[derive(Clone, Copy)]
enum LiteralType {
    I128,
    F64,
}

impl ToTokens for LiteralType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::I128 => quote!(i128),
            Self::F64 => quote!(f64),
        });
    }
}

/// The type of a range's bounds, if they are literals; beside another expression, literals take on
/// that expression's type.
fn literal_type(bounds: &Bounds) -> Option<LiteralType> {
    let numbers: Option<Vec<Number>> = bounds
        .min
        .iter()
        .chain(&bounds.max)
        .map(Number::of)
        .collect();
    let fraction = numbers?
        .iter()
        .any(|number| matches!(number, Number::Float(_)));
    Some(if fraction {
        LiteralType::F64
    } else {
        LiteralType::I128
    })
}

/// Writes a bound as a literal of the bounds' type: `1` beside `2.5` as `1.0`.
fn typed(bound: &Expr, ty: Option<LiteralType>) -> TokenStream {
    match (Number::of(bound), ty) {
        (Some(number), Some(LiteralType::F64)) => {
            let value = number.as_f64();
            quote!(#value)
        }
        _ => bound.to_token_stream(),
    }
}

fn optional(span: Span, bound: &Option<impl ToTokens>) -> TokenStream {
    match bound {
        Some(bound) => quote_spanned!(span=> ::core::option::Option::Some(#bound)),
        None => quote_spanned!(span=> ::core::option::Option::None),
    }
}

/// The type's generics, with what its fields' rules ask of its type parameters: `Validate` of each
/// parameter in a nested field, as in the standard derives, and the rule's trait of a field whose
/// type depends on one.
fn generics(cx: &Context<'_>, model: &Model<'_>) -> Generics {
    let mut generics = model.generics.clone();
    let parameters: Vec<Ident> = model
        .generics
        .type_params()
        .map(|it| it.ident.clone())
        .collect();
    let mut added: Vec<WherePredicate> = Vec::new();
    for field in model.fields() {
        let ty = field.ty;
        let used: Vec<&Ident> = parameters
            .iter()
            .filter(|it| mentions(ty.to_token_stream(), it))
            .collect();
        for rule in field.rules.iter().filter(|_| !used.is_empty()) {
            added.extend(asked(cx, &rule.kind, field, &used));
        }
    }
    if !added.is_empty() {
        generics.make_where_clause().predicates.extend(added);
    }
    generics
}

/// What a rule asks of the type of its field.
fn asked(
    cx: &Context<'_>,
    rule: &RuleKind,
    field: &Field<'_>,
    used: &[&Ident],
) -> Vec<WherePredicate> {
    let runtime = cx.runtime(Span::call_site());
    let ty = field.ty;
    match rule {
        RuleKind::Nested => used
            .iter()
            .map(|parameter| parse_quote!(#parameter: #runtime::Validate))
            .collect(),
        RuleKind::Length(_) | RuleKind::NonEmpty => {
            vec![parse_quote!(#ty: #runtime::validate::rule::Length)]
        }
        RuleKind::Pattern(_) => vec![parse_quote!(#ty: #runtime::validate::rule::Text)],
        RuleKind::Range(bounds) => literal_type(bounds)
            .map(|bound| parse_quote!(#ty: #runtime::validate::rule::Range<#bound>))
            .into_iter()
            .collect(),
        // What the function takes is not known here.
        RuleKind::Custom(_) | RuleKind::Skip => Vec::new(),
    }
}

/// Whether a name occurs in a type.
fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The place of an attribute for messages, with names resolved as in the derive itself: a type
/// that a macro wrote would not see `self` otherwise.
fn here(span: Span) -> Span {
    Span::call_site().located_at(span)
}
