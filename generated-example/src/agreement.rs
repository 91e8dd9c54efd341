//! An independent opinion: does apache-avro's `Value` of a datum say what the typed event says?
//!
//! The typed event is given as its plain JSON, the `Value` as apache-avro decoded it with the
//! schema that the registry holds. Neither side has seen the other's code.

use apache_avro::types::Value;
use serde_json::Value as Json;

/// Says where the two differ: the path from the event's root, and both values.
///
/// # Errors
///
/// The first difference, as text.
pub fn check(value: &Value, json: &Json) -> Result<(), String> {
    let mut path = Path::default();
    compare(value, json, &mut path)
}

/// The way from the root to the value at hand, for the message.
#[derive(Default)]
struct Path(Vec<String>);

fn compare(value: &Value, json: &Json, path: &mut Path) -> Result<(), String> {
    let agrees = match (value, json) {
        (Value::Record(fields), Json::Object(members)) => {
            let fields = fields.iter().map(|(name, value)| (name.as_str(), value));
            return members_agree(fields, members, path);
        }
        (Value::Map(entries), Json::Object(members)) => {
            let entries = entries.iter().map(|(key, value)| (key.as_str(), value));
            return members_agree(entries, members, path);
        }
        (Value::Array(items), Json::Array(elements)) => {
            return items_agree(items, elements, path);
        }
        (Value::Union(_, branch), json) => return branch_agrees(branch, json, path),
        (Value::Null, Json::Null) => true,
        (Value::Boolean(a), Json::Bool(b)) => a == b,
        (Value::Int(a), Json::Number(b)) => b.as_i64() == Some(i64::from(*a)),
        (Value::Long(a), Json::Number(b)) => b.as_i64() == Some(*a),
        (Value::Float(a), Json::Number(b)) => b
            .as_f64()
            .is_some_and(|b| same_bits(f64::from(*a), f64::from(b as f32))),
        (Value::Double(a), Json::Number(b)) => b.as_f64().is_some_and(|b| same_bits(*a, b)),
        (Value::String(a) | Value::Enum(_, a), Json::String(b)) => a == b,
        (Value::Uuid(a), Json::String(b)) => a.to_string() == *b,
        (Value::TimestampMillis(a), Json::String(b)) => milliseconds(b) == Some(*a),
        _ => false,
    };
    if agrees {
        Ok(())
    } else {
        Err(format!(
            "at {path}: apache-avro read {value:?}, the typed event has {json}"
        ))
    }
}

fn members_agree<'a>(
    fields: impl ExactSizeIterator<Item = (&'a str, &'a Value)>,
    members: &serde_json::Map<String, Json>,
    path: &mut Path,
) -> Result<(), String> {
    if fields.len() != members.len() {
        return Err(format!(
            "at {path}: {} members against {}",
            fields.len(),
            members.len()
        ));
    }
    for (name, value) in fields {
        let json = members
            .get(name)
            .ok_or_else(|| format!("at {path}: `{name}` is missing"))?;
        path.0.push(format!(".{name}"));
        compare(value, json, path)?;
        path.0.pop();
    }
    Ok(())
}

fn items_agree(items: &[Value], elements: &[Json], path: &mut Path) -> Result<(), String> {
    if items.len() != elements.len() {
        return Err(format!(
            "at {path}: {} items against {}",
            items.len(),
            elements.len()
        ));
    }
    for (index, (item, element)) in items.iter().zip(elements).enumerate() {
        path.0.push(format!("[{index}]"));
        compare(item, element, path)?;
        path.0.pop();
    }
    Ok(())
}

/// A branch stands in plain JSON as its bare value, or as an object with the branch's name where
/// the bare value could be taken for another branch.
fn branch_agrees(branch: &Value, json: &Json, path: &mut Path) -> Result<(), String> {
    let depth = path.0.len();
    let bare = compare(branch, json, path);
    path.0.truncate(depth);
    match (bare, json) {
        (Err(_), Json::Object(tagged)) if tagged.len() == 1 => tagged
            .values()
            .try_for_each(|inner| compare(branch, inner, path)),
        (outcome, _) => outcome,
    }
}

fn same_bits(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}

fn milliseconds(timestamp: &str) -> Option<i64> {
    let parsed = avro_runtime::chrono::DateTime::parse_from_rfc3339(timestamp).ok()?;
    Some(parsed.timestamp_millis())
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the event")?;
        self.0.iter().try_for_each(|step| f.write_str(step))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equal_values_agree() {
        let value = Value::Record(vec![
            ("id".to_owned(), Value::Long(i64::MAX)),
            ("at".to_owned(), Value::TimestampMillis(1_760_099_696_789)),
            ("note".to_owned(), Value::Union(0, Box::new(Value::Null))),
            ("items".to_owned(), Value::Array(vec![Value::Double(-0.0)])),
        ]);
        let json = json!({
            "id": i64::MAX, "at": "2025-10-10T12:34:56.789Z", "note": null, "items": [-0.0],
        });
        assert_eq!(check(&value, &json), Ok(()));
    }

    #[test]
    fn a_difference_names_its_place() {
        let value = Value::Record(vec![(
            "items".to_owned(),
            Value::Array(vec![Value::Int(1), Value::Int(2)]),
        )]);
        let difference = check(&value, &json!({"items": [1, 3]})).unwrap_err();
        assert!(
            difference.starts_with("at the event.items[1]: "),
            "{difference}"
        );
    }

    #[test]
    fn a_missing_or_additional_member_is_a_difference() {
        let value = Value::Record(vec![("a".to_owned(), Value::Null)]);
        assert!(check(&value, &json!({})).is_err());
        assert!(check(&value, &json!({"b": null})).is_err());
        assert!(check(&value, &json!({"a": null, "b": null})).is_err());
    }

    #[test]
    fn a_tagged_branch_agrees_with_its_value() {
        let value = Value::Union(1, Box::new(Value::String("x".to_owned())));
        assert_eq!(check(&value, &json!({"string": "x"})), Ok(()));
        assert!(check(&value, &json!({"string": "y"})).is_err());
    }
}
