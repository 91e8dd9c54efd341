//! A datum as JSON: as a field's default has it, and as Avro's JSON encoding.

use super::model::{Datum, Definition, Model, Primitive, Schema};

/// A datum as a field's default (specification 1.12, "Complex Types"): unions untagged, and what
/// equals a field's own default left out.
pub(crate) fn default_text(model: &Model, schema: &Schema, datum: &Datum) -> String {
    let form = Form {
        model,
        is_default: true,
    };
    form.text(schema, datum)
}

/// A datum in Avro's JSON encoding (specification 1.12, "JSON Encoding"), on one line.
pub(crate) fn datum_text(model: &Model, schema: &Schema, datum: &Datum) -> String {
    let form = Form {
        model,
        is_default: false,
    };
    form.text(schema, datum)
}

struct Form<'m> {
    model: &'m Model,
    is_default: bool,
}

impl Form<'_> {
    fn text(&self, schema: &Schema, datum: &Datum) -> String {
        match (schema, datum) {
            (_, Datum::Boolean(value)) => value.to_string(),
            (_, Datum::Int(value)) => value.to_string(),
            (_, Datum::Long(value)) => value.to_string(),
            (_, Datum::Float(value)) => format!("{value:?}"),
            (_, Datum::Double(value)) => format!("{value:?}"),
            (_, Datum::Bytes(bytes) | Datum::Fixed(bytes)) => {
                let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
                quoted(&text)
            }
            (_, Datum::String(text)) => quoted(text),
            (Schema::Array(items), Datum::Array(values)) => {
                let values: Vec<String> =
                    values.iter().map(|value| self.text(items, value)).collect();
                format!("[{}]", values.join(", "))
            }
            (Schema::Map(inner), Datum::Map(entries)) => {
                let entries = entries.iter();
                object(entries.map(|(key, value)| (key.clone(), self.text(inner, value))))
            }
            (Schema::Union(branches), Datum::Union(index, value)) => {
                let branch = &branches[*index];
                let text = self.text(branch, value);
                match self.is_default || *branch == Primitive::Null.into() {
                    true => text,
                    false => object([(self.tag(branch), text)]),
                }
            }
            (Schema::Named(index), datum) => self.named(*index, datum),
            // Null is left; a datum of another schema is not made here.
            _ => "null".to_owned(),
        }
    }

    fn named(&self, index: usize, datum: &Datum) -> String {
        match (&self.model.types[index].definition, datum) {
            (Definition::Record { fields, .. }, Datum::Record(values)) => {
                let given = fields.iter().zip(values);
                let given = given.filter(|(field, value)| {
                    !self.is_default || field.default.as_ref() != Some(value)
                });
                object(
                    given.map(|(field, value)| {
                        (field.name.clone(), self.text(&field.schema, value))
                    }),
                )
            }
            (Definition::Enum { symbols, .. }, Datum::Enum(index)) => quoted(&symbols[*index]),
            _ => "null".to_owned(),
        }
    }

    /// The name by which a union's branch is told.
    fn tag(&self, branch: &Schema) -> String {
        match branch {
            Schema::Primitive(primitive, _) => primitive.word().to_owned(),
            Schema::Array(_) => "array".to_owned(),
            Schema::Map(_) => "map".to_owned(),
            Schema::Union(_) => "union".to_owned(),
            Schema::Named(index) => self.model.types[*index].name.full(),
        }
    }
}

fn object(members: impl IntoIterator<Item = (String, String)>) -> String {
    let members = members.into_iter();
    let members: Vec<String> = members
        .map(|(key, value)| format!("{}: {value}", quoted(&key)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

/// A text as JSON has it.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
