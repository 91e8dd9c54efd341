//! Which defaults no Rust value can stand for: a date in the year 300,000, a UUID of three letters.
//!
//! The specification checks a default against the type, not the logical type, so schemas have such
//! defaults. Generated code decodes a default that has no literal, and must not fail at that: what
//! the runtime's codecs refuse is found here. A codec of the user's own is its own judge.

use avro_model::codes::Code;
use avro_model::count::Count;
use avro_model::datum::Datum;
use avro_model::default;
use avro_model::diagnostic::{Diagnostic, Diagnostics, Severity};
use avro_model::schema::{Definition, Field, LogicalType, Schema, SchemaKind, SchemaSet};
use avro_model::source::Span;

mod calendar;
mod decimal;

use super::choices::Choice;
use super::{Choices, Planner};
use crate::analysis::Facts;
use crate::config::{Config, LogicalTypes};
use calendar::Calendar;
use decimal::{is_big_decimal, is_decimal};

/// How many values of recursive types the runtime reads inside one another.
const DEPTH: usize = 128;

/// What decides which values a default can be in Rust.
pub(crate) struct Fit<'a> {
    pub(crate) config: &'a Config,
    pub(crate) set: &'a SchemaSet,
    pub(crate) choices: &'a Choices,
    pub(crate) facts: &'a Facts,
}

impl Planner<'_> {
    /// What is wrong with a default as a value in Rust, if anything is.
    pub(super) fn unfit(
        &self,
        place: &str,
        field: &Field,
        choice: &Choice,
        datum: &Datum,
    ) -> Option<Diagnostic> {
        let fit = Fit {
            config: self.config,
            set: self.set,
            choices: self.choices,
            facts: self.facts,
        };
        fit.unfit(place, field, choice, datum)
    }
}

