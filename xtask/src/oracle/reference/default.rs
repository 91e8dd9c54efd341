//! A field's default as its schema's text has it → the datum that it is.
//!
//! A datum of a union stands there untagged, so that it may be another branch's than it was made
//! for: the first that the JSON value fits (specification 1.12, "Unions").

use serde_json::Value;

use crate::oracle::random::default_text;
use crate::oracle::random::model::{Datum, Definition, Field, Model, Primitive, Schema};

/// A default, and whether Java takes another branch of a union for it.
#[derive(Debug)]
pub(super) struct Default {
    pub(super) datum: Datum,
    pub(super) is_other_in_java: bool,
}

/// The default of a field, if it has one.
pub(super) fn of(model: &Model, field: &Field) -> Option<Default> {
    let text = default_text(model, &field.schema, field.default.as_ref()?);
    let json: Value = serde_json::from_str(&text).ok()?;
    let mut typing = Typing {
        model,
        is_other_in_java: false,
    };
    let datum = typing.datum(&field.schema, &json)?;
    Some(Default {
        datum,
        is_other_in_java: typing.is_other_in_java,
    })
}

struct Typing<'m> {
    model: &'m Model,
    is_other_in_java: bool,
}

impl Typing<'_> {
    fn datum(&mut self, schema: &Schema, json: &Value) -> Option<Datum> {
        match schema {
            Schema::Primitive(primitive, _) => self::primitive(*primitive, json),
            Schema::Array(items) => {
                let values = json.as_array()?.iter();
                let values = values.map(|value| self.datum(items, value));
                values.collect::<Option<_>>().map(Datum::Array)
            }
            Schema::Map(inner) => {
                let entries = json.as_object()?.iter();
                let entries = entries.map(|(key, value)| {
                    let value = self.datum(inner, value)?;
                    Some((key.clone(), value))
                });
                entries.collect::<Option<_>>().map(Datum::Map)
            }
            Schema::Union(branches) => self.union(branches, json),
            Schema::Named(index) => self.named(*index, json),
        }
    }

    fn union(&mut self, branches: &[Schema], json: &Value) -> Option<Datum> {
        let before = self.is_other_in_java;
        for (index, branch) in branches.iter().enumerate() {
            // What was noticed inside a branch that does not fit is nothing.
            self.is_other_in_java = before;
            if let Some(datum) = self.datum(branch, json) {
                let in_java = branches
                    .iter()
                    .position(|branch| self.java_takes(branch, json));
                self.is_other_in_java |= in_java != Some(index);
                return Some(Datum::Union(index, Box::new(datum)));
            }
        }
        None
    }

    /// Whether Java 1.12 takes this branch for a default, if none before it: it asks only whether
    /// the value is a text, a number, a boolean or null, and of most types not even that.
    fn java_takes(&self, branch: &Schema, json: &Value) -> bool {
        match branch {
            Schema::Primitive(primitive, _) => match primitive {
                Primitive::Null => json.is_null(),
                Primitive::Boolean => json.is_boolean(),
                Primitive::Bytes | Primitive::String => json.is_string(),
                _ => json.is_number(),
            },
            Schema::Named(index) => match &self.model.types[*index].definition {
                Definition::Fixed { .. } => json.is_string(),
                _ => true,
            },
            _ => true,
        }
    }

    fn named(&mut self, index: usize, json: &Value) -> Option<Datum> {
        let model = self.model;
        match &model.types[index].definition {
            Definition::Record { fields, .. } => {
                let members = json.as_object()?;
                let mut values = Vec::new();
                for field in fields {
                    values.push(match members.get(&field.name) {
                        Some(value) => self.datum(&field.schema, value)?,
                        None => {
                            let default = of(model, field)?;
                            self.is_other_in_java |= default.is_other_in_java;
                            default.datum
                        }
                    });
                }
                Some(Datum::Record(values))
            }
            Definition::Enum { symbols, .. } => {
                let symbol = json.as_str()?;
                let at = symbols.iter().position(|known| known == symbol)?;
                Some(Datum::Enum(at))
            }
            Definition::Fixed { size, .. } => bytes(json)
                .filter(|bytes| bytes.len() == *size)
                .map(Datum::Fixed),
        }
    }
}

fn primitive(primitive: Primitive, json: &Value) -> Option<Datum> {
    Some(match primitive {
        Primitive::Null => json.is_null().then_some(Datum::Null)?,
        Primitive::Boolean => Datum::Boolean(json.as_bool()?),
        Primitive::Int => Datum::Int(json.as_i64()?.try_into().ok()?),
        Primitive::Long => Datum::Long(json.as_i64()?),
        Primitive::Float => Datum::Float(json.as_f64()? as f32),
        Primitive::Double => Datum::Double(json.as_f64()?),
        Primitive::Bytes => Datum::Bytes(bytes(json)?),
        Primitive::String => Datum::String(json.as_str()?.to_owned()),
    })
}

/// A byte for each character.
fn bytes(json: &Value) -> Option<Vec<u8>> {
    let characters = json.as_str()?.chars();
    characters.map(|one| u8::try_from(one).ok()).collect()
}
