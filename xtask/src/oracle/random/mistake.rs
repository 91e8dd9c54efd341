//! The text of a schema → one that is no schema, by one mistake.
//!
//! Only what the specification calls a mistake and Java 1.12 refuses as well.

use serde_json::{Map, Value, json};

use super::rng::Rng;

/// A mistake that can be made in some parts of a schema.
struct Mistake {
    /// What it is about, and what it is.
    name: (&'static str, &'static str),
    /// Where: the `type` of a schema, or `field`.
    parts: &'static [&'static str],
    make: fn(&mut Map<String, Value>),
}

const NAMED: &[&str] = &["record", "error", "enum", "fixed"];

/// What mistakes are about.
pub(crate) const FAMILIES: [&str; 5] = ["attribute", "name", "union", "enum", "default"];

#[rustfmt::skip]
const MISTAKES: [Mistake; 28] = [
    mistake("attribute", "no items", &["array"], |part| drop(part.remove("items"))),
    mistake("attribute", "no values", &["map"], |part| drop(part.remove("values"))),
    mistake("attribute", "no size", &["fixed"], |part| drop(part.remove("size"))),
    mistake("attribute", "no symbols", &["enum"], |part| drop(part.remove("symbols"))),
    mistake("attribute", "no fields", &["record", "error"], |part| drop(part.remove("fields"))),
    mistake("attribute", "no type", &["field"], |part| drop(part.remove("type"))),
    mistake("attribute", "size in quotes", &["fixed"], |part| set(part, "size", json!("4"))),
    mistake("attribute", "half a byte", &["fixed"], |part| set(part, "size", json!(4.5))),
    mistake("attribute", "less than no bytes", &["fixed"], |part| set(part, "size", json!(-1))),
    mistake("attribute", "alias not in a list", &["field"], |part| set(part, "aliases", json!("a"))),
    mistake("attribute", "bad order", &["field"], |part| set(part, "order", json!("up"))),
    mistake("attribute", "a number for a type", &["field"], |part| of_type(part, json!(4))),
    mistake("name", "none", NAMED, |part| drop(part.remove("name"))),
    mistake("name", "none of a field", &["field"], |part| drop(part.remove("name"))),
    mistake("name", "bad", NAMED, |part| set(part, "name", json!("a-b"))),
    mistake("name", "bad of a field", &["field"], |part| set(part, "name", json!("1a"))),
    mistake("name", "that of a primitive type", NAMED, |part| {
        set(part, "name", json!("long"));
        set(part, "namespace", json!(""));
    }),
    mistake("name", "bad namespace", NAMED, |part| {
        set(part, "name", json!("A"));
        set(part, "namespace", json!("a..b"));
    }),
    mistake("name", "undefined", &["field"], |part| of_type(part, json!("Undefined"))),
    mistake("name", "two fields of one", &["record", "error"], |part| {
        let field = json!({"name": "twice", "type": "null"});
        set(part, "fields", json!([field, field]));
    }),
    mistake("name", "two types of one", &["record", "error"], |part| {
        let field = |name: &str, size: u32| {
            let fixed = json!({"type": "fixed", "name": "x.Twice", "size": size});
            json!({"name": name, "type": fixed})
        };
        set(part, "fields", json!([field("one", 1), field("two", 2)]));
    }),
    mistake("union", "two equal branches", &["field"], |part| of_type(part, json!(["int", "int"]))),
    mistake("union", "a union in it", &["field"], |part| of_type(part, json!(["int", ["null"]]))),
    mistake("enum", "two equal symbols", &["enum"], |part| set(part, "symbols", json!(["A", "A"]))),
    mistake("enum", "a symbol that is no name", &["enum"], |part| set(part, "symbols", json!(["1"]))),
    mistake("enum", "a default that is no symbol", &["enum"], |part| set(part, "default", json!("?"))),
    mistake("default", "a text for a number", &["field"], |part| {
        of_type(part, json!("int"));
        set(part, "default", json!("1"));
    }),
    mistake("default", "past the range", &["field"], |part| {
        of_type(part, json!(["boolean", "int"]));
        set(part, "default", json!(1_i64 << 31));
    }),
];

/// The text with a mistake in it, and which one; nothing if no mistake found a place.
pub(super) fn make(text: &str, rng: &mut Rng) -> Option<(String, (&'static str, &'static str))> {
    let mut schema: Value = serde_json::from_str(text).ok()?;
    let family = rng.pick(&FAMILIES);
    let of_family = MISTAKES.iter().filter(|mistake| mistake.name.0 == *family);
    let of_family: Vec<&Mistake> = of_family.collect();
    let mistake = rng.pick(&of_family);
    let mut count = 0;
    visit(&mut schema, false, &mut |part, _| {
        count += usize::from(mistake.parts.contains(&part));
    });
    let (chosen, mut at) = (rng.below(count), 0);
    visit(&mut schema, false, &mut |part, members| {
        if mistake.parts.contains(&part) {
            if at == chosen {
                (mistake.make)(members);
            }
            at += 1;
        }
    });
    (count > 0).then(|| (schema.to_string(), mistake.name))
}

/// Visits every schema that is an object, and every field; what is inside it first.
fn visit(
    schema: &mut Value,
    is_field: bool,
    visitor: &mut impl FnMut(&str, &mut Map<String, Value>),
) {
    match schema {
        Value::Array(branches) => {
            for branch in branches {
                visit(branch, false, visitor);
            }
        }
        Value::Object(members) => {
            for key in ["type", "items", "values"] {
                if let Some(inner) = members.get_mut(key) {
                    visit(inner, false, visitor);
                }
            }
            for field in members
                .get_mut("fields")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                visit(field, true, visitor);
            }
            let word = members.get("type").and_then(Value::as_str);
            let part = if is_field { Some("field") } else { word };
            let part = part.unwrap_or_default().to_owned();
            visitor(&part, members);
        }
        _ => {}
    }
}

const fn mistake(
    family: &'static str,
    name: &'static str,
    parts: &'static [&'static str],
    make: fn(&mut Map<String, Value>),
) -> Mistake {
    Mistake {
        name: (family, name),
        parts,
        make,
    }
}

fn set(part: &mut Map<String, Value>, key: &str, value: Value) {
    part.insert(key.to_owned(), value);
}

/// Another type, without the default of the old one.
fn of_type(field: &mut Map<String, Value>, schema: Value) {
    field.remove("default");
    set(field, "type", schema);
}

#[cfg(test)]
mod tests {
    use super::{MISTAKES, make};
    use crate::oracle::random::{Rng, Style, schema, text};
    use crate::schema::strict;

    #[test]
    fn each_mistake_is_made_and_refused() {
        let mut made = Vec::new();
        for seed in 0..2_000 {
            let mut rng = Rng::new(seed);
            let text = text(&schema(&mut rng), Style::Plain);
            if let Some((text, name)) = make(&text, &mut rng) {
                assert!(strict(&text).is_err(), "{seed}: {name:?}: {text}");
                made.push(name);
            }
        }
        for mistake in &MISTAKES {
            assert!(made.contains(&mistake.name), "{:?}", mistake.name);
        }
    }
}
