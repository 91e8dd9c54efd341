//! Another version of a schema, as bytes tell: a writer's schema that differs from the reader's by a
//! few changes. Not every one is valid.

use serde_json::{Value, json};

/// The bytes of one change: what is changed, at which of the places where that is possible, and how.
type Change = [u8; 3];

/// The most changes.
const MOST: u8 = 5;

/// Takes the changes from the data: their number, and three bytes for each. What is left is the rest.
pub(super) fn evolved<'d>(schema: &str, data: &'d [u8]) -> Option<(String, &'d [u8])> {
    let (count, mut rest) = data.split_first()?;
    let mut json: Value = serde_json::from_str(schema).ok()?;
    for _ in 0..count % MOST {
        let (change, after) = rest.split_first_chunk::<3>()?;
        apply(&mut json, *change);
        rest = after;
    }
    Some((json.to_string(), rest))
}

fn apply(json: &mut Value, [kind, place, how]: Change) {
    let change: fn(&mut Value, u8) = match kind % 10 {
        0 => remove_field,
        1 => add_field,
        2 => swap_fields,
        3 => rename_field,
        4 => change_symbols,
        5 => change_fixed,
        6 => change_logical,
        7 => into_union,
        8 => change_union,
        _ => promote,
    };
    let mut places = 0;
    count(json, kind % 10, &mut places);
    if places > 0 {
        let mut left = usize::from(place) % places;
        at(json, kind % 10, &mut left, &mut |json| change(json, how));
    }
}

/// Whether this kind of change is possible here.
fn is_place(json: &Value, kind: u8) -> bool {
    match kind {
        0..=3 => json["fields"].is_array(),
        4 => json["symbols"].is_array(),
        5 => json["size"].is_number(),
        6 => json.get("logicalType").is_some(),
        8 => json.as_array().is_some_and(|branches| !branches.is_empty()),
        // Any schema.
        _ => true,
    }
}

fn count(json: &Value, kind: u8, places: &mut usize) {
    *places += usize::from(is_place(json, kind));
    match json {
        Value::Array(branches) => branches.iter().for_each(|it| count(it, kind, places)),
        Value::Object(members) => {
            for key in ["type", "items", "values"] {
                if let Some(inner) = members.get(key).filter(|it| is_schema(it)) {
                    count(inner, kind, places);
                }
            }
            let fields = members.get("fields").and_then(Value::as_array);
            for field in fields.into_iter().flatten() {
                count(&field["type"], kind, places);
            }
        }
        _ => {}
    }
}

/// Runs the change at the place before which so many others are left out; true if it was found.
fn at(json: &mut Value, kind: u8, left: &mut usize, change: &mut dyn FnMut(&mut Value)) -> bool {
    if is_place(json, kind) {
        if *left == 0 {
            change(json);
            return true;
        }
        *left -= 1;
    }
    match json {
        Value::Array(branches) => branches.iter_mut().any(|it| at(it, kind, left, change)),
        Value::Object(members) => {
            for key in ["type", "items", "values"] {
                if let Some(inner) = members.get_mut(key).filter(|it| is_schema(it))
                    && at(inner, kind, left, change)
                {
                    return true;
                }
            }
            let fields = members.get_mut("fields").and_then(Value::as_array_mut);
            let mut fields = fields.into_iter().flatten();
            fields.any(|field| at(&mut field["type"], kind, left, change))
        }
        _ => false,
    }
}

/// A schema inside another, and not the name of its type.
fn is_schema(json: &Value) -> bool {
    !matches!(
        json.as_str(),
        Some("record" | "enum" | "fixed" | "array" | "map" | "error")
    )
}

fn fields(json: &mut Value) -> Option<&mut Vec<Value>> {
    json["fields"].as_array_mut()
}

fn remove_field(json: &mut Value, how: u8) {
    if let Some(fields) = fields(json).filter(|fields| !fields.is_empty()) {
        fields.remove(usize::from(how) % fields.len());
    }
}

/// A field that the reader does not have: among them such as take no bytes.
fn add_field(json: &mut Value, how: u8) {
    let empty = || json!({"type": "record", "name": format!("Empty{how}"), "fields": []});
    let schema = match how % 8 {
        0 => json!("long"),
        1 => json!("string"),
        2 => json!({"type": "array", "items": "null"}),
        3 => json!({"type": "array", "items": empty()}),
        4 => json!({"type": "map", "values": ["null", "double"]}),
        5 => json!({"type": "array", "items": {"type": "array", "items": "int"}}),
        6 => json!({"type": "fixed", "name": format!("Four{how}"), "size": 4}),
        _ => empty(),
    };
    if let Some(fields) = fields(json) {
        let at = usize::from(how) % (fields.len() + 1);
        fields.insert(at, json!({"name": format!("added_{how}"), "type": schema}));
    }
}

fn swap_fields(json: &mut Value, how: u8) {
    if let Some(fields) = fields(json).filter(|fields| !fields.is_empty()) {
        let count = fields.len();
        fields.swap(usize::from(how) % count, usize::from(how >> 4) % count);
    }
}

fn rename_field(json: &mut Value, how: u8) {
    if let Some(fields) = fields(json).filter(|fields| !fields.is_empty()) {
        let at = usize::from(how) % fields.len();
        fields[at]["name"] = json!(format!("renamed_{how}"));
    }
}

fn change_symbols(json: &mut Value, how: u8) {
    let Some(symbols) = json["symbols"].as_array_mut() else {
        return;
    };
    match how % 3 {
        0 => symbols.push(json!(format!("ADDED_{how}"))),
        1 if !symbols.is_empty() => symbols.rotate_left(1),
        _ => drop(symbols.pop()),
    }
    if let Some(members) = json.as_object_mut() {
        members.remove("default");
    }
}

fn change_fixed(json: &mut Value, how: u8) {
    json["size"] = json!(how % 20);
}

fn change_logical(json: &mut Value, how: u8) {
    const OTHERS: [&str; 8] = [
        "time-millis",
        "time-micros",
        "timestamp-millis",
        "timestamp-micros",
        "timestamp-nanos",
        "local-timestamp-millis",
        "local-timestamp-nanos",
        "uuid",
    ];
    match how % 3 {
        0 => json["scale"] = json!(how / 3 % 8),
        1 => json["precision"] = json!(how / 3 % 40),
        _ => json["logicalType"] = json!(OTHERS[usize::from(how / 3 % 8)]),
    }
}

fn into_union(json: &mut Value, how: u8) {
    let schema = json.take();
    *json = match how % 3 {
        0 => json!(["null", schema]),
        1 => json!([schema, "null"]),
        _ => json!(["double", schema, "null", "boolean"]),
    };
}

fn change_union(json: &mut Value, how: u8) {
    let Some(branches) = json.as_array_mut() else {
        return;
    };
    let at = usize::from(how / 4) % branches.len();
    match how % 4 {
        0 => branches.rotate_left(1),
        1 => drop(branches.remove(at)),
        2 => branches.push(json!("boolean")),
        // The branch alone, without a union.
        _ => *json = branches.swap_remove(at),
    }
}

/// A type that the reader's can be promoted from, or cannot.
fn promote(json: &mut Value, how: u8) {
    let other = match (json.as_str(), how % 3) {
        (Some("long"), _) => "int",
        (Some("float"), 0) => "long",
        (Some("float"), _) => "int",
        (Some("double"), 0) => "float",
        (Some("double"), 1) => "long",
        (Some("double"), _) => "int",
        (Some("string"), _) => "bytes",
        (Some("bytes"), _) => "string",
        (Some("int"), _) => "long",
        _ => return,
    };
    *json = json!(other);
}
