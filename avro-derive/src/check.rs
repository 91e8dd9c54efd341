//! Rules that parse and cannot be meant: each a mistake at its attribute.

use crate::model::{Body, Field, Model};
use crate::syntax::{Bounds, Mistakes, Number, Rule, RuleKind};
use regex_lite::Regex;
use syn::{Error, Expr, LitStr};

/// Checks every rule alone, then the rules of a field together.
pub(crate) fn check(model: &Model<'_>, mistakes: &mut Mistakes) {
    for field in model.fields() {
        for rule in &field.rules {
            check_rule(rule, mistakes);
        }
        check_repetition(field, mistakes);
        check_skip(model, field, mistakes);
    }
}

fn check_rule(rule: &Rule, mistakes: &mut Mistakes) {
    match &rule.kind {
        RuleKind::Range(bounds) => check_bounds(rule, bounds, mistakes),
        RuleKind::Length(bounds) => {
            check_bounds(rule, bounds, mistakes);
            check_counts(bounds, mistakes);
        }
        RuleKind::Pattern(pattern) => check_pattern(pattern, mistakes),
        RuleKind::NonEmpty | RuleKind::Nested | RuleKind::Custom(_) | RuleKind::Skip => {}
    }
}

fn check_bounds(rule: &Rule, bounds: &Bounds, mistakes: &mut Mistakes) {
    match (&bounds.min, &bounds.max) {
        (None, None) => {
            let name = rule.kind.name();
            let text = format!(
                "`{name}` without a bound holds for every value: give `min`, `max` or both"
            );
            mistakes.push(Error::new(rule.span, text));
        }
        (Some(min), Some(max)) => {
            let crossed = Number::of(min)
                .zip(Number::of(max))
                .is_some_and(|(min, max)| min.exceeds(max));
            if crossed {
                let text = "`min` is more than `max`: no value lies between them";
                mistakes.push(Error::new_spanned(min, text));
            }
        }
        _ => {}
    }
}

/// A length is counted, so that its bounds are whole and not negative.
fn check_counts(bounds: &Bounds, mistakes: &mut Mistakes) {
    for bound in bounds.min.iter().chain(&bounds.max) {
        if is_no_count(bound) {
            let text = "a length is counted: expected a whole number of at least 0";
            mistakes.push(Error::new_spanned(bound, text));
        }
    }
}

fn is_no_count(bound: &Expr) -> bool {
    match Number::of(bound) {
        Some(Number::Integer(value)) => value < 0,
        Some(Number::Float(_)) => true,
        None => false,
    }
}

fn check_pattern(pattern: &LitStr, mistakes: &mut Mistakes) {
    if let Err(error) = Regex::new(&pattern.value()) {
        let text = format!("this is no regular expression: {error}");
        mistakes.push(Error::new(pattern.span(), text));
    }
}

/// Patterns and rules of one's own add up; any other rule given twice is a mistake.
fn check_repetition(field: &Field<'_>, mistakes: &mut Mistakes) {
    for (position, rule) in field.rules.iter().enumerate() {
        let name = rule.kind.name();
        let adds_up = matches!(rule.kind, RuleKind::Pattern(_) | RuleKind::Custom(_));
        if !adds_up
            && field
                .rules
                .iter()
                .take(position)
                .any(|before| before.kind.name() == name)
        {
            mistakes.push(Error::new(rule.span, format!("`{name}` is given twice")));
        }
    }
}

fn check_skip(model: &Model<'_>, field: &Field<'_>, mistakes: &mut Mistakes) {
    let Some(skip) = field
        .rules
        .iter()
        .find(|rule| matches!(rule.kind, RuleKind::Skip))
    else {
        return;
    };
    let nested = field
        .rules
        .iter()
        .any(|rule| matches!(rule.kind, RuleKind::Nested));
    if nested {
        let text = "`skip` and `nested` contradict each other";
        mistakes.push(Error::new(skip.span, text));
    } else if !matches!(model.body, Body::Enum(_)) {
        let text = "`skip` has no effect here: only the payload of an enum's variant is checked \
                    unasked";
        mistakes.push(Error::new(skip.span, text));
    }
}
