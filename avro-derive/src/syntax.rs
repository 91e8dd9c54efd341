//! Attributes → rules as they are written, each with its span.

use proc_macro2::{Span, TokenTree};
use syn::meta::ParseNestedMeta;
use syn::parse::discouraged::Speculative as _;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Error, Expr, ExprGroup, ExprLit, ExprPath, ExprUnary, Lit, LitStr, Path, Result,
    UnOp,
};

/// Mistakes found so far; none stops the search for others.
#[derive(Default)]
pub(crate) struct Mistakes(Option<Error>);

impl Mistakes {
    /// Adds a mistake.
    pub(crate) fn push(&mut self, mistake: Error) {
        match &mut self.0 {
            None => self.0 = Some(mistake),
            Some(all) => all.combine(mistake),
        }
    }

    /// All mistakes in one error, if there are any.
    pub(crate) fn into_error(self) -> Option<Error> {
        self.0
    }
}

/// One rule on a field, and where it stands.
pub(crate) struct Rule {
    pub(crate) span: Span,
    pub(crate) kind: RuleKind,
}

/// What a rule asks for.
pub(crate) enum RuleKind {
    Range(Bounds),
    Length(Bounds),
    NonEmpty,
    Pattern(LitStr),
    Nested,
    Custom(ExprPath),
    Skip,
}

/// The arguments of `range` and `length`.
#[derive(Default)]
pub(crate) struct Bounds {
    pub(crate) min: Option<Expr>,
    pub(crate) max: Option<Expr>,
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct OnField {
    pub(crate) rules: Vec<Rule>,
    /// The field's name in the path, where it is not the one in Rust.
    pub(crate) rename: Option<LitStr>,
}

/// What stands on the type itself.
#[derive(Default)]
pub(crate) struct Container {
    pub(crate) runtime: Option<Path>,
    pub(crate) custom: Vec<Rule>,
}

impl RuleKind {
    /// The rule's name in the attribute.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Range(_) => "range",
            Self::Length(_) => "length",
            Self::NonEmpty => "non_empty",
            Self::Pattern(_) => "pattern",
            Self::Nested => "nested",
            Self::Custom(_) => "custom",
            Self::Skip => "skip",
        }
    }
}

/// What stands on a field; the rules in the order in which they are written.
pub(crate) fn field(attributes: &[Attribute], mistakes: &mut Mistakes) -> OnField {
    let mut field = OnField::default();
    each_item(attributes, mistakes, |meta| {
        if meta.path.is_ident("rename") {
            if field.rename.replace(meta.value()?.parse()?).is_some() {
                return Err(meta.error("`rename` is given twice"));
            }
        } else {
            field.rules.push(Rule {
                span: meta.path.span(),
                kind: rule(meta)?,
            });
        }
        Ok(())
    });
    field
}

/// What stands on the type itself.
pub(crate) fn container(attributes: &[Attribute], mistakes: &mut Mistakes) -> Container {
    let mut container = Container::default();
    each_item(attributes, mistakes, |meta| {
        if meta.path.is_ident("crate") {
            if container.runtime.replace(meta.value()?.parse()?).is_some() {
                return Err(meta.error("`crate` is given twice"));
            }
        } else if meta.path.is_ident("custom") {
            let kind = RuleKind::Custom(meta.value()?.parse()?);
            container.custom.push(Rule {
                span: meta.path.span(),
                kind,
            });
        } else {
            return Err(meta.error(
                "a type takes `custom = path::to::function` and `crate = path`; other rules stand \
                 on its fields",
            ));
        }
        Ok(())
    });
    container
}

/// What stands where no rule can: anything there is a mistake.
pub(crate) fn nothing(attributes: &[Attribute], mistakes: &mut Mistakes) {
    for attribute in ours(attributes) {
        let text = "a variant takes no rules; they stand on the fields of its payload";
        mistakes.push(Error::new_spanned(attribute, text));
    }
}

