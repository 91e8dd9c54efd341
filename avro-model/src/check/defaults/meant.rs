//! A value that does not fit → the one that was probably meant.

use crate::json::{Kind, Value, quote};
use crate::parse::brief;
use crate::schema::{Definition, Schema, SchemaKind, SchemaSet};
use crate::source::Span;
use crate::suggest::nearest;

/// What to write in place of the value at this place, which stands in a default of this schema.
pub(super) fn advice(
    set: &SchemaSet,
    schema: &Schema,
    json: &Value,
    place: Span,
) -> Option<String> {
    let (schema, json) = innermost(set, schema, json, place)?;
    meant(set, schema, json)
}

/// The value at this place, and what it should fit.
fn innermost<'a>(
    set: &'a SchemaSet,
    schema: &'a Schema,
    json: &'a Value,
    place: Span,
) -> Option<(&'a Schema, &'a Value)> {
    if json.span == place {
        return Some((schema, json));
    }
    let inside = |json: &Value| json.span.start <= place.start && place.end <= json.span.end;
    match (&schema.kind, &json.kind) {
        (SchemaKind::Array(items), Kind::Array(values)) => {
            let value = values.iter().find(|value| inside(value))?;
            innermost(set, items, value, place)
        }
        (SchemaKind::Map(values), Kind::Object(members)) => {
            let member = members.iter().find(|member| inside(&member.value))?;
            innermost(set, values, &member.value, place)
        }
        (SchemaKind::Named(id), Kind::Object(members)) => {
            let member = members.iter().find(|member| inside(&member.value))?;
            let field = set[*id]
                .fields()
                .iter()
                .find(|field| field.name == member.key)?;
            innermost(set, &field.schema, &member.value, place)
        }
        // Which branch was meant is known if there is one besides null.
        (SchemaKind::Union(branches), _) => {
            let mut others = branches
                .iter()
                .filter(|it| !matches!(it.kind, SchemaKind::Null));
            let branch = others.next().filter(|_| others.next().is_none())?;
            innermost(set, branch, json, place)
        }
        _ => None,
    }
}

fn meant(set: &SchemaSet, schema: &Schema, json: &Value) -> Option<String> {
    if let SchemaKind::Union(branches) = &schema.kind {
        return branches.iter().find_map(|branch| meant(set, branch, json));
    }
    if let (SchemaKind::Named(id), Kind::String(text)) = (&schema.kind, &json.kind) {
        let Definition::Enum(definition) = &set[*id].definition else {
            return None;
        };
        let symbols = definition.symbols.iter().map(|symbol| symbol.name.as_str());
        return nearest(text, symbols).map(|meant| format!("did you mean {}?", quote(meant)));
    }
    let written = corrected(&schema.kind, &json.kind)?;
    Some(format!("write {written}"))
}

/// The value in the JSON form that its type has.
fn corrected(kind: &SchemaKind, json: &Kind) -> Option<String> {
    use SchemaKind::{Array, Boolean, Double, Float, Int, Long, Null, String};
    match (kind, json) {
        (Null, Kind::String(text)) if text == "null" => Some("null, without quotes".to_owned()),
        (Boolean, Kind::String(text)) if matches!(text.as_str(), "true" | "false") => {
            Some(format!("{text}, without quotes"))
        }
        (Int | Long, Kind::String(text)) if text.parse::<i64>().is_ok() => {
            Some(format!("{text}, without quotes"))
        }
        (Int | Long, Kind::Number(text)) => {
            let (whole, fraction) = text.split_once('.')?;
            let is_whole = fraction.bytes().all(|digit| digit == b'0');
            (is_whole && whole.parse::<i64>().is_ok()).then(|| whole.to_owned())
        }
        (Float | Double, Kind::String(text)) => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Some(format!("{text}, without quotes")),
            Ok(number) => Some(spelled(number).to_owned()),
            Err(_) => None,
        },
        (Float | Double, Kind::Number(text)) => {
            let number = text
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_infinite());
            number.map(|number| format!("{} if that is meant", spelled(number)))
        }
        (String, Kind::Number(text)) => Some(quote(text)),
        (String, Kind::Bool(value)) => Some(quote(&value.to_string())),
        (Array(items), value) if !matches!(value, Kind::Array(_) | Kind::Null) => {
            let fits = corrected(&items.kind, value).is_none() && fits(&items.kind, value);
            let value = Value {
                span: items.span,
                kind: value.clone(),
            };
            fits.then(|| format!("it in brackets: [{}]", brief(&value)))
        }
        _ => None,
    }
}

/// How a default spells a number that JSON cannot write.
fn spelled(number: f64) -> &'static str {
    match number {
        f64::INFINITY => "\"Infinity\"",
        f64::NEG_INFINITY => "\"-Infinity\"",
        _ => "\"NaN\"",
    }
}

/// Whether a value has the JSON form of a type without a name.
fn fits(kind: &SchemaKind, json: &Kind) -> bool {
    use SchemaKind::{Boolean, Double, Float, Int, Long, String};
    matches!(
        (kind, json),
        (Boolean, Kind::Bool(_))
            | (Int | Long | Float | Double, Kind::Number(_))
            | (String, Kind::String(_))
    )
}
