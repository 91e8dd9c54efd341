//! Validation rules: which fields have them, which types reach one, and whether they fit.

use avro_model::schema::{Definition, Schema, SchemaKind, SchemaSet, TypeId};

use super::choices::{Choices, path};
use super::code::Code;
use super::model::Rule;
use crate::config::{Bounds, Config, Finding};

/// By type: whether a rule applies to it or to something in it.
#[derive(Debug)]
pub(super) struct Reach {
    types: Vec<bool>,
}

impl Reach {
    /// Follows references until nothing changes. A type of another crate may have rules that
    /// nothing here knows of, and counts as if it had.
    pub(super) fn new(set: &SchemaSet, choices: &Choices) -> Self {
        let types = set
            .types()
            .map(|(id, ty)| choices.externals.contains_key(&id) || has_own(ty, choices))
            .collect();
        let mut reach = Self { types };
        loop {
            let found: Vec<TypeId> = set
                .types()
                .filter(|(id, ty)| !reach.of_type(*id) && reach.in_fields(&ty.definition))
                .map(|(id, _)| id)
                .collect();
            if found.is_empty() {
                return reach;
            }
            for id in found {
                if let Some(slot) = reach.types.get_mut(id.index()) {
                    *slot = true;
                }
            }
        }
    }

    fn in_fields(&self, definition: &Definition) -> bool {
        match definition {
            Definition::Record(record) => record
                .fields
                .iter()
                .any(|field| self.reaches(&field.schema)),
            Definition::Enum(_) | Definition::Fixed(_) => false,
        }
    }

    pub(super) fn of_type(&self, id: TypeId) -> bool {
        self.types.get(id.index()).copied().unwrap_or(false)
    }

    /// Whether a value of this schema can break a rule.
    pub(super) fn reaches(&self, schema: &Schema) -> bool {
        match &schema.kind {
            SchemaKind::Named(id) => self.of_type(*id),
            SchemaKind::Array(inner) | SchemaKind::Map(inner) => self.reaches(inner),
            SchemaKind::Union(branches) => branches.iter().any(|branch| self.reaches(branch)),
            _ => false,
        }
    }
}

fn has_own(ty: &avro_model::schema::NamedType, choices: &Choices) -> bool {
    match &ty.definition {
        Definition::Record(record) => record.fields.iter().any(|field| {
            !choices
                .of(&format!("{}.{}", ty.fullname, field.name))
                .rules
                .is_empty()
        }),
        Definition::Enum(_) | Definition::Fixed(_) => false,
    }
}

/// What a rule can measure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Number,
    Text,
    Collection,
    Other,
}

/// The rules of one field, in the order of the manifest.
pub(super) fn of_field(
    config: &Config,
    indices: &[usize],
    place: &str,
    schema: &Schema,
    findings: &mut Vec<Finding>,
) -> Vec<Rule> {
    let mut found = Vec::new();
    for rules in indices.iter().filter_map(|&index| config.rules.get(index)) {
        let at = &rules.select.at;
        let mut fits = |rule: &str, takes: &[Measure], what: &str| {
            if !takes.contains(&measure(schema)) {
                findings.push(Finding::new(
                    at.clone(),
                    format!("`{rule}` is a rule for {what}, which field `{place}` is not"),
                ));
            }
        };
        if !rules.range.is_empty() {
            fits("range", &[Measure::Number], "numbers");
        }
        if !rules.length.is_empty() {
            fits(
                "length",
                &[Measure::Text, Measure::Collection],
                "strings and collections",
            );
        }
        if rules.non_empty {
            fits(
                "non-empty",
                &[Measure::Text, Measure::Collection],
                "strings and collections",
            );
        }
        if rules.pattern.is_some() {
            fits("pattern", &[Measure::Text], "strings");
        }
        if let Some((min, max)) = bounds(&rules.range) {
            found.push(Rule::Range(min, max));
        }
        if let Some((min, max)) = bounds(&rules.length) {
            found.push(Rule::Length(min, max));
        }
        found.extend(rules.pattern.clone().map(Rule::Pattern));
        found.extend(rules.non_empty.then_some(Rule::NonEmpty));
        found.extend(
            rules
                .custom
                .as_ref()
                .and_then(|it| path(it, findings))
                .map(Rule::Custom),
        );
    }
    found
}

/// TOML's decimal numbers are written as Rust's.
fn bounds(bounds: &Bounds) -> Option<(Option<Code>, Option<Code>)> {
    let parse = |bound: &Option<String>| {
        let text = bound.as_ref()?;
        syn::parse_str::<syn::Expr>(text)
            .ok()
            .map(|bound| Code::new(&bound))
    };
    (!bounds.is_empty()).then(|| (parse(&bounds.min), parse(&bounds.max)))
}

/// A rule on an optional field applies to the value that is there.
fn measure(schema: &Schema) -> Measure {
    match &schema.kind {
        _ if schema.logical.is_some() => Measure::Other,
        SchemaKind::Int | SchemaKind::Long | SchemaKind::Float | SchemaKind::Double => {
            Measure::Number
        }
        SchemaKind::String => Measure::Text,
        SchemaKind::Bytes | SchemaKind::Array(_) | SchemaKind::Map(_) => Measure::Collection,
        SchemaKind::Union(branches) => match branches.as_slice() {
            [null, value] | [value, null] if matches!(null.kind, SchemaKind::Null) => {
                measure(value)
            }
            _ => Measure::Other,
        },
        _ => Measure::Other,
    }
}