/// Hands over the items of all our attributes. What is left of an attribute after a mistake is not
/// read, because nobody knows where its next item begins.
fn each_item(
    attributes: &[Attribute],
    mistakes: &mut Mistakes,
    mut item: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>,
) {
    for attribute in ours(attributes) {
        if let Err(mistake) = attribute.parse_nested_meta(|meta| item(&meta)) {
            mistakes.push(mistake);
        }
    }
}

fn ours(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("validate"))
}

fn rule(meta: &ParseNestedMeta<'_>) -> Result<RuleKind> {
    let Some(name) = meta.path.get_ident() else {
        return Err(unknown_rule(meta));
    };
    Ok(match name.to_string().as_str() {
        "range" => RuleKind::Range(bounds(meta)?),
        "length" => RuleKind::Length(bounds(meta)?),
        "non_empty" => RuleKind::NonEmpty,
        "pattern" => RuleKind::Pattern(meta.value()?.parse()?),
        "nested" => RuleKind::Nested,
        "custom" => RuleKind::Custom(meta.value()?.parse()?),
        "skip" => RuleKind::Skip,
        _ => return Err(unknown_rule(meta)),
    })
}

fn unknown_rule(meta: &ParseNestedMeta<'_>) -> Error {
    meta.error(
        "there is no such rule: expected one of `range`, `length`, `non_empty`, `pattern`, \
         `nested`, `custom`, `skip`; or `rename = \"…\"`",
    )
}

fn bounds(meta: &ParseNestedMeta<'_>) -> Result<Bounds> {
    if !meta.input.peek(syn::token::Paren) {
        return Err(meta.error("expected bounds: `(min = …, max = …)`, one or both"));
    }
    let mut bounds = Bounds::default();
    if is_empty_group(meta) {
        return Ok(bounds);
    }
    meta.parse_nested_meta(|bound| {
        let slot = if bound.path.is_ident("min") {
            &mut bounds.min
        } else if bound.path.is_ident("max") {
            &mut bounds.max
        } else {
            return Err(bound.error("expected `min = …` or `max = …`"));
        };
        if slot.replace(bound.value()?.parse()?).is_some() {
            return Err(bound.error("this bound is given twice"));
        }
        Ok(())
    })?;
    Ok(bounds)
}

/// Consumes `()`, if that is what comes next.
fn is_empty_group(meta: &ParseNestedMeta<'_>) -> bool {
    let ahead = meta.input.fork();
    let is_empty =
        matches!(ahead.parse(), Ok(TokenTree::Group(group)) if group.stream().is_empty());
    if is_empty {
        meta.input.advance_to(&ahead);
    }
    is_empty
}

/// A number that is written out, without a suffix.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    /// The number that an expression is, if it is one; a minus may stand before it.
    pub(crate) fn of(expr: &Expr) -> Option<Self> {
        match expr {
            Expr::Lit(ExprLit {
                lit: Lit::Int(lit), ..
            }) if lit.suffix().is_empty() => lit.base10_parse().ok().map(Self::Integer),
            Expr::Lit(ExprLit {
                lit: Lit::Float(lit),
                ..
            }) if lit.suffix().is_empty() => lit
                .base10_parse()
                .ok()
                .filter(|value: &f64| value.is_finite())
                .map(Self::Float),
            Expr::Unary(ExprUnary {
                op: UnOp::Neg(_),
                expr,
                ..
            }) => match Self::of(expr)? {
                Self::Integer(value) => value.checked_neg().map(Self::Integer),
                Self::Float(value) => Some(Self::Float(-value)),
            },
            // A macro's `$bound:expr` arrives in a group without delimiters.
            Expr::Group(ExprGroup { expr, .. }) => Self::of(expr),
            _ => None,
        }
    }

    /// The number as `f64`, for comparison with one and as a bound beside one.
    #[allow(
        clippy::cast_precision_loss,
        reason = "a bound beside a literal with a fraction"
    )]
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// Whether this is more than another number.
    pub(crate) fn exceeds(self, other: Self) -> bool {
        match (self, other) {
            (Self::Integer(this), Self::Integer(other)) => this > other,
            _ => self.as_f64() > other.as_f64(),
        }
    }
}