impl Fit<'_> {
    /// The defaults that no Rust value can stand for, in all records.
    pub(crate) fn check(&self) -> Diagnostics {
        let mut found = Diagnostics::new();
        for (_, ty) in self.set.types() {
            for field in ty.fields() {
                let place = format!("{}.{}", ty.fullname, field.name);
                let json = field.default.as_ref();
                let datum =
                    json.and_then(|json| default::datum(self.set, &field.schema, json).ok());
                let choice = self.choices.of(&place);
                found.extend(datum.and_then(|datum| self.unfit(&place, field, &choice, &datum)));
            }
        }
        found
    }

    fn unfit(
        &self,
        place: &str,
        field: &Field,
        choice: &Choice,
        datum: &Datum,
    ) -> Option<Diagnostic> {
        if choice.codec.is_some() {
            return None;
        }
        let types = choice.logical_types(self.config);
        let reason = self.unfit_at(datum, &field.schema, types, 0)?;
        let span = field.default.as_ref()?.span;
        Some(warning(place, span, &reason))
    }

    fn unfit_at(
        &self,
        datum: &Datum,
        schema: &Schema,
        types: LogicalTypes,
        depth: usize,
    ) -> Option<String> {
        if let Some(logical) = schema.logical {
            return unfit_logical(datum, logical, types);
        }
        match (datum, &schema.kind) {
            (Datum::Array(items), SchemaKind::Array(inner)) => items
                .iter()
                .find_map(|item| self.unfit_at(item, inner, types, depth)),
            (Datum::Map(entries), SchemaKind::Map(inner)) => entries
                .iter()
                .find_map(|(_, value)| self.unfit_at(value, inner, types, depth)),
            (Datum::Union(branch, value), SchemaKind::Union(branches)) => branches
                .get(*branch)
                .and_then(|schema| self.unfit_at(value, schema, types, depth)),
            (_, SchemaKind::Named(id)) if !self.choices.externals.contains_key(id) => {
                let ty = &self.set[*id];
                let depth = depth + usize::from(self.facts.holds_itself(*id));
                match (datum, &ty.definition) {
                    (Datum::Fixed(_), Definition::Fixed(fixed)) => fixed
                        .logical
                        .and_then(|logical| unfit_logical(datum, logical, types)),
                    (Datum::Record(_), Definition::Record(_)) if depth > DEPTH => Some(format!(
                        "it holds more than {DEPTH} `{}` in one another",
                        ty.fullname
                    )),
                    (Datum::Record(values), Definition::Record(record)) => values
                        .iter()
                        .zip(&record.fields)
                        .find_map(|(value, field)| {
                            let choice =
                                self.choices.of(&format!("{}.{}", ty.fullname, field.name));
                            if choice.codec.is_some() {
                                return None;
                            }
                            let types = choice.logical_types(self.config);
                            self.unfit_at(value, &field.schema, types, depth)
                        }),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// A warning and no error: the specification allows the schema.
fn warning(place: &str, span: Span, reason: &str) -> Diagnostic {
    let message = format!("the default of `{place}` has no value in Rust: {reason}");
    let mut found = Diagnostic::new(Code::DefaultMismatch, span, message)
        .label("in Rust the field has no default")
        .note("data without the field do not decode: this default is what they would take")
        .note("change the default, or give the field `logical-type = \"raw\"` in an [[override]] of avro.toml");
    found.severity = Severity::Warning;
    found
}

fn unfit_logical(datum: &Datum, logical: LogicalType, types: LogicalTypes) -> Option<String> {
    if types.is_raw(logical) {
        return None;
    }
    let number = match datum {
        Datum::Int(value) => Some(i64::from(*value)),
        Datum::Long(value) => Some(*value),
        _ => None,
    };
    let what = match (number, datum) {
        (Some(number), _) => Calendar::of(types.timestamp)?.lacks(number, logical)?,
        (_, Datum::String(text)) if logical == LogicalType::Uuid && !is_uuid(text) => {
            "a UUID".to_owned()
        }
        (_, Datum::Bytes(bytes) | Datum::Fixed(bytes)) => match logical {
            LogicalType::Decimal { precision, .. } if !is_decimal(bytes, Some(precision)) => {
                let digits = Count(precision as usize, "digit");
                format!("a decimal of at most {digits}")
            }
            LogicalType::BigDecimal if is_big_decimal(bytes) != Some(true) => {
                "a big-decimal".to_owned()
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(format!("{} is not {what}", shown(datum)))
}

/// 32 hexadecimal digits; or with hyphens, and then in braces or after `urn:uuid:` as well. Not
/// every version of the library takes that in capitals.
fn is_uuid(text: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if text.len() == 32 {
        return is_hex(text);
    }
    let braced = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let text = braced
        .or_else(|| text.strip_prefix("urn:uuid:"))
        .unwrap_or(text);
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| is_hex(group))
}

/// A datum as a message shows it.
fn shown(datum: &Datum) -> String {
    match datum {
        Datum::Int(value) => value.to_string(),
        Datum::Long(value) => value.to_string(),
        Datum::String(text) => format!("\"{}\"", text.escape_debug()),
        _ => "it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_those_of_the_crate() {
        for text in [
            "936da01f9abd4d9d80c702af85c822a8",
            "936DA01F-9abd-4d9d-80c7-02af85c822a8",
            "{936da01f-9abd-4d9d-80c7-02af85c822a8}",
            "urn:uuid:936da01f-9abd-4d9d-80c7-02af85c822a8",
        ] {
            assert!(is_uuid(text), "{text}");
        }
        for text in [
            "",
            "936da01f9abd4d9d80c702af85c822a",
            "{936da01f9abd4d9d80c702af85c822a8}",
            "936da01f9-abd-4d9d-80c7-02af85c822a8",
            "936da01f-9abd-4d9d-80c7-02af85c822ag",
            "{936da01f-9abd-4d9d-80c7-02af85c822a8",
        ] {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
