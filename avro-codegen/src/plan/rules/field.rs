//! The rules of one field: each must fit the field's Rust type and make sense, and where several
//! selectors meet they must agree. What is wrong is found here, at its place in the manifest: the
//! derive would find it in generated code.

use std::str::FromStr;

use crate::config::{Bounds, Config, Finding, Rules};
use crate::plan::choices::path;
use crate::plan::code::Code;
use crate::plan::model::{Rule, Ty};

/// What a rule can measure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// An integer between these.
    Integer(i128, i128),
    Float,
    Decimal,
    Text,
    Collection,
    Other,
}

/// The rules that the selectors give a field, in the order of the manifest; the same rule given
/// twice is one.
pub(in crate::plan) fn of_field(
    config: &Config,
    indices: &[usize],
    place: &str,
    ty: &Ty,
    findings: &mut Vec<Finding>,
) -> Vec<Rule> {
    let given: Vec<&Rules> = indices
        .iter()
        .filter_map(|&index| config.rules.get(index))
        .collect();
    let mut field = FieldRules {
        place,
        measure: measure(ty),
        findings,
        found: Vec::new(),
    };
    for rules in &given {
        field.fit(rules);
    }
    field.bounds("range", &given, |rules| &rules.range, Rule::Range);
    field.bounds("length", &given, |rules| &rules.length, Rule::Length);
    for rules in &given {
        field.others(rules);
    }
    field.found
}

struct FieldRules<'a> {
    place: &'a str,
    measure: Measure,
    findings: &'a mut Vec<Finding>,
    found: Vec<Rule>,
}

impl FieldRules<'_> {
    fn find(&mut self, rules: &Rules, message: String) {
        self.findings
            .push(Finding::new(rules.select.at.clone(), message));
    }

    /// Whether the rules are for values of the field's type.
    fn fit(&mut self, rules: &Rules) {
        let sized = matches!(self.measure, Measure::Text | Measure::Collection);
        let number = matches!(
            self.measure,
            Measure::Integer(..) | Measure::Float | Measure::Decimal
        );
        let counted = "strings and collections";
        for (given, rule, fits, what) in [
            (!rules.range.is_empty(), "range", number, "numbers"),
            (!rules.length.is_empty(), "length", sized, counted),
            (rules.non_empty, "non-empty", sized, counted),
            (
                rules.pattern.is_some(),
                "pattern",
                self.measure == Measure::Text,
                "strings",
            ),
        ] {
            if given && !fits {
                let place = self.place;
                self.find(
                    rules,
                    format!("`{rule}` is a rule for {what}, which field `{place}` is not"),
                );
            }
        }
    }

    /// The one `range` or `length` of the field.
    fn bounds(
        &mut self,
        name: &str,
        given: &[&Rules],
        of: impl Fn(&Rules) -> &Bounds,
        rule: impl Fn(Option<Code>, Option<Code>) -> Rule,
    ) {
        let mut given = given.iter().filter(|rules| !of(rules).is_empty());
        let Some(first) = given.next() else {
            return;
        };
        if let Some(other) = given.find(|rules| of(rules) != of(first)) {
            let (place, one) = (self.place, &first.select.value);
            self.find(
                other,
                format!("field `{place}` has another `{name}` already, from `{one}`"),
            );
        }
        let Bounds { min, max } = of(first);
        let is_sound = [min, max].into_iter().flatten().all(|bound| {
            let problem = self.problem(name, bound);
            if let Some(problem) = &problem {
                self.find(
                    first,
                    format!("`{bound}` is no bound for `{name}`: {problem}"),
                );
            }
            problem.is_none()
        });
        if is_sound && crossed(min.as_deref(), max.as_deref()) {
            self.find(
                first,
                format!("the `min` of `{name}` exceeds its `max`: no value lies between them"),
            );
        }
        self.found.push(rule(code(min), code(max)));
    }

    fn problem(&self, rule: &str, bound: &str) -> Option<String> {
        let integer = i128::from_str(bound);
        match (rule, self.measure) {
            ("length", _) => match integer {
                Ok(0..) => None,
                _ => Some("a length is a whole number of at least 0".to_owned()),
            },
            (_, Measure::Integer(least, most)) => match integer {
                Ok(bound) if (least..=most).contains(&bound) => None,
                Ok(_) => Some(format!("values lie between {least} and {most}")),
                Err(_) => Some("values are whole numbers".to_owned()),
            },
            (_, Measure::Decimal) => integer
                .is_err()
                .then(|| "a decimal is compared with whole numbers".to_owned()),
            _ => None,
        }
    }

    fn others(&mut self, rules: &Rules) {
        let pattern = rules.pattern.clone().inspect(|pattern| {
            if let Err(error) = regex_lite::Regex::new(pattern) {
                self.find(
                    rules,
                    format!("`{pattern}` is no regular expression: {error}"),
                );
            }
        });
        let custom = rules.custom.as_ref().and_then(|it| path(it, self.findings));
        for rule in [
            pattern.map(Rule::Pattern),
            rules.non_empty.then_some(Rule::NonEmpty),
            custom.map(Rule::Custom),
        ] {
            self.found
                .extend(rule.filter(|rule| !self.found.contains(rule)));
        }
    }
}

/// Whether no number lies between the bounds.
fn crossed(min: Option<&str>, max: Option<&str>) -> bool {
    let (Some(min), Some(max)) = (min, max) else {
        return false;
    };
    match (i128::from_str(min), i128::from_str(max)) {
        (Ok(min), Ok(max)) => min > max,
        _ => f64::from_str(min)
            .ok()
            .zip(f64::from_str(max).ok())
            .is_some_and(|(min, max)| min > max),
    }
}

/// TOML's decimal numbers are written as Rust's.
fn code(bound: &Option<String>) -> Option<Code> {
    let bound = syn::parse_str::<syn::Expr>(bound.as_ref()?).ok()?;
    Some(Code::new(&bound))
}

/// A rule on an optional field applies to the value that is there.
fn measure(ty: &Ty) -> Measure {
    match ty {
        Ty::I32 => Measure::Integer(i32::MIN.into(), i32::MAX.into()),
        Ty::I64 => Measure::Integer(i64::MIN.into(), i64::MAX.into()),
        Ty::F32 | Ty::F64 => Measure::Float,
        Ty::Runtime("types::Decimal") => Measure::Decimal,
        Ty::String => Measure::Text,
        Ty::Bytes | Ty::Vec(_) | Ty::Map(..) => Measure::Collection,
        Ty::Option(inner) | Ty::Boxed(inner) => measure(inner),
        _ => Measure::Other,
    }
}
