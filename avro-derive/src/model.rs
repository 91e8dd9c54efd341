//! A type as Rust declares it → what is to be checked, and at which step of the path.

use crate::syntax::{self, Container, Mistakes, OnField, Rule, RuleKind};
use proc_macro2::Ident;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Error, Fields, Generics, Member, Type, Variant as SynVariant};

/// The type, its rules, and what is in it.
pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) container: Container,
    pub(crate) body: Body<'a>,
}

/// What is in the type.
pub(crate) enum Body<'a> {
    Struct(Vec<Field<'a>>),
    Enum(Vec<Variant<'a>>),
    /// A union of Rust's, which is a mistake.
    Unsupported,
}

/// A variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) fields: Vec<Field<'a>>,
}

/// A field, its place and its rules.
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    /// The field's step in the path; none if it is all that its type or variant holds.
    pub(crate) step: Option<String>,
    pub(crate) rules: Vec<Rule>,
}

impl Model<'_> {
    /// All fields, of all variants.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'_>> {
        let (fields, variants) = match &self.body {
            Body::Struct(fields) => (fields.as_slice(), [].as_slice()),
            Body::Enum(variants) => ([].as_slice(), variants.as_slice()),
            Body::Unsupported => ([].as_slice(), [].as_slice()),
        };
        fields
            .iter()
            .chain(variants.iter().flat_map(|variant| &variant.fields))
    }
}

/// Builds the model; what cannot be read is noted as a mistake and left out.
pub(crate) fn build<'a>(input: &'a DeriveInput, mistakes: &mut Mistakes) -> Model<'a> {
    let container = syntax::container(&input.attrs, mistakes);
    let body = match &input.data {
        Data::Struct(data) => Body::Struct(fields(&data.fields, Payload::Stated, mistakes)),
        Data::Enum(data) => Body::Enum(
            data.variants
                .iter()
                .map(|found| variant(found, mistakes))
                .collect(),
        ),
        Data::Union(data) => {
            let text = "a union cannot be validated: which of its fields is set is not known";
            mistakes.push(Error::new(data.union_token.span, text));
            Body::Unsupported
        }
    };
    Model {
        ident: &input.ident,
        generics: &input.generics,
        container,
        body,
    }
}

/// Whether fields without a name are nested although nothing says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Payload {
    Stated,
    Nested,
}

fn variant<'a>(found: &'a SynVariant, mistakes: &mut Mistakes) -> Variant<'a> {
    syntax::nothing(&found.attrs, mistakes);
    Variant {
        ident: &found.ident,
        fields: fields(&found.fields, Payload::Nested, mistakes),
    }
}

fn fields<'a>(found: &'a Fields, payload: Payload, mistakes: &mut Mistakes) -> Vec<Field<'a>> {
    let alone = matches!(found, Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1);
    found
        .iter()
        .zip(found.members())
        .map(|(field, member)| {
            let OnField { mut rules, rename } = syntax::field(&field.attrs, mistakes);
            if payload == Payload::Nested && field.ident.is_none() && !is_settled(&rules) {
                rules.push(Rule {
                    span: field.ty.span(),
                    kind: RuleKind::Nested,
                });
            }
            let step = match rename {
                Some(name) => Some(name.value()),
                None if alone => None,
                None => Some(step(&member)),
            };
            Field {
                member,
                ty: &field.ty,
                step,
                rules,
            }
        })
        .collect()
}

/// Whether the rules say already that a payload is nested, or that it is not.
fn is_settled(rules: &[Rule]) -> bool {
    rules
        .iter()
        .any(|rule| matches!(rule.kind, RuleKind::Nested | RuleKind::Skip))
}

/// The name of a field in the path: never `r#type`, because no schema calls it so.
fn step(member: &Member) -> String {
    match member {
        Member::Named(ident) => {
            let name = ident.to_string();
            name.strip_prefix("r#").map_or(name.clone(), String::from)
        }
        Member::Unnamed(index) => index.index.to_string(),
    }
}
